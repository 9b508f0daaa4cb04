// Rows in the columnar form of frames, little endian; the order of columns is the layout's.
#include "sweep/run/rows.hpp"

#include <algorithm>
#include <array>

#include "sweep/base/no_number.hpp"

namespace truce {

RowMap row_map_of(const Plan& plan) {
  return {plan.chunks(), plan.members, plan.policies(), plan.replicates, plan.rows == Rows::run};
}

bool has_differences(const Plan& plan) { return plan.policies() > 1 || plan.pair; }

std::size_t references_of(const Plan& plan) {
  return has_differences(plan) ? static_cast<std::size_t>(plan.members) : 1;
}

const Tally& tally_sibling(const Plan& plan, Tallier& tallier, const Runs& runs, std::int64_t policy, int member) {
  if (!has_differences(plan)) return tallier.tally(runs);
  const auto own = static_cast<std::size_t>(member);
  if (plan.pair && member == 0) tallier.set_reference(runs, 1);
  if (policy == 0 && !(plan.pair && member == 1)) tallier.set_reference(runs, own);
  return tallier.tally(runs, own);
}

TallyShape tally_shape_of(const Plan& plan) { return {*plan.kernel, has_differences(plan), plan.quantiles}; }

std::uint32_t replicates_of(const Plan& plan, std::int64_t chunk) { return replicates_in(plan.replicates, chunk); }

double bytes_of_unit(const Plan& plan, const Layout& layout, bool partial) {
  if (partial)
    return static_cast<double>(tally_shape_of(plan).size() * sizeof(double)) *
           static_cast<double>(plan.members * plan.policies());
  const double rows = static_cast<double>(plan.rows == Rows::run ? plan.runs() : plan.rows_of_point());
  return std::max(1.0, static_cast<double>(layout.row_bytes()) * rows / static_cast<double>(plan.units()));
}

RowWriter::RowWriter(const Layout& layout, std::int64_t rows, std::span<std::byte> payload) {
  const std::vector<std::size_t> before = layout.bytes_before();
  for (std::size_t c = 0; c < layout.columns.size(); ++c) {
    const Column& column = layout.columns[c];
    if (column.origin != Origin::row) continue;
    slots_.push_back({payload.data() + before[c] * static_cast<std::size_t>(rows), column.row_bytes(),
                      size_of(column.type), column.type});
  }
}

void RowWriter::put(std::size_t slot, std::int64_t row, std::size_t element, double value) {
  const Slot& s = slots_[slot];
  put_value(s.type, value, s.first + static_cast<std::size_t>(row) * s.row_bytes + element * s.value_bytes);
}

void RowWriter::point(std::int64_t row, std::int64_t policy, const TallyShape& shape, const Tally& tally) {
  const std::vector<double>& t = tally.numbers;
  const auto element = static_cast<std::size_t>(policy);
  const std::vector<Series>& series = shape.series();
  std::size_t slot = 0, histogram = 0;
  const auto moment = [&](std::size_t at) {
    put(slot++, row, element, t[at] > 0 ? t[at + 1] : no_number);
    put(slot++, row, element, t[at] > 1 ? t[at + 2] / (t[at] - 1) : no_number);
  };
  for (std::size_t s = 0; s < series.size();) {
    const std::size_t own = s;
    for (; s < series.size() && series[s].outcome == series[own].outcome; ++s) {
      moment(shape.moment(s));
      if (shape.differences()) moment(shape.difference(s));
    }
    if (histogram < shape.histograms().size() && shape.histograms()[histogram].outcome == series[own].outcome) {
      std::array<double, quantile_percents.size()> values{};
      quantiles(shape, histogram++, tally, values);
      for (const double value : values) put(slot++, row, element, value);
    }
    put(slot++, row, element, t[shape.moment(own)]);
    if (shape.differences()) put(slot++, row, element, t[shape.difference(own)]);
  }
  for (std::size_t c = 0; c < shape.curves().size(); ++c, ++slot) {
    survival_.resize(shape.curves()[c].months.size());
    survival(shape, c, tally, survival_);
    for (std::size_t i = 0; i < survival_.size(); ++i) put(slot, row, element * survival_.size() + i, survival_[i]);
  }
  const double failed = t[shape.failed()], replicates = t[shape.replicates()];
  put(slot++, row, element, replicates);
  put(slot++, row, element, failed);
  put(slot++, row, element, failed == 0 ? 0 : failed < replicates ? 1 : 2);
}

void RowWriter::run(std::int64_t row, std::span<const double> outcomes, bool failed) {
  for (std::size_t o = 0; o < outcomes.size(); ++o) put(o, row, 0, failed ? no_number : outcomes[o]);
  put(outcomes.size(), row, 0, failed ? 1 : 0);
}

Computed::Computed(const Plan& plan, const Layout& layout) : plan_(plan), layout_(layout), design_(plan) {}

void Computed::fill(std::size_t column, std::int64_t first, std::int64_t count, std::span<std::byte> into) const {
  const Column& c = layout_.columns[column];
  const auto& inputs = plan_.kernel->inputs;
  const auto input = static_cast<std::size_t>(std::ranges::find(inputs, c.name, &Input::name) - inputs.begin());
  const std::int64_t members = plan_.members, policies = plan_.policies();
  const auto value_at = [&](std::int64_t row) -> double {
    if (input < inputs.size()) return design_.value(row / members, static_cast<int>(row % members), input);
    std::int64_t whole = row / (members * policies) % plan_.replicates;  // replicate of a run
    if (c.name == "base") whole = row / members;
    if (c.name == "member") whole = row % members;
    if (c.name == "run_policy") whole = row % policies;
    if (c.name == "run_point")
      whole = row / (members * policies * plan_.replicates) * members + row / policies % members;
    return static_cast<double>(whole);
  };
  for (std::int64_t i = 0; i < count; ++i)
    put_value(c.type, value_at(first + i), into.data() + static_cast<std::size_t>(i) * c.row_bytes());
}

}  // namespace truce
