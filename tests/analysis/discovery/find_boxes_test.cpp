// Boxes that were planted are found again; where nothing was planted, nothing is claimed.
#include "analysis/discovery/find_boxes.hpp"

#include <cmath>

#include "analysis/data/moments_reader.hpp"
#include "kernels/philox.hpp"
#include "tests/analysis/made_result.hpp"

namespace truce::analysis {
namespace {

/// Five inputs of anchored_peace; `points` of them.
std::string study_of(std::int64_t points) {
  return "[study]\nkernel = anchored_peace\nseed = 7\nreplicates = 8\n[design]\nmethod = monte_carlo\npoints = " +
         std::to_string(points) +
         "\n[inputs]\nautocracy_a = uniform(0, 1)\njustice_anchor = uniform(0, 0.6)\nbalance_drift = normal(0, 0.001)\n"
         "cynicism = uniform(0, 1)\ntalks_every = choice(1, 2, 3, 4, 5, 6)\n[store]\n";
}

class Planted {
 public:
  explicit Planted(std::int64_t points)
      : study(study_of(points)), data(test::made_result(study.plan, [](auto&, auto, auto) { return 0.0; })) {
    InputReader reader(data);
    inputs = reader.read({0, points});
  }
  /// Index of an input among the varied ones.
  std::size_t varied(const std::string& name) const {
    const auto names = data.input_names();
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  }
  double value(std::int64_t base, const std::string& name) const {
    return inputs(base, static_cast<Eigen::Index>(varied(name)));
  }
  /// Shares of so many replicates, each 1 with the chance that `chance` gives for the base point.
  PointShares noisy(std::function<double(std::int64_t)> chance, std::uint64_t seed = 99,
                    std::uint32_t replicates = 8) const {
    return [chance, seed, replicates](Range bases, std::span<double> shares) {
      for (std::int64_t b = 0; b < bases.count; ++b) {
        double sum = 0;
        for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
          const Stream stream{seed, static_cast<std::uint64_t>(bases.first + b), replicate};
          sum += uniform(stream.block(0, 0)[0]) < chance(bases.first + b) ? 1 : 0;
        }
        shares[static_cast<std::size_t>(b)] = sum / replicates;
      }
    };
  }

