// `analyze`: sensitivity, robustness and discovery of one result, by all ranks together.
#include "analysis/analyze.hpp"

#include <iostream>
#include <sstream>

#include "sweep/crew/collective.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/verbs/crewed.hpp"

namespace truce {
namespace {

std::vector<std::string> words_of(const std::string& list) {
  std::vector<std::string> words;
  std::istringstream in(list);
  for (std::string word; std::getline(in, word, ',');)
    if (!word.empty()) words.push_back(word);
  return words;
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
  const Parsed parsed(arguments, {"quiet"}, {"outcomes", "parts", "resamples", "thresholds", "out"}, false);
  const std::string file = parsed.existing("result file");
  require_no_study(file);
  analysis::AnalyzeRequest request;
  request.outcomes = words_of(parsed.option("outcomes"));
  request.parts = words_of(parsed.option("parts"));
  request.thresholds = words_of(parsed.option("thresholds"));
  request.resamples = parsed.number("resamples", 1000, 20, 1000000);
  request.out = parsed.option("out");
  return with_crew([&](Crew& crew) {
    together(crew, [&] {
      if (crew.rank() == 0) require_stated_bytes(file, Phases(nullptr, &std::cerr));
    });
    std::unique_ptr<analysis::Dataset> data;
    together(crew, [&] { data = std::make_unique<analysis::Dataset>(file); });
    const analysis::Analysis analysis = analysis::analyze(crew, *data, request);
    if (crew.rank() == 0) print(analysis, parsed.flag("quiet"));
    return Exit::done;
  });
}

}  // namespace truce
