// The command line: finds the verb, catches once, chooses the exit code.
#include <fcntl.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>

#include "sweep/base/version.hpp"
#include "sweep/verbs/verbs.hpp"

namespace {

using namespace truce;

void print_help() {
  std::cout << "truce: parameter sweeps of models of war termination, over MPI, into HDF5\n\nUsage: truce VERB ...   "
               "(mpirun -n N truce run STUDY, srun truce run STUDY)\n\n";
  for (const auto& verb : verbs()) {
    const std::string usage(verb.usage);
    std::cout << "  " << usage << std::string(usage.size() < 34 ? 34 - usage.size() : 1, ' ') << verb.summary << "\n";
  }
  std::cout << "\ntruce VERB --help says more. A study file is an INI file; every key of it is also an option, e.g. "
               "--design.points=1024.\n\nExit codes: 0 done; 2 usage, study or identity; 4 the same block gave "
               "different bytes; 6 input/output;\n7 a damaged file; 70 internal error; 75 incomplete: the same command "
               "makes progress.\n";
}

int act(const Arguments& arguments) {
  const bool wants_help =
      !arguments.empty() && (arguments[0] == "--help" || arguments[0] == "-h" || arguments[0] == "help");
  if (wants_help && arguments.size() == 2) return act({arguments[1], "--help"});
  if (arguments.empty() || wants_help) {
    print_help();
    return arguments.empty() ? static_cast<int>(Exit::usage) : 0;
  }
  if (arguments[0] == "--version") {
    std::cout << "truce " << version << " (" << git_hash << ")\n";
    return 0;
  }
  const auto& all = verbs();
  const auto verb = std::find_if(all.begin(), all.end(), [&](const Verb& v) { return v.name == arguments[0]; });
  if (verb == all.end()) {
    std::vector<std::string> names;
    for (const auto& each : all) names.emplace_back(each.name);
    const std::string near = nearest(arguments[0], names);
    throw Error(Exit::usage, arguments[0] + " is not a verb. " +
                                 (near.empty() ? "See: truce --help" : "Did you mean " + near + "?"));
  }
  const Arguments rest(arguments.begin() + 1, arguments.end());
  if (std::find(rest.begin(), rest.end(), "--help") != rest.end() ||
      std::find(rest.begin(), rest.end(), "-h") != rest.end()) {
    std::cout << "truce " << verb->usage << "\n\n" << verb->summary << "\n\n" << verb->help;
    return 0;
  }
  return static_cast<int>(verb->act(rest));
}

}  // namespace

/// What the shell may leave undone: closed standard streams would give their numbers to journals, and a limit on file
/// sizes must be an error that can be told, not a signal.
void settle_process() {
  for (int stream = 0; stream <= 2; ++stream)
    if (fcntl(stream, F_GETFD) < 0 && open("/dev/null", O_RDWR) < 0) std::_Exit(static_cast<int>(Exit::io));
  std::signal(SIGXFSZ, SIG_IGN);
}

int main(int count, char** values) {
  settle_process();
  try {
    const int code = act(Arguments(values + 1, values + count));
    std::cout.flush();
    if (!std::cout) throw Error(Exit::io, "standard output could not be written (a full disk or a closed pipe?)");
    return code;
  } catch (const Error& error) {
    std::cerr << "truce: " << error.what() << "\n";
    return static_cast<int>(error.exit());
  } catch (const std::filesystem::filesystem_error& error) {
    std::cerr << "truce: " << error.path1().string() << " cannot be used (" << error.code().message()
              << "); check the path and its permissions\n";
    return static_cast<int>(Exit::io);
  } catch (const std::exception& error) {
    std::cerr << "truce: internal error: " << error.what()
              << "\nPlease report this with the command and the study file.\n";
    return static_cast<int>(Exit::internal);
  }
}
