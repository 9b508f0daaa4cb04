// `status`: how far a study is, or what a sealed file is.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "sweep/crew/progress.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/run/rows.hpp"
#include "sweep/run/runs_made.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/study/values.hpp"
#include "sweep/verbs/verbs.hpp"
#include "sweep/verbs/words.hpp"

namespace truce {

namespace {

namespace fs = std::filesystem;

struct Total {
  std::int64_t sum = 0, above_0 = 0;  ///< of the values, and how many of them are above 0
};

Total total_of(Result& result, const std::string& name) {
  const std::size_t variable = result.index(name);
  const Variable& v = result.variables()[variable];
  Total total;
  for (std::int64_t first = 0; first < v.rows(); first += piece_rows) {
    const std::int64_t count = std::min<std::int64_t>(piece_rows, v.rows() - first);
    std::vector<double> values(static_cast<std::size_t>(count) * v.width());
    result.read(variable, first, count, values);
    for (const double value : values) {
      total.sum += static_cast<std::int64_t>(value);
      total.above_0 += value > 0 ? 1 : 0;
    }
  }
  return total;
}

void sealed_status(const std::string& file) {
  const OpenResult opened(file);
  const Plan& plan = opened.plan();
  Result& result = opened.result();
  std::cout << file << ": sealed\n"
            << (plan.title.empty() ? "" : plan.title + "\n") << "kernel " << plan.kernel->name << " version "
            << plan.kernel->version << ", " << size_text(plan) << "\n";
  const bool runs = plan.rows == Rows::run;
  if (plan.precision)
    std::cout << "runs made: " << format_count(total_of(result, "replicates").sum) << " (each point until the 95 % "
              << "half-width of " << plan.precision->of << " was at most " << spell(plan.precision->half_width)
              << ", or its replicates were used up)\n";
  const auto [failed, rows_with_failures] = total_of(result, runs ? "status" : "runs_failed");
  std::cout << "failed runs: " << format_count(failed);
  if (failed > 0 && !runs)
    std::cout << " in " << counted(rows_with_failures, "row", "rows")
              << " of a point and a policy (see the columns runs_failed and status)";
  std::cout << "\nstudy id " << plan.study_id << "\ncontent " << result.text("content_hash") << "\n";
}

std::string committed_text(const Plan& plan, const Scan& scan) {
  const std::string made = format_count(runs_made(plan, layout_of(plan), scan));
  if (plan.precision) return made + " of at most " + counted(plan.runs(), "run", "runs");
  return "about " + made + " of " + counted(plan.runs(), "run", "runs");
}

Exit journal_status(const std::string& file, const Plan& plan) {
  const auto folder = journal_folder(file);
  const Scan scan = scan_journals(folder, study_id_of(plan), plan.units());
  const std::int64_t left = units_missing(plan, scan);
  const double share = static_cast<double>(plan.units() - left) / static_cast<double>(plan.units());
  std::cout << file << ": not sealed"
            << (is_live(folder) ? ", a run is working on it now" : ", no run is working on it") << "\n"
            << committed_text(plan, scan) << " committed (" << spell(std::floor(1000 * share) / 10)
            << (plan.precision ? " % of the points), in " : " %), in ")
            << counted(static_cast<std::int64_t>(scan.frames.size()), "block", "blocks") << ", "
            << counted(static_cast<std::int64_t>(scan.files.size()), "journal", "journals") << ", "
            << counted(scan.attempts, "attempt", "attempts") << "\n";
  for (const auto& journal : scan.files)
    if (!journal.damage.empty())
      std::cout << "journal " << journal.path.string() << ": " << journal.damage << " (" << journal.good_bytes << " of "
                << journal.bytes << " bytes are good; the rest will be computed again)\n";
  if (left == 0) std::cout << "nothing is missing; truce seal STUDY makes the result file\n";
  return left == 0 ? Exit::done : Exit::incomplete;
}

enum class Named { result, study, neither };

/// By what is in the file, whatever its name: results begin with the signature of HDF5, and text in which a line opens
/// a [section] is a study.
Named look_at(const std::string& file) {
  if (!fs::is_regular_file(file)) return Named::study;  // its reader says what is wrong with it
  std::string start(65536, '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(stream.gcount()));
  if (start.starts_with("\x89HDF\r\n\x1a\n")) return Named::result;
  std::istringstream lines(start);
  for (std::string line; std::getline(lines, line);)
    if (trim(line).starts_with("[")) return start.find('\0') == std::string::npos ? Named::study : Named::neither;
  return Named::neither;
}

Exit study_status(const Plan& plan) {
  if (require_free_or_same(plan)) {
    sealed_status(plan.file);
    return Exit::done;
  }
  const auto folder = journal_folder(plan.file);
  if (!fs::exists(folder)) {
    std::cout << plan.file << ": not begun (" << (plan.precision ? "at most " : "")
              << counted(plan.runs(), "run", "runs") << " to do)\n";
    return Exit::incomplete;
  }
  if (const auto published = read_plan(folder))
    require_same_study(folder.string(), *published, {published->block, plan.study_id, plan.canonical});
  return journal_status(plan.file, plan);
}

/// Of a result that is named but not there yet: its journal tells what it will be.
Exit unsealed_status(const std::string& file) {
  const auto folder = journal_folder(file);
  if (!fs::exists(folder))
    throw Error(Exit::usage, file + " does not exist and has no journal (" + folder.string() +
                                 "); check the name of the study or result file");
  const auto published = read_plan(folder);
  if (!published)
    throw Error(Exit::usage, file + " is not sealed, and its journal " + folder.string() +
                                 " does not say of which study it is (there is no file named plan in it); name the " +
                                 "study file instead");
  return journal_status(file, plan_from_canonical(published->canonical, kernels()));
}

}  // namespace

Exit status(const Arguments& arguments) {
  const Parsed parsed(arguments, {}, {}, true);
  const std::string name = parsed.only("study or result file");
  const bool exists = fs::exists(fs::symlink_status(name));
  const Named named = exists ? look_at(name) : Named::result;
  if (named == Named::study) return study_status(load_plan(name, parsed.study(), kernels()));
  if (named == Named::neither)
    throw Error(Exit::corrupt, name + " is neither a result (it does not begin with the signature of HDF5) nor a " +
                                   "study (no line of it opens a [section]); name a study or a result file");
  if (!parsed.study().empty())
    throw Error(Exit::usage, "option " + parsed.study().front() + " has no effect on a result file (its study is " +
                                 "fixed); drop it, or name the study file");
  if (!exists) return unsealed_status(name);
  sealed_status(name);
  return Exit::done;
}

}  // namespace truce
