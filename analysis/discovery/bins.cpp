// Bins from the plan alone: the marginal's quantiles, its levels, or the values of a list.
#include "analysis/discovery/bins.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace truce::analysis {
namespace {

/// Values that the study can give an input: all of them if they are finitely many, else none.
std::vector<double> finite_values(const Plan& plan, const PlannedInput& planned) {
  std::vector<double> values;
  if (plan.placement == Method::list) {
    for (std::size_t at = planned.column; at < plan.list_values.size(); at += plan.list_columns)
      values.push_back(plan.list_values[at]);
  } else if (planned.marginal.levels() <= static_cast<std::int64_t>(1) << 20) {
    for (std::int64_t i = 0; i < planned.marginal.levels(); ++i) values.push_back(planned.marginal.level(i));
  }
  std::ranges::sort(values);
  return values;
}

}  // namespace

InputBins::InputBins(const Plan& plan, std::size_t input) : input_(input) {
  const PlannedInput& planned = plan.inputs[input];
  ordered_ = plan.kernel->inputs[input].kind != InputKind::choice;
  const std::vector<double> values = finite_values(plan, planned);
  std::vector<double> distinct = values;
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  if (!distinct.empty() && distinct.size() <= most) {
    levels_ = std::move(distinct);
    low_ = levels_.front();
    high_ = levels_.back();
    return;
  }
  const auto quantile = [&](double u) {
    if (values.empty()) return planned.marginal.quantile(u);
    return values[static_cast<std::size_t>(u * static_cast<double>(values.size()))];
  };
  low_ = values.empty() ? planned.marginal.lo : values.front();
  high_ = values.empty() ? planned.marginal.hi : values.back();
  if (!std::isfinite(low_)) low_ = quantile(0x1p-53);
  if (!std::isfinite(high_)) high_ = quantile(1 - 0x1p-53);
  for (std::size_t i = 1; i < most; ++i) edges_.push_back(quantile(static_cast<double>(i) / most));
  edges_.erase(std::unique(edges_.begin(), edges_.end()), edges_.end());
  std::erase(edges_, low_);  // nothing would lie below it
  padded_ = edges_;
  padded_.resize(most - 1, std::numeric_limits<double>::infinity());
}

std::uint8_t InputBins::code(double value) const {
  if (!levels_.empty()) {
    const auto at = std::lower_bound(levels_.begin(), levels_.end() - 1, value) - levels_.begin();
    return static_cast<std::uint8_t>(at);
  }
  std::size_t below = 0;  // edges up to the value, by halving without a branch
  for (std::size_t step = most / 2; step > 0; step /= 2) below += padded_[below + step - 1] <= value ? step : 0;
  return static_cast<std::uint8_t>(below);
}

Restriction InputBins::restriction(const std::vector<bool>& kept) const {
  const auto first = static_cast<std::size_t>(std::ranges::find(kept, true) - kept.begin());
  std::size_t last = kept.size() - 1;
  while (!kept[last]) --last;
  if (levels_.empty())
    return {input_, first == 0 ? low_ : edges_[first - 1], last == edges_.size() ? high_ : edges_[last], {}};
  Restriction restriction{input_, levels_[first], levels_[last], {}};
  for (std::size_t i = first; i <= last; ++i)
    if (kept[i]) restriction.levels.push_back(levels_[i]);
  return restriction;
}

Restriction InputBins::between(double low, double high, double choices) const {
  Restriction restriction{input_, low, high, {}};
  for (const double level : levels_) {
    const bool named = std::fmod(std::floor(choices / std::exp2(level)), 2) == 1;
    if (ordered_ ? low <= level && level <= high : named) restriction.levels.push_back(level);
  }
  return restriction;
}

}  // namespace truce::analysis
