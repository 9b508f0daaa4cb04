// Bargaining along a known path of power: in which months an agreement can be had, at which terms, with which
// guarantee.
#pragma once

#include <array>

#include "kernels/math.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace shifting {

/// What fighting is worth to each side in a month of the path: the least share of the stakes for ever, at least 0, that
/// it would rather have. Above 1 no share is enough.
struct Least {
  double a, d;
};

inline constexpr int longest = 120;  ///< months of a path

/// Months 0..last; from the last one on nothing changes.
struct Path {
  int last = 0;
  std::array<Least, longest + 1> least{};
};

/// How the two divide what an agreement saves. share_a: A's part of it (1: A demands, take it or leave it; 0: D does).
/// lift_i: what a guarantee adds to each month of side i's peace from the last month of the path on [stake].
struct Protocol {
  double delta;  ///< of a month
  double share_a, lift_a, lift_d;
};

/// What a month and all that follow are worth [stake], on average over time, if there is an agreement or else war to
/// the finish; `terms_a` is A's part without its guarantee.
struct Outlook {
  bool agreed;
  double a, d, terms_a;
};

/// What peace brings a side beside its share of the stakes.
inline double beside_a(const Outlook& outlook) { return outlook.a - outlook.terms_a; }
inline double beside_d(const Outlook& outlook) { return outlook.d - (1 - outlook.terms_a); }

/// Agreements that miss by no more than rounding are made.
inline constexpr double rounding = 1e-13;

inline Outlook at_war(const Least& least) { return {false, min(least.a, 1.0), min(least.d, 1.0), min(least.a, 1.0)}; }

/// The last month: one division for ever. Where there is nothing to divide but what a guarantee adds, the side that has
/// none gets its least share.
inline Outlook after_shift(const Least& least, const Protocol& by) {
  const double surplus = 1 - least.a - least.d;
  const double closed = max(0.0, least.a - by.lift_a) + max(0.0, least.d - by.lift_d) - 1;
  if (closed > rounding || least.a > 1 || least.d > 1) return at_war(least);
  const double without = by.lift_d > 0 ? least.a : 1 - least.d;
  const double terms_a = surplus >= 0 ? least.a + by.share_a * surplus : without;
  return {true, terms_a + by.lift_a, 1 - terms_a + by.lift_d, terms_a};
}

/// A month before one of that outlook. No side can promise: A's share x of the month's flow lies in 0..1, and both must
/// prefer the month and what follows to war. lo and hi are x (1 - delta).
inline Outlook month_before(const Outlook& next, const Least& least, const Protocol& by) {
  const double flow = 1 - by.delta;
  const double lo = max(0.0, least.a - by.delta * next.a), hi = min(flow, flow + by.delta * next.d - least.d);
  if (lo > hi + rounding) return at_war(least);
  const double part = lo + by.share_a * (hi - lo);
  return {true, part + by.delta * next.a, flow - part + by.delta * next.d, part + by.delta * next.terms_a};
}

inline constexpr int never = 1000000000;

/// The first month, `from` or later, since when no month is without an agreement, and its outlook.
struct Settlement {
  int month;
  Outlook outlook;
};

/// At or after month `from` of the path. A truce that both know will break later is not a settlement.
inline Settlement lasting_settlement(const Path& path, int from, const Protocol& by) {
  Settlement found{never, after_shift(path.least[static_cast<std::size_t>(path.last)], by)};
  if (!found.outlook.agreed) return found;
  found.month = from > path.last ? from : path.last;
  for (int t = path.last - 1; t >= from; --t) {
    const Outlook outlook = month_before(found.outlook, path.least[static_cast<std::size_t>(t)], by);
    if (!outlook.agreed) break;
    found = {t, outlook};
  }
  return found;
}

/// Backward induction over the whole path: its value at month 0 and the first month of war, -1 if there is none. A war
/// that is foreseen takes what agreements before it are worth.
struct Forecast {
  int first_war;
  Outlook start;
};

inline Forecast forecast(const Path& path, const Protocol& by) {
  Forecast f{-1, after_shift(path.least[static_cast<std::size_t>(path.last)], by)};
  if (!f.start.agreed) f.first_war = path.last;
  for (int t = path.last - 1; t >= 0; --t) {
    f.start = month_before(f.start, path.least[static_cast<std::size_t>(t)], by);
    if (!f.start.agreed) f.first_war = t;
  }
  return f;
}

inline constexpr double largest_guarantee = 10;

/// g*: the least lift (of D if `lifts_d`, else of A) with which every month of the path has an agreement, by bisection
/// to 4e-14 (more of it never hurts); NaN if the largest is not enough.
inline double guarantee_needed(const Path& path, Protocol by, bool lifts_d) {
  const auto enough = [&](double lift) {
    (lifts_d ? by.lift_d : by.lift_a) = lift;
    return lasting_settlement(path, 0, by).month == 0;
  };
  by.lift_a = by.lift_d = 0;
  if (enough(0)) return 0;
  if (!enough(largest_guarantee)) return __builtin_nan("");
  double below = 0, above = largest_guarantee;
  for (int i = 0; i < 48; ++i) {
    const double middle = 0.5 * (below + above);
    (enough(middle) ? above : below) = middle;
  }
  return above;
}

}  // namespace shifting
}  // namespace TRUCE_ISA
}  // namespace truce
