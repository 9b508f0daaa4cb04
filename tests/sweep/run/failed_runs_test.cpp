// A kernel whose step throws costs the runs that throw, whatever runs beside them, and in every form of result.
#include <gtest/gtest.h>

#include <map>
#include <new>

#include "kernels/code_of.hpp"
#include "kernels/gamblers_ruin.hpp"
#include "sweep/run/guarded_machine.hpp"
#include "tests/sweep/run/run_fixture.hpp"

namespace truce {
namespace {

using test::column;
using test::Study;

/// gamblers_ruin that throws in the wars in which A holds 4 forts after 7 battles.
struct Fragile : GamblersRuin {
  template <class Real, class Draw>
  static Mask<Real> step(const Params<Real>& p, State<Real>& s, const Draw& draws) {
    const auto ended = GamblersRuin::step(p, s, draws);
    const auto seventh = both(s.month <= Real(7.0), Real(7.0) <= s.month);
    const auto four = both(s.held <= Real(4.0), Real(4.0) <= s.held);
    if (any(both(seventh, four))) throw 7;  // not even an exception of the standard library
    return ended;
  }
};

/// Throws for want of memory at its 3rd step.
struct Greedy : GamblersRuin {
  template <class Real, class Draw>
  static Mask<Real> step(const Params<Real>& p, State<Real>& s, const Draw& draws) {
    if (any(Real(2.0) <= s.month)) throw std::bad_alloc();
    return GamblersRuin::step(p, s, draws);
  }
};

template <class Model>
std::vector<Kernel> made_of() {
  Kernel kernel = *find_kernel("gamblers_ruin");
  kernel.codes = {code_of<Model, Twin<double>>("twin"), code_of<Model, double>("plain")};
  for (Code& code : kernel.codes) code.prepare = prepare_of<Model>;
  return {kernel};
}

const std::vector<Kernel>& fragile() {
  static const std::vector<Kernel> kernels = made_of<Fragile>();
  return kernels;
}

/// Whether a run of the sound kernel passes through that state, seen month by month.
bool throws(const Plan& plan, std::int64_t base, std::int64_t policy, std::uint32_t replicate) {
  const Code& code = reference_code(*find_kernel("gamblers_ruin"));
  const Design design(plan);
  std::vector<double> params(code.params), outcomes(code.outcomes), state(code.state);
  SetUp(plan, design, code)(base, 0, policy, params.data());
  std::uint8_t failed = 0;
  const Task task{params.data(), stream_of(plan, base, 0), replicate, 1, outcomes.data(), &failed};
  Machine machine(code);
  machine.begin(plan.seed, {&task, 1});
  while (!machine.advance(1)) {
    machine.state(state);
    if (state[0] == 7 && state[1] == 4) return true;
  }
  return false;
}

std::vector<std::byte> all(const Study& study) { return study.payload({0, study.plan.units()}); }

TEST(FailedRuns, AreThoseThatThrowAndNoOthers) {
  const std::string text = test::ruin("replicates = 60\n") + "rows = run\n";
  const Study sound(text), broken(text, {}, fragile());
  const auto good = all(sound), bad = all(broken);
  const auto status = column(broken, bad, "status");
  std::size_t row = 0, failures = 0;
  for (std::int64_t base = 0; base < 5; ++base)
    for (std::uint32_t replicate = 0; replicate < 60; ++replicate)
      for (std::int64_t policy = 0; policy < 2; ++policy, ++row) {
        const bool fails = throws(sound.plan, base, policy, replicate);
        failures += fails ? 1 : 0;
        ASSERT_EQ(status[row], fails ? 1 : 0) << base << " " << policy << " " << replicate;
        for (const char* outcome : {"ending", "war_months"}) {
          const double value = column(broken, bad, outcome)[row];
          if (fails)
            EXPECT_TRUE(std::isnan(value));
          else
            EXPECT_EQ(value, column(sound, good, outcome)[row]);
        }
      }
  EXPECT_GT(failures, 20U);
  EXPECT_LT(failures, row / 2);
}

/// (base, policy) -> war months of all its runs, NaN where the run throws.
std::map<std::pair<std::int64_t, std::int64_t>, std::vector<double>> expected_months(std::uint32_t replicates) {
  const Study sound(test::ruin("replicates = " + std::to_string(replicates) + "\n") + "rows = run\n");
  const auto months = column(sound, all(sound), "war_months");
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<double>> expected;
  std::size_t row = 0;
  for (std::int64_t base = 0; base < 5; ++base)
    for (std::uint32_t replicate = 0; replicate < replicates; ++replicate)
      for (std::int64_t policy = 0; policy < 2; ++policy, ++row)
        expected[{base, policy}].push_back(throws(sound.plan, base, policy, replicate) ? std::nan("") : months[row]);
  return expected;
}

struct Sum {
  double sum = 0, count = 0;
  void add(double x) {
    if (std::isnan(x)) return;
    sum += x;
    ++count;
  }
};

TEST(FailedRuns, EnterNoMeanAndNoPair) {
  constexpr std::uint32_t replicates = 60;
  const Study broken(test::ruin("replicates = 60\n"), {}, fragile());
  const auto payload = all(broken);
  const auto expected = expected_months(replicates);
  for (std::size_t base = 0, row = 0; base < 5; ++base)
    for (std::int64_t policy = 0; policy < 2; ++policy, ++row) {
      const auto& first = expected.at({static_cast<std::int64_t>(base), 0});
      const auto& own = expected.at({static_cast<std::int64_t>(base), policy});
      Sum mean, difference;
      for (std::size_t r = 0; r < replicates; ++r) mean.add(own[r]), difference.add(own[r] - first[r]);
      EXPECT_EQ(column(broken, payload, "runs_failed")[row], replicates - mean.count);
      EXPECT_EQ(column(broken, payload, "war_months_n")[row], mean.count);
      EXPECT_NEAR(column(broken, payload, "war_months")[row], mean.sum / mean.count, 1e-9);
      EXPECT_EQ(column(broken, payload, "war_months_diff_n")[row], difference.count);
      EXPECT_NEAR(column(broken, payload, "war_months_diff")[row], difference.sum / difference.count, 1e-9);
      EXPECT_EQ(column(broken, payload, "status")[row], mean.count < replicates ? 1 : 0);
    }
}

TEST(FailedRuns, LeaveTheQuantilesOfTheOthers) {
  const Study broken(test::ruin("replicates = 60\n") + "quantiles = yes\n", {}, fragile());
  const auto median = column(broken, all(broken), "war_months_q50");
  const auto expected = expected_months(60);
  for (std::size_t base = 0, row = 0; base < 5; ++base)
    for (std::int64_t policy = 0; policy < 2; ++policy, ++row) {
      std::vector<double> months = expected.at({static_cast<std::int64_t>(base), policy});
      std::erase_if(months, [](double x) { return std::isnan(x); });
      std::ranges::sort(months);
      EXPECT_NEAR(median[row], months[(months.size() + 1) / 2 - 1], 0.5);  // a bin is 500/1024 wide
    }
}

TEST(FailedRuns, AreTheSameInBlocksOfAnySize) {
  for (const std::string more : {"replicates = 60\n", "replicates = 2500\n"}) {
    const Study study(test::ruin(more), {}, fragile());
    const std::int64_t chunks = study.plan.chunks();
    std::vector<std::string> hashes;
    for (const std::int64_t block : {std::int64_t{1}, chunks, 2 * chunks, 5 * chunks}) {
      study.commit_all(block);
      auto lock = std::make_unique<LiveLock>(journal_folder(study.plan.file));
      const Tell nothing = [](std::string_view) {};
      hashes.push_back(seal_study(study.plan, {1, 1, {}, {}, 0}, std::move(lock), nothing).content_hash);
      std::filesystem::remove(study.plan.file);
    }
    EXPECT_EQ(std::vector<std::string>(4, hashes.front()), hashes);
  }
}

TEST(FailedRuns, AreReplicatesOfAPointThatTakesAsManyAsItNeeds) {
  const std::string keys = "precision_of = war_months\nprecision = 2.5\nreplicates_max = 2048\nreplicates = 16\n";
  const Study staged(test::ruin(keys), {"--design.points=1"}, fragile());
  const auto row = all(staged);
  const double used = column(staged, row, "replicates").front();
  EXPECT_LT(used, 2048);
  EXPECT_GT(column(staged, row, "runs_failed").front(), 0);
  const Study fixed(test::ruin(""), {"--design.points=1", "--study.replicates=" + std::to_string(int(used))},
                    fragile());
  EXPECT_EQ(row, all(fixed));
}

TEST(FailedRuns, AreNotThoseThatFoundNoMemory) {
  static const std::vector<Kernel> greedy = made_of<Greedy>();
  const Study study(test::ruin(""), {}, greedy);
  EXPECT_THROW(all(study), std::bad_alloc);
}

TEST(FailedRuns, AreMadeAgainInSlices) {
  const Study study(test::ruin("replicates = 60\n"), {}, fragile());
  const Design design(study.plan);
  const Layout layout = layout_of(study.plan);
  double time = 0;
  BlockRun slow(study.plan, design, layout, code_for(study.plan), [&] { return time += 1; });
  slow.begin({0, 5});
  int slices = 1;
  while (!slow.advance()) ++slices;
  EXPECT_GT(slices, 600 * 7 / 16);  // 600 runs alone, 16 steps at a time at least
  EXPECT_EQ(std::vector<std::byte>(slow.payload().begin(), slow.payload().end()), all(study));
  EXPECT_EQ(slow.ended(), 600);
}

/// What begin or advance throws.
template <class Model>
bool lets_out() {
  const Code code = code_of<Model, double>("plain");
  const double params[] = {5, 10, 0.5};
  double outcomes[2];
  std::uint8_t failed = 0;
  const Task task{params, 0, 0, 1, outcomes, &failed};
  Machine machine(code);
  try {
    machine.begin_throwing(1, {&task, 1});
    while (!machine.advance(10)) {
    }
  } catch (const std::runtime_error& error) {
    return std::string(error.what()) == "why";
  }
  return false;
}

struct FailsToStart : GamblersRuin {
  template <class Draw>
  static State<double> start(const Params<double>&, const Draw&) {
    throw std::runtime_error("why");
  }
};
struct FailsToFinish : GamblersRuin {
  static Outcomes<double> finish(const Params<double>&, const State<double>&) { throw std::runtime_error("why"); }
};

TEST(FailedRuns, SayWhyToWhoeverAsks) {
  EXPECT_TRUE(lets_out<FailsToStart>());
  EXPECT_TRUE(lets_out<FailsToFinish>());
  EXPECT_FALSE(lets_out<GamblersRuin>());
}

}  // namespace
}  // namespace truce
