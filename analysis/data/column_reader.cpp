// Cuts what is asked for along the chunks of the file.
#include "analysis/data/column_reader.hpp"

#include <algorithm>

namespace truce::analysis {

ColumnReader::ColumnReader(Result& result, std::size_t variable)
    : result_(result),
      variable_(variable),
      width_(result.variables().at(variable).width()),
      step_(result.variables().at(variable).step_rows()) {}

void ColumnReader::load(std::int64_t chunk) {
  if (chunk == loaded_) return;
  const std::int64_t first = chunk * step_;
  const std::int64_t count = std::min(step_, result_.variables()[variable_].rows() - first);
  chunk_.resize(static_cast<std::size_t>(count) * width_);
  loaded_ = -1;  // what is there is lost if reading fails
  result_.read(variable_, first, count, chunk_);
  loaded_ = chunk;
}

std::span<const double> ColumnReader::rows(Range range) {
  const auto values = static_cast<std::size_t>(range.count) * width_;
  const std::int64_t first_chunk = range.first / step_;
  if (range.count > 0 && (range.end() - 1) / step_ == first_chunk) {
    load(first_chunk);
    return {chunk_.data() + static_cast<std::size_t>(range.first - first_chunk * step_) * width_, values};
  }
  asked_.resize(values);
  for (std::int64_t at = range.first; at < range.end();) {
    const std::int64_t chunk = at / step_, end = std::min(range.end(), (chunk + 1) * step_);
    load(chunk);
    std::copy_n(chunk_.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(at - chunk * step_) * width_),
                static_cast<std::size_t>(end - at) * width_,
                asked_.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(at - range.first) * width_));
    at = end;
  }
  return asked_;
}

}  // namespace truce::analysis
