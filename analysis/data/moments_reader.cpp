// Copies stored moments, or folds them from runs.
#include "analysis/data/moments_reader.hpp"

#include <cmath>

#include "sweep/base/error.hpp"
#include "sweep/base/no_number.hpp"

namespace truce::analysis {
namespace {

ColumnReader required(const Dataset& data, const std::optional<std::size_t>& variable, const StoredSeries& series) {
  if (!variable)
    throw Error(Exit::usage, data.path() + " stores no differences of " + series.name +
                                 " (they need siblings that share random numbers: levers, or method = paired, and "
                                 "rows = point); run such a study");
  return {data.result(), *variable};
}

void copy(ColumnReader& column, Range rows, std::size_t policies, Block& into) {
  into.resize(rows.count, static_cast<Eigen::Index>(policies));
  into = BlockView(column.rows(rows).data(), rows.count, static_cast<Eigen::Index>(policies));
}

}  // namespace

Range rows_of(const Dataset& data, Range bases) { return {bases.first * data.members(), bases.count * data.members()}; }

MomentsReader::MomentsReader(const Dataset& data, std::size_t series)
    : data_(data), series_(data.series().at(series)), failed_(series_.name == failed_series) {
  const auto open = [&](const std::optional<std::size_t>& variable, std::optional<ColumnReader>& reader) {
    if (variable) reader.emplace(data_.result(), *variable);
  };
  open(series_.mean, mean_);
  if (data_.plan().rows == Rows::run) return;
  open(series_.var, var_);
  open(series_.n, n_);
}

const Moments& MomentsReader::read(Range bases) {
  data_.plan().rows == Rows::run ? read_runs(rows_of(data_, bases)) : read_points(rows_of(data_, bases));
  return moments_;
}

void MomentsReader::read_points(Range rows) {
  const std::size_t policies = data_.policies();
  copy(*mean_, rows, policies, moments_.mean);
  copy(*n_, rows, policies, moments_.n);
  if (failed_) return fill_shares_of_failed();
  copy(*var_, rows, policies, moments_.var);
}

/// From counts: the moments of n values of which so many are 1 and the others 0.
void MomentsReader::fill_shares_of_failed() {
  moments_.mean /= moments_.n;
  moments_.var = moments_.mean * (1 - moments_.mean) * moments_.n / (moments_.n - 1);
  moments_.var = (moments_.n > 1).select(moments_.var, no_number);
}

void MomentsReader::read_runs(Range rows) {
  const auto policies = static_cast<std::int64_t>(data_.policies());
  const std::int64_t replicates = data_.plan().replicates, per_row = replicates * policies;
  const Range runs{rows.first * per_row, rows.count * per_row};
  const std::span<const double> values = mean_->rows(runs);
  moments_.mean.setZero(rows.count, policies);
  moments_.var.setZero(rows.count, policies);
  moments_.n.setZero(rows.count, policies);
  const double code = series_.code;
  std::size_t at = 0;
  for (Eigen::Index row = 0; row < rows.count; ++row)
    for (std::int64_t replicate = 0; replicate < replicates; ++replicate)
      for (Eigen::Index policy = 0; policy < policies; ++policy, ++at) {
        double value = values[at];
        if (failed_) value = value == 0 ? 0 : 1;
        if (std::isnan(value)) continue;
        if (code >= 0) value = value == code ? 1 : 0;
        const double n = moments_.n(row, policy) += 1;
        const double delta = value - moments_.mean(row, policy);
        moments_.mean(row, policy) += delta / n;
        moments_.var(row, policy) += delta * (value - moments_.mean(row, policy));
      }
  moments_.var = (moments_.n > 1).select(moments_.var / (moments_.n - 1), no_number);
  moments_.mean = (moments_.n > 0).select(moments_.mean, no_number);
}

DifferenceReader::DifferenceReader(const Dataset& data, std::size_t series)
    : data_(data),
      diff_(required(data, data.series().at(series).diff, data.series()[series])),
      diff_var_(required(data, data.series()[series].diff_var, data.series()[series])),
      diff_n_(required(data, data.series()[series].diff_n, data.series()[series])) {}

const Moments& DifferenceReader::read(Range bases) {
  const Range rows = rows_of(data_, bases);
  copy(diff_, rows, data_.policies(), moments_.mean);
  copy(diff_var_, rows, data_.policies(), moments_.var);
  copy(diff_n_, rows, data_.policies(), moments_.n);
  return moments_;
}

InputReader::InputReader(const Dataset& data) : data_(data) {
  for (const VariedInput& input : data.inputs()) columns_.emplace_back(data.result(), input.column);
}

const Block& InputReader::read(Range bases) {
  const Range rows = rows_of(data_, bases);
  values_.resize(rows.count, static_cast<Eigen::Index>(columns_.size()));
  for (std::size_t i = 0; i < columns_.size(); ++i)
    values_.col(static_cast<Eigen::Index>(i)) =
        Eigen::Map<const Eigen::ArrayXd>(columns_[i].rows(rows).data(), rows.count);
  return values_;
}

}  // namespace truce::analysis
