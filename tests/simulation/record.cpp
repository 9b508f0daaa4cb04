// The books of an attempt.
#include "tests/simulation/record.hpp"

#include <algorithm>

namespace truce::simulation {

Record::Record(int size)
    : results(static_cast<std::size_t>(size)),
      threw(results.size()),
      told_to_stop(results.size()),
      held(results.size()) {}

void learn(Record& record, double time, const Failure& failure) {
  if (record.failure_seen) return;
  record.failure_seen = time;
  record.failure = failure;
}

void ask_to_stop(Record& record, double time) {
  if (!record.stop_seen) record.stop_seen = time;
}

void note(Record& record, const Event& event) {
  record.events.push_back(event);
  const auto other = static_cast<std::size_t>(event.other);
  const Tag tag = event.message.tag;
  if (event.kind == Event::Kind::sent) {
    if (tag == Tag::work && record.held[other].blocks++ == 0) record.held[other].since = event.time;
    return;
  }
  if (tag == Tag::stop && event.rank == 0) ask_to_stop(record, event.time);
  if (tag == Tag::stop) record.told_to_stop[static_cast<std::size_t>(event.rank)] = true;
  if (tag == Tag::failure) learn(record, event.time, record.threw[other].value());
  if (tag == Tag::report) {
    Held& held = record.held[other];
    record.longest = std::max(record.longest, event.time - held.since);
    held.since = event.time;
    --held.blocks;
  }
}

void look_at_limit(Record& record, double time, double limit) {
  if (!record.limit_seen && time + record.longest - slack >= limit) record.limit_seen = time;
}

double known(const Record& record) {
  return std::min(
      {record.stop_seen.value_or(never), record.failure_seen.value_or(never), record.limit_seen.value_or(never)});
}

double longest_call(const Record& record, int rank, double since) {
  double longest = 0;
  for (const Call& call : record.calls)
    if (call.rank == rank && call.to > since) longest = std::max(longest, call.to - call.from);
  return longest;
}

}  // namespace truce::simulation
