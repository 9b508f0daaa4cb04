// What two sides that disagree about a battle expect of the war: Beta beliefs, integrated over the walk's closed form.
//
// Each side holds p for Beta(a, b) distributed; a battle that A wins adds 1 to a, one that it loses adds 1 to b,
// whatever repeats what. (Smith & Stam 2004; that momentum is foreseen but not discounted in learning is this
// project's.)
#pragma once

#include "kernels/forts/nodes.hpp"
#include "kernels/forts/walk.hpp"
#include "kernels/vector.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace forts {

/// Beta(wins, losses), both above 0.
template <class Real>
struct Belief {
  Real wins, losses;
};

/// Either side's view of the chance that A wins, and of the decisive battles that this takes.
template <class Real>
struct Views {
  Outlook<Real> a, d;
};

/// Density of a belief at p, but for a factor that keeps it near 1 at its mean; logarithms of p and 1-p.
template <class Real>
Real density(const Belief<Scalar<Real>>& belief, const Real& log_p, const Real& log_q) {
  const auto wide = [](Scalar<Real> x) { return Real(static_cast<double>(x)); };
  const Scalar<Real> all = belief.wins + belief.losses;
  const Real won = wide(belief.wins) - Real(1.0), lost = wide(belief.losses) - Real(1.0);
  const Real mean_p = wide(log(belief.wins / all)), mean_q = wide(log(belief.losses / all));
  return exp(min(won * (log_p - mean_p) + lost * (log_q - mean_q), Real(80.0)));
}

/// Weighted mean of what an outlook is at the nodes, in the order of the nodes whatever the lanes.
template <class Scalar>
Outlook<Scalar> mean_outlook(const AtNodes<Scalar>& weight, const AtNodes<Scalar>& win,
                             const AtNodes<Scalar>& battles) {
  Scalar sum = 0, wins = 0, lengths = 0;
  for (int j = 0; j < node_count; ++j) {
    sum += weight.of[j];
    wins += weight.of[j] * win.of[j];
    lengths += weight.of[j] * battles.of[j];
  }
  return {wins / sum, lengths / sum};
}

/// One war as both sides see it: forts, A's forts, 1 after a victory and 0 after a defeat, M, their beliefs.
template <class Scalar>
struct Seen {
  Scalar forts, held, won_last, momentum;
  Belief<Scalar> a, d;
};

/// With the nodes in the lanes of `Real`. Good to 1e-7 for up to 20 forts and to 1e-6 for 30, if no
/// count of a belief is below 2.
template <class Real>
[[gnu::noinline]] Views<Scalar<Real>> views_in_lanes(const Seen<Scalar<Real>>& seen) {
  static constexpr Nodes<Scalar<Real>> nodes = nodes_of<Scalar<Real>>();
  constexpr int lanes = Lanes<Real>::count;
  static_assert(node_count % lanes == 0);
  AtNodes<Scalar<Real>> weight_a, weight_d, win, battles;
  const auto wide = [](Scalar<Real> x) { return Real(static_cast<double>(x)); };
  for (int first = 0; first < node_count; first += lanes) {
    const Real p = nodes.chance.template load<Real>(first), weight = nodes.weight.template load<Real>(first);
    const Real log_p = log(p), log_q = log(Real(1.0) - p);
    weight_a.store(first, weight * density<Real>(seen.a, log_p, log_q));
    weight_d.store(first, weight * density<Real>(seen.d, log_p, log_q));
    const auto seen_here =
        outlook(wide(seen.forts), wide(seen.held), wide(seen.won_last), p, log_p - log_q, wide(seen.momentum));
    win.store(first, seen_here.win);
    battles.store(first, seen_here.battles);
  }
  return {mean_outlook(weight_a, win, battles), mean_outlook(weight_d, win, battles)};
}

/// The walk at all nodes, for a point whose beliefs are asked at many positions: [last][k], k = 0..N.
struct WalkAtNodes {
  std::vector<AtNodes<double>> win[2], battles[2];
};

