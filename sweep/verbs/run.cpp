// `run` and `seal`: a study from its file to its result.
#include <ctime>
#include <iostream>

#include "sweep/crew/collective.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/run/session.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {

Exit run(const Arguments& arguments) {
  const auto crew = make_crew();
  try {
    Plan plan;
    RunOptions options;
    together(*crew, [&] {
      const Parsed parsed(arguments, {"quiet", "json"}, {"max-seconds"}, true);
      options.quiet = parsed.flag("quiet");
      options.json = parsed.flag("json");
      options.max_seconds = static_cast<double>(parsed.number("max-seconds", 0, 1, 1000000000));
      plan = load_plan(parsed.only("study file"), parsed.study(), kernels());
    });
    return run_study(*crew, plan, options);
  } catch (const Error& error) {
    // the same error on every rank: rank 0 alone says it
    if (crew->rank() == 0) std::cerr << "truce: " << error.what() << "\n";
    return error.exit();
  } catch (const std::exception& error) {
    // on this rank only: the others would wait for ever
    std::cerr << "truce: internal error on rank " << crew->rank() << ": " << error.what() << std::endl;
    crew->abort(static_cast<int>(Exit::internal));
  }
  return Exit::internal;
}

Exit seal(const Arguments& arguments) {
  const Parsed parsed(arguments, {}, {}, true);
  const Plan plan = load_plan(parsed.only("study file"), parsed.study(), kernels());
  if (require_free_or_same(plan)) {
    std::cout << plan.file << " is sealed already, content " << content_hash_in(plan.file) << "\n";
    return Exit::done;
  }
  const auto folder = journal_folder(plan.file);
  if (!std::filesystem::exists(folder))
    throw Error(Exit::incomplete, "nothing to seal (" + folder.string() + " does not exist); run the study first");
  const LiveLock lock(folder);
  const Sealed sealed = seal_study(plan, {last_attempt(folder), 1, {}, static_cast<double>(std::time(nullptr))});
  std::cout << "sealed " << plan.file << ", " << sealed.bytes << " bytes, content " << sealed.content_hash << "\n";
  return Exit::done;
}

}  // namespace truce
