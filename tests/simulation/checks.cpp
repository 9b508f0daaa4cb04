// What must hold after an attempt, whatever went wrong in it.
#include <algorithm>
#include <numeric>

#include "tests/simulation/attempt.hpp"

namespace truce::simulation {
namespace {

using Kind = Event::Kind;

class Check {
 public:
  Check(const Setting& setting, const Record& record) : setting_(setting), record_(record) {}

  std::string run() {
    const End& end = record_.end;
    demand(end.problem.empty(), end.problem);
    blocks();
    orders();
    if (end.abort) aborted();
    if (record_.results[0]) ended();
    if (record_.results[0] || end.abort) stop_is_told();
    after_failure();
    return std::move(problems_);
  }

 private:
  void demand(bool holds, const std::string& what) {
    if (!holds) problems_ += what + "\n";
  }
  bool fails() const { return record_.failure_seen.has_value(); }
  void blocks();
  void orders();
  void aborted();
  void ended();
  void after_failure();
  void stop_is_told();
  double heard_from(int rank) const;

  const Setting& setting_;
  const Record& record_;
  std::string problems_;
};

/// Every block lies in what is missing, and no unit is handed out twice.
void Check::blocks() {
  std::vector<Range> units;
  for (const Begun& begun : record_.begun) {
    units.push_back(begun.units);
    demand(!begun.told_to_stop, "a rank that had been told to stop begins a block");
    demand(std::ranges::any_of(setting_.plan.missing,
                               [&](const Range& range) {
                                 return begun.units.first >= range.first && begun.units.end() <= range.end();
                               }),
           "a block is begun that was not missing");
  }
  std::ranges::sort(units, {}, &Range::first);
  for (std::size_t i = 1; i < units.size(); ++i)
    demand(units[i].first >= units[i - 1].end(), "unit " + std::to_string(units[i].first) + " is begun twice");
}

/// Rank 0 hands nothing out once it knows that the end is near.
void Check::orders() {
  const double known = std::min(record_.stop_seen.value_or(never), record_.failure_seen.value_or(never));
  for (const Event& event : record_.events)
    demand(event.kind != Kind::sent || event.message.tag != Tag::work || event.time <= known,
           "a block is handed out after a stop or a failure");
}

/// When rank 0 heard last from this rank, or first asked it to stop; never if it had left.
double Check::heard_from(int rank) const {
  double asked = never, heard = 0;
  for (const Event& event : record_.events) {
    const bool answer = event.kind == Kind::delivered && event.rank == 0 && event.other == rank;
    if (event.kind == Kind::sent && event.other == rank && event.message.tag == Tag::stop)
      asked = std::min(asked, event.time);
    if (answer) heard = event.time;
    if (answer && (event.message.tag == Tag::leave || event.message.tag == Tag::failure)) return never;
  }
  return std::max(asked, heard);
}

/// Only after a failure, with its code, and only because of a rank that was silent for the time of grace.
void Check::aborted() {
  demand(fails(), "an abort without a failure");
  demand(*record_.end.abort == static_cast<int>(record_.failure.exit),
         "an abort with another code than the first failure's");
  const Troubles& t = setting_.troubles;
  bool silent = false;
  for (int rank = 1; rank < setting_.size; ++rank) {
    const bool may = (rank == t.dying_rank && record_.end.abort_time > t.death) ||
                     (rank == t.stalling_rank && t.stall > setting_.grace);
    silent = silent || (may && record_.end.abort_time - heard_from(rank) > setting_.grace);
  }
  demand(silent, "an abort although every rank that could had answered in time");
}

/// Rank 0 returned: the result is that of everybody, and it is what happened.
void Check::ended() {
  const WorkResult& result = *record_.results[0];
  Committed sum;
  std::int64_t units = 0, missing = 0;
  for (const Begun& begun : record_.begun) {
    demand(begun.finished || record_.threw[static_cast<std::size_t>(begun.rank)], "a block that was begun is dropped");
    if (!begun.finished) continue;
    sum.runs += committed_by(begun.units).runs;
    sum.failed += committed_by(begun.units).failed;
    units += begun.units.count;
  }
  for (const Range& range : setting_.plan.missing) missing += range.count;
  demand(result.runs == sum.runs && result.failed == sum.failed, "the result counts other runs than were committed");
  demand((result.exit == Exit::done) == (!fails() && units == missing), "done means that every unit is committed");
  if (fails()) {
    demand(result.exit == record_.failure.exit, "the exit code is not the first failure's");
    demand(result.text.starts_with(record_.failure.text), "the text is not the first failure's");
  } else if (result.exit != Exit::done) {
    demand(result.exit == Exit::incomplete && record_.stop_seen && !result.text.empty(), "stopped without a request");
  }
  for (const auto& other : record_.results)
    demand(!other || (other->exit == result.exit && other->text == result.text && other->runs == result.runs &&
                      other->failed == result.failed),
           "two ranks have different results");
  if (setting_.troubles.dying_rank >= 0) return;
  for (const auto& other : record_.results) demand(other.has_value(), "a rank is left behind");
}

/// However many ranks are silent, all ends within the time of grace and what the others still have to compute.
void Check::after_failure() {
  if (!fails() || setting_.troubles.dying_rank == 0) return;
  const double bound = *record_.failure_seen + 3 * setting_.grace + record_.work_after_failure + 6 * most_delay;
  demand(record_.end.time <= bound, "the end after a failure takes too long");
}

/// Who had not left is told to stop, so that it begins nothing more.
void Check::stop_is_told() {
  const double known = std::min(record_.stop_seen.value_or(never), record_.failure_seen.value_or(never));
  if (known == never) return;
  for (int rank = 1; rank < setting_.size; ++rank) {
    const auto concerns = [&](const Event& event, Kind kind, int by, int whom) {
      return event.kind == kind && event.rank == by && event.other == whom;
    };
    const bool told = std::ranges::any_of(record_.events, [&](const Event& event) {
      return concerns(event, Kind::sent, 0, rank) && event.message.tag == Tag::stop;
    });
    const bool left = std::ranges::any_of(record_.events, [&](const Event& event) {
      return concerns(event, Kind::delivered, 0, rank) && event.message.tag == Tag::failure;
    });
    demand(told || left, "a rank is not told to stop");
  }
}

}  // namespace

std::string check_attempt(const Setting& setting, const Record& record) { return Check(setting, record).run(); }

}  // namespace truce::simulation