inline WalkAtNodes walk_at_nodes(std::size_t forts, double momentum) {
  constexpr Nodes<double> nodes = nodes_of<double>();
  WalkAtNodes at;
  for (int last = 0; last < 2; ++last) {
    at.win[last].resize(forts + 1);
    at.battles[last].resize(forts + 1);
  }
  for (int j = 0; j < node_count; ++j) {
    const auto c = chances(nodes.chance.of[j], momentum);
    const auto win = fight_values(forts, c, to_win), battles = fight_values(forts, c, to_last);
    for (std::size_t k = 0; k <= forts; ++k) {
      at.win[1][k].of[j] = win.after_victory[k];
      at.win[0][k].of[j] = win.after_defeat[k];
      at.battles[1][k].of[j] = battles.after_victory[k];
      at.battles[0][k].of[j] = battles.after_defeat[k];
    }
  }
  return at;
}

/// A number of A's view and one of D's.
using Sides = Vector<double, 2>;

/// Weights of both beliefs at the nodes; their sums are of no matter.
struct Weights {
  Sides of[node_count];
};
inline Weights weights_of(const Belief<double>& a, const Belief<double>& d) {
  constexpr Nodes<double> nodes = nodes_of<double>();
  Weights weights;
  for (int j = 0; j < node_count; ++j) {
    const double log_p = log(nodes.chance.of[j]), log_q = log(1 - nodes.chance.of[j]);
    set_lane(weights.of[j], 0, nodes.weight.of[j] * density<double>(a, log_p, log_q));
    set_lane(weights.of[j], 1, nodes.weight.of[j] * density<double>(d, log_p, log_q));
  }
  return weights;
}

/// Weights after more victories or defeats, one more of either kind at most, but for a factor.
inline void learn(Weights& weights, bool victory, bool defeat) {
  constexpr Nodes<double> nodes = nodes_of<double>();
  for (int j = 0; j < node_count; ++j) {
    const double p = nodes.chance.of[j];
    weights.of[j] = weights.of[j] * Sides((victory ? 2 * p : 1) * (defeat ? 2 * (1 - p) : 1));
  }
}

/// Both views of what stands at the nodes after a defeat (0) and after a victory (1), in one pass.
struct ViewsByLast {
  Views<double> after[2];
};
inline ViewsByLast views_at(const Weights& weights, const AtNodes<double>* const (&win)[2],
                            const AtNodes<double>* const (&battles)[2]) {
  Sides sum(0.0), wins[2] = {sum, sum}, lengths[2] = {sum, sum};
  for (int j = 0; j < node_count; ++j) {
    const Sides& weight = weights.of[j];
    sum = sum + weight;
    for (int last = 0; last < 2; ++last) {
      wins[last] = wins[last] + weight * Sides(win[last]->of[j]);
      lengths[last] = lengths[last] + weight * Sides(battles[last]->of[j]);
    }
  }
  ViewsByLast views;
  for (int last = 0; last < 2; ++last) {
    const Sides chance = wins[last] / sum, length = lengths[last] / sum;
    views.after[last] = {{lane_of(chance, 0), lane_of(length, 0)}, {lane_of(chance, 1), lane_of(length, 1)}};
  }
  return views;
}

/// What both sides expect before the first battle, with `held` forts.
inline Views<double> views_at_start(const WalkAtNodes& at, std::size_t held, const Belief<double>& a,
                                    const Belief<double>& d) {
  constexpr Nodes<double> nodes = nodes_of<double>();
  AtNodes<double> win, battles;
  for (int j = 0; j < node_count; ++j) {
    const double p = nodes.chance.of[j];
    win.of[j] = p * at.win[1][held + 1].of[j] + (1 - p) * at.win[0][held - 1].of[j];
    battles.of[j] = 1 + p * at.battles[1][held + 1].of[j] + (1 - p) * at.battles[0][held - 1].of[j];
  }
  return views_at(weights_of(a, d), {&win, &win}, {&battles, &battles}).after[0];
}

}  // namespace forts
}  // namespace TRUCE_ISA
}  // namespace truce
