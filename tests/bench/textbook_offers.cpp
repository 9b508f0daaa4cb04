// crisis_offer and screening as a scientist would write them with the standard library: bench_textbook_offers KERNEL
// POINTS REPLICATES [SECONDS]. An independent program, not a part of truce: it includes nothing of kernels/.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <vector>

#include "tests/bench/textbook_passes.hpp"

namespace {

using namespace textbook;

/// A leader at home: what a share is worth, what war is.
struct Leader {
  double kappa, boost, held, office, kept, kept_with, won, lost, audience, claim;
  double worth(double z) const {
    return std::pow(z, kappa) + (z >= held ? boost : 0) + office * (kept + kept_with * z) -
           audience * std::max(0.0, claim - z);
  }
  double war(double win, double cost) const {
    return win * (1 + boost) + office * (win * won + (1 - win) * lost) - cost;
  }
  double least_share(double win, double cost) const {
    if (worth(0) >= war(win, cost)) return 0;
    if (worth(1) < war(win, cost)) return 2;
    double lo = 0, hi = 1;
    for (int i = 0; i < 60; ++i) (worth(0.5 * (lo + hi)) >= war(win, cost) ? hi : lo) = 0.5 * (lo + hi);
    return hi;
  }
};
Leader leader(const Named& in, double autocracy, bool of_a) {
  const double kappa = 1 + (in.at("all_or_nothing") - 1) * autocracy * (1 - in.at("collective_formula"));
  return {of_a ? kappa : 1,
          of_a ? in.at("territorial_boost") * autocracy : 0,
          of_a ? in.at("held_share") : 0,
          in.at("office_stakes") * autocracy,
          in.at("tenure_settled"),
          in.at("tenure_with_share"),
          in.at("tenure_won"),
          in.at("tenure_lost"),
          in.at(of_a ? "audience_cost_a" : "audience_cost_d"),
          in.at(of_a ? "claim_a" : "claim_d")};
}

struct Point {
  Named in;
  Shared shared;
  double p, collapse, cost_d;
  Leader d;
  explicit Point(const Named& named)
      : in(named),
        shared(named, named.at("collapse_hazard")),
        p(shared.position),
        collapse(in.at("collapse_hazard")),
        cost_d(shared.leaders_cost(shared.war_cost_d, shared.autocracy_d)),
        d(leader(in, shared.autocracy_d, false)) {}
  double cost_a(double autocracy) const { return shared.leaders_cost(shared.war_cost_a, autocracy); }
};

/// D's cost is new each month (its power is known here); A's demand by a scan of the shares.
struct CrisisOffer {
  const Point& point;
  double half, demand[2] = {2, 2};  // 2: war
  explicit CrisisOffer(const Point& at) : point(at), half(at.in.at("cost_spread") * std::abs(at.cost_d)) {
    for (int changed = 0; changed < 2; ++changed) {
      const double autocracy = changed ? 0 : point.shared.autocracy_a;
      const auto a = leader(point.in, autocracy, true);
      double best = 0;
      for (int i = 0; i <= 20000; ++i) {
        const double x = i / 20000.0, strongest = point.d.war(1 - point.p, point.cost_d - half);
        const double refused = std::clamp((strongest - point.d.worth(1 - x)) / (2 * half), 0.0, 1.0);
        const double gain = (1 - refused) * (a.worth(x) - a.war(point.p, point.cost_a(autocracy)));
        if (gain > best) best = gain, demand[changed] = x;
      }
    }
  }
  void start(Random&) {}
  bool settles(const History& h, Random& random, double& terms) {
    terms = demand[h.changed];
    if (terms > 1) return false;
    const double cost = point.cost_d + half * (2 * random.uniform() - 1);
    return point.d.worth(1 - terms) >= point.d.war(1 - point.p, cost);
  }
};

/// D waits for a demand that its surplus theta over fighting on can bear.
struct Screening {
  const Point& point;
  double top, keep, base[2], least[2], theta = 0, highest = 0;
  explicit Screening(const Point& at) : point(at) {
    const auto cost_a = point.cost_a(point.shared.autocracy_a);
    const Leader bare{1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    top = point.in.at("surplus_spread") * (cost_a + point.cost_d);
    keep = 1 / (1 + std::sqrt(1 - point.shared.discount * (1 - point.collapse)));
    const double d = point.d.least_share(1 - point.p, point.cost_d);
    const double now = leader(point.in, point.shared.autocracy_a, true).least_share(point.p, cost_a);
    const double later = leader(point.in, 0, true).least_share(point.p, point.cost_a(0));
    const double shift = now + d - bare.least_share(point.p, cost_a) - bare.least_share(1 - point.p, point.cost_d);
    base[0] = std::max(shift, 0.0), base[1] = std::max(shift + later - now, 0.0);
    least[0] = now + std::max(-shift, 0.0), least[1] = later + std::max(now - later - shift, 0.0);
  }
  void start(Random& random) { theta = top * random.uniform(), highest = top; }
  bool settles(const History& h, Random&, double& terms) {
    const double v = highest - base[h.changed];
    if (v <= 0) return false;
    terms = std::clamp(least[h.changed] + (1 - keep) * v, 0.0, 1.0);
    highest = base[h.changed] + keep * v;
    return theta > highest;
  }
};

template <class War>
std::vector<double> play(const Point& point, War& war, Random& random, std::uint64_t& months) {
  History h{point.shared, random};
  bool at_war = true, over = false;
  war.start(random);
  while (!over && h.month < point.shared.horizon) {
    h.begin_month(at_war);
    double x = 0;
    if (at_war && war.settles(h, random, x)) {
      at_war = false;
      h.sign(x, point.p, x - point.p + point.cost_a(h.autocracy) / (1 + point.shared.boost * h.autocracy),
             point.p - x + point.cost_d);
    }
    h.flow(at_war ? point.p : h.terms, at_war ? point.shared.war_cost_a : 0, at_war ? point.shared.war_cost_d : 0);
    if (at_war) {
      over = random.uniform() < point.collapse;
      if (over) h.win(random.uniform() < point.p);
    } else {
      over = h.peace_month(point.shared.drift);
    }
  }
  if (!over) h.cut(at_war ? point.p : h.terms);
  months += static_cast<std::uint64_t>(h.month);
  return {h.ending, h.war_months, h.terms, h.peace_months, h.relapsed, h.welfare_a, h.welfare_d};
}

/// A point of a study, and the war that is played there again and again.
template <class War>
struct Stage {
  Point point;
  War war;
  explicit Stage(const Named& named) : point(named), war(point) {}
};

template <class War>
void measure(const std::string& kernel, const bench::Points& points, std::size_t replicates, double seconds) {
  time_and_print<Stage<War>>(kernel, points, replicates, seconds, [](auto& stage, Random& random, auto& months) {
    return play(stage.point, stage.war, random, months);
  });
}

}  // namespace

int main(int count, char** words) try {
  if (count < 4) throw std::runtime_error("usage: bench_textbook_offers KERNEL POINTS REPLICATES [SECONDS]");
  const auto points = bench::read_points(words[2]);
  const auto replicates = static_cast<std::size_t>(std::atol(words[3]));
  const double seconds = count > 4 ? std::atof(words[4]) : 0;
  const std::string kernel = words[1];
  if (kernel == "crisis_offer")
    measure<CrisisOffer>(kernel, points, replicates, seconds);
  else if (kernel == "screening")
    measure<Screening>(kernel, points, replicates, seconds);
  else
    throw std::runtime_error(kernel + " is not one of crisis_offer, screening");
} catch (const std::exception& error) {
  std::cerr << "bench_textbook_offers: " << error.what() << "\n";
  return 1;
}
