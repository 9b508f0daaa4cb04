// Drives anchored_peace month by month from chosen states and draws, for tests of a single rule.
#pragma once

#include "kernels/anchored_peace.hpp"
#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {

using Params = peace::Params<double>;
using State = peace::State<double>;
using MonthDraws = Draws<double, 1, 3>;

inline Params params_with(const Changes& changes) {
  return AnchoredPeace::prepare(inputs_of(*find_kernel("anchored_peace"), changes).data());
}

/// Draws of one month: u0 moves the front, u1 decides exits, u2 withdrawal, u3 the change of approach.
/// The defaults move nothing, exit nowhere, withdraw and change nothing.
inline MonthDraws draws_of(const Stream& stream, double u0 = 0.5, double u1 = 0.5, double u2 = 1, double u3 = 1) {
  MonthDraws draws{};
  draws.u = {u0, u1, u2, u3};
  draws.streams = &stream;
  return draws;
}

/// A history in its second month of war at `position`.
inline State at_war(const Params& params, const Stream& stream, double position) {
  State s = AnchoredPeace::start(params, draws_of(stream));
  s.position = s.start = position;
  s.theta = 0;
  return s;
}

/// A first peace signed in month 0 with the balance at `position`, far from both breaches.
inline State at_peace(const Params& params, const Stream& stream, double position, double principled) {
  State s = at_war(params, stream, position);
  s.at_war = 0;
  s.terms_a = s.terms_d = 0.5;
  s.rests_on_principle = principled;
  s.hi_base = position + 1;
  s.lo_base = position - 1;
  s.ending = peace::settlement;
  s.settlement_a = 0.5;
  s.principled = principled;
  s.first_peace = 1;
  s.signed_month = 0;
  return s;
}

}  // namespace truce::testing
