// The fight to the finish: what each side believes, pays and expects of it (memo: introduction, conclusion).
#pragma once

#include "kernels/barriers.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace peace {

/// Mean of theta [1/month] after the front moved by y = (m - start + aid so far) in t months
/// (Slantchev 2003, Powell 2004: fighting teaches); the prior if nothing can be learned.
template <class Real>
Real posterior(const Real& prior, const Real& prior_variance, const Real& s2, const Real& y, const Real& t) {
  const Real denominator = s2 + t * prior_variance;
  const Real learned = prior + prior_variance * (y - t * prior) / max(denominator, Real(1e-30));
  return select(denominator <= Real(0.0), prior, learned);
}

/// Values of fighting on [stake], and the expected discounted months of war under each side's beliefs.
template <class Real>
struct Fight {
  Real a, d, months_a, months_d;
};

/// fight_a = m + (mu_a - cost_a) D_a, fight_d = (1-m) - (mu_d + cost_d) D_d with D_i = (1 - exit_lo -
/// exit_hi)/r between barriers 0 and 1 under drift mu_i. Follows from m_t - mu t being a martingale.
template <class Real>
Fight<Real> fight(const Real& m, const Real& mu_a, const Real& mu_d, const Real& cost_a, const Real& cost_d,
                  const Real& s2, const Real& r) {
  const Real zero(0.0), one(1.0);
  const auto a = two_barriers(m, zero, one, mu_a, s2, r);
  const auto d = two_barriers(m, zero, one, mu_d, s2, r);
  const Real months_a = (one - a.lo - a.hi) / r;
  const Real months_d = (one - d.lo - d.hi) / r;
  return {m + (mu_a - cost_a) * months_a, (one - m) - (mu_d + cost_d) * months_d, months_a, months_d};
}

/// What a side must be offered [stake, in 0..1]: below the public claim every stake costs
/// `audience_cost` at home, for either regime (Weeks 2008).
template <class Real>
Real need(const Real& fight, const Real& claim, const Real& audience_cost) {
  const Real short_of_claim = (fight + audience_cost * claim) / (Real(1.0) + audience_cost);
  return min(max(select(claim <= fight, fight, short_of_claim), Real(0.0)), Real(1.0));
}

}  // namespace peace
}  // namespace TRUCE_ISA
}  // namespace truce
