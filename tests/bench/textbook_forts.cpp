// The war over forts as a scientist would write it with the standard library: bench_textbook_forts REPLICATES
// [SECONDS]. War alone, without talks or momentum, at given numbers: to compare with `bench_kernels forts` at
// talks_battles = 0. An independent program, not a part of truce: it includes nothing of kernels/.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>
#include <vector>

#include "tests/bench/report.hpp"

namespace {

struct Point {
  double forts = 20, held = 10, win = 0.5, stalemate = 0.2, repeat = 0.6, aid = 0.05, support = 0.8, floor = 0.08;
  double fatigue = 0.01, withdrawal = 0.005, slope = 0.1, tolerance = 0.5, change = 0.002, rate = 0.005, horizon = 360;
  double cost = 0.004;
};

struct Outcomes {
  double ending = 3, war_months = 0, welfare_a = 0, welfare_d = 0, changed = 0, forts_a = 0;
};

/// One war, month by month: change, support, costs, a battle, casualties.
Outcomes play(const Point& p, std::mt19937_64& engine, std::uint64_t& months) {
  std::uniform_real_distribution<double> uniform(0, 1);
  const double fade = 1 - std::exp(-p.fatigue), delta = std::exp(-p.rate), momentum = p.repeat / (1 - p.repeat);
  Outcomes o;
  double held = p.held, support = p.support, discount = 1;
  int last = 0;
  o.war_months = p.horizon;
  for (double month = 1; month <= p.horizon; month += 1) {
    ++months;
    if (uniform(engine) < p.change) o.changed = 1;
    support += fade * (p.floor - support);
    if (uniform(engine) < p.withdrawal) support = p.floor;
    const double weight = discount * (1 - delta), share = held / p.forts;
    o.welfare_a += weight * (share - p.cost / p.rate);
    o.welfare_d += weight * (1 - share - p.cost / p.rate);
    discount *= delta;
    const double even = std::max(p.win - p.aid * support, 0.01);
    const double odds = even / (1 - even) * (last > 0 ? momentum : last < 0 ? 1 / momentum : 1);
    if (uniform(engine) < 1 - p.stalemate) {
      last = uniform(engine) < odds / (1 + odds) ? 1 : -1;
      held += last;
    }
    const double slope = p.slope * (1 - p.tolerance * (1 - held / p.forts));
    support = std::max(support - slope * std::log10(1 + 1 / month), std::min(support, p.floor));
    if (held > 0 && held < p.forts) continue;
    o.ending = held > 0 ? 1 : 2;
    o.war_months = month - 0.5;
    (held > 0 ? o.welfare_a : o.welfare_d) += discount;
    break;
  }
  if (o.ending == 3) {
    o.welfare_a += discount * held / p.forts;
    o.welfare_d += discount * (1 - held / p.forts);
  }
  o.forts_a = held;
  return o;
}

}  // namespace

int main(int count, char** words) {
  const auto replicates = static_cast<std::size_t>(count > 1 ? std::atol(words[1]) : 100000);
  std::vector<Outcomes> outcomes(replicates);
  bench::Measured m;
  m.program = "textbook forts";
  m.runs = replicates;
  bench::time_passes(
      [&] {
        std::mt19937_64 engine(861);
        m.steps = 0;
        for (auto& one : outcomes) one = play(Point{}, engine, m.steps);
      },
      count > 2 ? std::atof(words[2]) : 0, m);
  const std::vector<std::string> names = {"ending", "war_months", "welfare_a", "welfare_d", "changed", "forts_a"};
  const std::span<const double> values(&outcomes.data()->ending, outcomes.size() * names.size());
  m.checksum = bench::checksum(values);
  m.means = bench::means_of(names, values);
  bench::print(m);
}
