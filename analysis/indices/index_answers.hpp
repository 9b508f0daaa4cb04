// An index in a table: its value, interval, half-width as SALib has it, and whether it lies outside [0, 1].
#pragma once

#include <span>
#include <string>

#include "analysis/answers/answers.hpp"

namespace truce::analysis {

/// A statistic with what its resamples say of it.
struct Resampled {
  double value = 0, low = 0, high = 0;
  double conf = 0;  ///< normal quantile of the level times the standard deviation of the resamples, as SALib's _conf
};

/// `resamples` are reordered; those that are not finite are left out.
Resampled resampled_value(double value, std::span<double> resamples, double level);

/// The answers NAME, NAME_low and NAME_high of a table, on request NAME_conf and NAME_outside.
class IndexAnswers {
 public:
  enum class With { interval, conf, conf_and_outside };
  /// Appends them. `table` must outlive this and stay where it is.
  IndexAnswers(AnswerTable& table, const std::string& name, const std::string& units, const std::string& long_name,
               With with);
  void set(std::size_t place, const Resampled& resampled);

 private:
  AnswerTable& table_;
  std::size_t first_;
  With with_;
};

}  // namespace truce::analysis
