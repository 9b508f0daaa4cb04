// The crew of a verb from its start to its end.
#include "sweep/verbs/crewed.hpp"

#include <iostream>

#include "sweep/crew/collective.hpp"
#include "sweep/run/stop.hpp"

namespace truce {

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

const std::vector<std::string>& run_flags() {
  static const std::vector<std::string> names{"quiet", "json"};
  return names;
}

const std::vector<std::string>& run_options() {
  static const std::vector<std::string> names{"max-seconds", "instruction-set"};
  return names;
}

RunOptions read_run_options(const Parsed& parsed) {
  RunOptions options;
  options.quiet = parsed.flag("quiet");
  options.json = parsed.flag("json");
  options.max_seconds = static_cast<double>(parsed.number("max-seconds", 0, 1, 1000000000));
  options.instruction_set = parsed.option("instruction-set");
  return options;
}

}  // namespace truce
