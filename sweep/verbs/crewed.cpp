// The crew of a verb from its start to its end.
#include "sweep/verbs/crewed.hpp"

#include <cstdlib>
#include <ctime>
#include <iostream>

#include "sweep/crew/collective.hpp"
#include "sweep/run/stop.hpp"

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

Exit with_crew(const std::function<Exit(Crew&)>& act) {
  catch_stop_signals();
  const auto crew = make_crew();
  try {
    return act(*crew);
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

void require_one_process(const std::string& verb) {
  const int started = launched_processes([](const char* name) { return std::getenv(name); });
  if (started > 1)
    throw Error(Exit::usage, verb + " works as one process (" + std::to_string(started) +
                                 " were started, and would work against each other); start it without mpirun");
}

const std::vector<std::string>& run_flags() {
  static const std::vector<std::string> names{"quiet", "json"};
  return names;
}

const std::vector<std::string>& run_options() {
  static const std::vector<std::string> names{"max-seconds", "instruction-set"};
  return names;
}

RunOptions read_run_options(const Crew& crew, const Parsed& parsed) {
  RunOptions options;
  options.quiet = parsed.flag("quiet");
  options.json = parsed.flag("json");
  options.left = time_left(crew, parsed);
  options.instruction_set = parsed.option("instruction-set");
  return options;
}

}  // namespace truce
