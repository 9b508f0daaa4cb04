// The rivals' months outside their own war, as a scientist would write them: patron, change of approach, signature, and
// a peace that ends by a band, a hazard or a temptation. Nothing of kernels/ is in it.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <string>

namespace textbook {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

using Named = std::map<std::string, double>;

struct Random {
  std::mt19937_64 engine;
  std::normal_distribution<double> normal_{0, 1};
  std::uniform_real_distribution<double> uniform_{0, 1};
  double normal() { return normal_(engine); }
  double uniform() { return uniform_(engine); }
};

/// Discounted months of a fight to the finish, and of the rally that fades beside it.
struct Length {
  double months, rally;
  Length(double collapse, double r, double defiance)
      : months((1 - std::exp(-r)) / (r * (1 - std::exp(-r) * (1 - collapse)))),
        rally((1 - std::exp(-r)) / (r * (1 - std::exp(-r - 1 / defiance) * (1 - collapse)))) {}
};

/// The shared inputs of one point and their constants.
struct Shared {
  explicit Shared(const Named& in, double collapse_hazard)
      : length(collapse_hazard, in.at("discount_rate"), in.at("defiance_months")) {
    const auto get = [&](const char* name) { return in.at(name); };
    position = get("initial_position"), war_cost_a = get("war_cost_a"), war_cost_d = get("war_cost_d");
    autocracy_a = get("autocracy_a"), autocracy_d = get("autocracy_d"), insulation = get("cost_insulation");
    defiance = get("defiance_reward"), boost = get("territorial_boost"), doctrine_cost = get("doctrine_cost");
    doctrine_initial = get("doctrine_initial"), doctrine_decay = std::exp(-1 / get("doctrine_months"));
    cynicism = get("cynicism"), trust = get("trust_initial"), signal = get("signal_strength");
    trust_needed = get("trust_needed"), support = get("patron_support"), floor = get("patron_floor") * support;
    fade = 1 - std::exp(-get("fatigue_rate")), withdrawal = get("withdrawal_hazard");
    renege_a = get("renege_cost_a"), renege_d = get("renege_cost_d"), guarantee_a = get("guarantee_a");
    guarantee_d = get("guarantee_d"), anchor = get("justice_anchor"), durability = get("durability");
    drift = get("balance_drift"), volatility = get("balance_volatility"), relapse_rate = get("relapse_rate");
    shape = get("hazard_shape"), hold_effect = get("hold_effect"), temptation = get("temptation");
    patience = std::exp(-get("discount_rate") * get("detection_months")), change = get("change_hazard");
    r = get("discount_rate"), discount = std::exp(-r), horizon = get("horizon_months");
    defiance_value = 1 / (r + 1 / get("defiance_months")), s2 = volatility * volatility;
  }
  double leaders_cost(double cost, double autocracy) const {
    return cost * (1 - insulation * autocracy) * length.months - defiance * autocracy * length.rally;
  }
  double belief(double autocracy) const { return 1 - cynicism * autocracy; }
  double signals(double autocracy) const {
    const double step = std::min(belief(autocracy), belief(autocracy_d)) * std::log(signal);
    const double gap = std::log(trust_needed / (1 - trust_needed)) - std::log(trust / (1 - trust));
    return gap <= 0 ? 0 : step > 1e-9 * gap ? std::ceil(gap / step) : 1e9;
  }
  Length length;
  double position, war_cost_a, war_cost_d, autocracy_a, autocracy_d, insulation, defiance, boost, doctrine_cost,
      doctrine_initial, doctrine_decay, cynicism, trust, signal, trust_needed, support, floor, fade, withdrawal,
      renege_a, renege_d, guarantee_a, guarantee_d, anchor, durability, drift, volatility, relapse_rate, shape,
      hold_effect, temptation, patience, change, r, discount, horizon, defiance_value, s2;
};

/// One history: its war plays it month by month and signs; peace follows.
struct History {
  const Shared& p;
  Random& random;
  double month = 0, support = p.support, memory = 1, discount = 1, autocracy = p.autocracy_a;
  bool changed = false;
  double ending = 3, war_months = p.horizon, terms = missing, peace_months = missing, relapsed = missing, welfare_a = 0,
         welfare_d = 0, principled = 0, dearest = missing;
  double signed_month = 0, balance = 0, top = 0, bottom = 0, hazard = 0;

