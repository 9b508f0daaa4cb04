// Each line answers one question of an operator: how far, how fast, who, how healthy, how much room, what next.
#include "sweep/verbs/status_text.hpp"

#include <cmath>
#include <ctime>
#include <sstream>

#include "sweep/store/json.hpp"
#include "sweep/store/manifest.hpp"
#include "sweep/study/values.hpp"
#include "sweep/verbs/words.hpp"

namespace truce {

namespace {

namespace fs = std::filesystem;

std::string bytes_text(std::uint64_t bytes) { return format_count(static_cast<std::int64_t>(bytes)) + " bytes"; }

std::int64_t age_of(const Holder& holder) {
  return holder.started > 0 ? static_cast<std::int64_t>(std::time(nullptr) - holder.started) : 0;
}

std::string who_text(const StudyState& state) {
  if (state.live.empty()) return "no run is working on it";
  std::string text = "a run is working on it now (";
  for (std::size_t i = 0; i < state.live.size() && i < 4; ++i) {
    const auto& [holder, share] = state.live[i];
    text += (i > 0 ? "; " : "") + (share ? "share " + to_text(*share) + ", " : "") + to_text(holder);
  }
  return text + (state.live.size() > 4 ? "; and " + std::to_string(state.live.size() - 4) + " more)" : ")");
}

std::string committed_text(const Plan& plan, const StudyState& state) {
  const double share = static_cast<double>(state.units_done) / static_cast<double>(state.units);
  std::string made = (plan.precision ? "" : "about ") + format_count(state.runs_done) + " of " +
                     (plan.precision ? "at most " : "") + counted(state.runs, "run", "runs");
  std::int64_t journals = 0;
  for (const AttemptState& attempt : state.attempts) journals += attempt.journals;
  const std::int64_t attempts = state.attempts.empty() ? 0 : state.attempts.back().attempt;
  return made + " committed (" + spell(std::floor(1000 * share) / 10) +
         (plan.precision ? " % of the points), in " : " %), in ") + counted(state.blocks, "block", "blocks") + ", " +
         counted(journals, "journal", "journals") + ", " + counted(attempts, "attempt", "attempts");
}

std::string attempt_text(const AttemptState& attempt) {
  return "attempt " + std::to_string(attempt.attempt) + ": " + counted(attempt.blocks, "block", "blocks") + " in " +
         counted(attempt.journals, "journal", "journals") + ", " + bytes_text(attempt.bytes) +
         (attempt.damaged > 0 ? ", " + format_count(attempt.damaged) + " damaged at the end" : "");
}

/// Rate and time left.
std::string pace_text(const StudyState& state) {
  const std::string who = state.live.size() > 1 ? std::to_string(state.live.size()) + " jobs make "
                                                : "attempt " + std::to_string(state.attempts.back().attempt) + " made ";
  return who + format_count(std::llround(state.runs_a_second)) + " runs/s (by the times of " +
         (state.live.size() > 1 ? "their" : "its") + " files)" +
         (state.complete() ? "" : ", which leaves " + format_duration(state.seconds_left) + " to go");
}

std::string next_text(const StudyState& state) {
  if (!state.live.empty()) return "next: wait for the run, or stop it with SIGUSR1: it commits what it has begun";
  if (state.complete()) return "nothing is missing; truce seal STUDY makes the result file";
  return "next: truce run STUDY continues it";
}

bool begun(const StudyState& state, const Plan& plan) {
  return fs::exists(journal_folder(plan.file)) || state.blocks > 0;
}

std::string state_name(const StudyState& state, const Plan& plan) {
  if (!begun(state, plan)) return "none";
  return state.complete() ? "complete" : "unfinished";
}

/// "key": value, joined by commas.
class Json {
 public:
  Json& add(const std::string& key, const std::string& raw) {
    text_ << (first_ ? "{" : ", ") << quote_json(key) << ": " << raw;
    first_ = false;
    return *this;
  }
  Json& add(const std::string& key, std::int64_t value) { return add(key, std::to_string(value)); }
  Json& text(const std::string& key, const std::string& value) { return add(key, quote_json(value)); }
  Lines line() const { return {text_.str() + "}"}; }

