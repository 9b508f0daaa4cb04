// What must hold after an attempt, whatever went wrong in it.
#include <algorithm>

#include "tests/simulation/attempt.hpp"

namespace truce::simulation {
namespace {

using Kind = Event::Kind;

enum class Unit { elsewhere, missing, told, handed, finished };

class Check {
 public:
  Check(const Setting& setting, const Record& record) : setting_(setting), record_(record) {}

  std::string run() {
    const End& end = record_.end;
    demand(end.problem.empty(), end.problem);
    blocks();
    orders();
    if (end.abort) aborted();
    if (record_.results[0]) {
      ended();
      dropped();
      alike();
      nothing_is_left();
    }
    if (record_.results[0] || end.abort) stop_is_told();
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
  void dropped();
  void alike();
  void nothing_is_left();
  void stop_is_told();
  double silent_since(int rank) const;
  std::vector<Unit> units() const;

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

/// Rank 0 hands nothing out, and begins nothing, once it knows that the end is near; nor what another job has
/// committed.
void Check::orders() {
  const auto check = [&](double time, Range units) {
    demand(time <= known(record_), "a block is handed out after a stop, a failure or the limit");
    for (const OtherCommit& told : record_.told)
      demand(time <= told.time || units.first >= told.units.end() || told.units.first >= units.end(),
             "a block is handed out that another job had committed");
  };
  for (const Event& event : record_.events)
    if (event.kind == Kind::sent && event.message.tag == Tag::work)
      check(event.time, {event.message.first, event.message.count});
  for (const Begun& begun : record_.begun)
    if (begun.rank == 0) check(begun.time, begun.units);
}

/// When rank 0 asked for an answer that it did not get; never if it got all. To `give_up` only leaving is an answer.
double Check::silent_since(int rank) const {
  double asked = never;
  bool given_up = false;
  for (const Event& event : record_.events) {
    if (event.other != rank) continue;
    const Tag tag = event.message.tag;
    if (event.kind == Kind::sent && tag == Tag::give_up) {
      given_up = true;
      asked = event.time;
    } else if (event.kind == Kind::sent && tag == Tag::stop) {
      asked = std::min(asked, event.time);
    } else if (event.kind == Kind::delivered && event.rank == 0) {
      if (tag == Tag::leave || tag == Tag::failure) return never;
      if (!given_up) asked = never;
    }
  }
  return asked;
}

/// Only by rank 0, after a failure (with its code) or when blocks were given up, and only because of a rank that was
/// silent for the time of grace.
void Check::aborted() {
  const double time = record_.end.abort_time;
  demand(record_.thrower == 0, "another rank than 0 throws");
  demand(fails() || time >= give_up(setting_, record_).from + setting_.grace - slack,
         "an abort without a failure, before its time");
  demand(*record_.end.abort == static_cast<int>(fails() ? record_.failure.exit : Exit::incomplete),
         "an abort with another code than the first failure's");
  const Troubles& t = setting_.troubles;
  bool silent = false;
  for (int rank = 1; rank < setting_.size; ++rank) {
    const bool may = (rank == t.dying_rank && time > t.death) || (rank == t.stalling_rank && t.stall > setting_.grace);
    silent = silent || (may && time - silent_since(rank) > setting_.grace - slack);
  }
  demand(silent, "an abort although every rank that could had answered in time");
}

/// What became of every unit, as far as this crew knows.
std::vector<Unit> Check::units() const {
  std::vector<Unit> units(static_cast<std::size_t>(setting_.plan.missing.back().end()));
  const auto mark = [&](Range range, Unit what) { std::fill_n(units.begin() + range.first, range.count, what); };
  for (const Range& range : setting_.plan.missing) mark(range, Unit::missing);
  for (const OtherCommit& told : record_.told) mark(told.units, Unit::told);
  for (const Event& event : record_.events)
    if (event.kind == Kind::sent && event.message.tag == Tag::work)
      mark({event.message.first, event.message.count}, Unit::handed);
  for (const Begun& begun : record_.begun) mark(begun.units, begun.finished ? Unit::finished : Unit::handed);
  return units;
}

/// Rank 0 returned: its result is what happened.
void Check::ended() {
  const WorkResult& result = *record_.results[0];
  Committed sum;
  for (const Begun& begun : record_.begun) {
    if (!begun.finished) continue;
    sum.runs += committed_by(begun.units).runs;
    sum.failed += committed_by(begun.units).failed;
  }
  demand(result.runs == sum.runs && result.failed == sum.failed, "the result counts other runs than were committed");
  const bool complete =
      std::ranges::none_of(units(), [](Unit unit) { return unit == Unit::missing || unit == Unit::handed; });
  demand((result.exit == Exit::done) == (!fails() && complete),
         "done means that every unit is committed, by this crew or by others");
  if (fails()) {
    demand(result.exit == record_.failure.exit, "the exit code is not the first failure's");
    demand(result.text.starts_with(record_.failure.text), "the text is not the first failure's");
  } else if (result.exit != Exit::done) {
    const double limit = setting_.troubles.limit;
    const bool limited = result.text == "a simulated limit";
    demand(result.exit == Exit::incomplete, "stopped with another code");
    demand(limited ? record_.end.time + record_.longest + slack >= limit
                   : record_.stop_seen && result.text.starts_with("a simulated signal"),
           "stopped without a request");
  }
}

/// A block that was begun is committed, unless its rank failed or it was given up after patience.
void Check::dropped() {
  const double from = give_up(setting_, record_).from - slack;
  for (const Begun& begun : record_.begun) {
    if (begun.finished || record_.threw[static_cast<std::size_t>(begun.rank)]) continue;
    const bool told = std::ranges::any_of(record_.events, [&](const Event& event) {
      return event.kind == Kind::delivered && event.rank == begun.rank && event.message.tag == Tag::give_up &&
             event.time >= begun.time;
    });
    const bool own = begun.rank == 0 && record_.end.time >= from;
    demand(told || own, "a block that was begun is dropped");
  }
  for (const Event& event : record_.events)
    demand(event.kind != Kind::sent || event.message.tag != Tag::give_up || event.time >= from,
           "blocks are given up before patience ends");
}

/// All ranks return, and the same.
void Check::alike() {
  const WorkResult& result = *record_.results[0];
  for (const auto& other : record_.results) {
    demand(!other || (other->exit == result.exit && other->text == result.text && other->runs == result.runs &&
                      other->failed == result.failed),
           "two ranks have different results");
    demand(other || setting_.troubles.dying_rank >= 0, "a rank is left behind");
  }
}

/// What rank 0 hears in its next step belongs to that step.
void Check::nothing_is_left() {
  int under_way = 0;
  for (const Event& event : record_.events) {
    if (event.kind == Kind::sent && event.other == 0) ++under_way;
    if (event.kind == Kind::delivered && event.rank == 0) --under_way;
  }
  demand(under_way == 0, "rank 0 has ended, and a message to it is left");
}

/// Who had not left is told to stop, so that it begins nothing more.
void Check::stop_is_told() {
  const bool done = record_.results[0] && record_.results[0]->exit == Exit::done;
  if (done && known(record_) == never) return;
  std::vector<bool> told(static_cast<std::size_t>(setting_.size));
  for (const Event& event : record_.events) {
    const bool stop = event.kind == Kind::sent && event.rank == 0 && event.message.tag == Tag::stop;
    const bool failed = event.kind == Kind::delivered && event.rank == 0 && event.message.tag == Tag::failure;
    if (stop || failed) told[static_cast<std::size_t>(event.other)] = true;
  }
  for (std::size_t rank = 1; rank < told.size(); ++rank) demand(told[rank], "a rank is not told to stop");
}

}  // namespace

std::string check_attempt(const Setting& setting, const Record& record) {
  return Check(setting, record).run() + check_times(setting, record);
}

}  // namespace truce::simulation
