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

CalibrateRequest request_from(const Parsed& parsed) {
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

std::vector<std::string> results_to_match(const Parsed& parsed) {
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
  require_different(files, "calibrated");
  return files;
}

/// left.csv -> left.forts.csv where each of several results has points of its own, by file name.
std::filesystem::path points_path(const std::filesystem::path& asked, const std::filesystem::path& result) {
  std::filesystem::path path = asked;
  const std::string stem = result.stem().string();
  return path.replace_extension("." + stem.substr(stem.rfind('.') + 1) + asked.extension().string());
}

/// One request for each file, with points of its own.
std::vector<CalibrateRequest> requests_of(const Parsed& parsed, const std::vector<std::string>& files) {
  std::vector<CalibrateRequest> requests(files.size(), request_from(parsed));
  if (parsed.given("out")) require_place("out", parsed.option("out"));
  if (!parsed.given("points")) return requests;
  std::set<std::filesystem::path> all;
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::filesystem::path& points = requests[i].points;
    if (files.size() > 1) points = points_path(points, files[i]);
    require_place("points", points.string());
    if (points == requests[i].out)
      throw Error(Exit::usage, "option --points: " + points.string() + " is named by --out too (one would be lost); " +
                                   "name another file");
    if (!all.insert(points).second)
      throw Error(Exit::usage, "option --points: " + points.string() + " would be written for two of the results (it " +
                                   "has the last word of their names); calibrate them one by one");
  }
  return requests;
}

void print(const analysis::Dataset& data, const Calibration& calibration, const CalibrateRequest& request, bool quiet) {
  if (!quiet) std::cout << analysis::text_of(data, calibration, request.rule);
  if (calibration.points_written) std::cout << "  " << request.points.string() << "\n";
  if (!request.points.empty() && !calibration.points_written)
    std::cout << "  no point is left: " << request.points.string() << " is not written\n";
  std::cout << "  " << calibration.file.string() << "\n\n";
}

/// Collective: all of them, so that what is wrong with the last is found before the first is calibrated.
std::vector<std::unique_ptr<analysis::Dataset>> open_all(Crew& crew, const std::vector<std::string>& files) {
  std::vector<std::unique_ptr<analysis::Dataset>> all;
  together(crew, [&] {
    if (crew.rank() != 0) return;
    for (const std::string& file : files) require_stated_bytes(file, Phases(nullptr, &std::cerr));
  });
  together(crew, [&] {
    for (const std::string& file : files) all.push_back(std::make_unique<analysis::Dataset>(file));
  });
  return all;
}

}  // namespace

Exit calibrate(const Arguments& arguments) {
  return with_crew([&](Crew& crew) {
    std::vector<std::string> files;
    std::vector<CalibrateRequest> requests;
    bool quiet = false;
    together(crew, [&] {
      const Parsed parsed(arguments, {"quiet", "soft"}, {"discrepancy", "cutoff", "policy", "out", "points"}, false);
      files = results_to_match(parsed);
      requests = requests_of(parsed, files);
      quiet = parsed.flag("quiet");
    });
    const auto data = open_all(crew, files);
    const auto& targets = analysis::real_war_targets();
    std::vector<Calibration> all;
    for (std::size_t i = 0; i < data.size(); ++i) {
      all.push_back(analysis::calibrate(crew, *data[i], targets, requests[i]));
      if (crew.rank() == 0) print(*data[i], all.back(), requests[i], quiet);
    }
    if (crew.rank() == 0)
      std::cout << analysis::overview(all, requests.front().rule) << "\n" << analysis::limits_of_these_data(targets);
    return Exit::done;
  });
}

}  // namespace truce
