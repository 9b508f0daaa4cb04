// A flag with more than two meanings has a series for each of them.
#include "sweep/study/series.hpp"

namespace truce {

std::size_t outcome_index(const Kernel& kernel, std::string_view name) {
  for (std::size_t i = 0; i < kernel.outcomes.size(); ++i)
    if (kernel.outcomes[i].name == name) return i;
  return kernel.outcomes.size();
}

std::vector<Series> series_of(const Kernel& kernel) {
  std::vector<Series> all;
  for (std::size_t i = 0; i < kernel.outcomes.size(); ++i) {
    const Outcome& outcome = kernel.outcomes[i];
    if (outcome.meanings.size() <= 2) {
      all.push_back({std::string(outcome.name), i, -1});
      continue;
    }
    for (std::size_t code = 0; code < outcome.meanings.size(); ++code)
      all.push_back({std::string(outcome.name) + "_" + std::string(outcome.meanings[code]), i, static_cast<int>(code)});
  }
  return all;
}

std::string stored_as(const Kernel& kernel, std::string_view name) {
  std::string shares;
  for (const Series& series : series_of(kernel))
    if (series.code >= 0 && kernel.outcomes[series.outcome].name == name)
      shares += (shares.empty() ? "" : ", ") + series.name;
  const std::string quoted = "'" + std::string(name) + "'";
  if (!shares.empty()) return quoted + " is stored as a share of each of its results; name one of " + shares;
  for (const Curve& curve : kernel.curves)
    if (curve.name == name)
      return quoted + " is a curve over months (one number is needed here); name " + std::string(curve.time) +
             ", the time that it is of";
  return "";
}

}  // namespace truce
