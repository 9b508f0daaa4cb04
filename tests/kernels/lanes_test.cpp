// Kernels in lanes that part must give the bytes of one lane, whatever the lanes meet.
#include <gtest/gtest.h>

#include "kernels/anchored_peace.hpp"
#include "kernels/code_of.hpp"
#include "kernels/twin.hpp"
#include "kernels/vector.hpp"
#include "tests/kernels/run_kernel.hpp"

namespace truce {
namespace {

using testing::Changes;
using testing::inputs_of;
using testing::random_point;

std::vector<Changes> edges() {
  return {{{"autocracy_a", 0}, {"autocracy_d", 0}},
          {{"talks_every", 0}},
          {{"talks_every", 0}, {"horizon_months", 12000}, {"advantage_sd", 0}},
          {{"horizon_months", 1}},
          {{"horizon_months", 1}, {"talks_every", 0}},
          {{"balance_volatility", 0}, {"war_cost_a", 0.01}, {"war_cost_d", 0.01}},
          {{"balance_volatility", 0}, {"balance_drift", 0}, {"war_cost_a", 0.01}, {"war_cost_d", 0.01}},
          {{"security_weight", 0}, {"war_cost_a", 0.01}, {"war_cost_d", 0.01}},
          {{"security_weight", 1}, {"war_cost_a", 0.01}, {"war_cost_d", 0.01}},
          {{"discount_rate", 1e-6}, {"war_cost_a", 0.01}, {"war_cost_d", 0.01}},
          {{"discount_rate", 1}, {"war_cost_a", 0.01}, {"war_cost_d", 0.01}},
          {{"renege_cost_a", 0}, {"renege_cost_d", 0}, {"guarantee_a", 0}, {"justice_anchor", 0}, {"war_cost_a", 0.01}},
          {{"battle_volatility", 1e-6}, {"advantage_sd", 0}, {"horizon_months", 60}},
          {{"change_hazard", 1}},
          {{"withdrawal_hazard", 1}, {"patron_floor", 0}},
          {{"bargaining_power", 0}, {"war_cost_d", 0.012}, {"optimism_a", 0}},
          {{"bargaining_power", 1}, {"war_cost_d", 0.012}, {"optimism_a", 0}},
          {{"initial_position", 0.999}},
          {{"initial_position", 0.001}},
          {{"optimism_a", 0}, {"optimism_d", 0}, {"balance_volatility", 0.3}, {"war_cost_a", 0.01}}};
}

/// Of `forts`: no talks, talks that fail at home, certain changes, one battle, few and many forts.
std::vector<Changes> forts_edges() {
  return {{{"talks_battles", 0}},
          {{"change_hazard", 1}},
          {{"change_hazard", 0.1}, {"all_or_nothing", 3}, {"stalemate", 0.9}},
          {{"fort_count", 2}, {"stalemate", 0}},
          {{"fort_count", 30}, {"optimism_share", 0.1}},
          {{"withdrawal_hazard", 1}, {"patron_floor", 0}, {"battle_aid", 0.5}},
          {{"casualty_slope", 10}, {"casualty_tolerance", 0}},
          {{"repeat_chance", 0.95}, {"battle_chance", 0.98}},
          {{"optimism_share", 0.4}, {"prior_strength", 4}, {"war_cost_a", 0.02}, {"war_cost_d", 0.02}},
          {{"claim_a", 10}, {"audience_cost_a", 1000}}};
}

/// Points of the ranges with the edges between them, so that each edge has ordinary neighbours.
std::vector<std::vector<double>> mixed_points(const Kernel& kernel, const std::vector<Changes>& between,
                                              std::uint32_t count = TRUCE_LANES_POINTS) {
  std::vector<std::vector<double>> points;
  for (std::uint32_t i = 0; i < count; ++i) {
    points.push_back(random_point(kernel, i));
    if (!between.empty()) points.push_back(inputs_of(kernel, between[i % between.size()]));
  }
  return points;
}

void expect_same_bytes(const Code& one, const Code& wide, const std::vector<std::vector<double>>& points,
                       std::uint32_t replicates) {
  const auto expected = testing::run_points(one, points, replicates);
  for (const std::uint64_t slice : {1U, 7U, 1000U})
    EXPECT_TRUE(expected.same_bytes(testing::run_points(wide, points, replicates, 861, slice))) << "slice " << slice;
  EXPECT_TRUE(expected.same_bytes(testing::run_points(one, points, replicates, 861, 1)));
  EXPECT_FALSE(expected.same_bytes(testing::run_points(wide, points, replicates, 862)));
}

/// Every code of the kernel that this processor runs, against the plain one of the same arithmetic.
void expect_bytes_of_one_lane(std::string_view name, const std::vector<Changes>& between, std::uint32_t replicates) {
  const Kernel& kernel = *find_kernel(name);
  const auto points = mixed_points(kernel, between);
  for (const Code& code : kernel.codes) {
    SCOPED_TRACE(std::string(code.instruction_set) + (code.arithmetic == Arithmetic::in_float ? " float" : " double"));
    expect_same_bytes(reference_code(kernel, code.arithmetic), code, points, replicates);
  }
}

template <class Model, class Real>
Code code_in() {
  Code code = code_of<Model, Real>("here");
  code.prepare = prepare_of<Model>;
  return code;
}

/// Lanes of the machine that every processor is: few, so that the machines without AVX2 see some too.
template <class Real>
class InLanes : public ::testing::Test {};
using Widths = ::testing::Types<Twin<double>, Vector<double, 2>, Vector<float, 4>>;
TYPED_TEST_SUITE(InLanes, Widths);

template <class Model, class Real>
void expect_bytes_of_one_lane(const std::vector<std::vector<double>>& points, std::uint32_t replicates) {
  const Code wide = code_in<Model, Real>();
  ASSERT_EQ(wide.lanes, Lanes<Real>::count);
  expect_same_bytes(code_in<Model, Scalar<Real>>(), wide, points, replicates);
}

TYPED_TEST(InLanes, AnchoredPeaceGivesTheBytesOfOneLane) {
  expect_bytes_of_one_lane<AnchoredPeace, TypeParam>(mixed_points(*find_kernel("anchored_peace"), edges()), 5);
}

TYPED_TEST(InLanes, FewerRunsThanLanesLeaveTheOthersIdle) {
  const auto& kernel = *find_kernel("anchored_peace");
  for (std::uint32_t replicates = 0; replicates < 5; ++replicates)
    expect_bytes_of_one_lane<AnchoredPeace, TypeParam>({inputs_of(kernel), random_point(kernel, 1)}, replicates + 1);
}

TEST(Lanes, AnchoredPeaceGivesTheBytesOfOneLane) { expect_bytes_of_one_lane("anchored_peace", edges(), 5); }

TEST(Lanes, GamblersRuinGivesTheBytesOfOneLane) { expect_bytes_of_one_lane("gamblers_ruin", {}, 5); }

TEST(Lanes, WarOfNervesGivesTheBytesOfOneLane) {
  const std::vector<Changes> odd = {{{"change_hazard", 0.1}, {"escalation", 0.02}},
                                    {{"audience_cost_a", 0}, {"audience_cost_d", 0}},
                                    {{"war_cost_a", 0}, {"escalation", 0.02}},
                                    {{"information", 1}, {"prize", 2}, {"durability", 1}},
                                    {{"horizon_months", 1}}};
  expect_bytes_of_one_lane("war_of_nerves", odd, 5);
}

TEST(Lanes, FortsGivesTheBytesOfOneLane) { expect_bytes_of_one_lane("forts", forts_edges(), 3); }

TEST(Lanes, ShiftingPowerGivesTheBytesOfOneLane) {
  expect_bytes_of_one_lane("shifting_power", {{{"change_hazard", 0.2}}, {{"guarantee_a", 0}}}, 5);
}

TEST(Lanes, CrisisOfferGivesTheBytesOfOneLane) {
  const std::vector<Changes> odd = {
      {{"cost_spread", 0}, {"audience_cost_a", 0}, {"audience_cost_d", 0}},
      {{"private_information", 1}, {"audience_cost_a", 0}, {"audience_cost_d", 0}, {"collapse_hazard", 1}},
      {{"divisions", 1}, {"horizon_months", 12000}, {"collapse_hazard", 1e-6}},
      {{"change_hazard", 1}, {"all_or_nothing", 3}},
      {{"horizon_months", 1}},
      {{"initial_position", 0.999}, {"durability", 1}},
      {{"initial_position", 0.001}, {"durability", 2}}};
  expect_bytes_of_one_lane("crisis_offer", odd, 5);
}

TEST(Lanes, ScreeningGivesTheBytesOfOneLane) {
  const Changes bare = {{"audience_cost_a", 0}, {"audience_cost_d", 0}, {"office_stakes", 0}, {"all_or_nothing", 1}};
  const std::vector<Changes> odd = {bare,
                                    {{"deadline_months", 1}},
                                    {{"deadline_months", 60}, {"audience_cost_a", 0}, {"collapse_hazard", 0.01}},
                                    {{"uncertainty", 1}, {"deadline_months", 3}},
                                    {{"change_hazard", 1}},
                                    {{"change_hazard", 0.1}, {"collapse_hazard", 1e-6}, {"discount_rate", 1e-6}},
                                    {{"surplus_spread", 100}, {"durability", 1}},
                                    {{"surplus_spread", 1e-6}, {"horizon_months", 12000}},
                                    {{"office_stakes", 10}, {"durability", 2}}};
  expect_bytes_of_one_lane("screening", odd, 5);
}

TEST(Lanes, RunsOfOneStepGiveTheBytesOfOneLane) { expect_bytes_of_one_lane("stochastic_ishigami", {}, 5); }

/// The edges must really happen in the sample, or the comparison above would prove little.
TEST(Lanes, TheSampleMeetsWarsPeaceBreachesAndVictories) {
  const auto& kernel = *find_kernel("anchored_peace");
  const auto runs = testing::run_points(fastest_code(kernel), mixed_points(kernel, edges(), 120), 5);
  double settled = 0, victories_a = 0, victories_d = 0, ongoing = 0, relapses = 0, principled = 0;
  for (std::size_t i = 0; i < runs.count(); ++i) {
    const double ending = runs.at(i, testing::index_of(kernel.outcomes, "ending"));
    settled += ending == 0;
    victories_a += ending == 1;
    victories_d += ending == 2;
    ongoing += ending == 3;
    relapses += runs.at(i, testing::index_of(kernel.outcomes, "relapsed")) == 1;
    principled += runs.at(i, testing::index_of(kernel.outcomes, "principled")) == 1;
  }
  for (const double seen : {settled, victories_a, victories_d, ongoing, relapses, principled}) EXPECT_GE(seen, 10);
}

}  // namespace
}  // namespace truce
