// Answers as HDF5 and as CSV: the same numbers under the same names, and nobody's file is lost.
#include "analysis/answers/answers.hpp"

#include <cmath>

#include "sweep/store/files.hpp"
#include "sweep/store/result.hpp"
#include "tests/sweep/store/store_fixture.hpp"

namespace truce::analysis {
namespace {

AnswerTable sample() {
  AnswerTable table{"sobol", "indices", {{"outcome", {"a", "b"}, "outcome"}, {"input", {"x", "y=1, z"}, "input"}}, {}};
  table.add("S1", "1", "first order") = {0.25, NAN, NAN, 1e-300};
  table.add("ST", "1", "total") = {0.5, NAN, -1, NAN};
  return table;
}

TEST(Answers, CsvHasALineForEveryPlaceWithANumber) {
  EXPECT_EQ(csv_of(sample()), "outcome,input,S1,ST\na,x,0.25,0.5\nb,x,,-1\nb,\"y=1, z\",1e-300,\n");
}

TEST(Answers, TheFileHoldsTheSameNumbers) {
  const test::Folder folder;
  const auto file = folder / "x.analysis.h5";
  for (int twice = 0; twice < 2; ++twice) write_answers(file, {sample()}, {{"result", std::string("x.h5")}});
  Result read(file, analysis_file_type);
  EXPECT_EQ(read.text("result"), "x.h5");
  const auto values = read.all("S1");
  ASSERT_EQ(values.size(), 4u);
  EXPECT_EQ(values[0], 0.25);
  EXPECT_TRUE(std::isnan(values[1]));
  EXPECT_EQ(values[3], 1e-300);
  EXPECT_EQ(csv_path(file, sample()).filename(), "x.analysis.sobol.csv");
}

TEST(Answers, AnotherFileIsNotReplaced) {
  const test::Folder folder;
  test::write_bytes(folder / "mine.h5", "precious");
  EXPECT_NE(test::error_of([&] { write_answers(folder / "mine.h5", {sample()}, {}); }).second.find("no analysis"),
            std::string::npos);
  EXPECT_EQ(test::bytes_of(folder / "mine.h5"), "precious");
}

TEST(Answers, OneKindDoesNotReplaceAnother) {
  const test::Folder folder;
  const auto file = folder / "x.h5";
  write_answers(file, {sample()}, {{"content", std::string("calibration")}});
  const std::string before = test::bytes_of(file);
  const auto told = [&](const std::string& content) {
    return test::error_of([&] { write_answers(file, {sample()}, {{"content", content}}); }).second;
  };
  EXPECT_NE(told("claims").find("x.h5 is there and is a calibration (it would be lost)"), std::string::npos);
  EXPECT_NE(told("analysis").find("is a calibration (it would be lost)"), std::string::npos);
  EXPECT_EQ(test::bytes_of(file), before);
  EXPECT_NO_THROW(write_answers(file, {sample()}, {{"content", std::string("calibration")}}));
  EXPECT_NE(test::error_of([&] { require_may_replace(folder / "x.csv", "analysis"); }).second.find("would hold HDF5"),
            std::string::npos);
}

TEST(Answers, NothingIsLeftBesideAFolderOfThatName) {
  const test::Folder folder;
  std::filesystem::create_directory(folder / "x");
  EXPECT_EQ(test::error_of([&] { replace_text(folder / "x", "text"); }).first, Exit::io);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder / "."), {}), 1);
}

TEST(Answers, AnAxisHasTheSameLabelsInAFile) {
  const test::Folder folder;
  AnswerTable other = sample();
  other.axes[0].labels.push_back("c");
  other.answers.clear();
  other.add("mu", "1", "mean");
  EXPECT_NE(test::error_of([&] {
              write_answers(folder / "x.h5", {sample(), other}, {});
            }).second.find("axis outcome"),
            std::string::npos);
  other.axes[0].labels = {"a", "other"};
  other.answers.clear();
  other.add("mu", "1", "mean");
  EXPECT_NE(test::error_of([&] {
              write_answers(folder / "x.h5", {sample(), other}, {});
            }).second.find("axis outcome"),
            std::string::npos);
}

}  // namespace
}  // namespace truce::analysis
