// Bad studies: each fault names place, reason and remedy, and all of them come at once.
#include <gtest/gtest.h>

#include "tests/sweep/study/study_kernel.hpp"

namespace truce {
namespace {

using testing::expect_parts;
using testing::lines_in;
using testing::problems_of;

const std::string base = "[study]\nkernel = toy\n";
const std::string sobol = base + "[design]\nmethod = sobol\npoints = 8\n";

TEST(StudyErrors, AreAllReportedAtOnce) {
  const std::string message = problems_of(
      "[study]\nkernel = toi\nseeed = 1\nreplicates = 0\n[design]\nmethod = sobl\npoints = -5\n[store]\nrows = pont\n"
      "block = nan\n[desing]\nx = 1\n");
  expect_parts(message, {"a.ini:2: study.kernel: 'toi' is not a kernel (see truce kernels); did you mean toy?",
                         "a.ini:3: study.seeed: not a key of [study]", "did you mean seed?",
                         "a.ini:4: study.replicates: '0' is out of range (accepted: 1 to 1000000000)",
                         "a.ini:6: design.method: 'sobl' is not a method", "did you mean sobol?",
                         "a.ini:7: design.points: '-5' is out of range (accepted: 1 to 1099511627776)",
                         "a.ini:9: store.rows: 'pont' is not a kind of rows", "did you mean point?",
                         "a.ini:10: store.block: 'nan' is not a whole number (accepted: 1 to 1000000000)",
                         "range, or auto", "a.ini:11: [desing] is not a section", "did you mean design?"});
  EXPECT_EQ(lines_in(message), 8U);
}

TEST(StudyErrors, NumbersAreReadStrictly) {
  struct Case {
    const char *value, *reason;
  };
  for (const auto& [value, reason] :
       {Case{"0", "out of range"}, Case{"1e400", "out of range (accepted: 1 to 1099511627776)"},
        Case{"nan", "not a whole number (accepted: 1 to 1099511627776)"}, Case{"inf", "not a whole number"},
        Case{"0x10", "not a whole number"}, Case{"12abc", "not a whole number"}, Case{"1.5", "not whole"},
        Case{"1e30", "out of range"}, Case{"99999999999999999999", "out of range"},
        Case{"- 5", "not a whole number"}}) {
    expect_parts(problems_of(base + "[design]\nmethod = sobol\npoints = " + value + "\n"),
                 {"a.ini:5: design.points", reason});
  }
  expect_parts(problems_of(base + "seed = -1\n"), {"'-1' is out of range (accepted: 0 to 18446744073709551615)"});
  expect_parts(problems_of(base + "seed = nan\n"),
               {"'nan' is not a whole number (accepted: 0 to 18446744073709551615)"});
  expect_parts(problems_of(base + "[inputs]\nshare = nan\n"), {"'nan' is not finite"});
  expect_parts(problems_of(base + "[inputs]\nshare = 1e400\n"), {"does not fit into a double"});
  expect_parts(problems_of(base + "[inputs]\nshare = 0.5x\n"), {"a.ini:4: inputs.share: '0.5x' is not a number"});
}

std::size_t times(const std::string& word, const std::string& message) {
  std::size_t count = 0;
  for (auto at = message.find(word); at != std::string::npos; at = message.find(word, at + 1)) ++count;
  return count;
}

TEST(StudyErrors, NameTheKnownWordsOnce) {
  for (const char* method : {"sobl", "xyzzy"}) {
    EXPECT_EQ(times("latin_hypercube", problems_of(base + "[design]\npoints = 8\nmethod = " + method + "\n")), 1U);
  }
  EXPECT_EQ(times("common_random_numbers", problems_of(base + "xyzzy = 1\n")), 1U);
  EXPECT_EQ(times("store", problems_of(base + "[xyzzy]\n")), 1U);
}

TEST(StudyErrors, StandInTheOrderOfTheLines) {
  const std::string message =
      problems_of("[study]\nkernel = toy\n[inputs]\nshare = 7\n[design]\nmethod = sobl\npoints = 0\n[store]\n= 3\n",
                  {"--inputs.rate=-1"});
  const std::vector<std::string> places{"a.ini:4:", "a.ini:6:", "a.ini:7:", "a.ini:9:", "option --inputs.rate"};
  for (std::size_t i = 0; i + 1 < places.size(); ++i) {
    EXPECT_LT(message.find(places[i]), message.find(places[i + 1])) << message;
  }
  EXPECT_NE(message.find(places.back()), std::string::npos);
}

TEST(StudyErrors, OfABadGridInputSayNothingAboutTheNumberOfPoints) {
  for (const char* value : {"share = list(0, 7)", "shaer = list(0, 1)", "share = uniform(0, 1)"}) {
    const std::string message = problems_of(base + "[design]\nmethod = grid\npoints = 2\n[inputs]\n" + value + "\n");
    EXPECT_EQ(lines_in(message), 1U) << message;
    expect_parts(message, {"a.ini:7: inputs."});
  }
}

TEST(StudyErrors, OptionsWithoutANameAreUnknown) {
  for (const char* word : {"--", "---", "--=1"}) expect_parts(problems_of(base, {word}), {"option --: not a key"});
}

TEST(StudyErrors, OptionsMustBeTextAsLinesMust) {
  expect_parts(problems_of(base, {"--study.title=a\xff"}), {"option --study.title: is not UTF-8"});
  expect_parts(problems_of(base, {"--study.title=a\nseed = 9"}), {"option --study.title: holds a control character"});
  expect_parts(problems_of(base, {"--study.\x1b=1"}), {"an option: holds a control character"});
  EXPECT_EQ(problems_of(base, {"--study.title=\xc3\xa9"}), "");
}

TEST(StudyErrors, NameTheOption) {
  const std::string message = problems_of(
      base, {"--inputs.shar=0.5", "--study.seeds=1", "--inputs.rate=1e9", "word", "--study.seed", "--design.points="});
  expect_parts(message,
               {"option --inputs.shar: not an input of toy", "did you mean share?",
                "option --study.seeds: not a key of a study", "did you mean study.seed?", "option --inputs.rate",
                "option --study.seed: has no value", "option --design.points: has no value"});
  expect_parts(problems_of(base, {"--study.seed=1", "--study.seed=2"}), {"option --study.seed: given a second time"});
}

TEST(StudyErrors, ValuesMustLieWithinTheLimits) {
  expect_parts(
      problems_of(base + "[inputs]\ndrift = 2\n"),
      {"a.ini:4: inputs.drift: '2' is outside the limits of drift (accepted: -1 to 1 1/month; plausible: -0.01"});
  for (const char* value :
       {"share = uniform(0, 2)", "drift = truncated_normal(0, 1, -3, 1)", "share = beta(2, 2, 0, 3)",
        "drift = triangular(-2, 0, 1)", "count = integer(-1, 3)", "count = choice(1, -2)", "share = -0.1"}) {
    expect_parts(problems_of(sobol + "[inputs]\n" + value + "\n"), {"a.ini:7: inputs.", "outside the limits"});
  }
}

TEST(StudyErrors, DistributionsAreChecked) {
  struct Case {
    const char *value, *reason;
  };
  for (const auto& [value, reason] : {Case{"share = uniform(1, 0)", "reversed or empty range"},
                                      Case{"share = uniform(1, 1)", "reversed or empty range"},
                                      Case{"share = uniform(1)", "signature: uniform(lo, hi)"},
                                      Case{"share = unifrm(0, 1)", "did you mean uniform?"},
                                      Case{"drift = normal(0, 0)", "sd <= 0"},
                                      Case{"drift = normal(0, -1)", "sd <= 0"},
                                      Case{"drift = normal(50, 1)", "of its mass within -1 to 1"},
                                      Case{"drift = truncated_normal(0, 1)", "signature: truncated_normal(mean"},
                                      Case{"share = beta(0, 1)", "shape out of range"},
                                      Case{"share = beta(1, 2, 0)", "signature: beta(p, q)"},
                                      Case{"share = triangular(0, 2, 1)", "mode outside"},
                                      Case{"drift = loguniform(0, 1)", "does not begin above 0"},
                                      Case{"count = integer(3, 2)", "reversed or empty range"},
                                      Case{"count = choice(1, 2.5)", "not whole"},
                                      Case{"count = uniform(1, 2)", "use integer(lo, hi)"},
                                      Case{"share = integer(0, 1)", "needs an integer input"},
                                      Case{"mode = choice(quiet, lout)", "did you mean loud?"},
                                      Case{"mode = 1", "not a choice of mode"},
                                      Case{"share = list(0, 1)", "use choice(...)"},
                                      Case{"share = steps(0, 1, 1)", "accepted: whole, 2 to 100000"},
                                      Case{"share = uniform(0, 1", "parentheses do not match"},
                                      Case{"share = uniform(0,,1)", "empty value between its commas"},
                                      Case{"share = (0, 1)", "no distribution before"},
                                      Case{"all = yes", "write all = range"}}) {
    const std::string message = problems_of(sobol + "[inputs]\n" + value + "\n");
    expect_parts(message, {"a.ini:7: inputs.", reason});
    EXPECT_EQ(lines_in(message), 1U) << message;
  }
}

TEST(StudyErrors, LeversAreListsOfDistinctValuesOfInputsNotNamedElsewhere) {
  expect_parts(problems_of(base + "[inputs]\nshare = 0.1\n[levers]\nshare = list(0, 1)\n"),
               {"a.ini:6: levers.share: stands in [inputs] too"});
  expect_parts(problems_of(base + "[levers]\nshare = list(0, 0.0)\n"), {"names 0 twice"});
  expect_parts(problems_of(base + "[levers]\nshare = 0.3\n"), {"write list(0.3)"});
  expect_parts(problems_of(base + "[levers]\nshare = uniform(0, 1)\n"), {"is not a list"});
  expect_parts(problems_of(base + "[levers]\nall = range\n"), {"levers.all: not an input"});
}

TEST(StudyErrors, MethodsSayWhatTheyNeed) {
  expect_parts(problems_of(base + "[inputs]\nshare = uniform(0, 1)\n"), {"a.ini: design.method: is missing", "sobol"});
  expect_parts(problems_of(base + "[design]\npoints = 4\n"), {"design.method: is missing (points = 4"});
  expect_parts(problems_of(base + "[design]\nmethod = monte_carlo\n"), {"design.points: is missing"});
  expect_parts(problems_of(base + "[design]\nmethod = sobol\npoints = 8589934592\n"), {"sobol has 1 to 4294967296"});
  expect_parts(problems_of(base + "[design]\nmethod = grid\n[inputs]\nshare = uniform(0, 1)\n"), {"no finite levels"});
  expect_parts(problems_of(base + "[design]\nmethod = grid\n[inputs]\nall = range\n"), {"no finite levels"});
  expect_parts(problems_of(base + "[design]\nmethod = grid\npoints = 3\n[inputs]\nshare = list(0, 1)\n"),
               {"a.ini:5: design.points: '3' contradicts the grid, which has 2 points (2 (share))"});
  expect_parts(problems_of("[study]\ntitle = x\n"), {"a.ini: study.kernel: is missing (no model is assumed)"});
}

TEST(StudyErrors, SizesThatCannotBeNumberedAreSpelledOut) {
  expect_parts(problems_of(base + "[design]\nmethod = grid\n[inputs]\nshare = steps(0, 1, 1e5)\n"
                                  "drift = steps(0, 1, 1e5)\nrate = steps(1, 2, 1e5)\ncount = integer(1, 1e5)\n"),
               {"100000 (share) * 100000 (drift) * 100000 (rate) * 100000 (count)", "2^40"});
  expect_parts(problems_of(base + "[levers]\nshare = steps(0, 1, 1e5)\ndrift = steps(0, 1, 100)\n"),
               {"100000 * 100 policies (at most 100000"});
  EXPECT_EQ(problems_of(base + "[levers]\nshare = steps(0, 1, 1e5)\n"), "");
  expect_parts(problems_of(base + "[levers]\nshare = steps(0, 1, 50001)\ndrift = list(0, 1)\n"),
               {"50001 * 2 policies"});
  expect_parts(problems_of(base + "replicates = 1e9\n[design]\nmethod = monte_carlo\npoints = 1e12\n"), {"2^62"});
}

TEST(StudyErrors, ListFilesAreReportedByTheirOwnLines) {
  const std::string list = base + "[design]\nmethod = list\nfile = l.csv\n";
  testing::write_file("l.csv", "share,count\n0.5,2\n0.5\n0.5,x\n2,3\n\n0.1,2.5\n");
  const std::string message = problems_of(list);
  expect_parts(message,
               {"l.csv:3: has 1 values (the header names 2 inputs)", "l.csv:4: count: 'x' is not a number",
                "l.csv:5: share: '2' is outside the limits", "l.csv:6: is empty", "l.csv:7: count: 2.5 is not whole"});
  EXPECT_EQ(lines_in(message), 5U) << message;
  testing::write_file("l.csv", "share,coun,share\n1,1,1\n");
  expect_parts(problems_of(list),
               {"l.csv:1: coun: not an input of toy", "did you mean count?", "named by two columns"});
  testing::write_file("l.csv", "");
  expect_parts(problems_of(list), {"l.csv: is empty"});
  testing::write_file("l.csv", "share\n");
  expect_parts(problems_of(list), {"l.csv: has no row"});
  testing::write_file("l.csv", "share\n0.5\n0.6\n");
  expect_parts(problems_of(list + "points = 3\n"), {"design.points: '3' contradicts the list, which has 2 rows"});
  expect_parts(problems_of(list + "[inputs]\nshare = 0.5\n"), {"a.ini:7: inputs.share: is a column of the list too"});
  expect_parts(problems_of(list + "[levers]\nshare = list(0)\n"),
               {"a.ini:7: levers.share: is a column of the list too"});
  expect_parts(problems_of(list + "[inputs]\nrate = uniform(1, 2)\n"), {"a.ini:7: inputs.rate", "its file"});
  expect_parts(problems_of(base + "[design]\nmethod = list\n"), {"design.file: is missing"});
  expect_parts(problems_of(base + "[design]\nmethod = list\nfile = none.csv\n"),
               {"none.csv: cannot be read (no such file)"});
  expect_parts(problems_of(base + "[design]\nmethod = sobol\npoints = 2\nfile = l.csv\n"),
               {"only read by method = list"});
}

TEST(StudyErrors, OfListFilesSayWhatASpreadsheetDid) {
  const std::string list = base + "[design]\nmethod = list\nfile = l.csv\n";
  struct Case {
    const char *text, *reason;
  };
  for (const auto& [text, reason] : {Case{"share;count\n0,5;2\n", "l.csv:1: is separated by semicolons"},
                                     Case{"share\tcount\n0.5\t2\n", "l.csv:1: is separated by tabs"},
                                     Case{"share,count,\n0.5,2,\n", "l.csv:1: column 3: has no name"},
                                     Case{"share,count\n0.5,2,\n", "l.csv:2: ends with a comma"},
                                     Case{"share,count\n0.5,\n", "l.csv:2: count: has no value"},
                                     Case{"share,count\r0.5,2\r", "l.csv: ends its lines with CR alone"}}) {
    testing::write_file("l.csv", text);
    const std::string message = problems_of(list);
    expect_parts(message, {reason});
    EXPECT_EQ(lines_in(message), 1U) << message;
  }
  testing::write_file("l.csv", "\xef\xbb\xbfshare,count\r\n0.5,2\r\n");
  EXPECT_EQ(problems_of(list), "");
}

TEST(StudyErrors, QuantilesOfSingleRunsAreRefusedWithTheReason) {
  const std::string message = problems_of("[study]\nkernel = toy\n[store]\nrows = run\nquantiles = yes\n");
  expect_parts(message, {"a.ini:5: store.quantiles: needs rows = point (", "delete the line or use rows = point"});
  EXPECT_EQ(problems_of("[study]\nkernel = toy\n[store]\nrows = run\nquantiles = no\n"), "");
}

TEST(StudyErrors, AMissingStudyFileIsNamed) {
  const auto file = testing::write_file("a.ini", "").parent_path() / "none.ini";
  try {
    load_plan(file, {}, testing::toy_kernels());
    FAIL();
  } catch (const Error& error) {
    expect_parts(error.what(), {"none.ini: cannot be read (no such file); check the path"});
  }
}

}  // namespace
}  // namespace truce
