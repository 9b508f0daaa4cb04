// What newcomers to saltelli, morris, paired and groups get wrong: the message of each mistake, word for word.
#include <gtest/gtest.h>

#include "tests/sweep/study/rival_kernels.hpp"

namespace truce {
namespace {

using testing::expect_parts;
using testing::problems_of;
using testing::rival_problems;

/// Lines 1 to 5; what follows begins on line 6.
std::string study(const std::string& method) {
  return "[study]\nkernel = toy\n[design]\nmethod = " + method + "\npoints = 8\n";
}

const std::string varied = "[inputs]\nshare = uniform(0, 1)\n";  // lines 6 and 7

TEST(GroupErrors, SayWhatToDo) {
  struct Case {
    const char *method, *groups, *message;
  };
  for (const auto& [method, groups, message] :
       {Case{"sobol", "both = share",
             "a.ini:9: groups.both: groups are only for saltelli and morris (method = sobol would ignore them); delete "
             "[groups]"},
        Case{"saltelli", "both = shar",
             "a.ini:9: groups.both: 'shar' is not an input of toy (see truce describe toy); did you mean share?"},
        Case{"saltelli", "both = share, rate",
             "a.ini:9: groups.both: rate is not varied (only what is varied can move); give it a distribution in "
             "[inputs], or take it out of the group"},
        Case{"morris", "both = share, share",
             "a.ini:9: groups.both: share stands in group both already (an input moves with one group); delete one of "
             "the two"},
        Case{"morris", "both = share\nmore = share",
             "a.ini:10: groups.more: share stands in group both already (an input moves with one group); delete one of "
             "the two"},
        Case{"saltelli", "both = share,",
             "a.ini:9: groups.both: 'share,' has an empty value between its commas (none is assumed); delete a comma"},
        Case{"saltelli", "rate = share",
             "a.ini:9: groups.rate: 'rate' is the name of an input (a group of that name could not be told from it); "
             "give the group another"},
        Case{
            "morris", "base = share",
            "a.ini:9: groups.base: 'base' is the name of the first member (a group of that name could not be told from "
            "it); give the group another"},
        Case{"saltelli", "the shares = share",
             "a.ini:9: groups.the shares: is no name of a group (it names a member in the result); use letters, digits "
             "and _"}})
    EXPECT_EQ(problems_of(study(method) + varied + "[groups]\n" + groups + "\n"), message);
  expect_parts(problems_of("[study]\nkernel = toy\n[groups]\nboth = share\n"),
               {"a.ini:4: groups.both: groups are only for saltelli and morris (method = none"});
}

TEST(MemberErrors, AreNotMadeOfInputsThatCouldNotBeRead) {
  for (const char* input : {"shar = uniform(0, 1)", "share = uniform(0, 7)"}) {
    EXPECT_EQ(testing::lines_in(problems_of(study("morris") + "[inputs]\n" + input + "\n[groups]\nboth = share\n")),
              1U);
    const std::string pair = "[pair]\nmechanism = drifting: off -> on\n";
    EXPECT_EQ(testing::lines_in(problems_of(study("paired") + "[inputs]\n" + input + "\n" + pair)), 1U);
  }
}

TEST(MemberErrors, OfSaltelliSayWhatToDo) {
  EXPECT_EQ(problems_of(study("saltelli")),
            "a.ini:4: design.method: saltelli has nothing to move (no input is varied); give inputs distributions in "
            "[inputs], or write all = range");
  EXPECT_EQ(problems_of(study("saltelli") + "[inputs]\nshare = steps(0, 1, 5)\nrate = uniform(1, 2)\n"),
            "a.ini:7: inputs.share: steps(0, 1, 5) is for grids and levers (a sampled input needs a distribution); use "
            "choice(...), or a continuous distribution");
  EXPECT_EQ(problems_of(study("morris") + "base = sobol\n" + varied),
            "a.ini:6: design.base: is only read by method = paired (it would be ignored); delete the line");
  EXPECT_EQ(
      problems_of(study("salteli") + varied),
      "a.ini:4: design.method: 'salteli' is not a method (known: grid, monte_carlo, latin_hypercube, sobol, list, "
      "saltelli, morris, paired); did you mean saltelli?");
  EXPECT_EQ(
      problems_of(study("saltelli") + varied + "[pair]\nrate = 1 -> 2\n"),
      "a.ini:9: pair.rate: is only read by method = paired (it would be ignored); write method = paired, or delete "
      "[pair]");
  EXPECT_EQ(problems_of("[study]\nkernel = toy\n[design]\nmethod = morris\n" + varied),
            "a.ini: design.points: is missing (morris needs the number of base points); add points = 1024");
  expect_parts(problems_of(study("saltelli") + varied + "[group]\nx = share\n"),
               {"a.ini:8: [group] is not a section", "did you mean groups?"});
  expect_parts(problems_of(study("saltelli") + varied, {"--design.points=4294967297"}),
               {"'4294967297' is out of range (saltelli has 1 to 4294967296 points of 32 bits)"});
  expect_parts(problems_of(study("saltelli") + "declared = 3\n[inputs]\nevery = choice(1, 3)\n"),
               {"a.ini:6: design.declared: '3' is too few (dimension 3 is used, and would be one of B too)"});
}

TEST(MemberErrors, OfPairsSayWhatToDo) {
  struct Case {
    const char *pair, *message;
  };
  for (const auto& [pair, message] :
       {Case{
            "",
            "a.ini:4: design.method: paired needs [pair] (it says what differs between the members); add [pair] with a "
            "line such as INPUT = FROM -> TO or mechanism = NAME: off -> on"},
        Case{"rate = 2",
             "a.ini:9: pair.rate: '2' has no -> (a pair says from what to what); write it like rate = 0 -> 1"},
        Case{"rate = -> 2",
             "a.ini:9: pair.rate: '-> 2' lacks a value beside its -> (none is assumed); write it like rate = 0 -> 1"},
        Case{"rte = 1 -> 2", "a.ini:9: pair.rte: not an input of toy (see truce describe toy); did you mean rate?"},
        Case{"rate = 1 -> 1e9",
             "a.ini:9: pair.rate: '1e9' is outside the limits of rate (accepted: 1e-06 to 1e+06; plausible: 0.01 to "
             "10); stay within them"},
        Case{"count = 2 -> 2.5",
             "a.ini:9: pair.count: 2.5 is not whole (count is an integer input); give a whole number"},
        Case{"mode = 0 -> loud",
             "a.ini:9: pair.mode: '0' is not a choice of mode (known: quiet, loud, none); choose one of these"},
        Case{
            "share = 0 -> 1",
            "a.ini:9: pair.share: stands in [inputs] too (the pair gives the input both its values); delete one of the "
            "two"},
        Case{"mechanism = sharing",
             "a.ini:9: pair.mechanism: 'sharing' has no colon (a mechanism is named, then switched); write it like "
             "mechanism = sharing: off -> on"},
        Case{
            "mechanism = sharng: off -> on",
            "a.ini:9: pair.mechanism: 'sharng' is no mechanism of toy (see truce describe toy); did you mean sharing?"},
        Case{"mechanism = sharing: on -> on",
             "a.ini:9: pair.mechanism: 'on -> on' is not off -> on or on -> off (a mechanism has these two settings); "
             "write it like mechanism = sharing: off -> on"},
        Case{"mechanism = drifting: off -> on",
             "a.ini:9: pair.mechanism: drifting is off in both members (on is how the study has it, and it has drift = "
             "0); give an input of it another value in [inputs]"},
        Case{"mechanism = drifting: off -> on\ndrift = 0 -> 0.5",
             "a.ini:9: pair.mechanism: drift of mechanism drifting has a line of its own (which of the two moves it?); "
             "delete one of the two"},
        Case{"mechanism = sharing: off -> on\n[levers]\ncount = list(2, 3)",
             "a.ini:9: pair.mechanism: switches count, which is a lever (the policies would undo it); take it out of "
             "[levers]"},
        Case{"rate = 1 -> 2\n[levers]\nrate = list(2, 3)",
             "a.ini:9: pair.rate: stands in [levers] too (the pair gives the input both its values); delete one of the "
             "two"}})
    EXPECT_EQ(problems_of(study("paired") + varied + (*pair == '\0' ? "" : "[pair]\n") + pair + "\n"), message);
}

TEST(MemberErrors, OfTheBaseOfAPairSayWhatToDo) {
  const std::string pair = "[pair]\nrate = 1 -> 2\n";
  EXPECT_EQ(
      problems_of(study("paired") + "base = saltelli\n" + varied + pair),
      "a.ini:6: design.base: 'saltelli' is not a design of base points (known: grid, monte_carlo, latin_hypercube, "
      "sobol, list); choose one of these");
  expect_parts(problems_of(study("paired") + "base = grid\n" + varied + pair),
               {"a.ini:8: inputs.share", "no finite levels"});
  expect_parts(problems_of(study("paired") + "base = grid\n[inputs]\nall = range\n" + pair), {"a.ini:8: inputs.all"});
  testing::write_file("l.csv", "share,rate\n0.25,3\n");
  EXPECT_EQ(problems_of("[study]\nkernel = toy\n[design]\nmethod = paired\nbase = list\nfile = l.csv\n" + pair),
            "a.ini:8: pair.rate: is a column of the list too (the two could differ); delete the line or the column");
}

TEST(MemberErrors, OfSeveralKernelsNameTheOneThatIsMeant) {
  const std::string design = "[study]\nkernel = north, south\n[design]\nmethod = paired\npoints = 4\n[pair]\n";
  EXPECT_EQ(rival_problems(design + "pace = 1 -> 2\n"),
            "a.ini:7: pair.pace: not an input (a pair is the same move in every kernel); leave the kernel out, or "
            "move what all have (kernel south)");
  expect_parts(rival_problems(design + "mechanism = sharing: off -> on\n"),
               {"'sharing' is no mechanism of north (see truce describe north); move an input (kernel north)",
                "'sharing' is no mechanism of south (see truce describe south); move an input (kernel south)"});
  expect_parts(rival_problems("[study]\nkernel = north, south\n[design]\nmethod = morris\npoints = 4\ndeclared = 4\n"
                              "[inputs]\nshare = uniform(0, 0.5)\n[groups]\nall_of_it = share, depth\n"),
               {":6: design.declared: is for one kernel of several",
                "depth is not varied (only what is varied can move)", "(kernel south)"});
}

TEST(MemberErrors, CountMembersAndDimensions) {
  const std::vector<std::string> most{"--design.points=4294967296", "--study.replicates=1000000000"};  // below 2^62
  EXPECT_EQ(problems_of(study("sobol") + varied, most), "");
  expect_parts(problems_of(study("saltelli") + varied, most),
               {"4294967296 points * 3 members * 1 policies * 1000000000 replicates are too many runs"});
  std::vector<Kernel> wide{testing::toy_kernels().front()};
  while (wide[0].inputs.size() < 1834) wide[0].inputs.push_back(wide[0].inputs[0]);
  std::vector<std::string> names;
  for (std::size_t i = 7; i < wide[0].inputs.size(); ++i) names.push_back("x" + std::to_string(i));
  for (std::size_t i = 7; i < wide[0].inputs.size(); ++i) wide[0].inputs[i].name = names[i - 7];
  EXPECT_EQ(
      problems_of(study("saltelli") + varied, {}, wide),
      "a.ini:4: design.method: saltelli needs two Sobol' dimensions for each of the 1834 inputs that are declared "
      "(there are 3667); name fewer kernels, or use another method");
  wide[0].inputs.pop_back();
  EXPECT_EQ(problems_of(study("saltelli") + varied, {}, wide), "");
  expect_parts(problems_of(study("morris") + "[inputs]\nall = range\n", {}, wide),
               {"a.ini:4: design.method: morris has 1832 inputs and groups to move (at most 254 members can be told "
                "apart); put inputs into [groups]"});
}

}  // namespace
}  // namespace truce
