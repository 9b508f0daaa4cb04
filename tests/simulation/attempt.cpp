// Draws what goes wrong, and plays it.
#include "tests/simulation/attempt.hpp"

#include <stdexcept>

namespace truce::simulation {
namespace {

/// The worker of one rank, and its memory.
class SimulatedWorker {
 public:
  SimulatedWorker(const Setting& setting, Stage& stage, Disk& disk, Record& record, Crew& crew, std::uint64_t seed)
      : setting_(setting), stage_(stage), disk_(disk), record_(record), crew_(crew), dice_(seed) {}

  Worker callbacks();

 private:
  /// Rank 0 learns of its own failure at once.
  template <typename Step>
  auto guard(Step step) {
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
  void threw(Exit exit, const std::string& text);
  void fail_if_due();
  void begin(Range units);
  bool advance();
  Committed finish();
  bool fails() const {
    const Troubles& t = setting_.troubles;
    return crew_.rank() == t.failing_rank || crew_.rank() == t.second_failing;
  }

  const Setting& setting_;
  Stage& stage_;
  Disk& disk_;
  Record& record_;
  Crew& crew_;
  Dice dice_;
  std::size_t block_ = 0;  ///< in record_.begun
  int calls_ = 0, commits_ = 0, slices_ = 0;
  bool stalled_ = false;
};

Worker SimulatedWorker::callbacks() {
  return {[this](Range units) { guard([&] { begin(units); }); }, [this] { return guard([&] { return advance(); }); },
          [this] { return guard([&] { return finish(); }); }};
}

void learn(Record& record, double time, const Failure& failure) {
  if (record.failure_seen) return;
  record.failure_seen = time;
  record.failure = failure;
}

void note(Record& record, const Event& event) {
  record.events.push_back(event);
  if (event.kind == Event::Kind::sent) return;
  if (event.message.tag == Tag::stop) record.told_to_stop[static_cast<std::size_t>(event.rank)] = true;
  if (event.message.tag == Tag::failure)
    learn(record, event.time, record.threw[static_cast<std::size_t>(event.other)].value());
}

void SimulatedWorker::threw(Exit exit, const std::string& text) {
  record_.threw[static_cast<std::size_t>(crew_.rank())] = Failure{exit, text};
  if (crew_.rank() == 0) learn(record_, stage_.now(0), {exit, text});
}

void SimulatedWorker::fail_if_due() {
  stage_.require_alive(crew_.rank());
  if (!fails() || setting_.troubles.full_disk || ++calls_ <= setting_.troubles.failing_call) return;
  const std::string text = "simulated failure of rank " + std::to_string(crew_.rank());
  if (dice_.chance(0.3)) throw std::runtime_error(text);
  throw Error(dice_.chance(0.5) ? Exit::conflict : Exit::corrupt, text);
}

void SimulatedWorker::begin(Range units) {
  block_ = record_.begun.size();
  record_.begun.push_back({crew_.rank(), units, false, record_.told_to_stop[static_cast<std::size_t>(crew_.rank())]});
  slices_ = static_cast<int>(dice_.between(1, setting_.slices));
  fail_if_due();
}

bool SimulatedWorker::advance() {
  fail_if_due();
  double seconds = dice_.heavy(setting_.slice_seconds, setting_.grace / 4);
  if (crew_.rank() == setting_.troubles.stalling_rank && !stalled_ && dice_.chance(0.3)) {
    stalled_ = true;
    seconds = setting_.troubles.stall;
  }
  if (record_.failure_seen)
    record_.work_after_failure += crew_.rank() == 0 ? seconds : std::min(seconds, setting_.grace);
  stage_.spend(crew_.rank(), seconds);
  return --slices_ == 0;
}

Committed SimulatedWorker::finish() {
  fail_if_due();
  const Range units = record_.begun[block_].units;
  const bool full = fails() && setting_.troubles.full_disk && commits_++ == setting_.troubles.failing_call;
  disk_.commit(stage_, crew_.rank(), units, full);
  record_.begun[block_].finished = true;
  return committed_by(units);
}

Watch watch_of(const Setting& setting, Stage& stage, Record& record, int& looks) {
  Watch watch;
  watch.grace = setting.grace;
  watch.clock = [&stage] { return stage.now(0); };
  watch.stop = [&]() -> std::string {
    if (looks++ == setting.troubles.watch_fails) {
      learn(record, stage.now(0), {Exit::io, "the lock was lost"});
      throw Error(Exit::io, "the lock was lost");
    }
    if (stage.now(0) < setting.troubles.stop) return "";
    record.stop_seen = stage.now(0);
    return "a simulated signal";
  };
  return watch;
}

}  // namespace

Setting draw_setting(Dice& dice, std::vector<Range> missing, std::int64_t chunks, bool calm) {
  Setting setting;
  setting.size = static_cast<int>(dice.between(1, 7));
  setting.plan = {std::move(missing), dice.between(1, 8), chunks};
  setting.slice_seconds = dice.chance(0.5) ? 0.01 : 1;
  if (dice.chance(0.2)) setting.slices = 60;
  if (calm) return setting;
  Troubles& t = setting.troubles;
  const double scale = setting.slice_seconds * 40;
  if (dice.chance(0.35)) t.stop = dice.heavy(0.001, 1) + scale * dice.unit();
  if (dice.chance(0.05)) t.watch_fails = static_cast<int>(dice.between(0, 40));
  const bool silence = dice.chance(0.5);
  if (dice.chance(silence ? 0.6 : 0.3)) {
    t.failing_rank = dice.rank(setting.size);
    t.full_disk = dice.chance(0.4);
    t.failing_call = static_cast<int>(dice.between(0, t.full_disk ? 2 : 12));
    if (dice.chance(0.3)) t.second_failing = dice.rank(setting.size);
  }
  if (!silence) return setting;
  if (dice.chance(0.6)) {
    t.dying_rank = dice.rank(setting.size);
    t.death = 0.5 + scale * dice.unit();
    t.notice = dice.chance(0.5) ? dice.heavy(0.1, 100) : 3000;
  }
  if (dice.chance(0.5)) {
    t.stalling_rank = dice.rank(setting.size);
    t.stall = setting.grace * (dice.chance(0.5) ? 0.5 : 5);
  }
  return setting;
}

Record play_attempt(const Setting& setting, Disk& disk, std::uint64_t seed) {
  Record record;
  record.results.resize(static_cast<std::size_t>(setting.size));
  record.threw.resize(record.results.size());
  record.told_to_stop.resize(record.results.size());
  Stage stage(setting.size, seed, [&](const Event& event) { note(record, event); });
  const Troubles& troubles = setting.troubles;
  if (troubles.dying_rank >= 0) {
    stage.die(troubles.dying_rank, troubles.death);
    stage.kill_all(troubles.death + troubles.notice);
  }
  int looks = 0;
  const Watch watch = watch_of(setting, stage, record, looks);
  record.end = stage.play([&](Crew& crew) {
    const auto rank = static_cast<std::size_t>(crew.rank());
    SimulatedWorker worker(setting, stage, disk, record, crew, seed + 1 + rank);
    record.results[rank] = work(crew, setting.plan, worker.callbacks(), watch);
  });
  return record;
}

}  // namespace truce::simulation
