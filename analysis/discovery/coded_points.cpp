// Reads the inputs once, piece by piece, keeps a byte of each, and tells it to all where it fits.
#include "analysis/discovery/coded_points.hpp"

#include <algorithm>

#include "analysis/data/column_reader.hpp"
#include "analysis/data/moments_reader.hpp"
#include "kernels/philox.hpp"
#include "sweep/crew/collective.hpp"

namespace truce::analysis {
namespace {

constexpr std::uint32_t lot_stream = 33;
constexpr std::uint32_t kept_in_memory = 0;

double bytes_of(const Dataset& data) {
  return static_cast<double>(data.bases()) * static_cast<double>(data.inputs().size() + 5);
}

}  // namespace

double lot_of(std::uint64_t seed, std::int64_t base, std::uint32_t purpose) {
  return uniform(Stream{seed, static_cast<std::uint64_t>(base), purpose}.block(lot_stream, 0)[0]);
}

bool CodedPoints::holds(std::int64_t base) const {
  return share_ >= 1 || lot_of(data_->plan().seed, base, kept_in_memory) < share_;
}

void CodedPoints::add_piece(Range bases, std::size_t points) {
  pieces_.push_back({groups_.group_of(bases.first), bases, size(), size() + points});
}

CodedPoints::CodedPoints(Crew& crew, const Dataset& data, double bytes_each)
    : crew_(&crew),
      alone_(make_local_crew()),
      data_(&data),
      groups_(data.bases(), data.members()),
      share_(std::min(1.0, most_bytes / bytes_of(data))),
      whole_(share_ >= 1 && bytes_of(data) <= bytes_each) {
  std::vector<ColumnReader> columns;
  for (const VariedInput& input : data.inputs()) {
    bins_.emplace_back(data.plan(), input.input);
    columns.emplace_back(data.result(), input.column);
  }
  codes_.resize(bins_.size());
  std::vector<std::size_t> kept;
  fold_groups(crew, groups_, 0, [&](Range bases, std::span<double>) {
    kept.clear();
    for (std::int64_t b = 0; b < bases.count; ++b)
      if (holds(bases.first + b)) kept.push_back(static_cast<std::size_t>(b * data.members()));
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::span<const double> values = columns[i].rows(rows_of(data, bases));
      for (const std::size_t row : kept) codes_[i].push_back(bins_[i].code(values[row]));
    }
    add_piece(bases, kept.size());
  });
  if (!whole_ || crew.size() == 1) return;
  for (std::vector<std::uint8_t>& codes : codes_) {  // the ranks' shares of the groups are in order
    const std::string all = gather_everywhere(crew, {codes.begin(), codes.end()});
    codes.assign(all.begin(), all.end());
  }
  pieces_.clear();
  fold_groups(*alone_, groups_, 0,
              [&](Range bases, std::span<double>) { add_piece(bases, static_cast<std::size_t>(bases.count)); });
}

}  // namespace truce::analysis
