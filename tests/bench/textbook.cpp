// anchored_peace as a scientist would write it with the standard library: bench_textbook POINTS REPLICATES [SECONDS].
// An independent program, not a part of truce: it includes nothing of kernels/.
#include <cstdlib>
#include <exception>
#include <iostream>

#include "tests/bench/report.hpp"
#include "tests/bench/textbook_history.hpp"

namespace {

/// `replicates` histories at each point, one generator a point.
std::uint64_t play(const bench::Points& points, std::size_t replicates, std::vector<textbook::Outcomes>& outcomes) {
  std::uint64_t months = 0;
  for (std::size_t i = 0; i < points.rows.size(); ++i) {
    const textbook::Point point(textbook::inputs_from(points.names, points.rows[i]));
    textbook::Random random(861 + i);
    for (std::size_t k = 0; k < replicates; ++k)
      outcomes[i * replicates + k] = textbook::History(point, random).play(months);
  }
  return months;
}

}  // namespace

int main(int count, char** words) try {
  if (count < 3) throw std::runtime_error("usage: bench_textbook POINTS REPLICATES [SECONDS]");
  const auto points = bench::read_points(words[1]);
  const auto replicates = static_cast<std::size_t>(std::atol(words[2]));
  std::vector<textbook::Outcomes> outcomes(points.rows.size() * replicates);
  bench::Measured m;
  m.program = "textbook";
  m.runs = outcomes.size();
  bench::time_passes([&] { m.steps = play(points, replicates, outcomes); }, count > 3 ? std::atof(words[3]) : 0, m);
  const std::span<const double> values(&outcomes.data()->ending, outcomes.size() * textbook::outcome_names().size());
  m.checksum = bench::checksum(values);
  m.means = bench::means_of(textbook::outcome_names(), values);
  bench::print(m);
} catch (const std::exception& error) {
  std::cerr << "bench_textbook: " << error.what() << "\n";
  return 1;
}
