// Plays an attempt: what each rank watches, and what it does when the loop throws.
#include "tests/simulation/attempt.hpp"

#include "tests/simulation/worker.hpp"

namespace truce::simulation {
namespace {

/// What one rank watches. Refers to its arguments, which must outlive it.
class SimulatedWatch {
 public:
  SimulatedWatch(const Setting& setting, Stage& stage, Record& record, int rank, std::uint64_t seed)
      : setting_(setting), stage_(stage), record_(record), rank_(rank), dice_(seed) {}

  Watch callbacks();

 private:
  double now() const { return stage_.now(rank_); }
  double clock();
  std::string stop();
  std::vector<Range> news();
  void fail_if_due();

  const Setting& setting_;
  Stage& stage_;
  Record& record_;
  int rank_;
  Dice dice_;
  int looks_ = 0;
  std::size_t heard_ = 0;  ///< of what others commit
};

Watch SimulatedWatch::callbacks() {
  Watch watch;
  watch.grace = setting_.grace;
  watch.patience = setting_.patience;
  watch.patience_after_failure = setting_.patience_after_failure;
  watch.clock = [this] { return clock(); };
  watch.stop = [this] { return stop(); };
  watch.end = setting_.troubles.limit;
  watch.end_text = "a simulated limit";
  watch.news_seconds = setting_.news_seconds;
  if (!setting_.troubles.others.empty()) watch.news = [this] { return news(); };
  return watch;
}

double SimulatedWatch::clock() {
  if (rank_ == 0) look_at_limit(record_, now(), setting_.troubles.limit);
  return now();
}

void SimulatedWatch::fail_if_due() {
  if (rank_ != 0 || looks_++ != setting_.troubles.watch_fails) return;
  learn(record_, now(), {Exit::io, "the lock was lost"});
  throw Error(Exit::io, "the lock was lost");
}

std::string SimulatedWatch::stop() {
  fail_if_due();
  const Troubles& t = setting_.troubles;
  if (rank_ == t.signalled_rank && now() >= t.signal) return "a simulated signal to one rank";
  if (rank_ != 0 || now() < t.stop) return "";
  ask_to_stop(record_, now());
  return "a simulated signal";
}

std::vector<Range> SimulatedWatch::news() {
  fail_if_due();
  const auto& others = setting_.troubles.others;
  const double looked = now();
  stage_.spend(rank_, dice_.heavy(1e-4, most_look));
  std::vector<Range> news;
  for (; heard_ < others.size() && others[heard_].time <= looked; ++heard_) {
    news.push_back(others[heard_].units);
    record_.told.push_back({now(), others[heard_].units});
  }
  return news;
}

}  // namespace

Record play_attempt(const Setting& setting, Disk& disk, std::uint64_t seed) {
  Record record(setting.size);
  Stage stage(setting.size, seed, [&](const Event& event) { note(record, event); });
  const Troubles& troubles = setting.troubles;
  if (troubles.dying_rank >= 0) {
    stage.die(troubles.dying_rank, troubles.death);
    stage.kill_all(troubles.death + troubles.notice);
  }
  record.end = stage.play([&](Crew& crew) {
    const int rank = crew.rank();
    const std::uint64_t own_seed = seed + 1 + static_cast<std::uint64_t>(rank);
    SimulatedWorker worker(setting, stage, disk, record, rank, own_seed);
    SimulatedWatch watch(setting, stage, record, rank, ~own_seed);
    try {
      record.results[static_cast<std::size_t>(rank)] = work(crew, setting.plan, worker.callbacks(), watch.callbacks());
    } catch (const Error& error) {
      record.thrower = rank;
      crew.abort(static_cast<int>(error.exit()));
    }
  });
  for (const OtherCommit& other : troubles.others)
    if (other.time <= record.end.time) disk.commit_by_another(other.units);
  return record;
}

}  // namespace truce::simulation
