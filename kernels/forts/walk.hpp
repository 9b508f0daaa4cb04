// The walk over the forts: who wins a fight to the finish, and after how many battles, by elimination and in closed
// form.
//
// A holds k of N forts. It wins a battle with odds p/(1-p), times M = pi/(1-pi) after a battle that it won and divided
// by M after one that it lost: so at p = 1/2 a battle repeats the last result with chance pi, and at pi = 1/2 battles
// are independent. (The blend of the two is this project's own.) With x = ln p/(1-p) and
// g = (1 - p + p M)/((1-p) M + p), momentum is worth m = 2 ln g/(x - ln g) forts, (2 pi - 1)/(1 - pi) at p = 1/2: with
// l = x - ln g the chance that A wins is (1 - exp(-(k+m) l))/(1 - exp(-(N+m) l)) after a victory,
// (1 - exp(-k l))/(1 - exp(-(N+m) l)) after a defeat. Lengths here count decisive battles: / (1 - s) for all.
#pragma once

#include <cstddef>
#include <vector>

#include "kernels/math.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace forts {

/// Chances that A wins the next decisive battle.
template <class Real>
struct Chances {
  Real after_victory, after_defeat;
};

/// p where its odds are multiplied by `factor`.
template <class Real>
Real at_odds(const Real& p, const Real& factor) {
  return p * factor / (p * factor + (Real(1.0) - p));
}

/// `momentum`: M, the odds that a battle repeats the last result.
template <class Real>
Chances<Real> chances(const Real& p, const Real& momentum) {
  return {at_odds(p, momentum), at_odds(p, Real(1.0) / momentum)};
}

/// A value of the fight to the finish: what each battle adds, what victory and defeat are worth, discount a battle.
struct Reward {
  double battle = 0, victory = 0, defeat = 0, discount = 1;
};
inline constexpr Reward to_win{0, 1, 0, 1}, to_last{1, 0, 0, 1};

/// [k] for A's forts k = 0..N, by the result of the last battle.
struct Values {
  std::vector<double> after_victory, after_defeat;
};

/// By elimination from k = 0 and back, in sums of positive terms alone: stable for any chances.
inline Values fight_values(std::size_t forts, const Chances<double>& c, const Reward& reward) {
  const double up = reward.discount * c.after_victory, down = reward.discount * (1 - c.after_victory);
  const double back = reward.discount * c.after_defeat, on = reward.discount * (1 - c.after_defeat);
  std::vector<double> base(forts), slope(forts);  // value after a defeat: base[k] + slope[k] value[k+1] after a victory
  Values v{std::vector<double>(forts + 1), std::vector<double>(forts + 1)};
  auto& won = v.after_victory;
  auto& lost = v.after_defeat;
  std::vector<double> won_slope(forts);
  base[0] = lost[0] = won[0] = reward.defeat;
  for (std::size_t k = 1; k < forts; ++k) {
    const double stays = 1 - down * slope[k - 1];
    won[k] = (reward.battle + down * base[k - 1]) / stays;
    won_slope[k] = up / stays;
    base[k] = reward.battle + on * (base[k - 1] + slope[k - 1] * won[k]);
    slope[k] = back + on * slope[k - 1] * won_slope[k];
  }
  won[forts] = lost[forts] = reward.victory;
  for (std::size_t k = forts - 1; k > 0; --k) {
    won[k] += won_slope[k] * won[k + 1];
    lost[k] = base[k] + slope[k] * won[k + 1];
  }
  return v;
}

/// Before the first battle, whose odds are p/(1-p).
inline double before_first(const Values& v, std::size_t held, double p, const Reward& reward) {
  return reward.battle + reward.discount * (p * v.after_victory[held + 1] + (1 - p) * v.after_defeat[held - 1]);
}

/// The chance that A wins, and how many decisive battles that takes on average.
template <class Real>
struct Outlook {
  Real win, battles;
};

/// In closed form; `won_last` is 1 after a victory, 0 after a defeat; x: log odds of p. Lengths lose digits as p nears
/// 1/2, where they divide by the drift: some 1e-15/(p - 1/2)^2. At p = 1/2 not defined.
template <class Real>
Outlook<Real> outlook(const Real& forts, const Real& held, const Real& won_last, const Real& p, const Real& x,
                      const Real& momentum) {
  const Real one(1.0), zero(0.0);
  const Real g = (one - p + p * momentum) / ((one - p) * momentum + p);
  const Real y = log(g), rate = x - y;
  const Real ahead = Real(2.0) * y / rate;  // m
  const Real steep = abs(rate), from = (held + ahead * won_last) * steep, to = (forts + ahead) * steep;
  const Real ratio = expm1(-from) / expm1(-to);
  const Real win = select(rate < zero, ratio * exp(from - to), ratio);
  const auto c = chances(p, momentum);
  const Real repeats = one - c.after_victory + c.after_defeat;
  const Real drift = (c.after_victory + c.after_defeat - one) / repeats;
  const Real lead = (drift - Real(2.0) * c.after_victory + one) / (one - c.after_victory);
  return {win, ((forts - lead) * win - (held - lead * won_last)) / drift};
}

/// m: how many forts a victory is worth beyond the one that it takes. `p` may be 1/2.
inline double momentum_forts(double p, double momentum) {
  const double q = 1 - p, tilt = p - q;
  if (abs(tilt) < 1e-5) return momentum - 1;  // even in p - 1/2, so true to 1e-9
  const double y = log((q + p * momentum) / (q * momentum + p));
  return 2 * y / (log(p / q) - y);
}

}  // namespace forts
}  // namespace TRUCE_ISA
}  // namespace truce
