// `run` and `seal`: a study from its file to its result.
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <memory>

#include "sweep/crew/collective.hpp"
#include "sweep/run/code_choice.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/run/session.hpp"
#include "sweep/run/stop.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {

namespace {

/// What the user says, else what Slurm does; only rank 0 needs to know.
TimeLeft time_left(const Crew& crew, const Parsed& parsed) {
  const auto seconds = static_cast<double>(parsed.number("max-seconds", 0, 1, 1000000000));
  if (seconds > 0) return {seconds, "the time limit of --max-seconds", ""};
  if (crew.rank() != 0) return {};
  return slurm_time_left([](const char* name) { return std::getenv(name); }, static_cast<double>(std::time(nullptr)));
}

}  // namespace

Exit run(const Arguments& arguments) {
  catch_stop_signals();
  const auto crew = make_crew();
  try {
    Plan plan;
    RunOptions options;
    together(*crew, [&] {
      const Parsed parsed(arguments, {"quiet", "json"}, {"max-seconds", "instruction-set"}, true);
      options.quiet = parsed.flag("quiet");
      options.json = parsed.flag("json");
      options.left = time_left(*crew, parsed);
      options.instruction_set = parsed.option("instruction-set");
      plan = load_plan(parsed.only("study file"), parsed.study(), kernels());
      code_for(plan, options.instruction_set);
    });
    return run_study(*crew, plan, options);
  } catch (const AgreedError& error) {
    // the same error on every rank: rank 0 alone says it
    if (crew->rank() == 0) std::cerr << "truce: " << error.what() << "\n";
    return error.exit();
  } catch (...) {
    // on this rank only: the others would wait for ever
    const Failure failure = describe_exception();
    std::cerr << "truce: on rank " << crew->rank() << ": " << failure.text << std::endl;
    crew->abort(static_cast<int>(failure.exit));
  }
  return Exit::internal;
}

Exit seal(const Arguments& arguments) {
  const Parsed parsed(arguments, {}, {}, true);
  const Plan plan = load_plan(parsed.only("study file"), parsed.study(), kernels());
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
    remove_leftovers(plan);
    Phases tell(lock.get(), &std::cerr);
    finished = seal_study(plan, here, std::move(lock), tell);
    std::cout << "sealed " << plan.file << ", " << finished->bytes << " bytes, content " << finished->content_hash
              << "\n";
  }
  if (!finished->warning.empty()) std::cerr << "truce: warning: " << finished->warning << "\n";
  return Exit::done;
}

}  // namespace truce
