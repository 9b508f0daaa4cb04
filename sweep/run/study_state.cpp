// Counts come from the frames; pace and time left from the times at which files were written.
#include "sweep/run/study_state.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <map>

#include "sweep/run/rows.hpp"
#include "sweep/run/runs_made.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/store/seal.hpp"

namespace truce {

namespace {

/// Seconds since 1970 of the last change.
double changed(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return 0;
  return static_cast<double>(status.st_mtim.tv_sec) + 1e-9 * static_cast<double>(status.st_mtim.tv_nsec);
}

std::vector<AttemptState> attempts_of(const Scan& scan, std::vector<std::string>& damage) {
  std::map<std::uint32_t, AttemptState> attempts;
  for (const Scan::File& file : scan.files) {
    const std::uint32_t number = attempt_number(file.path.parent_path()).value_or(0);
    AttemptState& attempt = attempts[number];
    attempt.attempt = number;
    ++attempt.journals;
    attempt.blocks += static_cast<std::int64_t>(file.frames);
    attempt.bytes += file.bytes;
    if (file.damage.empty()) continue;
    ++attempt.damaged;
    damage.push_back("journal " + file.path.string() + ": " + file.damage + " (" + std::to_string(file.good_bytes) +
                     " of " + std::to_string(file.bytes) + " bytes are good; the rest will be computed again)");
  }
  std::vector<AttemptState> all;
  for (const auto& [number, attempt] : attempts) all.push_back(attempt);
  return all;
}

/// The folder of the last attempt on `share` (none: on the whole) that has journals; empty if there is none.
std::filesystem::path last_folder(const std::filesystem::path& folder, const Scan& scan,
                                  const std::optional<Share>& share) {
  for (std::uint32_t number = scan.attempts; number > 0; --number) {
    auto path = attempt_folder(folder, number, share);
    if (std::ranges::any_of(scan.files, [&](const Scan::File& file) { return file.path.parent_path() == path; }))
      return path;
  }
  return {};
}

/// The folder of the last attempt; of shares with the same number, that which was written to last.
std::filesystem::path last_folder(const Scan& scan) {
  std::filesystem::path last;
  double written = 0;
  for (const Scan::File& file : scan.files) {
    const auto path = file.path.parent_path();
    if (attempt_number(path) != scan.attempts || changed(file.path) <= written) continue;
    written = changed(file.path);
    last = path;
  }
  return last;
}

/// Units a second in the folder of an attempt, from its first journal to its last commit; 0 if that is not known.
double pace(const std::filesystem::path& attempt, const Scan& scan) {
  double last = 0;
  std::int64_t units = 0;
  for (const Scan::File& file : scan.files)
    if (file.path.parent_path() == attempt) last = std::max(last, changed(file.path));
  for (const FrameRef& frame : scan.frames)
    if (scan.files[frame.file].path.parent_path() == attempt) units += frame.units.count;
  const double first = changed(attempt);
  return first > 0 && last > first ? static_cast<double>(units) / (last - first) : 0;
}

void set_pace(StudyState& state, const std::filesystem::path& folder, const Scan& scan) {
  double units_a_second = 0;
  for (const LiveJob& job : state.live) units_a_second += pace(last_folder(folder, scan, job.share), scan);
  if (state.live.empty()) units_a_second = pace(last_folder(scan), scan);
  if (!(units_a_second > 0) || state.units_done == 0) return;
  state.runs_a_second = units_a_second * static_cast<double>(state.runs_done) / static_cast<double>(state.units_done);
  state.seconds_left = static_cast<double>(state.units - state.units_done) / units_a_second;
}

void set_bytes(StudyState& state, const Plan& plan, const Layout& layout) {
  const auto missing = static_cast<double>(state.units - state.units_done) / static_cast<double>(state.units);
  const auto journals = static_cast<double>(layout.row_bytes()) * static_cast<double>(layout.rows) * missing;
  state.bytes_needed = static_cast<std::uint64_t>(journals) + bytes_to_seal(layout);
  state.bytes_free = free_bytes(folder_of(plan.file));
}

/// Calls `visit(number, value)` for all values of a column, row by row.
template <class Visit>
void for_each_value(Result& result, const std::string& name, const Visit& visit) {
  const std::size_t variable = result.index(name);
  const Variable& form = result.variables()[variable];
  const auto width = static_cast<std::int64_t>(form.width());
  std::vector<double> values;
  for (std::int64_t first = 0; first < form.rows(); first += form.step_rows()) {
    const std::int64_t count = std::min(form.step_rows(), form.rows() - first);
    values.resize(static_cast<std::size_t>(count * width));
    result.read(variable, first, count, values);
    for (std::size_t i = 0; i < values.size(); ++i) visit(first * width + static_cast<std::int64_t>(i), values[i]);
  }
}

}  // namespace

StudyState state_of(const Plan& plan) {
  StudyState state;
  const Layout layout = layout_of(plan);
  const auto folder = journal_folder(plan.file);
  state.units = plan.units();
  state.runs = plan.runs();
  const Scan scan = scan_journals(folder, study_id_of(plan), plan.units());
  state.units_done = plan.units() - units_missing(plan, scan);
  state.runs_done = runs_made(plan, layout, scan);
  state.runs_failed = runs_failed(plan, layout, scan);
  state.blocks = static_cast<std::int64_t>(scan.frames.size());
  state.attempts = attempts_of(scan, state.damage);
  state.live = live_jobs(folder);
  if (!scan.files.empty()) set_pace(state, folder, scan);
  set_bytes(state, plan, layout);
  return state;
}

std::int64_t sum_of_column(Result& result, const std::string& name) {
  std::int64_t sum = 0;
  for_each_value(result, name, [&](std::int64_t, double value) { sum += static_cast<std::int64_t>(value); });
  return sum;
}

Failures failures_of(Result& result, const Plan& plan, std::size_t most) {
  const bool runs = plan.rows == Rows::run;
  Failures failures;
  for_each_value(result, runs ? "status" : "runs_failed", [&](std::int64_t number, double value) {
    if (!(value > 0)) return;
    const auto failed = static_cast<std::int64_t>(value);
    failures.runs += failed;
    ++failures.rows;
    if (failures.first.size() >= most) return;
    const std::int64_t policies = plan.policies(), sibling = number / policies, policy = number % policies;
    if (!runs) return failures.first.push_back({sibling, policy, -1, failed});
    // runs lie as [base point][replicate][member][policy]
    const std::int64_t before = sibling / plan.members, point = before / plan.replicates * plan.members;
    failures.first.push_back({point + sibling % plan.members, policy, before % plan.replicates, 1});
  });
  return failures;
}

}  // namespace truce
