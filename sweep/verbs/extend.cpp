// `extend`: a finished study with more points or replicates.
#include <filesystem>
#include <iostream>

#include "sweep/crew/collective.hpp"
#include "sweep/run/code_choice.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/store/files.hpp"
#include "sweep/study/extension.hpp"
#include "sweep/verbs/crewed.hpp"

namespace truce {

namespace {

constexpr long long most = 1'000'000'000'000'000;  // the study's own limits are narrower and say why

Extension read_extension(const Parsed& parsed) {
  const bool points = parsed.given("points"), replicates = parsed.given("replicates");
  if (points == replicates)
    throw Error(Exit::usage,
                std::string(points ? "--points and --replicates are both given" : "nothing to extend is given") +
                    " (one of --points N and --replicates R is extended at a time); give one");
  Extension extension;
  if (points) extension.points = parsed.number("points", 0, 1, most);
  if (replicates) extension.replicates = parsed.number("replicates", 0, 1, most);
  return extension;
}

std::string new_file(const Parsed& parsed, const Extension& extension, const std::string& file) {
  if (parsed.given("out")) return parsed.option("out");
  const std::string more = extension.points ? std::to_string(*extension.points) + "-points"
                                            : std::to_string(*extension.replicates) + "-replicates";
  return std::filesystem::path(file).stem().string() + "-" + more + ".h5";
}

void require_other_file(const std::string& file, const std::string& out) {
  require_place("out", out);
  std::error_code ignored;
  if (!std::filesystem::equivalent(file, out, ignored)) return;
  throw Error(Exit::usage,
              "option --out: " + out + " is the file that is extended (it must stay as it is); name another");
}

}  // namespace

Exit extend(const Arguments& arguments) {
  return with_crew([&](Crew& crew) {
    Plan plan;
    RunOptions options;
    Extension extension;
    together(crew, [&] {
      auto names = run_options();
      names.insert(names.end(), {"points", "replicates", "out"});
      const Parsed parsed(arguments, run_flags(), names, false);
      options = read_run_options(crew, parsed);
      extension = read_extension(parsed);
      options.rows_from = parsed.existing("result file");
      require_no_study(options.rows_from);
      plan.file = new_file(parsed, extension, options.rows_from);
      require_other_file(options.rows_from, plan.file);
    });
    together(crew, [&] {
      if (crew.rank() == 0) require_whole(options.rows_from, Phases(nullptr, options.quiet ? nullptr : &std::cerr));
    });
    together(crew, [&] {
      const std::string file = plan.file;
      plan = extend_plan(OpenResult(options.rows_from).plan(), extension, kernels());
      plan.file = file;
      code_for(plan, options.instruction_set);
    });
    if (crew.rank() == 0 && extension.replicates && plan.rows == Rows::point)
      std::cerr << "every run is made again: " << options.rows_from << " has rows = point, and means and variances do "
                << "not give back the sums of their runs" << std::endl;
    return run_study(crew, plan, options).exit;
  });
}

}  // namespace truce
