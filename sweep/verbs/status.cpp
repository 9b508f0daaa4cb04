// `status`: how far a study is, or what a sealed file is.
#include <fcntl.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "sweep/run/open_result.hpp"
#include "sweep/run/pending_repair.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/run/start.hpp"
#include "sweep/run/study_state.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/store/manifest.hpp"
#include "sweep/study/records.hpp"
#include "sweep/study/values.hpp"
#include "sweep/verbs/each_plan.hpp"
#include "sweep/verbs/status_text.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {

namespace {

namespace fs = std::filesystem;

enum class Named { result, study, neither };

/// By what is in the file, whatever its name: results begin with the signature of HDF5, and text in which a line opens
/// a [section] is a study.
Named look_at(const std::string& file) {
  if (!fs::is_regular_file(file)) return Named::study;  // its reader says what is wrong with it
  const Descriptor readable(file, O_RDONLY);            // says why if it may not be read
  std::string start(65536, '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(stream.gcount()));
  if (begins_as_result(start)) return Named::result;
  std::istringstream lines(start);
  for (std::string line; std::getline(lines, line);)
    if (trim(line).starts_with("[")) return start.find('\0') == std::string::npos ? Named::study : Named::neither;
  return Named::neither;
}

Exit tell(const Plan& plan, const StudyState& state, bool json) {
  const Lines lines = json ? state_json(plan, state) : state_lines(plan, state);
  for (const std::string& line : lines) std::cout << line << "\n";
  return state.complete() ? Exit::done : Exit::incomplete;
}

Exit tell_sealed(const std::string& file, bool json) {
  const OpenResult opened(file);
  const Failures failures = failures_of(opened.result(), opened.plan(), 5);
  for (const std::string& line : json ? sealed_json(opened, failures) : sealed_lines(opened, failures))
    std::cout << line << "\n";
  return Exit::done;
}

void tell_repair(const std::string& file) {
  if (const std::string note = repair_note(file); !note.empty()) std::cerr << note << "\n";
}

Exit study_status(const Plan& plan, bool json) {
  tell_repair(plan.file);
  if (require_free_or_same(plan, Phases(nullptr, &std::cerr))) return tell_sealed(plan.file, json);
  require_same_plan(plan);
  return tell(plan, state_of(plan), json);
}

/// An empty line parts the kernels, where lines are for people.
Exit studies_status(const std::vector<Plan>& plans, bool json) {
  return for_each_plan(plans, [&](const Plan& plan) {
    if (!json && &plan != &plans.front()) std::cout << "\n";
    return study_status(plan, json);
  });
}

/// Of a result that is named but not there yet: its journal tells what it will be.
Exit unsealed_status(const std::string& file, bool json) {
  const auto folder = journal_folder(file);
  if (!fs::exists(folder))
    throw Error(Exit::usage, file + " does not exist and has no journal (" + folder.string() +
                                 "); check the name of the study or result file");
  const auto published = read_plan(folder);
  if (!published)
    throw Error(Exit::usage, file + " is not sealed, and its journal " + folder.string() +
                                 " does not say of which study it is (there is no file named plan in it); name the " +
                                 "study file instead");
  Plan plan = plan_from_canonical(published->canonical, kernels());
  plan.file = file;
  return tell(plan, state_of(plan), json);
}

void require_no_journal(const std::string& name) {
  const fs::path path = fs::path(name).has_filename() ? fs::path(name) : fs::path(name).parent_path();
  if (path.extension() != ".journal" || !fs::is_directory(path)) return;
  const std::string file = fs::path(path).replace_extension().string();
  throw Error(Exit::usage, name + " is the journal of " + file + "; name " + file + " or the study");
}

}  // namespace

bool looks_like_result(const std::string& name) { return look_at(name) == Named::result; }

void require_no_study(const std::string& name) {
  if (!fs::is_regular_file(name) || fs::exists(manifest_path(name)) || look_at(name) != Named::study) return;
  throw Error(Exit::usage, name + " is a study (this verb reads a result); name a result file of it, which truce " +
                               "status " + name + " tells");
}

Exit status(const Arguments& arguments) {
  const Parsed parsed(arguments, {"json"}, {}, true);
  const std::string name = parsed.only("study or result file");
  const bool exists = fs::exists(fs::symlink_status(name)), json = parsed.flag("json");
  require_no_journal(name);
  const Named named = exists ? look_at(name) : Named::result;
  if (named == Named::study) return studies_status(load_plans(name, parsed.study(), kernels()), json);
  if (named == Named::neither)
    throw Error(Exit::corrupt, name + " is neither a result (it does not begin with the signature of HDF5) nor a " +
                                   "study (no line of it opens a [section]); name a study or a result file");
  if (!parsed.study().empty())
    throw Error(Exit::usage, "option " + parsed.study().front() + " has no effect on a result file (its study is " +
                                 "fixed); drop it, or name the study file");
  tell_repair(name);
  if (!exists) return unsealed_status(name, json);
  require_stated_bytes(name, Phases(nullptr, &std::cerr));
  return tell_sealed(name, json);
}

}  // namespace truce
