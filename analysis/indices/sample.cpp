// Ranks read strata in shares; their rows travel to rank 0 in order.
#include "analysis/indices/sample.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "analysis/fold/groups.hpp"
#include "kernels/philox.hpp"
#include "sweep/crew/collective.hpp"

namespace truce::analysis {
namespace {

constexpr std::uint32_t sample_stream = 42;

/// Collective. All ranks' numbers in rank order, on rank 0.
std::vector<double> gathered(Crew& crew, std::vector<double> mine) {
  if (crew.size() == 1) return mine;
  std::string bytes(mine.size() * sizeof(double), '\0');
  if (!mine.empty()) std::memcpy(bytes.data(), mine.data(), bytes.size());
  std::vector<double> all;
  for (const std::string& part : gather(crew, std::move(bytes))) {
    const std::size_t before = all.size();
    all.resize(before + part.size() / sizeof(double));
    if (!part.empty()) std::memcpy(all.data() + before, part.data(), part.size());
  }
  return all;
}

std::vector<int> independent_members(const Plan& plan) {
  if (plan.method == Method::saltelli) return {0, plan.members - 1};
  return {0};
}

}  // namespace

Sample::Sample(const Dataset& data, std::int64_t most_values)
    : data_(data), members_(independent_members(data.plan())) {
  const auto values = static_cast<std::int64_t>(members_.size() * data.policies());
  strata_ = std::min(data.bases(), std::max<std::int64_t>(most_values / values, 1024));
}

std::int64_t Sample::base_of(std::int64_t stratum) const {
  if (strata_ == data_.bases()) return stratum;
  const std::int64_t whole = data_.bases() / strata_, rest = data_.bases() % strata_;
  const auto cut = [&](std::int64_t s) { return s * whole + s * rest / strata_; };
  const std::int64_t first = cut(stratum), count = cut(stratum + 1) - first;
  const Words words = Stream{data_.plan().seed, static_cast<std::uint64_t>(stratum), 0}.block(sample_stream, 0);
  return first + static_cast<std::int64_t>(((static_cast<std::uint64_t>(words[0]) << 32 | words[1]) >> 1) %
                                           static_cast<std::uint64_t>(count));
}

/// Calls visit(pieces of base points) for this rank's strata.
template <class Visit>
void Sample::visit(Crew& crew, const Visit& visit) const {
  together(crew, [&] {
    const std::int64_t first = strata_ * crew.rank() / crew.size(), end = strata_ * (crew.rank() + 1) / crew.size();
    const bool all = strata_ == data_.bases();
    const std::int64_t step = all ? Groups(data_.bases(), data_.members()).piece_bases() : 1;
    for (std::int64_t s = first; s < end; s += step) visit(Range{base_of(s), std::min(step, end - s)});
  });
}

std::vector<double> Sample::input(Crew& crew, std::size_t input) const {
  ColumnReader column(data_.result(), data_.inputs().at(input).column);
  std::vector<double> mine;
  visit(crew, [&](Range bases) {
    const std::span<const double> values = column.rows(rows_of(data_, bases));
    for (std::int64_t b = 0; b < bases.count; ++b)
      for (const int member : members_) mine.push_back(values[static_cast<std::size_t>(b * data_.members() + member)]);
  });
  return gathered(crew, std::move(mine));
}

Moments Sample::series(Crew& crew, std::size_t series) const {
  MomentsReader reader(data_, series);
  std::vector<double> mine;
  const auto policies = static_cast<Eigen::Index>(data_.policies());
  visit(crew, [&](Range bases) {
    const Moments& moments = reader.read(bases);
    for (std::int64_t b = 0; b < bases.count; ++b)
      for (const int member : members_)
        for (Eigen::Index p = 0; p < policies; ++p) {
          const Eigen::Index row = b * data_.members() + member;
          mine.insert(mine.end(), {moments.mean(row, p), moments.var(row, p), moments.n(row, p)});
        }
  });
  const std::vector<double> all = gathered(crew, std::move(mine));
  using Strided = Eigen::Map<const Block, 0, Eigen::Stride<Eigen::Dynamic, 3>>;
  const Eigen::Index rows = crew.rank() == 0 ? this->rows() : 0;
  const auto every_third = [&](std::ptrdiff_t which) {
    return Strided(all.data() + which, rows, policies, Eigen::Stride<Eigen::Dynamic, 3>(3 * policies, 3));
  };
  return {every_third(0), every_third(1), every_third(2)};
}

std::vector<RankOrder> rank_orders(Crew& crew, const Dataset& data, const Sample& sample) {
  std::vector<RankOrder> orders;
  for (std::size_t i = 0; i < data.inputs().size(); ++i)
    orders.push_back(rank_order(sample.input(crew, i), data.plan().seed));
  const std::size_t rows = orders.front().rows.size();
  orders.push_back(rank_order(dummy_values(rows, data.plan().seed), data.plan().seed));
  return orders;
}

namespace {

bool has_classes(const Dataset& data) { return data.plan().placement == Method::sobol; }

}  // namespace

std::vector<RankOrder> orders_of_indices(const Dataset& data, std::vector<RankOrder> orders) {
  if (!has_classes(data)) return orders;
  for (RankOrder& order : orders) {
    const std::size_t classes = classes_for(order.rows.size());
    order = in_classes(std::move(order), classes);
  }
  return orders;
}

std::string rank_estimator_of(const Dataset& data, const Sample& sample) {
  const std::string name = "the rank estimator (Gamboa et al. 2022)";
  if (!has_classes(data)) return name;
  return name + ", of a Sobol' sequence in " + std::to_string(classes_for(static_cast<std::size_t>(sample.rows()))) +
         " classes of ranks";
}

Axis single_input_axis(const Dataset& data) {
  Axis axis{"varied_input", data.input_names(), "varied input; dummy: an input that does nothing (the noise floor)"};
  axis.labels.emplace_back("dummy");
  return axis;
}

}  // namespace truce::analysis