 private:
  std::ostringstream text_;
  bool first_ = true;
};

std::string replay_text(const std::string& file, const FailedRuns& failed) {
  return "truce replay " + file + " --point " + std::to_string(failed.point) + " --policy " +
         std::to_string(failed.policy) +
         (failed.replicate >= 0 ? " --replicate " + std::to_string(failed.replicate) : " --failed");
}

}  // namespace

Lines state_lines(const Plan& plan, const StudyState& state) {
  if (!begun(state, plan))
    return {plan.file + ": not begun (" + (plan.precision ? "at most " : "") + counted(plan.runs(), "run", "runs") +
            " to do)"};
  Lines lines{plan.file + ": not sealed, " + who_text(state), committed_text(plan, state),
              "failed runs so far: " + format_count(state.runs_failed)};
  for (const AttemptState& attempt : state.attempts) lines.push_back(attempt_text(attempt));
  lines.insert(lines.end(), state.damage.begin(), state.damage.end());
  if (state.runs_a_second > 0) lines.push_back(pace_text(state));
  lines.push_back("room to finish: " + bytes_text(state.bytes_needed) + " needed, " + bytes_text(state.bytes_free) +
                  " free" + (state.bytes_needed > state.bytes_free ? ": TOO LITTLE, free some first" : ""));
  lines.push_back(next_text(state));
  return lines;
}

Lines state_json(const Plan& plan, const StudyState& state) {
  Json json;
  json.text("state", state_name(state, plan)).text("file", plan.file).text("study_id", plan.study_id);
  json.add("units", state.units).add("units_done", state.units_done).add("blocks", state.blocks);
  json.add("runs", state.runs).add("runs_done", state.runs_done).add("runs_failed", state.runs_failed);
  json.add("live", state.live.empty() ? "false" : "true").add("jobs", static_cast<std::int64_t>(state.live.size()));
  if (!state.live.empty()) {
    const Holder& holder = state.live.front().holder;
    json.text("host", holder.host).add("process", holder.process).add("seconds_live", age_of(holder));
  }
  json.add("attempts", state.attempts.empty() ? 0 : std::int64_t{state.attempts.back().attempt});
  json.add("damaged_journals", static_cast<std::int64_t>(state.damage.size()));
  const bool paced = state.runs_a_second > 0;
  json.add("runs_per_second", paced ? std::to_string(std::llround(state.runs_a_second)) : "null");
  json.add("seconds_left", paced ? std::to_string(std::llround(std::ceil(state.seconds_left))) : "null");
  json.add("bytes_needed", static_cast<std::int64_t>(state.bytes_needed));
  json.add("bytes_free", static_cast<std::int64_t>(state.bytes_free));
  return json.line();
}

Lines sealed_lines(const OpenResult& opened, const Failures& failures) {
  const Plan& plan = opened.plan();
  Lines lines{plan.file + ": sealed"};
  if (!plan.title.empty()) lines.push_back(plan.title);
  lines.push_back("kernel " + std::string(plan.kernel->name) + " version " + std::to_string(plan.kernel->version) +
                  ", " + size_text(plan));
  if (plan.precision) {
    lines.push_back("runs made: " + format_count(sum_of_column(opened.result(), "replicates")) +
                    " (each point until the 95 % half-width of " + plan.precision->of + " was at most " +
                    spell(plan.precision->half_width) + ", or its replicates were used up)");
  }
  std::string failed = "failed runs: " + format_count(failures.runs);
  if (failures.runs > 0 && plan.rows == Rows::point)
    failed += " in " + counted(failures.rows, "row", "rows") +
              " of a point and a policy (see the columns runs_failed and status)";
  lines.push_back(failed);
  for (const FailedRuns& each : failures.first)
    lines.push_back("  point " + std::to_string(each.point) + ", policy " + std::to_string(each.policy) +
                    (each.replicate >= 0 ? "" : ", " + counted(each.runs, "run", "runs")) + ": " +
                    replay_text(plan.file, each));
  if (failures.rows > static_cast<std::int64_t>(failures.first.size())) lines.push_back("  ...");
  lines.push_back("study id " + plan.study_id);
  lines.push_back("content " + opened.result().text("content_hash"));
  if (!fs::exists(manifest_path(plan.file)))
    lines.push_back("no manifest: its bytes were not compared; truce verify " + plan.file + " does");
  if (fs::exists(journal_folder(plan.file)))
    lines.push_back("its journals are still there; truce gc " + plan.file + " removes them");
  return lines;
}

Lines sealed_json(const OpenResult& opened, const Failures& failures) {
  const Plan& plan = opened.plan();
  Json json;
  json.text("state", "sealed").text("file", plan.file).text("study_id", plan.study_id);
  json.add("units", plan.units()).add("units_done", plan.units()).add("runs", plan.runs());
  json.add("runs_failed", failures.runs).text("content_hash", opened.result().text("content_hash"));
  return json.line();
}

}  // namespace truce
