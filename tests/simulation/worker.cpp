// Blocks in virtual time.
#include "tests/simulation/worker.hpp"

#include <algorithm>
#include <stdexcept>

namespace truce::simulation {
namespace {

/// Records a call however it ends: the rank may die in it.
class Timed {
 public:
  Timed(Record& record, const Stage& stage, int rank, bool slice)
      : record_(record), stage_(stage), rank_(rank), from_(stage.now(rank)), slice_(slice) {}
  ~Timed() { record_.calls.push_back({rank_, from_, stage_.now(rank_), slice_}); }
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;

 private:
  Record& record_;
  const Stage& stage_;
  int rank_;
  double from_;
  bool slice_;
};

}  // namespace

/// Rank 0 learns of its own failure at once.
template <typename Step>
auto SimulatedWorker::guard(Step step, bool slice) {
  const Timed timed(record_, stage_, rank_, slice);
  try {
    return step();
  } catch (const Error& error) {
    threw(error.exit(), error.what());
    throw;
  } catch (const std::runtime_error& error) {
    threw(Exit::internal, error.what());
    throw;
  }
}

Worker SimulatedWorker::callbacks() {
  return {[this](Range units) { guard([&] { begin(units); }); },
          [this] { return guard([&] { return advance(); }, true); },
          [this] { return guard([&] { return finish(); }); }};
}

void SimulatedWorker::threw(Exit exit, const std::string& text) {
  record_.threw[static_cast<std::size_t>(rank_)] = Failure{exit, text};
  if (rank_ == 0) learn(record_, stage_.now(0), {exit, text});
}

bool SimulatedWorker::fails() const {
  return rank_ == setting_.troubles.failing_rank || rank_ == setting_.troubles.second_failing;
}

void SimulatedWorker::fail_if_due() {
  stage_.require_alive(rank_);
  if (!fails() || setting_.troubles.full_disk || ++calls_ <= setting_.troubles.failing_call) return;
  const std::string text = "simulated failure of rank " + std::to_string(rank_);
  if (dice_.chance(0.3)) throw std::runtime_error(text);
  throw Error(dice_.chance(0.5) ? Exit::conflict : Exit::corrupt, text);
}

void SimulatedWorker::begin(Range units) {
  block_ = record_.begun.size();
  record_.begun.push_back(
      {rank_, units, stage_.now(rank_), false, record_.told_to_stop[static_cast<std::size_t>(rank_)]});
  slices_ = static_cast<int>(dice_.between(1, setting_.slices));
  fail_if_due();
}

bool SimulatedWorker::advance() {
  fail_if_due();
  double seconds = dice_.heavy(setting_.slice_seconds, setting_.grace / 4);
  if (rank_ == setting_.troubles.stalling_rank && !stalled_ && dice_.chance(0.3)) {
    stalled_ = true;
    seconds = setting_.troubles.stall;
  }
  stage_.spend(rank_, seconds);
  return --slices_ == 0;
}

Committed SimulatedWorker::finish() {
  fail_if_due();
  const Range units = record_.begun[block_].units;
  const bool full = fails() && setting_.troubles.full_disk && commits_++ == setting_.troubles.failing_call;
  disk_.commit(stage_, rank_, units, full);
  record_.begun[block_].finished = true;
  if (rank_ == 0) record_.longest = std::max(record_.longest, stage_.now(0) - record_.begun[block_].time);
  return committed_by(units);
}

}  // namespace truce::simulation
