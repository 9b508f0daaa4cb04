// The absorbing chain of the fight to the finish, solved as the linear system that it is.
#pragma once

#include <cstddef>
#include <vector>

namespace truce {

/// [last][k]: chance that A wins, and mean number of decisive battles, by the result of the last battle (0: a defeat,
/// 1: a victory) and A's forts k = 0..N.
struct AbsorbedWalk {
  std::vector<double> win[2], battles[2];
};

/// `after_victory`, `after_defeat`: chances that A wins the next battle, in 0..1, not 1 and 0; `forts` at least 2.
AbsorbedWalk solve_walk(std::size_t forts, double after_victory, double after_defeat);

}  // namespace truce
