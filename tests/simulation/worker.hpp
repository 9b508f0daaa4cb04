// The worker of a simulated rank: it takes its time, and fails or stalls where its setting says so.
#pragma once

#include "tests/simulation/disk.hpp"
#include "tests/simulation/record.hpp"

namespace truce::simulation {

/// The worker of one rank, and its memory. Refers to its arguments, which must outlive it.
class SimulatedWorker {
 public:
  SimulatedWorker(const Setting& setting, Stage& stage, Disk& disk, Record& record, int rank, std::uint64_t seed)
      : setting_(setting), stage_(stage), disk_(disk), record_(record), rank_(rank), dice_(seed) {}

  Worker callbacks();

 private:
  template <typename Step>
  auto guard(Step step, bool slice = false);
  void threw(Exit exit, const std::string& text);
  void fail_if_due();
  void begin(Range units);
  bool advance();
  Committed finish();
  bool fails() const;

  const Setting& setting_;
  Stage& stage_;
  Disk& disk_;
  Record& record_;
  int rank_;
  Dice dice_;
  std::size_t block_ = 0;  ///< in record_.begun
  int calls_ = 0, commits_ = 0, slices_ = 0;
  bool stalled_ = false;
};

}  // namespace truce::simulation
