// Member `to` holds the differences from member `from`, at each policy.
#include "analysis/claims/claim_reader.hpp"

#include <algorithm>
#include <cmath>

#include "sweep/base/error.hpp"

namespace truce::analysis {
namespace {

Difference difference_at(const Moments& moments, Eigen::Index row, Eigen::Index policy) {
  const double n = moments.n(row, policy);
  return {moments.mean(row, policy), std::sqrt(moments.var(row, policy) / n), n};
}

}  // namespace

const Claim& claim_of(const Dataset& data) {
  if (data.plan().claim) return *data.plan().claim;
  throw Error(Exit::usage, data.path() +
                               " has no claim (it is no result of a study with sections [claim NAME]); run such " +
                               "a study, e.g. configs/claims.ini, and give its results");
}

ClaimReader::ClaimReader(const Dataset& data) : data_(data) {
  const std::size_t series = data.find_series(claim_of(data).outcome);
  if (data.plan().pair)
    differences_.emplace(data, series);
  else
    levels_.emplace(data, series);
}

const std::vector<Difference>& ClaimReader::read(Range bases) {
  const Moments& moments = differences_ ? differences_->read(bases) : levels_->read(bases);
  const auto members = static_cast<Eigen::Index>(data_.members());
  read_.resize(static_cast<std::size_t>(bases.count));
  for (Eigen::Index b = 0; b < bases.count; ++b) {
    const Eigen::Index row = b * members + members - 1;
    Difference& into = read_[static_cast<std::size_t>(b)];
    into = difference_at(moments, row, 0);
    if (data_.policies() < 2) continue;
    const Difference second = difference_at(moments, row, 1);
    into = {second.mean - into.mean, second.standard_error + into.standard_error, std::min(second.n, into.n)};
  }
  return read_;
}

}  // namespace truce::analysis
