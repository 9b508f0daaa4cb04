// Percentiles and the half-width come from the same resamples.
#include "analysis/indices/index_answers.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "analysis/fold/bootstrap.hpp"
#include "sweep/base/no_number.hpp"

namespace truce::analysis {

Resampled resampled_value(double value, std::span<double> resamples, double level) {
  const auto end = std::partition(resamples.begin(), resamples.end(), [](double v) { return std::isfinite(v); });
  const std::span<double> finite(resamples.begin(), end);
  const Interval interval = percentile_interval(finite, level);
  double conf = no_number;
  if (finite.size() >= 2) {
    const Eigen::Map<const Eigen::ArrayXd> values(finite.data(), static_cast<Eigen::Index>(finite.size()));
    const double squares = (values - values.mean()).square().sum();
    conf =
        quantile(boost::math::normal(), (1 + level) / 2) * std::sqrt(squares / static_cast<double>(finite.size() - 1));
  }
  return {value, interval.low, interval.high, conf};
}

IndexAnswers::IndexAnswers(AnswerTable& table, const std::string& name, const std::string& units,
                           const std::string& long_name, With with)
    : table_(table), first_(table.answers.size()), with_(with) {
  table.add(name, units, long_name);
  table.add(name + "_low", units, "lower end of the interval of " + name);
  table.add(name + "_high", units, "upper end of the interval of " + name);
  if (with_ == With::interval) return;
  table.add(name + "_conf", units, "half-width of the interval of " + name + " from the spread of its resamples");
  if (with_ == With::conf_and_outside) table.add(name + "_outside", "1", "1 where " + name + " lies outside [0, 1]");
}

void IndexAnswers::set(std::size_t place, const Resampled& resampled) {
  const auto put = [&](std::size_t answer, double value) { table_.answers[first_ + answer].values[place] = value; };
  put(0, resampled.value);
  put(1, resampled.low);
  put(2, resampled.high);
  if (with_ == With::interval) return;
  put(3, resampled.conf);
  if (with_ == With::conf_and_outside && !std::isnan(resampled.value))
    put(4, resampled.value < 0 || resampled.value > 1 ? 1 : 0);
}

}  // namespace truce::analysis
