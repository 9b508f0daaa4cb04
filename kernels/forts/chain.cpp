// The absorbing chain by LU decomposition. A source of its own: Eigen is compiled once, for plain processors and
// without vectors, as its bits depend on them.
#include "kernels/forts/chain.hpp"

#include <Eigen/LU>

namespace truce {

/// States are (k, last result), k = 1..N-1: x = Q x + gains, where Q are the moves between them.
AbsorbedWalk solve_walk(std::size_t forts, double after_victory, double after_defeat) {
  const auto inner = static_cast<Eigen::Index>(forts) - 1;
  const double wins[] = {after_defeat, after_victory};
  const auto state = [&](Eigen::Index k, int last) { return k - 1 + last * inner; };
  Eigen::MatrixXd stay = Eigen::MatrixXd::Identity(2 * inner, 2 * inner);
  Eigen::MatrixXd gains = Eigen::MatrixXd::Zero(2 * inner, 2);
  for (int last = 0; last < 2; ++last)
    for (Eigen::Index k = 1; k <= inner; ++k) {
      const auto row = state(k, last);
      gains(row, 1) = 1;
      if (k < inner)
        stay(row, state(k + 1, 1)) -= wins[last];
      else
        gains(row, 0) = wins[last];
      if (k > 1) stay(row, state(k - 1, 0)) -= 1 - wins[last];
    }
  const Eigen::MatrixXd values = stay.partialPivLu().solve(gains);
  AbsorbedWalk absorbed;
  for (int last = 0; last < 2; ++last) {
    absorbed.win[last].assign(forts + 1, 0);
    absorbed.battles[last].assign(forts + 1, 0);
    absorbed.win[last][forts] = 1;
    for (Eigen::Index k = 1; k <= inner; ++k) {
      absorbed.win[last][static_cast<std::size_t>(k)] = values(state(k, last), 0);
      absorbed.battles[last][static_cast<std::size_t>(k)] = values(state(k, last), 1);
    }
  }
  return absorbed;
}

}  // namespace truce
