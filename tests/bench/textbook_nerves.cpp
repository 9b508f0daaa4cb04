// war_of_nerves as a scientist would write it with the standard library: bench_textbook_nerves POINTS REPLICATES
// [SECONDS]. An independent program, not a part of truce: it includes nothing of kernels/.
#include <cstdlib>
#include <exception>
#include <iostream>

#include "tests/bench/textbook_passes.hpp"

namespace {

using namespace textbook;

/// Private information alone: `information` must be 0.
struct Point {
  Shared shared;
  double collapse, prize, a, d, fear_a, fear_d, until, quits_a, quits_d, at_once_a = 0, at_once_d = 0;
  explicit Point(const Named& in)
      : shared(in, in.at("collapse_hazard")), collapse(in.at("collapse_hazard")), prize(in.at("prize")) {
    if (in.at("information") != 0) throw std::runtime_error("only private information");
    const double spread = in.at("war_cost_spread"), scale = 1 + shared.boost * shared.autocracy_a;
    a = std::max(1e-9, in.at("audience_cost_a") * in.at("escalation"));
    d = std::max(1e-9, in.at("audience_cost_d") * in.at("escalation"));
    fear_a = std::max(1e-9, spread * shared.leaders_cost(shared.war_cost_a, shared.autocracy_a) / scale);
    fear_d = std::max(1e-9, spread * shared.leaders_cost(shared.war_cost_d, shared.autocracy_d));
    const double until_a = (std::sqrt(d * d * prize * prize + 4 * a * d * prize * fear_d) - d * prize) / (2 * a * d);
    const double until_d = (std::sqrt(a * a * prize * prize + 4 * a * d * prize * fear_a) - a * prize) / (2 * a * d);
    until = std::min(until_a, until_d);
    quits_a = 1 - a * until / fear_a, quits_d = 1 - d * until / fear_d;
    if (until_a < until_d) at_once_a = quits_a - (1 - quits_a) * d * until / prize;
    if (until_d < until_a) at_once_d = quits_d - (1 - quits_d) * a * until / prize;
  }
  double quits_at(double u, double share, double at_once, double other) const {
    if (u >= share) return 1e300;
    return u <= at_once ? 0 : prize * (u - at_once) / (other * (1 - u));
  }
};

std::vector<double> play(const Point& point, Random& random, std::uint64_t& months) {
  const Shared& p = point.shared;
  History h{p, random};
  const double a = point.quits_at(random.uniform(), point.quits_a, point.at_once_a, point.d);
  const double d = point.quits_at(random.uniform(), point.quits_d, point.at_once_d, point.a);
  const bool attack = std::min(a, d) > point.until;
  const double until = attack ? point.until : std::min(a, d);
  bool war = true, over = false;
  while (!over && h.month < p.horizon) {
    h.begin_month(war);
    const bool quit = !attack && until <= h.month - 1, fought = attack && until <= h.month - 1;
    if (war && (quit || h.changed)) {
      war = false;
      const bool by_a = quit ? a < d : true;
      const double terms = std::clamp(p.position + (by_a ? -0.5 : 0.5) * point.prize, 0.0, 1.0);
      h.sign(terms, p.position,
             terms - p.position + p.leaders_cost(p.war_cost_a, h.autocracy) / (1 + p.boost * h.autocracy),
             p.position - terms + p.leaders_cost(p.war_cost_d, p.autocracy_d));
    }
    h.flow(war ? p.position : h.terms, war && fought ? p.war_cost_a : 0, war && fought ? p.war_cost_d : 0);
    if (!war) {
      over = h.peace_month(p.drift);
    } else if (fought && random.uniform() < point.collapse) {
      h.win(random.uniform() < p.position);
      over = true;
    }
  }
  if (!over) h.cut(war ? p.position : h.terms);
  months += static_cast<std::uint64_t>(h.month);
  return {h.ending, h.war_months, h.terms, h.peace_months, h.relapsed, h.welfare_a, h.welfare_d};
}

}  // namespace

int main(int count, char** words) try {
  if (count < 3) throw std::runtime_error("usage: bench_textbook_nerves POINTS REPLICATES [SECONDS]");
  const double seconds = count > 3 ? std::atof(words[3]) : 0;
  time_and_print<Point>("war_of_nerves", bench::read_points(words[1]), static_cast<std::size_t>(std::atol(words[2])),
                        seconds, play);
} catch (const std::exception& error) {
  std::cerr << "bench_textbook_nerves: " << error.what() << "\n";
  return 1;
}
