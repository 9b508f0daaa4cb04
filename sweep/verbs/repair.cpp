// `repair` and `gc`: what an operator does about a damaged result, and about journals that nobody needs any more.
#include "sweep/run/repair.hpp"

#include <filesystem>
#include <iostream>

#include "sweep/run/open_result.hpp"
#include "sweep/run/pending_repair.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/run/stop.hpp"
#include "sweep/store/files.hpp"
#include "sweep/store/manifest.hpp"
#include "sweep/verbs/crewed.hpp"
#include "sweep/verbs/each_plan.hpp"
#include "sweep/verbs/verbs.hpp"
#include "sweep/verbs/words.hpp"

namespace truce {

namespace {

namespace fs = std::filesystem;

std::uint64_t bytes_below(const fs::path& folder) {
  std::uint64_t bytes = 0;
  if (!fs::is_directory(folder)) return bytes;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) bytes += entry.file_size();
  return bytes;
}

/// Of a study file, or of the result file itself.
std::vector<Plan> plans_of_either(const std::string& name, const Parsed& parsed) {
  if (looks_like_result(name)) {
    if (parsed.study().empty()) {
      require_stated_bytes(name, Phases(nullptr, &std::cerr));
      return {OpenResult(name).plan()};
    }
    throw Error(Exit::usage, "option " + parsed.study().front() + " has no effect on a result file (its study is " +
                                 "fixed); drop it, or name the study file");
  }
  return load_plans(name, parsed.study(), kernels());
}

/// Journals may go only where the result that they were sealed into is there, whole and of the same study.
void require_sealed(const Plan& plan) {
  const fs::path folder = journal_folder(plan.file);
  if (!fs::exists(plan.file))
    throw Error(Exit::incomplete, "the journals in " + folder.string() + " are kept (" + plan.file +
                                      " is not sealed: they are all there is); run the study to its end first");
  if (!fs::exists(manifest_path(plan.file)))
    throw Error(Exit::incomplete, "the journals in " + folder.string() + " are kept (" + plan.file +
                                      " has no manifest that could prove it good); truce seal STUDY checks it and " +
                                      "writes one");
}

Exit gc_plan(const Plan& plan) {
  const fs::path folder = journal_folder(plan.file);
  const bool repaired = pending_repair(plan.file).has_value();
  const bool journals = fs::exists(folder);
  if (!journals && !repaired) {
    std::cout << "nothing to remove: " << plan.file << " has no journals\n";
    return Exit::done;
  }
  require_sealed(plan);
  const std::uint64_t bytes = bytes_below(folder);
  const Circumstances here{last_attempt(folder), 1, {host_name()}, {}, 0};
  std::unique_ptr<LiveLock> lock;
  const auto finished = finish_sealed(plan, here, lock, Phases(nullptr, &std::cerr));
  if (!finished->warning.empty() && fs::exists(folder)) throw Error(Exit::io, finished->warning);
  if (!finished->warning.empty()) std::cerr << "truce: warning: " << finished->warning << "\n";
  if (journals)
    std::cout << "removed " << folder.string() << ": " << format_count(static_cast<std::int64_t>(bytes))
              << " bytes freed; " << plan.file << " agrees with its manifest\n";
  if (repaired && !fs::exists(damaged_path(plan.file)))
    std::cout << "removed " << damaged_path(plan.file) << ": its repair is at its end\n";
  return Exit::done;
}

}  // namespace

Exit repair(const Arguments& arguments) {
  require_one_process("repair");
  catch_stop_signals();
  const Parsed parsed(arguments, {"quiet"}, {"study"}, true);
  const std::string file = parsed.only("result file"), study = parsed.option("study");
  std::optional<Plan> plan;
  if (!study.empty()) plan = plan_of_file(load_plans(study, parsed.study(), kernels()), file);
  if (study.empty() && !parsed.study().empty())
    throw Error(Exit::usage, "option " + parsed.study().front() +
                                 " has no effect without --study (the file tells its " +
                                 "own study); drop it, or name the study file");
  RunOptions options;
  options.quiet = parsed.flag("quiet");
  const auto crew = make_local_crew();
  return repair_result(*crew, file, plan, options);
}

Exit gc(const Arguments& arguments) {
  require_one_process("gc");
  const Parsed parsed(arguments, {}, {}, true);
  return for_each_plan(plans_of_either(parsed.existing("study or result file"), parsed), gc_plan);
}

}  // namespace truce
