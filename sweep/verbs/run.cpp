// `run` and `seal`: a study from its file to its result.
#include <ctime>
#include <iostream>
#include <memory>
#include <set>

#include "sweep/crew/collective.hpp"
#include "sweep/run/code_choice.hpp"
#include "sweep/run/run_studies.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/run/start.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/verbs/crewed.hpp"
#include "sweep/verbs/each_plan.hpp"

namespace truce {

namespace {

std::vector<std::string> with(std::vector<std::string> names, const std::string& more) {
  names.push_back(more);
  return names;
}

void read_place(const Parsed& parsed, RunOptions& options) {
  options.join = parsed.flag("join");
  if (parsed.given("share")) options.share = parse_share(parsed.option("share"));
  if (options.join && options.share)
    throw Error(Exit::usage, "options --join and --share exclude each other (a share is worked on by one job alone); " +
                                 std::string("give the second job a share of its own, or join without --share"));
}

/// What would be in vain is said before it is done, once for all plans.
void tell_notes(const std::vector<Plan>& plans) {
  std::set<std::string> told{""};
  for (const Plan& plan : plans)
    if (const std::string note = replicates_note(plan); told.insert(note).second)
      std::cerr << "note: " << note << std::endl;
}

Exit seal_plan(const Plan& plan) {
  const auto folder = journal_folder(plan.file);
  const Circumstances here{last_attempt(folder), 1, {host_name()}, {}, static_cast<double>(std::time(nullptr))};
  std::unique_ptr<LiveLock> lock;
  auto finished = finish_sealed(plan, here, lock, Phases(nullptr, &std::cerr));
  if (!finished) {
    if (!std::filesystem::exists(folder))
      throw Error(Exit::incomplete, "nothing to seal (" + folder.string() + " does not exist); run the study first");
    if (!lock) lock = std::make_unique<LiveLock>(folder);
    // Another run may have sealed the study before the lock was ours.
    finished = finish_sealed(plan, here, lock, Phases(lock.get(), &std::cerr));
  }
  if (finished) {
    std::cout << plan.file << " is sealed already, content " << finished->content_hash << "\n";
  } else {
    require_same_plan(plan);
    remove_leftovers(plan);
    Phases tell(lock.get(), &std::cerr);
    finished = seal_study(plan, here, std::move(lock), tell);
    std::cout << "sealed " << plan.file << ", " << finished->bytes << " bytes, content " << finished->content_hash
              << "\n";
  }
  if (!finished->warning.empty()) std::cerr << "truce: warning: " << finished->warning << "\n";
  return Exit::done;
}

}  // namespace

Exit run(const Arguments& arguments) {
  return with_crew([&](Crew& crew) {
    std::vector<Plan> plans;
    RunOptions options;
    together(crew, [&] {
      const Parsed parsed(arguments, with(run_flags(), "join"), with(run_options(), "share"), true);
      options = read_run_options(crew, parsed);
      read_place(parsed, options);
      plans = load_plans(parsed.only("study file"), parsed.study(), kernels());
      for (const Plan& plan : plans) code_for(plan, options.instruction_set);
    });
    if (crew.rank() == 0 && !options.quiet) tell_notes(plans);
    return run_studies(crew, plans, options);
  });
}

Exit seal(const Arguments& arguments) {
  require_one_process("seal");
  const Parsed parsed(arguments, {}, {}, true);
  return for_each_plan(load_plans(parsed.only("study file"), parsed.study(), kernels()), seal_plan);
}

}  // namespace truce
