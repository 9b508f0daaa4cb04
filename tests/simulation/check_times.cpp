// When things happen: nobody waits much longer than patience and grace, and a signal to any rank is heard soon.
#include <algorithm>

#include "tests/simulation/attempt.hpp"

namespace truce::simulation {
namespace {

constexpr double late = 1;  ///< the ranks do not start together, and look at signals now and then

/// Seconds that `rank` may be away at `time`: a slice and the commit that follows it.
double away(const Record& record, int rank, double time) { return longest_call(record, rank, time) + most_commit; }

/// When rank 0 must have heard of a signal, to itself or to another rank alone; never if there is none or that rank had
/// nothing to compute any more.
double signal_by(const Setting& setting, const Record& record) {
  const Troubles& t = setting.troubles;
  double passed_on = never;
  for (const Call& call : record.calls)
    if (call.slice && call.rank == t.signalled_rank && call.from >= t.signal)
      passed_on = std::min(passed_on, call.from);
  if (passed_on < never) passed_on += most_delay + away(record, 0, passed_on);
  return std::min(passed_on, t.stop + away(record, 0, t.stop)) + late;
}

/// When rank 0 must have heard that another job has committed one of these units: it looks every `news_seconds`, and so
/// that looks take a fiftieth of its time.
double news_by(const Setting& setting, const Record& record, Range units) {
  double by = never;
  for (const OtherCommit& other : setting.troubles.others)
    if (other.units.first < units.end() && units.first < other.units.end())
      by = std::min(by, other.time + away(record, 0, other.time));
  return by + std::max(setting.news_seconds, 50 * most_look) + slack + late;
}

/// How long the others may need to answer `give_up` at `time`, at most.
double answer_seconds(const Setting& setting, const Record& record, double time) {
  const Troubles& t = setting.troubles;
  if (t.dying_rank >= 0 || t.stall > setting.grace) return setting.grace;
  double longest = 0;
  for (int rank = 1; rank < setting.size; ++rank) longest = std::max(longest, longest_call(record, rank, time));
  return std::min(setting.grace, longest + most_commit + 2 * most_delay);
}

/// When rank 0 must have noticed that a rank died while others failed; never if it had left. It asks every quarter of
/// the grace, and counts no more than half the time that its own slices take.
double death_by(const Setting& setting, const Record& record) {
  const Troubles& t = setting.troubles;
  if (t.dying_rank < 0 || !record.failure_seen) return never;
  for (const Event& event : record.events) {
    const Tag tag = event.message.tag;
    if (event.kind == Event::Kind::delivered && event.other == t.dying_rank &&
        (tag == Tag::leave || tag == Tag::failure))
      return never;
  }
  const double from = std::max(t.death, *record.failure_seen);
  return from + most_delay + 2.5 * setting.grace + away(record, 0, from);
}

/// When all ends at the latest if nobody dies: nobody computes any more, and rank 0 knows that it is to stop.
double work_by(const Setting& setting, const Record& record) {
  if (setting.troubles.dying_rank >= 0 || known(record) == never) return never;
  double last = known(record);
  for (const Call& call : record.calls) last = std::max(last, call.to);
  return last + 3 * most_delay + late;
}

}  // namespace

GiveUp give_up(const Setting& setting, const Record& record) {
  const double stop = record.stop_seen.value_or(never), failure = record.failure_seen.value_or(never);
  const double limit = setting.troubles.limit, seen = record.limit_seen.value_or(never);
  const double after_failure = failure + setting.patience_after_failure;
  return {
      std::min(std::min(stop, limit) + setting.patience, after_failure),
      std::min(std::min({stop, std::max(seen, limit), signal_by(setting, record)}) + setting.patience, after_failure)};
}

std::string check_times(const Setting& setting, const Record& record) {
  if (setting.troubles.dying_rank == 0) return "";
  std::string problems;
  const double by = give_up(setting, record).by;
  if (record.end.time > by + away(record, 0, by) + answer_seconds(setting, record, by) + late)
    problems += "the end after a stop, a failure or the limit takes too long\n";
  if (record.end.time > death_by(setting, record)) problems += "a rank that died is not noticed after a failure\n";
  if (record.end.time > work_by(setting, record)) problems += "nobody computes, and the loop does not end\n";
  const double heard = signal_by(setting, record);
  for (const Event& event : record.events) {
    if (event.kind != Event::Kind::sent || event.message.tag != Tag::work) continue;
    if (event.time > heard) problems += "a block is handed out although a rank was asked to stop\n";
    if (event.time > news_by(setting, record, {event.message.first, event.message.count}))
      problems += "a block is handed out long after another job has committed it\n";
  }
  return problems;
}

}  // namespace truce::simulation
