// The engine's own duties: a run that throws or does not end costs that run only.
#include "kernels/engine.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <vector>

namespace truce {
namespace {

/// Counts to `length`; throws in start where length is 1, in finish where it is 2, and never ends where it is 3.
struct Fragile {
  template <class Real>
  struct Params {
    Real length;
  };
  template <class Real>
  struct State {
    Real month;
  };
  template <class Real>
  struct Outcomes {
    Real months;
  };
  static constexpr int normals_per_step = 0, uniforms_per_step = 1;
  static constexpr std::uint64_t step_limit = 50;

  static Params<double> prepare(const double* inputs) { return {inputs[0]}; }
  template <class Draw>
  static State<double> start(const Params<double>& p, const Draw&) {
    if (p.length == 1) throw std::runtime_error("start");
    return {0};
  }
  template <class Real, class Draw>
  static Mask<Real> step(const Params<Real>& p, State<Real>& s, const Draw&) {
    s.month = s.month + Real(1.0);
    return both(p.length <= s.month, negate(both(p.length <= Real(3.0), Real(3.0) <= p.length)));
  }
  static Outcomes<double> finish(const Params<double>& p, const State<double>& s) {
    if (p.length == 2) throw std::runtime_error("finish");
    return {s.month};
  }
};

template <class Real>
void expect_only_the_faulty_runs_fail() {
  const std::vector<double> lengths{4, 1, 5, 2, 3, 1, 6, 50, 51};  // the step limit, and one more
  constexpr std::uint32_t replicates = 3;
  std::vector<double> outcomes(lengths.size() * replicates, std::numeric_limits<double>::quiet_NaN());
  std::vector<std::uint8_t> failed(lengths.size() * replicates, 0);
  std::vector<Task> tasks;
  for (std::size_t i = 0; i < lengths.size(); ++i)
    tasks.push_back({&lengths[i], i, 0, replicates, &outcomes[i * replicates], &failed[i * replicates]});
  Engine<Fragile, Real> engine;
  engine.begin(1, tasks);
  while (!engine.advance(7)) {
  }
  for (std::size_t i = 0; i < lengths.size() * replicates; ++i) {
    const double length = lengths[i / replicates];
    const bool fails = length <= 3 || length > 50;
    EXPECT_EQ(failed[i], fails ? 1 : 0) << length;
    if (!fails) {
      EXPECT_EQ(outcomes[i], length);
    }
  }
}

TEST(Engine, AThrowOrTheStepLimitCostsThatRunOnly) { expect_only_the_faulty_runs_fail<double>(); }
TEST(Engine, AThrowOrTheStepLimitCostsThatRunOnlyInLanes) {
  expect_only_the_faulty_runs_fail<Twin<double>>();
  expect_only_the_faulty_runs_fail<Vector<float, 4>>();
}

}  // namespace
}  // namespace truce