  test::Study study;
  Dataset data;
  Block inputs;
};

std::vector<FoundBox> alone(const Dataset& data, const PointShares& shares, const BoxSearch& search = {}) {
  const auto crew = make_local_crew();
  return find_boxes(*crew, CodedPoints(*crew, data), shares, search);
}

const FoundRestriction* of(const Planted& planted, const FoundBox& box, const std::string& name) {
  const std::size_t input = planted.data.inputs()[planted.varied(name)].input;
  const auto at = std::ranges::find(box.restrictions, input, [](const auto& r) { return r.limits.input; });
  return at == box.restrictions.end() ? nullptr : &*at;
}

TEST(FindBoxes, APlantedBoxIsFoundToTheBin) {
  const Planted planted(20000);
  const auto inside = [&](std::int64_t b) {
    return planted.value(b, "autocracy_a") > 0.6 && planted.value(b, "justice_anchor") < 0.24 &&
           planted.value(b, "talks_every") >= 3;
  };
  const auto boxes = alone(planted.data, planted.noisy([&](std::int64_t b) { return inside(b) ? 0.9 : 0.1; }));
  ASSERT_FALSE(boxes.empty());
  const FoundBox& box = boxes.front();
  ASSERT_EQ(box.restrictions.size(), 3u);
  ASSERT_TRUE(of(planted, box, "autocracy_a") && of(planted, box, "justice_anchor") && of(planted, box, "talks_every"));
  const Restriction regime = of(planted, box, "autocracy_a")->limits,
                    anchor = of(planted, box, "justice_anchor")->limits;
  EXPECT_NEAR(regime.low, 0.6, 1.01 / 256);
  EXPECT_EQ(regime.high, 1);
  EXPECT_EQ(anchor.low, 0);
  EXPECT_NEAR(anchor.high, 0.24, 0.6 * 1.01 / 256);
  EXPECT_EQ(of(planted, box, "talks_every")->limits.levels, (std::vector<double>{3, 4, 5, 6}));
  EXPECT_NEAR(box.density.value, 0.9, 0.015);
  EXPECT_NEAR(box.mass.value, 0.4 * 0.4 * 4 / 6, 0.01);
  for (const FoundRestriction& restriction : box.restrictions) EXPECT_LT(restriction.quasi_p, 1e-6);
  EXPECT_LT(box.p_new, 1e-6);
  const FoundRestriction& found = *of(planted, box, "autocracy_a");
  EXPECT_EQ(found.restricted, 1);
  EXPECT_LE(found.low.low, 0.6 + 1.01 / 256);
  EXPECT_GE(found.low.high, 0.6 - 1.01 / 256);
  EXPECT_LT(found.low.high - found.low.low, 0.06);
}

TEST(FindBoxes, CoverageDensityAndMassAreThoseOfThePointsInTheBox) {
  const Planted planted(5000);
  const auto shares = planted.noisy([&](std::int64_t b) { return planted.value(b, "cynicism") < 0.3 ? 0.8 : 0.2; });
  std::vector<double> all(5000);
  shares({0, 5000}, all);
  BoxSearch search;
  search.resamples = 20;
  const auto boxes = alone(planted.data, shares, search);
  ASSERT_FALSE(boxes.empty());
  std::vector<double> inputs(planted.study.plan.kernel->inputs.size());
  double sum = 0, points = 0, whole = 0;
  for (std::int64_t b = 0; b < 5000; ++b) {
    for (std::size_t i = 0; i < planted.data.inputs().size(); ++i)
      inputs[planted.data.inputs()[i].input] = planted.inputs(b, static_cast<Eigen::Index>(i));
    whole += all[static_cast<std::size_t>(b)];
    if (!contains(boxes.front().box(), inputs)) continue;
    points += 1;
    sum += all[static_cast<std::size_t>(b)];
  }
  EXPECT_EQ(boxes.front().points, points);
  EXPECT_NEAR(boxes.front().mass.value, points / 5000, 1e-12);
  EXPECT_NEAR(boxes.front().density.value, sum / points, 1e-8);
  EXPECT_NEAR(boxes.front().coverage.value, sum / whole, 1e-8);
  EXPECT_LT(boxes.front().density.low, boxes.front().density.value);
  EXPECT_GT(boxes.front().density.high, boxes.front().density.value);
  EXPECT_EQ(boxes.front().trajectory.front().mass, 1);
}

TEST(FindBoxes, ASecondBoxLiesWhereTheFirstDoesNot) {
  const Planted planted(20000);
  BoxSearch search;
  search.resamples = 0;
  const auto boxes = alone(planted.data, planted.noisy([&](std::int64_t b) {
    const double x = planted.value(b, "autocracy_a"), y = planted.value(b, "cynicism");
    return (x > 0.6 && y > 0.5) || (y < 0.3 && planted.value(b, "justice_anchor") < 0.12) ? 1 : 0;
  }),
                           search);
  ASSERT_EQ(boxes.size(), 2u);
  EXPECT_NEAR(of(planted, boxes[0], "autocracy_a")->limits.low, 0.6, 2.0 / 256);
  EXPECT_NEAR(of(planted, boxes[0], "cynicism")->limits.low, 0.5, 2.0 / 256);
  EXPECT_NEAR(of(planted, boxes[1], "justice_anchor")->limits.high, 0.12, 2.0 / 256);
  EXPECT_NEAR(of(planted, boxes[1], "cynicism")->limits.high, 0.3, 2.0 / 256);
  EXPECT_NEAR(boxes[0].coverage.value + boxes[1].coverage.value, 1, 0.03);
  EXPECT_GT(boxes[1].density.value, 0.97);
  EXPECT_TRUE(std::isnan(boxes[0].p_new));
  EXPECT_TRUE(std::isnan(boxes[0].density.low));
}

TEST(FindBoxes, WhereNothingWasPlantedNothingIsSignificant) {
  const Planted planted(400);
  BoxSearch search;
  search.resamples = 40;
  search.significance = 0.4;  // so that chance alone makes boxes; they must not look like more
  int found = 0;
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const auto boxes = alone(planted.data, planted.noisy([](std::int64_t) { return 0.4; }, seed, 1), search);
    if (boxes.empty()) continue;
    ++found;
    EXPECT_GT(boxes.front().p_new, 0.05) << seed;
    for (const FoundBox& box : boxes)
      for (const FoundRestriction& restriction : box.restrictions) EXPECT_LE(restriction.quasi_p, search.significance);
  }
  EXPECT_GT(found, 0);
  EXPECT_TRUE(alone(
                  planted.data, [](Range, std::span<double> s) { std::ranges::fill(s, 0.25); }, search)
                  .empty());
  EXPECT_TRUE(alone(
                  planted.data, [](Range, std::span<double>) {}, search)
                  .empty());
}

