// Claims of a study file: which studies they become, and what newcomers get wrong.
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "sweep/study/plan.hpp"
#include "tests/sweep/store/store_fixture.hpp"

namespace truce {
namespace {

std::string head(const std::string& kernels = "anchored_peace, forts, war_of_nerves") {
  return "[study]\nkernel = " + kernels +
         "\nreplicates = 4\n[design]\nmethod = sobol\npoints = 8\n[inputs]\nall = range\nhorizon_months = 60\n" +
         (kernels.find("forts") == std::string::npos ? "" : "[inputs.forts]\ntalks_battles = choice(20, 60)\n");
}
const std::string good =
    "[claim C1]\nsection = all\nmove = autocracy_a = 0 -> 1\noutcome = ending_settlement\nsign = -\n"
    "where = guarantee_a = 0; guarantee_d = 0\n";

std::vector<Plan> plans_of(const std::string& text, const std::vector<std::string>& options = {}) {
  const test::Folder folder;
  std::ofstream(folder / "study.ini") << text;
  return load_plans(folder / "study.ini", options, kernels());
}

/// The message for a study of these claims, the folder cut off.
std::string told(const std::string& claims, const std::string& before = head()) {
  const auto [exit, text] = test::error_of([&] { plans_of(before + claims); });
  EXPECT_EQ(exit, Exit::usage);
  return text.substr(std::min(text.size(), text.find("study.ini")));
}

const PlannedInput& input_of(const Plan& plan, std::string_view name) {
  for (std::size_t i = 0; i < plan.inputs.size(); ++i)
    if (plan.kernel->inputs[i].name == name) return plan.inputs[i];
  throw Error(Exit::internal, "no such input");
}

TEST(Claims, BecomeAPairedStudyForEachRangesAndKernel) {
  const auto plans = plans_of(head() + good);
  std::vector<std::string> files;
  for (const Plan& plan : plans) files.push_back(plan.file);
  EXPECT_EQ(files, (std::vector<std::string>{"study.C1.anchored_peace.h5", "study.C1.forts.h5",
                                             "study.C1.war_of_nerves.h5", "study.C1.inner.anchored_peace.h5",
                                             "study.C1.inner.forts.h5", "study.C1.inner.war_of_nerves.h5"}));
  for (const Plan& plan : plans) {
    ASSERT_TRUE(plan.claim && plan.pair);
    EXPECT_EQ(plan.method, Method::paired);
    EXPECT_EQ(plan.placement, Method::sobol);
    EXPECT_EQ(plan.claim->sign, -1);
    EXPECT_EQ(input_of(plan, "guarantee_a").value, 0);
    EXPECT_EQ(input_of(plan, "guarantee_a").role, PlannedInput::Role::constant);
    EXPECT_EQ(input_of(plan, "horizon_months").value, 60);
  }
}

TEST(Claims, InnerRangesAreTheMiddleHalves) {
  const auto plans = plans_of(head("forts") + good);
  ASSERT_EQ(plans.size(), 2u);
  EXPECT_EQ(input_of(plans[0], "cynicism").marginal.text, "uniform(0, 1)");
  EXPECT_EQ(input_of(plans[1], "cynicism").marginal.text, "uniform(0.25, 0.75)");
  EXPECT_EQ(input_of(plans[1], "fort_count").marginal.text, "integer(15, 25)");
  EXPECT_EQ(input_of(plans[1], "talks_battles").marginal.text, input_of(plans[0], "talks_battles").marginal.text);
  EXPECT_EQ(input_of(plans[1], "durability").marginal.text, input_of(plans[0], "durability").marginal.text);
  EXPECT_NE(plans[0].study_id, plans[1].study_id);
}

TEST(Claims, AResultTellsItsClaimByItself) {
  for (const Plan& plan :
       plans_of(head() + good + "by_construction = forts\nshared = patron, holds\nextension = a, b\n")) {
    const Plan again = plan_from_canonical(plan.canonical, kernels());
    ASSERT_TRUE(again.claim);
    EXPECT_EQ(again.claim->name, "C1");
    EXPECT_EQ(again.claim->outcome, "ending_settlement");
    EXPECT_EQ(again.claim->sign, -1);
    EXPECT_EQ(again.claim->ranges, plan.claim->ranges);
    EXPECT_EQ(again.claim->where, "guarantee_a = 0; guarantee_d = 0");
    EXPECT_TRUE(again.claim->by_construction("forts"));
    EXPECT_FALSE(again.claim->by_construction("anchored_peace"));
    EXPECT_EQ(again.claim->shared, "patron, holds");
    EXPECT_EQ(again.claim->extension, "a, b");
    EXPECT_EQ(again.study_id, plan.study_id);
  }
}

TEST(Claims, AnotherSignIsAnotherStudy) {
  std::string other = good;
  other.replace(other.find("sign = -"), 8, "sign = +");
  EXPECT_NE(plans_of(head() + good).front().study_id, plans_of(head() + other).front().study_id);
}

TEST(Claims, KernelsWithoutTheMechanismAreNamedAndNotDropped) {
  const auto plans =
      plans_of(head() + "[claim C7]\nmove = mechanism = momentum: off -> on\noutcome = war_months\nsign = -\n",
               {"--claims.ranges=full"});
  ASSERT_EQ(plans.size(), 2u);
  for (const Plan& plan : plans) EXPECT_EQ(plan.claim->absent, "war_of_nerves: no mechanism momentum");
}

TEST(Claims, AKernelMayHaveAMoveOfItsOwnAndAClaimKernelsOfItsOwn) {
  const auto plans = plans_of(head() +
                                  "[claim C9]\nkernels = anchored_peace, forts\nmove = all_or_nothing = 1 -> "
                                  "2\noutcome = war_months\nsign = -\n"
                                  "[claim C9.anchored_peace]\nmove = indivisibility = 1 -> 8\n",
                              {"--claims.ranges=full"});
  ASSERT_EQ(plans.size(), 2u);
  EXPECT_EQ(plans[0].claim->absent, "war_of_nerves: not asked");
  const auto moved = [](const Plan& plan) { return plan.kernel->inputs[plan.pair->moves.front().input].name; };
  EXPECT_EQ(moved(plans[0]), "indivisibility");
  EXPECT_EQ(moved(plans[1]), "all_or_nothing");
}

TEST(Claims, UnderMakesTwoPoliciesAndNoneALevel) {
  const std::string more = "outcome = fighting_on_d\nsign = +\n";
  const auto plans = plans_of(head("anchored_peace") +
                                  "[claim A]\nmove = autocracy_a = 0 -> 1\nunder = balance_drift = 0 -> "
                                  "0.003\n" +
                                  more + "[claim B]\nmove = none\n" + more,
                              {"--claims.ranges=full"});
  ASSERT_EQ(plans.size(), 2u);
  EXPECT_EQ(plans[0].levers.front().values, (std::vector<double>{0, 0.003}));
  EXPECT_EQ(plans[0].members, 2);
  EXPECT_EQ(plans[1].members, 1);
  EXPECT_EQ(plans[1].method, Method::sobol);
}

TEST(Claims, SomeAloneCanBeRun) {
  const std::string two = head() + good + "[claim C2]\nmove = none\noutcome = war_months\nsign = +\n";
  EXPECT_EQ(plans_of(two, {"--claims.only=C2", "--claims.ranges=inner"}).size(), 3u);
  EXPECT_EQ(plans_of(two).size(), 12u);
}

TEST(Claims, TheShippedStudyHasTwelveOfThem) {
  const auto plans = load_plans(TRUCE_SOURCE_DIR "/configs/claims.ini", {}, kernels());
  std::set<std::string> claims, files;
  for (const Plan& plan : plans) {
    claims.insert(plan.claim->name);
    files.insert(plan.file);
  }
  EXPECT_EQ(claims.size(), 12u);
  EXPECT_EQ(files.size(), plans.size());
  EXPECT_EQ(plans.size(), 2u * (9 * 6 + 2 + 5 + 1));
  std::set<std::string> extensions, shared;
  for (const Plan& plan : plans) {
    if (!plan.claim->extension.empty()) extensions.insert(plan.claim->name);
    if (!plan.claim->shared.empty()) shared.insert(plan.claim->name);
  }
  EXPECT_EQ(extensions, (std::set<std::string>{"C4", "C5", "C10", "C11", "C12"}));
  EXPECT_EQ(shared, (std::set<std::string>{"C2", "C3", "C4", "C5", "C8", "C10", "C11"}));
  EXPECT_EQ(load_plans(TRUCE_SOURCE_DIR "/configs/claims.ini", {"--study.kernel=forts"}, kernels()).size(), 2u * 11);
}

TEST(ClaimMistakes, AreNamedWithLineKeyAndRemedy) {
  const auto has = [](const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  };
  const std::string outcome = "outcome = ending_settlement\n", sign = "sign = -\n",
                    move = "move = autocracy_a = 0 -> 1\n";
  has(told("[claim C1]\n" + move + outcome), "study.ini:12: claim C1.sign: is missing (none is assumed); add sign = +");
  has(told("[claim C1]\n" + outcome + sign), "claim C1.move: is missing (a claim says what is moved)");
  has(told("[claim C1]\n" + move + sign), "claim C1.outcome: is missing");
  has(told("[claim C1]\n" + move + outcome + "sign = down\n"), "study.ini:15: claim C1.sign: 'down' is no sign");
  has(told("[claim C1]\nmove = autocracy = 0 -> 1\n" + outcome + sign),
      "study.ini:13: claim C1.move: 'autocracy' is no input of");
  has(told("[claim C1]\nmove = autocracy = 0 -> 1\n" + outcome + sign), "did you mean autocracy_");
  has(told("[claim C1]\nmove = autocracy_a = 1\n" + outcome + sign), "claim C1.move: '1' has no ->");
  has(told("[claim C1]\nmove = autocracy_a = 0 -> 2\n" + outcome + sign), "study.ini:13: claim C1.move: '2'");
  has(told("[claim C1]\nmove = autocracy_a\n" + outcome + sign), "'autocracy_a' is no setting");
  has(told("[claim C1]\nmove = mechanism = momentun: off -> on\n" + outcome + sign), "did you mean momentum?");
  has(told("[claim C1]\n" + move + "outcome = settlement\n" + sign), "claim C1.outcome: 'settlement' is no outcome of");
  has(told("[claim C1]\n" + move + outcome + sign + "when = guarantee_a = 0\n"),
      "claim C1.when: not a key of [claim C1]");
  has(told("[claim C1]\n" + move + outcome + sign + "where = guarantee = 0\n"),
      "study.ini:16: claim C1.where: 'guarantee' is no input of");
  has(told(good + "shared = patron,, holds\n"), "study.ini:18: claim C1.shared: 'patron,, holds' has an empty value");
  has(told(good + "by_construction = ,\n"), "study.ini:18: claim C1.by_construction: ',' has an empty value");
  has(told("[claim C 1]\n" + move + outcome + sign), "'C 1' is no name of a claim");
  has(told("[claim C1]\n" + move + outcome + sign + "kernels = screening\n"), "'screening' is no kernel of this study");
  has(told("[claim C1]\n" + move + outcome + sign + "under = balance_drift = 0.003\n"), "has no two settings");
  has(told(good + "[levers]\nguarantee_a = list(0, 1)\n"), "a study with claims has no levers");
  has(told(good + "[pair]\nguarantee_a = 0 -> 1\n"), "a study with claims has no [pair]");
  has(told(good + "[store]\nrows = run\n"), "store.rows: a claim is judged by the differences");
  has(told("[claims]\nranges = full\n"), "the study has no claim");
  has(told(good + "[claims]\nranges = outer\n"), "'outer' is not a part of the ranges");
  has(told(good + "[claims]\nonly = C3\n"), "'C3' is no claim of this study");
}

TEST(ClaimMistakes, ASectionWithoutKeysIsAClaimThatLacksAll) {
  const std::string text = told(good + "[claim C2]\n");
  for (const char* key : {"move", "outcome", "sign"})
    EXPECT_NE(text.find("study.ini:18: claim C2." + std::string(key) + ": is missing ("), std::string::npos) << text;
  EXPECT_NE(told("[claim]\nsign = +\n")
                .find("study.ini:12: [claim] has no name (each such section has one); write it "
                      "like [claim C1]"),
            std::string::npos);
}

TEST(ClaimMistakes, KernelsThatTheStudyHasNotAreToldWithTheNearest) {
  const auto expect_one = [](const std::string& claims, const std::string& line) { EXPECT_EQ(told(claims), line); };
  const std::string known = "is no kernel of this study (known: anchored_peace, forts, war_of_nerves)";
  expect_one(good + "[claim C1.anchored_pece]\nmove = indivisibility = 1 -> 8\nwhere = cynicism = 0\n",
             "study.ini:19: claim C1.anchored_pece.move: 'anchored_pece' " + known + "; did you mean anchored_peace?");
  expect_one(good + "by_construction = forts, fort\n",
             "study.ini:18: claim C1.by_construction: 'fort' " + known + "; did you mean forts?");
  expect_one(good + "title = x\nkernels = fort\n",
             "study.ini:19: claim C1.kernels: 'fort' " + known + "; did you mean forts?");
  expect_one(good + "kernels = forts,\n",
             "study.ini:18: claim C1.kernels: 'forts,' has an empty value between its "
             "commas (none is assumed); delete a comma");
}

TEST(ClaimMistakes, AreToldInTheClaimAndOnce) {
  const std::string rest = "outcome = ending_settlement\nsign = -\n", move = "move = autocracy_a = 0 -> 1\n";
  const auto expect_one = [&](const std::string& claim, const std::string& line) {
    EXPECT_EQ(told("[claim X]\n" + claim, head("forts")), line);
  };
  const std::string both = " (which gives it both its values); delete one of the two";
  expect_one(move + rest + "where = autocracy_a = 0\n",
             "study.ini:16: claim X.where: autocracy_a stands in move too" + both);
  expect_one(move + rest + "under = autocracy_a = 0 -> 0.5\n",
             "study.ini:16: claim X.under: autocracy_a stands in move too" + both);
  expect_one(move + rest + "under = cynicism = 0 -> 1\nwhere = cynicism = 0\n",
             "study.ini:17: claim X.where: cynicism stands in under too" + both);
  expect_one(move + rest + "where = cynicism = 0; cynicism = 1\n",
             "study.ini:16: claim X.where: cynicism is set twice (which of the two?); delete one of them");
  const std::string same = " goes from a value to the same value (there would be nothing to compare); write two values";
  expect_one("move = autocracy_a = 1 -> 1.0\n" + rest, "study.ini:13: claim X.move: autocracy_a" + same);
  expect_one(move + rest + "under = cynicism = 1 -> 1\n", "study.ini:16: claim X.under: cynicism" + same);
  expect_one(move + "sign = -\n",
             "study.ini:12: claim X.outcome: is missing (a claim is about one); add outcome = ending_settlement");
}

TEST(ClaimMistakes, AnOutcomeThatIsStoredUnderOtherNamesIsToldThem) {
  const std::string start = "[claim X]\nmove = none\nsign = +\noutcome = ";
  EXPECT_EQ(told(start + "ending\n")
                .find("study.ini:15: claim X.outcome: 'ending' is stored as a share of each of its "
                      "results; name one of ending_settlement, "),
            0u);
  EXPECT_EQ(told(start + "war_survival\n"),
            "study.ini:15: claim X.outcome: 'war_survival' is a curve over months (one "
            "number is needed here); name war_months, the time that it is of");
}

TEST(Claims, AStudyOfSomeOfItsKernelsPassesOverWhatIsOfTheOthers) {
  const std::string text = head() + good + "by_construction = war_of_nerves\n[claim C1.anchored_peace]\n" +
                           "move = autocracy_d = 0 -> 1\n[claim C2]\nmove = none\noutcome = fighting_on_d\nsign = +\n";
  EXPECT_EQ(plans_of(text).size(), 2u * (3 + 1));
  EXPECT_EQ(plans_of(text, {"--study.kernel=war_of_nerves"}).size(), 2u);  // no fighting_on_d, no talks_battles
  const auto refused = [&](const std::string& changed, const std::string& kernel) {
    return test::error_of([&] { plans_of(changed, {"--study.kernel=" + kernel}); }).second;
  };
  std::string wrong = text;
  wrong.replace(wrong.find("fighting_on_d"), 13, "fighting_on_e");
  EXPECT_NE(refused(wrong, "war_of_nerves").find("'fighting_on_e' is no outcome of"), std::string::npos);
  EXPECT_NE(refused(text, "screening").find("'forts' is no kernel of this study (known: screening)"),
            std::string::npos);
  wrong.erase(wrong.find("[claim C1]"), wrong.find("[claim C2]") - wrong.find("[claim C1]"));
  wrong.replace(wrong.find("fighting_on_e"), 13, "fighting_on_d");
  EXPECT_NE(refused(wrong, "war_of_nerves").find("option --study.kernel: no claim is left"), std::string::npos);
}

TEST(Claims, TooFewReplicatesForAVerdictAreNoted) {
  const auto notes = [](const std::string& replicates) {
    return plans_of(head("forts") + good, {"--study.replicates=" + replicates}).front().notes;
  };
  ASSERT_EQ(notes("9").size(), 1u);
  EXPECT_EQ(notes("9").front(),
            "study.replicates: 9 leaves every point of a claim undecided (a verdict needs 10 runs); "
            "write that many or more");
  EXPECT_TRUE(notes("10").empty());
}

TEST(ClaimMistakes, OfInputsAreToldOnce) {
  const std::string text = told(good + "[claim C2]\nmove = none\noutcome = war_months\nsign = +\n",
                                "[study]\nkernel = forts\n[design]\nmethod = sobol\npoints = 8\n[inputs]\ncynicism = "
                                "uniform(1, 0)\n");
  EXPECT_EQ(text.find("cynicism"), text.rfind("inputs.cynicism") + 7) << text;
}

}  // namespace
}  // namespace truce