  void begin_month(bool war) {
    ++month;
    if (!changed && random.uniform() < p.change) changed = true, autocracy = 0;
    support += p.fade * (p.floor - support);
    if (random.uniform() < p.withdrawal) support = p.floor;
    if (war) memory *= p.doctrine_decay;
  }
  void flow(double share, double cost_a, double cost_d) {
    const double weight = discount * (1 - p.discount);
    welfare_a += weight * (share - cost_a / p.r);
    welfare_d += weight * (1 - share - cost_d / p.r);
    discount *= p.discount;
  }
  double hold_a(double principle) const {
    return (p.renege_a + p.guarantee_a * support + principle * p.anchor * p.belief(autocracy)) /
           (1 + p.boost * autocracy);
  }
  double hold_d(double principle) const {
    return p.renege_d + p.guarantee_d + principle * p.anchor * p.belief(p.autocracy_d);
  }
  /// J* of one signatory, by Newton's iteration for w + log w = x.
  double taken(double u, double phi, double rate, double effect, double& phi_limit) const {
    phi_limit = u * effect * rate / (p.r + rate);
    if (!(phi < phi_limit) || effect <= 0) return 0;
    const double x = std::min(u * effect / std::max(phi, 1e-300), 1e15) - 1 + std::log(p.r / rate);
    double w = x > 1 ? x - std::log(x) : std::exp(x) / (1 + std::exp(x));
    for (int i = 0; i < 6; ++i) w = std::max(w * (1 + x - std::log(w)) / (1 + w), 1e-300);
    return std::clamp((std::log(w) + std::log(rate / p.r)) / effect, 0.0, 1.0);
  }
  void sign(double share, double position, double gap_a, double gap_d) {
    ending = 0, war_months = signed_month = month - 1, terms = share, balance = position;
    top = position + gap_a, bottom = position - gap_d;
    const double up = gap_a + hold_a(0), down = gap_d + hold_d(0), least = 1.0 / 8192;
    const double rate = p.durability == 1
                            ? p.relapse_rate * 0.5 * (std::exp(-p.hold_effect * up) + std::exp(-p.hold_effect * down))
                            : p.s2 / (std::max(up, least) * std::max(down, least));
    const double price =
        p.r * (p.doctrine_cost * (1 - (1 - p.doctrine_initial) * memory) + p.defiance * p.defiance_value);
    const double effect = p.hold_effect * p.anchor;
    double unused = 0;
    const double a = taken(p.r * std::max(gap_a, 0.0), price * autocracy / (1 + p.boost * autocracy), rate,
                           effect * p.belief(autocracy), dearest);
    const double d =
        taken(p.r * std::max(gap_d, 0.0), price * p.autocracy_d, rate, effect * p.belief(p.autocracy_d), unused);
    principled = p.signals(autocracy) <= month - 1 ? std::min(a, d) : 0;
  }
  static double touched(double before, double after, double s2) {
    return before <= 0 || after <= 0 ? 1 : s2 > 0 ? std::exp(-2 * before * after / s2) : 0;
  }
  /// A month of peace in which the balance drifts; true if a side breaks it.
  bool peace_month(double drift) {
    const double before = balance, u = random.uniform();
    balance += drift + p.volatility * random.normal();
    const double hi = top + hold_a(principled), lo = bottom - hold_d(principled);
    bool by_a = false, by_d = false;
    if (p.durability == 1) {
      const double sum = std::pow(p.relapse_rate * (month - signed_month), p.shape), more = sum - hazard;
      hazard = sum;
      const double a = 0.5 * std::exp(-p.hold_effect * (hi - balance)),
                   d = 0.5 * std::exp(-p.hold_effect * (balance - lo));
      const double broken = 1 - std::exp(-more * (a + d));
      by_a = u < broken * a / (a + d), by_d = !by_a && u < broken;
    } else if (p.durability == 2) {
      // all that a breach costs is lost at once: the guarantees and the shared principle
      const auto breaks = [&](double peace, double war, double lost) {
        return peace + lost < (1 - p.patience) * (peace + p.temptation) + p.patience * war;
      };
      by_a = breaks(terms, terms - (top - balance), hold_a(principled));
      by_d = !by_a && breaks(1 - terms, 1 - terms - (balance - bottom), hold_d(principled));
    } else {
      by_a = u < touched(hi - before, hi - balance, p.s2);
      by_d = !by_a && 1 - u < touched(before - lo, balance - lo, p.s2);
    }
    if (!by_a && !by_d) return false;
    const double position = std::clamp(balance, 0.0, 1.0);
    welfare_a +=
        discount * (position - p.war_cost_a * p.length.months - (by_a ? p.renege_a + p.guarantee_a * support : 0));
    welfare_d += discount * (1 - position - p.war_cost_d * p.length.months - (by_d ? p.renege_d + p.guarantee_d : 0));
    relapsed = 1, peace_months = month - 0.5 - signed_month;
    return true;
  }
  void win(bool by_a) {
    ending = by_a ? 1 : 2, war_months = month - 0.5;
    (by_a ? welfare_a : welfare_d) += discount;
  }
  void cut(double share) {
    welfare_a += discount * share, welfare_d += discount * (1 - share);
    if (ending == 0) relapsed = 0, peace_months = p.horizon - signed_month;
  }
};

}  // namespace textbook
