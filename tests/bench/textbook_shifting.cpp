// shifting_power as a scientist would write it with the standard library: bench_textbook_shifting POINTS REPLICATES
// [SECONDS]. An independent program, not a part of truce: it includes nothing of kernels/.
#include <cstdlib>
#include <exception>
#include <iostream>

#include "tests/bench/textbook_passes.hpp"

namespace {

using namespace textbook;

/// Least share by bisection of what a settlement is worth at home.
double least_share(double win, double cost, double kappa, double boost, double held, double office, double audience,
                   double claim, const Named& in) {
  const auto worth = [&](double z) {
    return std::pow(z, kappa) + (z >= held ? boost : 0) +
           office * (in.at("tenure_settled") + in.at("tenure_with_share") * z) - audience * std::max(0.0, claim - z);
  };
  const double war = win * (1 + boost) + office * (win * in.at("tenure_won") + (1 - win) * in.at("tenure_lost")) - cost;
  if (worth(0) >= war) return 0;
  if (worth(1) < war) return 2;
  double lo = 0, hi = 1;
  for (int i = 0; i < 60; ++i) (worth(0.5 * (lo + hi)) >= war ? hi : lo) = 0.5 * (lo + hi);
  return hi;
}

/// For each month at war: whether to settle in it, and what A and D then have.
struct Plan {
  std::vector<double> a, d, terms;
  std::size_t first = 0;  ///< none before; a.size() if never
};

struct Point {
  Named in;
  Shared shared;
  double shift, months, collapse;
  Plan before, after;
  explicit Point(const Named& named)
      : in(named),
        shared(named, named.at("collapse_hazard")),
        shift(in.at("power_shift")),
        months(in.at("shift_months")),
        collapse(in.at("collapse_hazard")),
        before(plan(shared.autocracy_a)),
        after(plan(0)) {}
  double position(double passed) const {
    return std::clamp(shared.position + shift * std::min(passed / months, 1.0), 0.001, 0.999);
  }
  Plan plan(double autocracy) const {
    const auto last = static_cast<std::size_t>(shift == 0 ? 0 : months);
    const double kept = in.at("protected_share"), share_a = shift >= 0 ? 1 - kept : kept, delta = shared.discount;
    const double lift_a = shift >= 0 ? 0 : in.at("guarantee_d"),
                 lift_d = shift >= 0 ? in.at("guarantee_a") * shared.support : 0;
    Plan out{std::vector<double>(last + 1), std::vector<double>(last + 1), std::vector<double>(last + 1), last + 1};
    const double kappa = 1 + (in.at("all_or_nothing") - 1) * autocracy * (1 - in.at("collective_formula"));
    for (std::size_t t = last + 1; t-- > 0;) {
      const double p = position(static_cast<double>(t)), office = in.at("office_stakes");
      const double w_a =
          least_share(p, shared.leaders_cost(shared.war_cost_a, autocracy), kappa, shared.boost * autocracy,
                      in.at("held_share"), office * autocracy, in.at("audience_cost_a"), in.at("claim_a"), in);
      const double w_d = least_share(1 - p, shared.leaders_cost(shared.war_cost_d, shared.autocracy_d), 1, 0, 0,
                                     office * shared.autocracy_d, in.at("audience_cost_d"), in.at("claim_d"), in);
      if (t == last) {
        if (std::max(0.0, w_a - lift_a) + std::max(0.0, w_d - lift_d) > 1 || w_a > 1 || w_d > 1) return out;
        const double saved = 1 - w_a - w_d;
        out.terms[t] = saved >= 0 ? w_a + share_a * saved : lift_d > 0 ? w_a : 1 - w_d;
        out.a[t] = out.terms[t] + lift_a, out.d[t] = 1 - out.terms[t] + lift_d;
      } else {
        const double lo = std::max(0.0, (w_a - delta * out.a[t + 1]) / (1 - delta));
        const double hi = std::min(1.0, 1 + (delta * out.d[t + 1] - w_d) / (1 - delta)), x = lo + share_a * (hi - lo);
        if (lo > hi) return out;
        out.a[t] = (1 - delta) * x + delta * out.a[t + 1], out.d[t] = (1 - delta) * (1 - x) + delta * out.d[t + 1];
        out.terms[t] = (1 - delta) * x + delta * out.terms[t + 1];
      }
      out.first = t;
    }
    return out;
  }
};

std::vector<double> play(const Point& point, Random& random, std::uint64_t& months) {
  History h{point.shared, random};
  bool war = true, over = false;
  double position = 0;
  while (!over && h.month < point.shared.horizon) {
    h.begin_month(war);
    if (war) {
      position = point.position(h.month - 1);
      const Plan& plan = h.changed ? point.after : point.before;
      const auto t = std::min(static_cast<std::size_t>(h.month) - 1, plan.a.size() - 1);
      if (plan.first <= t) {
        war = false;
        h.sign(plan.terms[t], position,
               plan.a[t] - position +
                   point.shared.leaders_cost(point.shared.war_cost_a, h.autocracy) /
                       (1 + point.shared.boost * h.autocracy),
               plan.d[t] - 1 + position + point.shared.leaders_cost(point.shared.war_cost_d, point.shared.autocracy_d));
      }
    }
    h.flow(war ? position : h.terms, war ? point.shared.war_cost_a : 0, war ? point.shared.war_cost_d : 0);
    if (war) {
      over = random.uniform() < point.collapse;
      if (over) h.win(random.uniform() < position);
    } else {
      over = h.peace_month(point.shared.drift + point.position(h.month) - point.position(h.month - 1));
    }
  }
  if (!over) h.cut(war ? position : h.terms);
  months += static_cast<std::uint64_t>(h.month);
  return {h.ending, h.war_months, h.terms, h.peace_months, h.relapsed, h.welfare_a, h.welfare_d};
}

}  // namespace

int main(int count, char** words) try {
  if (count < 3) throw std::runtime_error("usage: bench_textbook_shifting POINTS REPLICATES [SECONDS]");
  const double seconds = count > 3 ? std::atof(words[3]) : 0;
  time_and_print<Point>("shifting_power", bench::read_points(words[1]), static_cast<std::size_t>(std::atol(words[2])),
                        seconds, play);
} catch (const std::exception& error) {
  std::cerr << "bench_textbook_shifting: " << error.what() << "\n";
  return 1;
}
