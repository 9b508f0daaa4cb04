// `status`: how far a study is, or what a sealed file is.
#include <cmath>
#include <filesystem>
#include <iostream>

#include "sweep/crew/progress.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/study/values.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {

namespace {

void sealed_status(const std::string& file) {
  const OpenResult opened(file);
  const Plan& plan = opened.plan();
  Result& result = opened.result();
  std::cout << file << ": sealed\n"
            << (plan.title.empty() ? "" : plan.title + "\n") << "kernel " << plan.kernel->name << " version "
            << plan.kernel->version << ", " << format_count(plan.points) << " points x "
            << format_count(plan.policies()) << " policies x " << format_count(plan.replicates)
            << " replicates = " << format_count(plan.runs()) << " runs\n";
  const bool runs = plan.rows == Rows::run;
  const std::size_t variable = result.index(runs ? "status" : "runs_failed");
  const Variable& v = result.variables()[variable];
  std::int64_t failed = 0, rows_with_failures = 0;
  for (std::int64_t first = 0; first < v.rows(); first += piece_rows) {
    const std::int64_t count = std::min<std::int64_t>(piece_rows, v.rows() - first);
    std::vector<double> values(static_cast<std::size_t>(count) * v.width());
    result.read(variable, first, count, values);
    for (const double value : values) {
      failed += static_cast<std::int64_t>(value);
      rows_with_failures += value > 0 ? 1 : 0;
    }
  }
  std::cout << "failed runs: " << format_count(failed);
  if (failed > 0 && !runs)
    std::cout << " at " << format_count(rows_with_failures) << " points and policies (see runs_failed and status)";
  std::cout << "\nstudy id " << plan.study_id << "\ncontent " << result.text("content_hash") << "\n";
}

Exit journal_status(const std::string& file, const Plan& plan) {
  const auto folder = journal_folder(file);
  const Scan scan = scan_journals(folder, study_id_of(plan), plan.units());
  const auto gaps = missing(scan, plan.units());
  std::int64_t left = 0;
  for (const Range& gap : gaps) left += gap.count;
  const double share = static_cast<double>(plan.units() - left) / static_cast<double>(plan.units());
  std::cout << file << ": not sealed" << (is_live(folder) ? ", a run is working on it now" : ", no run is working on it")
            << "\nabout " << format_count(static_cast<std::int64_t>(share * static_cast<double>(plan.runs()))) << " of "
            << format_count(plan.runs()) << " runs committed (" << spell(std::floor(1000 * share) / 10) << " %), in "
            << scan.frames.size() << " blocks, " << scan.files.size() << " journals, " << scan.attempts << " attempts\n";
  for (const auto& journal : scan.files)
    if (!journal.damage.empty())
      std::cout << "journal " << journal.path.string() << ": " << journal.damage << " (" << journal.good_bytes << " of "
                << journal.bytes << " bytes are good; the rest will be computed again)\n";
  if (left == 0) std::cout << "nothing is missing; truce seal STUDY makes the result file\n";
  return left == 0 ? Exit::done : Exit::incomplete;
}

}  // namespace

Exit status(const Arguments& arguments) {
  const Parsed parsed(arguments, {}, {}, true);
  const std::string name = parsed.only("study or result file");
  const bool is_study = std::filesystem::path(name).extension() == ".ini";
  Plan plan;
  std::string file = name;
  if (is_study) {
    plan = load_plan(name, parsed.study(), kernels());
    file = plan.file;
    require_free_or_same(plan);
  }
  if (std::filesystem::exists(file)) {
    sealed_status(file);
    return Exit::done;
  }
  const auto folder = journal_folder(file);
  const auto published = read_plan(folder);
  if (!published) {
    if (is_study && !std::filesystem::exists(folder)) {
      std::cout << file << ": not begun (" << format_count(plan.runs()) << " runs to do)\n";
      return Exit::incomplete;
    }
    throw Error(Exit::usage,
                file + " does not exist and has no journal (" + folder.string() + "); name a study or a result file");
  }
  if (!is_study) plan = plan_from_canonical(published->canonical, kernels());
  return journal_status(file, plan);
}

}  // namespace truce
