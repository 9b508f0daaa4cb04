// The time limit of a study of several kernels is that of all of them together.
#include "sweep/run/run_studies.hpp"

#include <gtest/gtest.h>

#include "sweep/crew/crew.hpp"
#include "tests/sweep/run/run_fixture.hpp"

namespace truce {
namespace {

/// Both kernels, with results below `folder`.
std::vector<Plan> both(const test::Folder& folder) {
  std::ofstream(folder / "study.ini") << "[study]\nkernel = gamblers_ruin, anchored_peace\n";
  return load_plans(folder / "study.ini", {"--store.file=" + (folder / "study.h5").string()}, kernels());
}

RunOptions within(double seconds) {
  RunOptions options;
  options.quiet = true;
  options.left = {seconds, "the limit of this test", ""};
  return options;
}

TEST(RunStudies, TheTimeThatAKernelTookIsNotGivenToTheNext) {
  const test::Folder folder;
  const auto plans = both(folder);
  const auto crew = make_local_crew();
  ASSERT_EQ(run_study(*crew, plans[0], within(1e6)).exit, Exit::done);
  // To find the first sealed takes longer than this: then the second must not even be begun.
  EXPECT_EQ(run_studies(*crew, plans, within(1e-6)), Exit::incomplete);
  EXPECT_FALSE(std::filesystem::exists(journal_folder(plans[1].file)));
  EXPECT_EQ(run_studies(*crew, plans, within(1e6)), Exit::done);
  EXPECT_TRUE(std::filesystem::exists(plans[1].file));
}

TEST(RunStudies, EndWithTheWorstExit) {
  EXPECT_EQ(worse(Exit::done, Exit::incomplete), Exit::incomplete);
  EXPECT_EQ(worse(Exit::incomplete, Exit::done), Exit::incomplete);
  EXPECT_EQ(worse(Exit::incomplete, Exit::corrupt), Exit::corrupt);
  EXPECT_EQ(worse(Exit::corrupt, Exit::incomplete), Exit::corrupt);
  EXPECT_EQ(worse(Exit::io, Exit::usage), Exit::io);
  EXPECT_EQ(worse(Exit::done, Exit::done), Exit::done);
}

}  // namespace
}  // namespace truce
