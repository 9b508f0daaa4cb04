// Chooses series and parts, collects their tables, writes them once.
#include "analysis/analyze.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "analysis/answers/salib_problem.hpp"
#include "analysis/data/moments_reader.hpp"
#include "analysis/fold/groups.hpp"
#include "analysis/fold/thresholds.hpp"
#include "sweep/base/error.hpp"
#include "sweep/base/version.hpp"
#include "sweep/crew/collective.hpp"
#include "sweep/store/files.hpp"

namespace truce::analysis {
namespace {

namespace fs = std::filesystem;

/// Collective: whether any run failed.
bool any_failed(Crew& crew, const Dataset& data) {
  MomentsReader failed(data, data.series().size() - 1);
  const Groups groups(data.bases(), data.members());
  const GroupSums sums = fold_groups(
      crew, groups, 1, [&](Range bases, std::span<double> into) { into[0] += failed.read(bases).mean.sum(); });
  return broadcast(crew, crew.rank() == 0 && sums.sum() > 0 ? "yes" : "") == "yes";
}

/// All that are no share of failed runs.
std::vector<std::size_t> all_series(const Dataset& data) {
  std::vector<std::size_t> all(data.series().size() - 1);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

/// Those that are named, in rising order.
std::vector<std::size_t> series_named(const Dataset& data, const std::vector<std::string>& names) {
  std::set<std::size_t> chosen;
  for (const std::string& name : names) chosen.insert(data.find_series(name));
  return {chosen.begin(), chosen.end()};
}

void require_known(const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const Part& part : parts()) known.emplace_back(part.name);
  for (const std::string& name : names) {
    if (std::ranges::find(known, name) != known.end()) continue;
    std::string all;
    for (const std::string& each : known) all += (all.empty() ? "" : ", ") + each;
    throw Error(Exit::usage,
                "option --parts: " + name + " is no part of an analysis (the parts are " + all + "); name one of them");
  }
}

/// The parts that are asked for and apply; what others need goes to `left_out`.
std::vector<const Part*> chosen_parts(const Dataset& data, const std::vector<std::string>& names,
                                      std::vector<std::string>& left_out) {
  require_known(names);
  std::vector<const Part*> chosen;
  for (const Part& part : parts()) {
    const bool asked = std::ranges::find(names, part.name) != names.end();
    if (!names.empty() && !asked) continue;
    const std::string needs = part.needs(data);
    const std::string line = std::string(part.name) + ": " + needs;
    if (!needs.empty() && asked)
      throw Error(Exit::usage, data.path() + ": " + line + " (this result has not); leave it out of --parts");
    needs.empty() ? chosen.push_back(&part) : left_out.push_back(line);
  }
  return chosen;
}

}  // namespace

fs::path analysis_path(const fs::path& result) {
  fs::path path = result;
  return path.replace_extension(".analysis.h5");
}

Analysis analyze(Crew& crew, const Dataset& data, const AnalyzeRequest& request) {
  Settings settings;
  settings.resamples = request.resamples;
  Analysis analysis;
  analysis.file = request.out.empty() ? analysis_path(data.path()) : request.out;
  std::vector<const Part*> chosen;
  together(crew, [&] {  // what is asked for is refused by all ranks, before anything is calculated
    chosen = chosen_parts(data, request.parts, analysis.left_out);
    settings.series = request.outcomes.empty() ? all_series(data) : series_named(data, request.outcomes);
    for (const std::string& text : request.thresholds) settings.thresholds.push_back(parse_threshold(data, text));
    if (crew.rank() == 0) require_may_replace(analysis.file, "analysis");
  });
  if (request.outcomes.empty() && any_failed(crew, data)) settings.series.push_back(data.series().size() - 1);
  const PartTask task{crew, data, settings};
  for (const Part* part : chosen)
    for (AnswerTable& table : part->answer(task)) analysis.tables.push_back(std::move(table));
  together(crew, [&] {
    if (crew.rank() != 0) return;
    write_answers(analysis.file, analysis.tables,
                  {{"content", std::string("analysis")},
                   {"result", fs::path(data.path()).filename().string()},
                   {"content_hash_of_result", data.result().text("content_hash")},
                   {"study_id", data.plan().study_id},
                   {"kernel", std::string(data.plan().kernel->name)},
                   {"truce_version", std::string(version)},
                   {"resamples", settings.resamples},
                   {"interval_level", settings.level}});
    for (const AnswerTable& table : analysis.tables) replace_text(csv_path(analysis.file, table), csv_of(table));
    if (!data.inputs().empty()) replace_text(problem_path(analysis.file), salib_problem(task));
  });
  return analysis;
}

}  // namespace truce::analysis
