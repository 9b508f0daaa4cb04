// Shared by the tests of blocks: a study from text in a folder of its own, its blocks run and committed.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "sweep/run/block_run.hpp"
#include "sweep/run/code_choice.hpp"
#include "sweep/run/rows.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/store/attempt.hpp"
#include "tests/sweep/store/store_fixture.hpp"

namespace truce::test {

/// A study of gamblers_ruin with 5 points and 2 policies, and more keys of [study] in `more`.
inline std::string ruin(const std::string& more) {
  return "[study]\nkernel = gamblers_ruin\nseed = 3\n" + more +
         "[design]\nmethod = monte_carlo\npoints = 5\n[inputs]\nwin_probability = uniform(0.4, 0.6)\n"
         "[levers]\nforts_a = list(3, 5)\n[store]\n";
}

/// A plan whose result file would stand in a folder that goes with it.
class Study {
 public:
  explicit Study(const std::string& text, std::vector<std::string> options = {},
                 std::span<const Kernel> from = kernels()) {
    std::ofstream(folder_ / "study.ini") << text;
    options.push_back("--store.file=" + (folder_ / "study.h5").string());
    plan = load_plan(folder_ / "study.ini", options, from);
  }
  std::filesystem::path folder() const { return folder_.path(); }
  /// The payload of `units`.
  std::vector<std::byte> payload(Range units) const {
    const Design design(plan);
    const Layout layout = layout_of(plan);
    BlockRun block(plan, design, layout, code_for(plan));
    return payload(block, units);
  }
  static std::vector<std::byte> payload(BlockRun& block, Range units) {
    block.begin(units);
    while (!block.advance()) {
    }
    return {block.payload().begin(), block.payload().end()};
  }
  /// All units in blocks of `block`, the last one perhaps shorter.
  std::vector<Range> blocks_of(std::int64_t block) const {
    std::vector<Range> blocks;
    for (std::int64_t unit = 0; unit < plan.units(); unit += block)
      blocks.push_back({unit, std::min(block, plan.units() - unit)});
    return blocks;
  }
  /// Runs and commits `blocks` in this order, in one journal.
  void commit(const std::vector<Range>& blocks) const {
    make_folder(journal_folder(plan.file));
    Journal journal(journal_folder(plan.file), begin_attempt(journal_folder(plan.file)), 0, study_id_of(plan));
    const Design design(plan);
    const Layout layout = layout_of(plan);
    BlockRun run(plan, design, layout, code_for(plan));
    for (const Range& block : blocks) {
      const auto bytes = payload(run, block);
      journal.commit(run.kind(), run.units(), bytes);
    }
  }
  void commit_all(std::int64_t block) const { commit(blocks_of(block)); }

 private:
  Folder folder_;

 public:
  Plan plan;
};

/// A column of a payload of all rows, [row][value], whole numbers as doubles.
inline std::vector<double> column(const Study& study, const std::vector<std::byte>& payload, const std::string& name) {
  const Layout layout = layout_of(study.plan);
  const auto c =
      static_cast<std::size_t>(std::ranges::find(layout.columns, name, &Column::name) - layout.columns.begin());
  const std::byte* from = payload.data() + layout.bytes_before().at(c) * static_cast<std::size_t>(layout.rows);
  std::vector<double> values(layout.columns.at(c).width * static_cast<std::size_t>(layout.rows));
  for (std::size_t i = 0; i < values.size(); ++i) {
    double real = 0;
    std::int32_t whole = 0;
    switch (layout.columns[c].type) {
      case Type::f64:
        std::memcpy(&real, from + 8 * i, 8);
        break;
      case Type::i32:
        std::memcpy(&whole, from + 4 * i, 4);
        real = whole;
        break;
      default:
        real = static_cast<double>(from[i]);
    }
    values[i] = real;
  }
  return values;
}

}  // namespace truce::test
