// Seconds a lane of each primitive at the engine's width, compiled once for every instruction set.
#include "tests/bench/primitives.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <vector>

#include "kernels/draws.hpp"
#include "kernels/widths.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace {

constexpr int in_hand = 64;  // numbers, in the first-level cache

/// Processor time, so that a shared machine does not count.
double seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Median over seven rounds of the time that `work(rounds)` takes for one of `lanes * in_hand` results.
template <class Real, class Work>
double cost(const Work& work) {
  std::vector<double> times;
  std::size_t rounds = 64;
  for (double taken = 0; taken < 5e-3; rounds *= 2) {
    const double begun = seconds();
    work(rounds);
    taken = seconds() - begun;
  }
  for (int i = 0; i < 7; ++i) {
    const double begun = seconds();
    work(rounds);
    times.push_back((seconds() - begun) / static_cast<double>(rounds * in_hand * Lanes<Real>::count));
  }
  std::sort(times.begin(), times.end());
  return times[3];
}

/// Cost of `function` on independent numbers in (0,1), with the load and the store that go with it.
template <class Real, class Function>
double cost_of(double& checksum, const Function& function) {
  alignas(64) Real in[in_hand], out[in_hand];
  for (int i = 0; i < in_hand; ++i)
    for (int lane = 0; lane < Lanes<Real>::count; ++lane)
      set_lane(in[i], lane,
               static_cast<Scalar<Real>>((i * Lanes<Real>::count + lane + 0.5) / (in_hand * Lanes<Real>::count)));
  const double taken = cost<Real>([&](std::size_t rounds) {
    for (std::size_t round = 0; round < rounds; ++round) {
      for (int i = 0; i < in_hand; ++i) out[i] = function(in[i]);
      __asm__ volatile("" : : "r"(out) : "memory");
    }
  });
  for (int i = 0; i < in_hand; ++i) checksum += static_cast<double>(lane_of(out[i], 0));
  return taken;
}

template <class Real>
[[gnu::flatten]] bench::PerPrimitive costs(double& checksum) {
  using namespace bench;
  PerPrimitive out{};
  Counters<Lanes<Real>::count> counters{};
  const KeySchedule key({1, 2});
  out[philox_block] = cost_of<Real>(checksum, [&](const Real& x) {
    for (auto& block : counters.word[0]) ++block;
    const auto u = Uniforms<Real>::draw(counters, 0, key);
    return u[0] + u[1] + u[2] + u[3] + x;
  });
  out[normal] = cost_of<Real>(checksum, [](const Real& x) { return normal_quantile(x); });
  out[exponential] = cost_of<Real>(checksum, [](const Real& x) { return expm1(-x); });
  out[logarithm] = cost_of<Real>(checksum, [](const Real& x) { return log(x); });
  out[division] = cost_of<Real>(checksum, [](const Real& x) { return Real(1.0) / x; });
  out[root] = cost_of<Real>(checksum, [](const Real& x) { return sqrt(x); });
  // sixteen in a row on each number, eight numbers at a time
  out[arithmetic] = cost_of<Real>(checksum,
                                  [](const Real& x) {
                                    Real y = x;
                                    for (int i = 0; i < 16; ++i) y = fma(y, x, x);
                                    return y;
                                  }) /
                    16;
  out[selection] = cost_of<Real>(checksum,
                                 [](const Real& x) {
                                   Real y = x;
                                   for (int i = 0; i < 8; ++i) y = select(y < x, x, y + x);
                                   return y;
                                 }) /
                   24;
  return out;
}

}  // namespace

/// Costs in double and float; `lanes` of each; a checksum of what was computed.
void primitive_costs(bench::PerPrimitive& in_double, bench::PerPrimitive& in_float, double& checksum) {
  in_double = costs<DoubleLanes>(checksum);
  in_float = costs<FloatLanes>(checksum);
}

}  // namespace TRUCE_ISA
}  // namespace truce
