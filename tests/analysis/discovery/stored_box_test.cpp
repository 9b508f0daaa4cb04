// Boxes come back from an analysis file as they went in, at their own place among all.
#include "analysis/discovery/stored_box.hpp"

#include <cmath>

#include "analysis/answers/answers.hpp"
#include "tests/analysis/made_result.hpp"

namespace truce::analysis {
namespace {

/// One box, the second of outcome `b` where it is lower, at policy 1: of a real, a whole number and a choice.
struct Stored {
  Stored()
      : study(
            "[study]\nkernel = crisis_offer\n[design]\nmethod = sobol\npoints = 4\n[inputs]\ncynicism = uniform(0, 1)\n"
            "divisions = integer(2, 9)\ndurability = choice(band, hazard, enforcement)\n[levers]\nguarantee_a = "
            "list(0, "
            "0.3)\n[store]\n"),
        file(study.folder() / "study.analysis.h5") {
    AnswerTable table{"prim_limits",
                      "",
                      {{"outcome", {"a", "b"}, ""},
                       {"policy", {"p", "q"}, ""},
                       {"goal", {"higher", "lower"}, ""},
                       {"box", {"1", "2"}, ""},
                       {"box_input", {"durability", "cynicism", "divisions"}, ""}},
                      {}};
    const std::size_t at = (((1 * 2 + 1) * 2 + 1) * 2 + 1) * 3;
    const std::vector<std::vector<double>> values{{0, 0.25, 3}, {2, 1, 6}, {5, std::nan(""), std::nan("")}};
    for (std::size_t a = 0; a < values.size(); ++a) {
      auto& into = table.add(std::vector<std::string>{"prim_low", "prim_high", "prim_choices"}[a], "", "");
      for (std::size_t i = 0; i < 3; ++i) into[at + i] = values[a][i];
    }
    AnswerTable boxes{"prim", "", {table.axes.begin(), table.axes.end() - 1}, {}};
    boxes.add("prim_p_new", "1", "")[((1 * 2 + 1) * 2 + 1) * 2] = 0.04;  // stands with the first of them
    write_answers(file, {boxes, table}, {});
  }
  std::vector<std::string> lines(const StoredCase& which) const {
    Result analysis(file, analysis_file_type);
    return box_lines(study.plan, stored_box(analysis, study.plan, which));
  }
  std::string refusal(const StoredCase& which) const {
    return test::error_of([&] { lines(which); }).second;
  }

  test::Study study;
  std::filesystem::path file;
};

TEST(StoredBox, ComesBackAsLinesOfAStudy) {
  const Stored stored;
  std::vector<std::string> lines = stored.lines({"b", "lower", 1, 2});
  std::ranges::sort(lines);
  EXPECT_EQ(lines, (std::vector<std::string>{"cynicism = uniform(0.25, 1)", "divisions = integer(3, 6)",
                                             "durability = choice(band, enforcement)"}));
}

TEST(StoredBox, StandsOnThePOfTheFirst) {
  const Stored stored;
  Result analysis(stored.file, analysis_file_type);
  EXPECT_EQ(stored_p_new(analysis, {"b", "lower", 1, 2}), 0.04);
  EXPECT_TRUE(std::isnan(stored_p_new(analysis, {"a", "lower", 1, 1})));
  EXPECT_TRUE(told_from_chance(0.04));
  EXPECT_FALSE(told_from_chance(0.05));
  EXPECT_FALSE(told_from_chance(std::nan("")));
}

TEST(StoredBox, IsEmptyElsewhere) {
  const Stored stored;
  EXPECT_TRUE(stored.lines({"b", "lower", 1, 1}).empty());
  EXPECT_TRUE(stored.lines({"b", "higher", 1, 2}).empty());
  EXPECT_TRUE(stored.lines({"b", "lower", 0, 2}).empty());
  EXPECT_TRUE(stored.lines({"a", "lower", 1, 2}).empty());
}

TEST(StoredBox, NamesWhatTheFileHasNot) {
  const Stored stored;
  EXPECT_NE(stored.refusal({"c", "lower", 0, 1}).find("has no boxes of outcome 'c'"), std::string::npos);
  EXPECT_NE(stored.refusal({"a", "lower", 0, 3}).find("has no boxes of box '3'"), std::string::npos);
  EXPECT_NE(stored.refusal({"a", "lower", 2, 1}).find("has no policy 2"), std::string::npos);
}

}  // namespace
}  // namespace truce::analysis
