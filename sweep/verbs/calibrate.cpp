// `calibrate`: results of one or more kernels beside real wars, by all ranks together.
#include "analysis/calibration/calibrate.hpp"

#include <iostream>
#include <set>

#include "sweep/crew/collective.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/study/values.hpp"
#include "sweep/verbs/crewed.hpp"

namespace truce {
namespace {

using analysis::CalibrateRequest;
using analysis::Calibration;

double real_option(const Parsed& parsed, const std::string& name, double standard, double least) {
  if (!parsed.given(name)) return standard;
  try {
    const double value = parse_real(parsed.option(name));
    if (value >= least) return value;
  } catch (const Error&) {
  }
  throw Error(Exit::usage, "option --" + name + ": " + parsed.option(name) + " is no number from " + spell(least) +
                               " on; give such a number");
}

CalibrateRequest request_of(const Parsed& parsed) {
  CalibrateRequest request;
  request.rule.discrepancy = real_option(parsed, "discrepancy", request.rule.discrepancy, 0);
  request.rule.cutoff = real_option(parsed, "cutoff", request.rule.cutoff, 0.1);
  request.rule.soft = parsed.flag("soft");
  request.rule.policy = static_cast<std::size_t>(parsed.number("policy", 0, 0, 1'000'000'000));
  request.out = parsed.option("out");
  request.points = parsed.option("points");
  return request;
}

/// What `calibrate` and `analyze` write beside a result: history.*.h5 names these, too.
bool is_written_beside(const std::string& file) {
  return file.ends_with(".calibration.h5") || file.ends_with(".analysis.h5");
}

std::vector<std::string> files_of(const Parsed& parsed) {
  std::vector<std::string> files = parsed.positional();
  std::erase_if(files, is_written_beside);
  if (files.empty())
    throw Error(Exit::usage,
                "calibrate needs a result file (it compares results with real wars); name one or more, "
                "without .calibration or .analysis in the name");
  if (files.size() > 1 && parsed.given("out"))
    throw Error(Exit::usage, "option --out names one file (there are " + std::to_string(files.size()) +
                                 " results); leave it out, or calibrate them one by one");
  for (const std::string& file : files) {
    require_existing(file, "result file");
    require_no_study(file);
  }
  return files;
}

/// left.csv -> left.forts.csv where each of several results has points of its own; of two of one kernel by file name.
std::filesystem::path points_path(const std::filesystem::path& asked, const std::filesystem::path& result) {
  std::filesystem::path path = asked;
  const std::string stem = result.stem().string();
  return path.replace_extension("." + stem.substr(stem.rfind('.') + 1) + asked.extension().string());
}

void print(const analysis::Dataset& data, const Calibration& calibration, const CalibrateRequest& request, bool quiet) {
  if (!quiet) std::cout << analysis::text_of(data, calibration, request.rule);
  if (calibration.points_written) std::cout << "  " << request.points.string() << "\n";
  if (!request.points.empty() && !calibration.points_written)
    std::cout << "  no point is left: " << request.points.string() << " is not written\n";
  std::cout << "  " << calibration.file.string() << "\n\n";
}

Calibration calibrate_one(Crew& crew, const std::string& file, const CalibrateRequest& request, bool quiet) {
  together(crew, [&] {
    if (crew.rank() == 0) require_stated_bytes(file, Phases(nullptr, &std::cerr));
  });
  std::unique_ptr<analysis::Dataset> data;
  together(crew, [&] { data = std::make_unique<analysis::Dataset>(file); });
  Calibration calibration = analysis::calibrate(crew, *data, analysis::real_war_targets(), request);
  if (crew.rank() == 0) print(*data, calibration, request, quiet);
  return calibration;
}

}  // namespace

Exit calibrate(const Arguments& arguments) {
  const Parsed parsed(arguments, {"quiet", "soft"}, {"discrepancy", "cutoff", "policy", "out", "points"}, false);
  const std::vector<std::string> files = files_of(parsed);
  const CalibrateRequest request = request_of(parsed);
  return with_crew([&](Crew& crew) {
    std::vector<Calibration> all;
    for (const std::string& file : files) {
      CalibrateRequest own = request;
      if (files.size() > 1 && !request.points.empty()) own.points = points_path(request.points, file);
      all.push_back(calibrate_one(crew, file, own, parsed.flag("quiet")));
    }
    if (crew.rank() == 0)
      std::cout << analysis::overview(all, request.rule) << "\n"
                << analysis::limits_of_these_data(analysis::real_war_targets());
    return Exit::done;
  });
}

}  // namespace truce
