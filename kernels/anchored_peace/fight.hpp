// The fight to the finish: what each side believes, pays and expects of it (memo: introduction, conclusion).
#pragma once

#include "kernels/barriers.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace peace {

/// How much of what the front shows beyond the prior goes into the mean of theta [1/month] after t months of war
/// (Slantchev 2003, Powell 2004: fighting teaches); 0 if nothing can be learned.
template <class Real>
Real learning(const Real& prior_variance, const Real& s2, const Real& t) {
  return prior_variance / max(s2 + t * prior_variance, Real(1e-30));
}

/// Mean of theta [1/month] after the front moved by y = (m - start + aid so far) in t months.
template <class Real>
Real posterior(const Real& prior, const Real& learning, const Real& y, const Real& t) {
  return prior + learning * (y - t * prior);
}

/// Expected discounted months of war from m under drift mu, (1 - exit_lo - exit_hi)/r between barriers 0 and 1.
template <class Real>
Real months_of_war(const Real& m, const Real& mu, const Motion<Real>& motion, const Real& inverse_r) {
  const auto e = escape(mu, motion);
  const auto b = between(Real(1.0) - m, m, e);
  return (Real(1.0) - exit_lo(b, e) - exit_hi(b, e)) * inverse_r;
}

/// Values of fighting on [stake], and the expected discounted months of war under each side's beliefs.
template <class Real>
struct Fight {
  Real a, d, months_a, months_d;
};

/// fight_a = m + (mu_a - cost_a) D_a, fight_d = (1-m) - (mu_d + cost_d) D_d, D_i the months of war under drift mu_i.
/// Follows from m_t - mu t being a martingale.
template <class Real>
Fight<Real> fight(const Real& m, const Real& mu_a, const Real& mu_d, const Real& cost_a, const Real& cost_d,
                  const Motion<Real>& motion, const Real& inverse_r) {
  const Real months_a = months_of_war(m, mu_a, motion, inverse_r), months_d = months_of_war(m, mu_d, motion, inverse_r);
  return {m + (mu_a - cost_a) * months_a, (Real(1.0) - m) - (mu_d + cost_d) * months_d, months_a, months_d};
}

/// What a side must be offered [stake, in 0..1]: below the public claim every stake costs
/// `audience_cost` at home, for either regime (Weeks 2008); `softening` = 1/(1 + audience_cost).
template <class Real>
Real need(const Real& fight, const Real& claim, const Real& audience_cost, const Real& softening) {
  const Real short_of_claim = (fight + audience_cost * claim) * softening;
  return min(max(select(claim <= fight, fight, short_of_claim), Real(0.0)), Real(1.0));
}

}  // namespace peace
}  // namespace TRUCE_ISA
}  // namespace truce
