// Golden content hashes: what two small studies gave once they must give for ever, however they are cut into blocks.
#include <gtest/gtest.h>

#include "sweep/run/row_source.hpp"
#include "sweep/store/seal.hpp"
#include "tests/sweep/run/run_fixture.hpp"

namespace truce {
namespace {

using test::Study;

constexpr const char* first_study = R"([study]
kernel = anchored_peace
seed = 861
replicates = 64
[design]
method = sobol
points = 64
[inputs]
autocracy_a = uniform(0, 1)
justice_anchor = uniform(0, 0.6)
balance_drift = normal(0, 0.001)
talks_every = choice(1, 3, 6)
[levers]
guarantee_a = list(0, 0.3, 0.6)
[store]
)";

constexpr const char* hash_in_double = "2b9b8c4b9b5685bdbd6f12ac95210dbd45a149f2c70febbb4138781e4072b0d3";
constexpr const char* hash_in_float = "66449d5d736760289c0a0224265610e60395251b070e7303b82918df09d456ea";

Study first_study_in(const char* arithmetic) {
  return Study(std::string("[study]\narithmetic = ") + arithmetic + std::string(first_study).substr(7));
}

/// Of what is committed.
std::string hash_of(const Study& study) {
  const Plan& plan = study.plan;
  const Layout layout = layout_of(plan);
  const RowMap map = row_map_of(plan);
  const Scan scan = scan_journals(journal_folder(plan.file), study_id_of(plan), plan.units());
  RowSource source(plan, layout, map, scan);
  const FillPiece fill = [&](std::size_t column, std::int64_t first, std::int64_t count, std::span<std::byte> into) {
    source.fill(column, first, count, into);
  };
  return write_result(plan.file, layout, fill).content_hash;
}

std::string hash_of(const Study& study, std::int64_t block) {
  study.commit_all(block);
  return hash_of(study);
}

TEST(Golden, FirstStudyOfAnchoredPeace) { EXPECT_EQ(hash_of(Study(first_study), 16), hash_in_double); }

/// Float has a hash of its own, equal for every instruction set as that of double is.
TEST(Golden, FirstStudyInFloatAndEachInstructionSet) {
  for (const char* arithmetic : {"double", "float"}) {
    const Study study = first_study_in(arithmetic);
    const Layout layout = layout_of(study.plan);
    const Design design(study.plan);
    std::vector<std::byte> first;
    int codes = 0;
    for (const Code& code : study.plan.kernel->codes) {
      if (code.arithmetic != study.plan.arithmetic) continue;
      BlockRun block(study.plan, design, layout, code);
      block.begin({0, 16});
      while (!block.advance()) {
      }
      const std::vector<std::byte> payload(block.payload().begin(), block.payload().end());
      if (codes++ == 0) first = payload;
      EXPECT_TRUE(payload == first) << arithmetic << " " << code.instruction_set;
    }
    EXPECT_GE(codes, 1);
  }
  EXPECT_EQ(hash_of(first_study_in("float"), 16), hash_in_float);
}

/// By the fastest code of each arithmetic. Blocks come in the order in which ranks end them.
TEST(Golden, FirstStudyInBlocksOfAnySizeInAnyOrder) {
  for (const auto& [arithmetic, hash] : {std::pair("double", hash_in_double), std::pair("float", hash_in_float)})
    for (const auto& [block, order] : {std::pair(1, "shuffled"), std::pair(7, "reversed"), std::pair(64, "as it is")}) {
      const Study study = first_study_in(arithmetic);
      auto blocks = study.blocks_of(block);
      if (block == 7) std::ranges::reverse(blocks);
      if (block == 1) std::ranges::sort(blocks, {}, [](const Range& r) { return r.first * 37 % 64; });
      study.commit(blocks);
      EXPECT_EQ(hash_of(study), hash) << arithmetic << ", blocks of " << block << ", " << order;
    }
}

TEST(Golden, RuinInWholePoints) {
  EXPECT_EQ(hash_of(Study(test::ruin("replicates = 1100\n")), 4),
            "fc375a87c3e07111d9c2f7cfaf19a9e2a28632dbbfcacd3ecaf718120d2e80dc");
}

TEST(Golden, RuinInSingleChunks) {
  EXPECT_EQ(hash_of(Study(test::ruin("replicates = 1100\n")), 1),
            "fc375a87c3e07111d9c2f7cfaf19a9e2a28632dbbfcacd3ecaf718120d2e80dc");
}

}  // namespace
}  // namespace truce
