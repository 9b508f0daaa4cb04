// `analyze`: sensitivity, robustness and discovery of one result, by all ranks together.
#include "analysis/analyze.hpp"

#include <iostream>
#include <memory>

#include "sweep/crew/collective.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/verbs/crewed.hpp"

namespace truce {
namespace {

analysis::AnalyzeRequest request_of(const Parsed& parsed) {
  analysis::AnalyzeRequest request;
  request.outcomes = parsed.words("outcomes");
  request.parts = parsed.words("parts");
  request.thresholds = parsed.words("thresholds");
  request.resamples = parsed.number("resamples", 1000, 20, 1000000);
  request.out = parsed.option("out");
  if (parsed.given("out")) require_place("out", parsed.option("out"));
  return request;
}

void print(const analysis::Analysis& analysis, bool quiet) {
  for (const auto& table : analysis.tables) {
    if (!quiet) std::cout << table.name << ": " << table.summary << "\n";
    std::cout << "  " << analysis::csv_path(analysis.file, table).string() << "\n";
  }
  if (!quiet)
    for (const auto& line : analysis.left_out) std::cout << "left out, " << line << "\n";
  std::cout << analysis.file.string() << "\n";
}

}  // namespace

Exit analyze(const Arguments& arguments) {
  return with_crew([&](Crew& crew) {
    std::string file;
    analysis::AnalyzeRequest request;
    bool quiet = false;
    together(crew, [&] {
      const Parsed parsed(arguments, {"quiet"}, {"outcomes", "parts", "resamples", "thresholds", "out"}, false);
      file = parsed.existing("result file");
      require_no_study(file);
      request = request_of(parsed);
      quiet = parsed.flag("quiet");
      if (crew.rank() == 0) require_stated_bytes(file, Phases(nullptr, &std::cerr));
    });
    std::unique_ptr<analysis::Dataset> data;
    together(crew, [&] { data = std::make_unique<analysis::Dataset>(file); });
    const analysis::Analysis analysis = analysis::analyze(crew, *data, request);
    if (crew.rank() == 0) print(analysis, quiet);
    return Exit::done;
  });
}

}  // namespace truce
