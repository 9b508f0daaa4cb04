// What the textbook rivals' programs share: points by name, timed passes over them, means.
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "tests/bench/report.hpp"
#include "tests/bench/textbook_peace.hpp"

namespace textbook {

/// Plays `replicates` histories at each point and prints what it took: `war(point, random, months)` plays one and
/// returns its seven outcomes, the months added to; Point is made from the inputs by name.
template <class Point, class War>
void time_and_print(const std::string& kernel, const bench::Points& points, std::size_t replicates, double seconds,
                    const War& war) {
  std::vector<double> outcomes;
  bench::Measured m;
  m.program = "textbook " + kernel;
  m.runs = points.rows.size() * replicates;
  const auto pass = [&] {
    outcomes.clear();
    m.steps = 0;
    for (std::size_t i = 0; i < points.rows.size(); ++i) {
      Named named;
      for (std::size_t k = 0; k < points.names.size(); ++k) named[points.names[k]] = points.rows[i][k];
      Point point(named);
      Random random{std::mt19937_64(861 + i)};
      for (std::size_t k = 0; k < replicates; ++k)
        for (const double x : war(point, random, m.steps)) outcomes.push_back(x);
    }
  };
  bench::time_passes(pass, seconds, m);
  m.checksum = bench::checksum(outcomes);
  m.means = bench::means_of(
      {"ending", "war_months", "settlement_a", "peace_months", "relapsed", "welfare_a", "welfare_d"}, outcomes);
  bench::print(m);
}

}  // namespace textbook
