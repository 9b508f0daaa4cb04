// The textbook anchored_peace: what fighting and promises are worth, and a round of talks.
#pragma once

#include <algorithm>

#include "tests/bench/textbook_point.hpp"

namespace textbook {

/// What both sides know when the talks open.
struct Table {
  double support, lock_in;
  double fight_a, fight_d, cost_a, cost_d, claim_a, claim_d, need_a, need_d;
};

/// Expected discounted months of war of a front at m in (0,1): (1 - exit_lo - exit_hi)/r.
inline double months_of_war(double m, double mu, double s2, double r) {
  const Motion w = motion(mu, s2, r);
  const double above = -std::expm1(w.twice_q * (1 - m)), below = -std::expm1(w.twice_q * m);
  const double all = above + below - above * below;  // 1 - exp(-2q)
  return (1 - (std::exp(w.up * (1 - m)) * below + std::exp(w.down * m) * above) / all) / r;
}

/// What a side must be offered.
inline double need(double fight, double claim, double audience_cost) {
  const double wanted = fight >= claim ? fight : (fight + audience_cost * claim) / (1 + audience_cost);
  return std::clamp(wanted, 0.0, 1.0);
}

/// Largest U_d over the settlements that give A exactly `terms_a`. For w <= 1/2 territory compensates.
inline double best_d(double terms_a, double w, double eta) {
  if (w <= 0.5 || eta == 1) return 1 - terms_a;
  const double land = 1 - w, slack = 1e-9;
  const auto feasible = [&](double share) { return share >= -slack && share <= 1 + slack; };
  const auto unit = [](double share) { return std::clamp(share, 0.0, 1.0); };
  double best = -1;
  if (land >= slack) {
    const double x0 = terms_a / land, x1 = (terms_a - w) / land;
    if (feasible(x0)) best = std::max(best, land * (1 - unit(x0)) + w);
    if (feasible(x1)) best = std::max(best, land * (1 - unit(x1)));
  }
  const double y1 = (terms_a - land) / w, y0 = terms_a / w;
  if (feasible(y1)) best = std::max(best, w * (1 - std::pow(unit(y1), 1 / eta)));
  if (feasible(y0)) best = std::max(best, land + w * (1 - std::pow(unit(y0), 1 / eta)));
  return best;
}

/// How far the balance can move up before A reneges, and down before D does, both at least 1e-4; with
/// 1 - exp(-2q .) of both distances and of their sum.
struct Band {
  double up, down, above, below, all;

  Band(const Point& p, const Table& t, double terms_a, double terms_d, double hold_a, double hold_d)
      : up(std::max(terms_a - t.fight_a + hold_a, 1e-4)),
        down(std::max(terms_d - t.fight_d + hold_d, 1e-4)),
        above(-std::expm1(p.balance.twice_q * up)),
        below(-std::expm1(p.balance.twice_q * down)),
        all(above + below - above * below) {}
};

inline double worth_a(const Point& p, const Table& t, double terms_a, const Band& b) {
  const double exit = std::exp(p.balance.down * b.down) * b.above / b.all;
  return terms_a * (1 - exit) + exit * (t.fight_a - b.down);
}

inline double worth_d(const Point& p, const Table& t, double terms_d, const Band& b) {
  const double exit = std::exp(p.balance.up * b.up) * b.below / b.all;
  return terms_d * (1 - exit) + exit * (t.fight_d - b.up);
}

/// The settlement that is signed, if any.
struct Deal {
  double score = -1;  // Nash product; below 0: none is acceptable
  double terms_a = 0, terms_d = 0;
  bool principled = false;
};

/// A settlement on the table, with the band that each side sees and what it pays besides.
struct Offer {
  double terms_a, terms_d;
  const Band &seen_by_a, &seen_by_d;
  double price_a, price_d;
  bool principled;
};

/// The acceptable settlement of largest Nash product stays.
inline void weigh(const Point& p, const Table& t, const Offer& o, Deal& best) {
  const double value_a = worth_a(p, t, o.terms_a, o.seen_by_a);
  const double gain_a = value_a - o.price_a - p.audience_cost_a * std::max(0.0, t.claim_a - value_a) - t.fight_a;
  if (gain_a < 0) return;
  const double value_d = worth_d(p, t, o.terms_d, o.seen_by_d);
  const double gain_d = value_d - o.price_d - p.audience_cost_d * std::max(0.0, t.claim_d - value_d) - t.fight_d;
  if (gain_d < 0) return;
  const double score = std::pow(gain_a, p.bargaining_power) * std::pow(gain_d, 1 - p.bargaining_power);
  if (score > best.score) best = {score, o.terms_a, o.terms_d, o.principled};
}

/// Holds of a settlement without principles [stake].
inline double hold_a(const Point& p, const Regime& g, double support) {
  return (p.renege_cost_a + p.guarantee_a * support) / g.scale;
}
inline double hold_d(const Point& p) { return p.renege_cost_d + p.guarantee_d; }
/// What a shared principle adds to them.
inline double anchor_a(const Point& p, const Regime& g) { return p.justice_anchor * g.belief / g.scale; }
inline double anchor_d(const Point& p) { return p.justice_anchor * (1 - p.cynicism * p.autocracy_d); }

inline void weigh_principled(const Point& p, const Regime& g, const Table& t, Deal& best) {
  const double a = p.just_share, d = 1 - p.just_share, belief_d = 1 - p.cynicism * p.autocracy_d;
  const double of_a = hold_a(p, g, t.support), of_d = hold_d(p);
  const double price = p.doctrine_cost * t.lock_in + p.defiance_value;
  const Band seen_by_a(p, t, a, d, of_a + anchor_a(p, g), of_d + anchor_d(p) * g.belief);
  const Band seen_by_d(p, t, a, d, of_a + anchor_a(p, g) * belief_d, of_d + anchor_d(p));
  weigh(p, t, {a, d, seen_by_a, seen_by_d, price * g.autocracy / g.scale, price * p.autocracy_d, true}, best);
}

/// Eight positional settlements if the zone is open, then the principled one.
inline Deal negotiate(const Point& p, const Regime& g, const Table& t, bool open) {
  Deal best;
  if (open) {
    const double of_a = hold_a(p, g, t.support), of_d = hold_d(p);
    for (int i = 0; i < 8; ++i) {
      const double a = t.need_a + (i + 0.5) / 8 * (1 - t.need_d - t.need_a);
      const double d = best_d(a, p.security_weight, g.eta);
      const Band both(p, t, a, d, of_a, of_d);
      weigh(p, t, {a, d, both, both, 0, 0, false}, best);
    }
  }
  weigh_principled(p, g, t, best);
  return best;
}

}  // namespace textbook
