// The demand that is best for A when it knows D's types, not which one it faces, and both sides have terms at home.
//
// D's value of fighting is uniform among its types, and each accepts what leaves it at least that. So with worth_d what
// a share is worth to D's leader, the chance that a demand x is refused is
//   w(x) = (strongest - worth_d(1 - x))/(strongest - weakest), kept within 0..1,
// and A gains over war (1 - w)(worth_a(x) - war_a) - w (1 - w) learned: a refusal tells A of strong types, against
// which war is worth less (`learned` > 0 only where the secret is D's power).
#pragma once

#include "kernels/mechanisms/domestic.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace crisis {

/// A type of D: its chance to win the fight to the finish, and what that costs it [stake].
struct Type {
  double win = 0, cost = 0;
};

/// Before A demands. Values [stake].
struct Crisis {
  Domestic a, d;
  double war_a = 0;                   ///< A's value of fighting in the mean over D's types
  double learned = 0;                 ///< how much less against D's strongest type
  double weakest = 0, strongest = 0;  ///< D's values of fighting
  double all_give = 0;                ///< the largest share that all types give; -1: not even 0
  double none_gives = 0;              ///< the share from which on no type gives it; 2: some give all
  int divisions = 0;                  ///< the stakes come in that many parts; 0: any share
};

/// The best demand and the chance that it is refused. If no demand beats war: the least that no type gives, and 1.
struct Demand {
  double share = 0, refusal = 1;
};

inline void set_types(Crisis& c, const Type& weakest, const Type& strongest) {
  c.weakest = war_at_home(c.d, weakest.win, weakest.cost);
  c.strongest = war_at_home(c.d, strongest.win, strongest.cost);
  c.all_give = 1 - least_share(c.d, strongest.win, strongest.cost);
  const double least = least_share(c.d, weakest.win, weakest.cost);
  c.none_gives = least > 0 ? 1 - least : 2;
}

inline double refusal_of(const Crisis& c, double x) {
  if (x <= c.all_give) return 0;
  if (x >= c.none_gives) return 1;
  return min(max((c.strongest - worth_at_home(c.d, 1 - x)) / (c.strongest - c.weakest), 0.0), 1.0);
}

inline double gain_of(const Crisis& c, double x, double refusal) {
  return (1 - refusal) * (worth_at_home(c.a, x) - c.war_a - refusal * c.learned);
}

/// Of the gain, where nothing has a kink.
inline double slope_of_gain(const Crisis& c, double x) {
  const double refusal = refusal_of(c, x);
  const double refused =
      (1 + c.d.office * c.d.keeps_with_share + (1 - x < c.d.claim ? c.d.audience_cost : 0)) / (c.strongest - c.weakest);
  const double share = c.a.kappa == 1 ? 1 : c.a.kappa * to_power(x, c.a.kappa - 1);
  const double worth = share + c.a.office * c.a.keeps_with_share + (x < c.a.claim ? c.a.audience_cost : 0);
  return (1 - refusal) * worth - refused * (worth_at_home(c.a, x) - c.war_a + (1 - 2 * refusal) * c.learned);
}

/// Where the slope falls through 0 between lo, where it is positive, and hi, where it is not.
inline double top_between(const Crisis& c, double lo, double hi) {
  for (int i = 0; i < 52; ++i) {
    const double middle = 0.5 * (lo + hi);
    (slope_of_gain(c, middle) > 0 ? lo : hi) = middle;
  }
  return 0.5 * (lo + hi);
}

/// Keeps the better of `best` and x.
struct Search {
  const Crisis& crisis;
  Demand best;
  double gain = 0;

  explicit Search(const Crisis& c) : crisis(c), best{min(max(c.none_gives, 0.0), 1.0), 1} {}
  void consider(double x) {
    const double refusal = refusal_of(crisis, x), here = gain_of(crisis, x, refusal);
    if (!(refusal < 1) || !(best.refusal < 1 ? here > gain : here >= 0)) return;
    best = {x, refusal};
    gain = here;
  }
  /// Inside lo..hi, where the gain is smooth: a parabola, unless A's share is worth a power of it.
  void consider_inside(double lo, double hi) {
    const int cells = crisis.a.kappa == 1 ? 1 : 16;
    const double inset = 1e-9 * (hi - lo);
    double from = lo + inset;
    bool rises = slope_of_gain(crisis, from) > 0;
    for (int i = 1; i <= cells; ++i) {
      const double to = i == cells ? hi - inset : lo + (hi - lo) * i / cells;
      const bool still = slope_of_gain(crisis, to) > 0;
      if (rises && !still) consider(top_between(crisis, from, to));
      from = to;
      rises = still;
    }
  }
};

inline Demand best_demand(const Crisis& c) {
  Search search(c);
  if (c.divisions > 0) {
    for (int m = 0; m <= c.divisions; ++m) search.consider(static_cast<double>(m) / c.divisions);
    return search.best;
  }
  const double lo = max(c.all_give, 0.0), hi = min(c.none_gives, 1.0);
  if (hi < lo) return search.best;
  double ends[] = {lo, c.a.held, c.a.claim, 1 - c.d.claim, hi};
  for (int i = 1; i < 5; ++i)  // insertion sort
    for (int k = i; k > 0 && ends[k] < ends[k - 1]; --k) {
      const double higher = ends[k - 1];
      ends[k - 1] = ends[k];
      ends[k] = higher;
    }
  for (int i = 0; i < 5; ++i) {
    if (ends[i] < lo || hi < ends[i]) continue;
    search.consider(ends[i]);
    if (i + 1 < 5 && ends[i] < ends[i + 1] && ends[i + 1] <= hi) search.consider_inside(ends[i], ends[i + 1]);
  }
  return search.best;
}

}  // namespace crisis
}  // namespace TRUCE_ISA
}  // namespace truce
