// Bad studies of several kernels: what all complain of is said once, what one does with its name.
#include <gtest/gtest.h>

#include "tests/sweep/study/rival_kernels.hpp"

namespace truce {
namespace {

using testing::expect_parts;
using testing::lines_in;
using testing::rival_kernels;
using testing::rival_problems;

const std::string both = "[study]\nkernel = north, south\n";
const std::string sobol = both + "[design]\nmethod = sobol\npoints = 8\n";

/// One line that has these parts.
void expect_one(const std::string& text, const std::vector<std::string>& parts,
                const std::vector<std::string>& options = {}) {
  const std::string message = rival_problems(text, options);
  EXPECT_EQ(lines_in(message), 1U) << message;
  expect_parts(message, parts);
}

TEST(RivalErrors, KernelsAreNamedOnceEach) {
  expect_one("[study]\nkernel = north, south, north\n", {"a.ini:2: study.kernel: names north twice (", "delete one"});
  expect_one("[study]\nkernel = north, soth\n",
             {"a.ini:2: study.kernel: 'soth' is not a kernel", "did you mean south?"});
  expect_one("[study]\nkernel = north,\n",
             {"a.ini:2: study.kernel: ", "empty value between its commas", "delete a comma"});
}

TEST(RivalErrors, SectionsAreOfKernelsOfTheStudy) {
  expect_one(
      both + "[inputs.soth]\nshare = 0.1\ncost = 0.1\n",
      {"a.ini:4: inputs.soth.share: 'soth' is no kernel of this study (known: north, south); did you mean south?"});
  expect_one(both, {"option --levers.north2.share: 'north2' is no kernel", "did you mean north?"},
             {"--levers.north2.share=list(0)"});
  expect_one("[study]\nkernel = north\n[inputs.south]\nshare = 0.1\n",
             {"a.ini:4: inputs.south.share: 'south' is no kernel of this study (known: north)"});
  expect_one(both + "[inputs.]\nshare = 0.1\n", {"a.ini:3: [inputs.] is not a section"});
  expect_one(both + "[inputs.south]\nshare = 0.1\nshare = 0.2\n", {"a.ini:5: inputs.south.share: given a second time"});
  EXPECT_EQ(rival_problems(both + "[inputs.south]\nshare = 0.1\n[inputs]\nshare = 0.2\n"), "");
}

TEST(RivalErrors, AnOptionForSomeOfTheKernelsLeavesOutWhatIsOfTheOthersAlone) {
  const std::string own = both + "[inputs]\npace = 1\n[inputs.north]\nshare = 0.1\n[levers.north]\ncost = list(0, 1)\n";
  const std::vector<std::string> south{"--study.kernel=south"};
  EXPECT_EQ(rival_problems(own, south), "");
  expect_one(own + "[inputs.nord]\nshare = 0.1\n", {"a.ini:10: inputs.nord.share: 'nord' is no kernel"}, south);
  expect_one(own, {"option --inputs.north.share: 'north' is no kernel"},
             {"--study.kernel=south", "--inputs.north.share=0.2"});
  // another kernel than those of the file is another study
  expect_one("[study]\nkernel = north\n[inputs]\npace = 1\n", {"a.ini:4: inputs.pace: not an input of south"}, south);
}

TEST(RivalErrors, NamesAreInputsOfSomeKernelAndLeversOfAll) {
  expect_one(both + "[inputs]\npase = 1\n",
             {"a.ini:4: inputs.pase: not an input of north or south (see truce describe KERNEL); did you mean pace?"});
  expect_one(
      both + "[inputs.south]\npace = 1\n",
      {"a.ini:4: inputs.south.pace: not an input of south (see truce describe south); write it in [inputs.north]"});
  expect_one(both + "[levers.south]\npace = list(0, 1)\n",
             {"a.ini:4: levers.south.pace: not an input of south", "; write it in [levers.north]"});
  expect_one(both + "[inputs.south]\nshar = 1\n", {"a.ini:4: inputs.south.shar: not an input", "did you mean share?"});
  expect_one(
      both + "[levers]\npace = list(0, 1)\n",
      {"a.ini:4: levers.pace: not an input of south (policies of [levers] are the same", "write it in [levers.north]"});
  expect_one(both + "[levers]\nall = range\n", {"levers.all: not an input of north or south"});
  EXPECT_EQ(rival_problems(both + "[levers.north]\npace = list(0, 1)\n"), "");
}

TEST(RivalErrors, SayWhichKernelAValueDoesNotSuit) {
  expect_one(sobol + "[inputs]\nshare = uniform(0, 0.8)\n",
             {"a.ini:7: inputs.share: 'uniform(0, 0.8)' is outside the limits of share (accepted: 0 to 0.5",
              "(kernel south), or give a value of its own in [inputs.south]"});
  EXPECT_EQ(rival_problems(sobol + "[inputs]\nshare = uniform(0, 0.8)\n[inputs.south]\nshare = 0.5\n"), "");
  const std::string all = rival_problems(sobol + "[inputs]\nshare = uniform(0, 1\n");
  EXPECT_EQ(lines_in(all), 1U) << all;
  EXPECT_EQ(all.find("south"), std::string::npos) << "both complain: " << all;
  const std::string own = rival_problems(sobol + "[inputs.south]\nshare = 0.8\n");
  expect_parts(own, {"a.ini:7: inputs.south.share: '0.8' is outside the limits"});
  EXPECT_EQ(own.find("of its own"), std::string::npos) << own;
  expect_one(both + "replicates = 16\nprecision_of = depth_reached\nprecision = 1\nreplicates_max = 64\n",
             {"a.ini:4: study.precision_of: 'depth_reached' is no outcome of north",
              "(kernel north), or name an outcome that all kernels have"});
}

TEST(RivalErrors, AnInputIsUncertainOrALeverAlsoOfOneKernel) {
  expect_one(both + "[inputs]\nshare = 0.1\n[levers.south]\nshare = list(0, 0.1)\n",
             {"a.ini:6: levers.south.share: stands in [inputs] too"});
}

TEST(RivalErrors, AGridHasAsManyLevelsInAllKernels) {
  const std::string grid = both + "[design]\nmethod = grid\n";
  expect_one(
      grid + "[inputs]\nshare = list(0, 0.1)\n[inputs.south]\nshare = list(0, 0.1, 0.2)\n",
      {"a.ini:8: inputs.south.share: has 3 levels in south and 2 in north (a grid has the same points", "sobol"});
  EXPECT_EQ(rival_problems(grid + "[inputs]\nshare = list(0, 0.1)\n[inputs.south]\nshare = list(0.3, 0.4)\n"), "");
  expect_one(grid + "points = 2\n[inputs]\nshare = list(0, 0.1)\npace = list(0, 1, 2)\n",
             {"a.ini:5: design.points: '2' contradicts the grid, which has 6 points (3 (pace) * 2 (share))"});
}

TEST(RivalErrors, ListsNameInputsOfSomeKernel) {
  const std::string list = both + "[design]\nmethod = list\nfile = l.csv\n";
  testing::write_file("l.csv", "share,dept\n0.1,1\n");
  expect_one(list,
             {"l.csv:1: dept: not an input of north or south (the header names inputs; see truce describe KERNEL)",
              "did you mean depth?"});
  testing::write_file("l.csv", "share,depth\n0.8,1\n");
  expect_one(list, {"l.csv:2: share: '0.8' is outside the limits", "(kernel south)"});
  testing::write_file("l.csv", "depth,depth\n1,1\n");
  expect_one(list, {"l.csv:1: depth: named by two columns"});
}

TEST(RivalErrors, DimensionsAreStatedForOneKernelAlone) {
  const std::string one =
      "[study]\nkernel = south\n[design]\nmethod = sobol\npoints = 8\n[inputs]\nshare = uniform(0, 0.5)\n"
      "cost = uniform(0, 1)\n";
  EXPECT_EQ(rival_problems(one + "[dimensions]\nshare = 7\n"), "");
  expect_one(sobol + "[dimensions]\nshare = 7\n",
             {"a.ini:7: dimensions.share: is for one kernel of several", "delete it"});
  expect_one(one + "[dimensions]\nshare = 2\n", {"dimensions.cost: '2' is the dimension of another input too"});
  expect_one(one + "[dimensions]\ndepth = 3\n", {"a.ini:10: dimensions.depth: it is not varied", "delete the line"});
  expect_one(one + "[dimensions]\npace = 3\n", {"a.ini:10: dimensions.pace: not an input of south"});
  expect_one(one + "[dimensions]\nshare = 3667\n",
             {"a.ini:10: dimensions.share: '3667' is out of range (accepted: 0 to 3666)"});
  expect_one(one, {"option --design.grid: is only read by method = grid"}, {"--design.grid=2"});
}

TEST(RivalErrors, GridsAreStatedAsTheInputsAre) {
  const std::string one = "[study]\nkernel = south\n[design]\nmethod = grid\n[inputs]\nshare = list(0, 0.5)\n";
  EXPECT_EQ(rival_problems(one, {"--design.grid=3, 2", "--dimensions.share=1"}), "");
  expect_one(one, {"--design.grid: lists 3 levels in dimension 0 (share has 2)"}, {"--design.grid=3, 2"});
  expect_one(one, {"--dimensions.share: '2' is no dimension of the grid"},
             {"--design.grid=3, 2", "--dimensions.share=2"});
  expect_one(one, {"--design.grid", "'0' is out of range"}, {"--design.grid=0"});
  expect_one(one, {"--design.points: '3' contradicts the grid, which has 6 points"},
             {"--design.grid=3, 2", "--dimensions.share=1", "--design.points=3"});
}

TEST(RivalErrors, AFileThatIsAFolderIsNamed) {
  const auto folder = testing::write_file("x", "").parent_path() / "r.south.h5";
  std::filesystem::create_directories(folder);
  expect_parts(rival_problems(both, {"--store.file=" + (folder.parent_path() / "r.h5").string()}),
               {"option --store.file: r.south.h5 is a folder"});
}

TEST(RivalErrors, OnePlanIsNotToBeHad) {
  const auto file = testing::write_file("a.ini", both);
  EXPECT_THROW(load_plan(file, {}, rival_kernels()), Error);
  EXPECT_THROW(plan_from_canonical(both, rival_kernels()), Error);
}

}  // namespace
}  // namespace truce
