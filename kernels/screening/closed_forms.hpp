// Screening while fighting, in closed form: how an uninformed side lowers its demands, and who waits for that.
//
// A deal after t months is worth gamma^t of one now, gamma = delta (1 - collapse): arms may decide first. D's surplus
// theta over fighting on is its secret, uniform on 0..v to A, who demands m of it. With s = sqrt(1 - gamma):
//   m = v s/(1 + s); D accepts iff m <= s theta; else v falls by lambda = 1/(1 + s) and a month is fought.
// So each month settles with chance s/(1 + s), whatever v is. One-sided offers to a side with a private surplus (Sobel
// & Takahashi 1983, Gul, Sonnenschein & Wilson 1986) in the normalisation of this project; skeleton of Powell 2004.
#pragma once

#include "kernels/number.hpp"
#include "kernels/rival/expected.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace screening {

/// One round: A demands `demand` v, and types above `cutoff` v accept.
template <class Real>
struct Round {
  Real demand, cutoff;
};

/// Without a deadline; s = sqrt(1 - gamma).
template <class Real>
Round<Real> round_of(const Real& s) {
  const Real cutoff = Real(1.0) / (Real(1.0) + s);
  return {Real(1.0) - cutoff, cutoff};
}

/// With n = 1, 2.. rounds left, this one included: a_1 = 1/2, b_1 = 1, then b_n = 1 - gamma + gamma a_(n-1),
/// a_n = b_n^2/(b_n + 1 - gamma); A demands a_n v, types above v a_n/b_n accept. As n grows a_n falls to s/(1 + s).
template <class Real>
Round<Real> round_before_deadline(const Real& gamma, const Real& n) {
  const Real one(1.0), lost = one - gamma;
  Real a(0.5), b = one, k = one;
  for (auto more = k < n; any(more); more = k < n) {
    k = k + one;
    b = select(more, fma(gamma, a, lost), b);
    a = select(more, b * b / (b + lost), a);
  }
  return {a, a / b};
}

/// The war of a type that can settle, until `horizon`; `deadline` 0: there is none. Beyond a deadline it is fought to
/// the finish.
inline rival::Expected expected_war(double gamma, double collapse, double deadline, double horizon) {
  if (deadline < 1) return rival::geometric_war(1 - round_of(sqrt(1 - gamma)).cutoff, collapse, horizon);
  rival::Expected war;
  const double last = min(deadline, horizon);
  for (double month = 1; month <= last; ++month) {
    const double cutoff = round_before_deadline(gamma, deadline - month + 1).cutoff;
    war = then(war, rival::geometric_war(1 - cutoff, collapse, 1));
  }
  return then(war, rival::geometric_war(0, collapse, horizon - last));
}

}  // namespace screening
}  // namespace TRUCE_ISA
}  // namespace truce