TEST(FindBoxes, PointsThatAreNotDefinedAreLeftOut) {
  const Planted planted(3000);
  const auto boxes = alone(planted.data, [&](Range bases, std::span<double> shares) {
    for (std::int64_t b = 0; b < bases.count; ++b) {
      const std::int64_t base = bases.first + b;
      if (planted.value(base, "cynicism") < 0.5) continue;  // NaN
      shares[static_cast<std::size_t>(b)] = planted.value(base, "autocracy_a") < 0.5 ? 1 : 0;
    }
  });
  ASSERT_FALSE(boxes.empty());
  EXPECT_EQ(boxes.front().coverage.value, 1);
  EXPECT_NEAR(boxes.front().mass.value, 0.5, 0.03);
  EXPECT_FALSE(of(planted, boxes.front(), "cynicism"));
}

void expect_same(const std::vector<FoundBox>& a, const std::vector<FoundBox>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t k = 0; k < a.size(); ++k) {
    EXPECT_EQ(a[k].box(), b[k].box());
    EXPECT_EQ(a[k].points, b[k].points);
    EXPECT_EQ(a[k].density.value, b[k].density.value);
    EXPECT_EQ(a[k].coverage.high, b[k].coverage.high);
    EXPECT_TRUE(a[k].p_new == b[k].p_new || (std::isnan(a[k].p_new) && std::isnan(b[k].p_new)));
    ASSERT_EQ(a[k].trajectory.size(), b[k].trajectory.size());
    EXPECT_EQ(a[k].trajectory.back().density, b[k].trajectory.back().density);
    for (std::size_t r = 0; r < a[k].restrictions.size(); ++r) {
      EXPECT_EQ(a[k].restrictions[r].quasi_p, b[k].restrictions[r].quasi_p);
      if (k > 0) continue;
      EXPECT_EQ(a[k].restrictions[r].low.low, b[k].restrictions[r].low.low);
    }
  }
}

TEST(FindBoxes, AreTheSameForAnyNumberOfRanks) {
  const Planted planted(3000);
  const auto shares = planted.noisy(
      [&](std::int64_t b) { return 0.1 + 0.8 * planted.value(b, "autocracy_a") * planted.value(b, "cynicism"); });
  BoxSearch search;
  search.resamples = 10;
  const auto expected = alone(planted.data, shares, search);
  ASSERT_FALSE(expected.empty());
  for (const int ranks : {2, 3, 5})
    for (const double bytes_each : {CodedPoints::most_bytes_each, 0.0}) {
      run_threads(ranks, 1, [&](Crew& crew) {
        const Dataset own(planted.data.path());
        const CodedPoints points(crew, own, bytes_each);
        expect_same(expected, find_boxes(crew, points, shares, search));
        if (points.whole() && crew.rank() == 1)  // alone, without the others
          expect_same(expected, find_boxes(points.holders(), points, shares, search));
      });
    }
}

TEST(CodedPoints, AreAllOnEachRankUpToALimitAndShareByShareBeyond) {
  const Planted planted(3000);
  const auto one = make_local_crew();
  const CodedPoints all(*one, planted.data);
  const double bytes = 3000 * (5 + 5);
  for (const int ranks : {1, 2, 3, 5})
    for (const double bytes_each : {bytes, bytes - 1}) {
      std::size_t sum = 0;
      run_threads(ranks, 1, [&](Crew& crew) {
        const Dataset own(planted.data.path());
        const CodedPoints points(crew, own, bytes_each);
        sum += points.size();
        EXPECT_EQ(points.whole(), bytes_each == bytes);
        EXPECT_EQ(points.holders().size(), points.whole() ? 1 : ranks);
        if (!points.whole()) return;
        ASSERT_EQ(points.pieces().size(), all.pieces().size());
        for (std::size_t p = 0; p < all.pieces().size(); ++p) {
          EXPECT_EQ(points.pieces()[p].bases, all.pieces()[p].bases);
          EXPECT_EQ(points.pieces()[p].group, all.pieces()[p].group);
          EXPECT_EQ(points.pieces()[p].end, all.pieces()[p].end);
        }
        for (std::size_t i = 0; i < 5; ++i) EXPECT_TRUE(std::ranges::equal(points.codes(i), all.codes(i)));
      });
      EXPECT_EQ(sum, bytes_each == bytes ? 3000 * static_cast<std::size_t>(ranks) : 3000);
    }
}

}  // namespace
}  // namespace truce::analysis
