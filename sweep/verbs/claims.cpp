// `claims`: the ledger of a study's claims, by all ranks together.
#include <iostream>

#include "analysis/claims/claim_reader.hpp"
#include "analysis/claims/ledger.hpp"
#include "sweep/base/version.hpp"
#include "sweep/crew/collective.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/store/files.hpp"
#include "sweep/verbs/crewed.hpp"

namespace truce {
namespace {

namespace fs = std::filesystem;
using namespace analysis;

/// Ledgers match claims.*.h5 as their results do.
bool is_analysis(const std::string& file) {
  try {
    return Result(file, analysis_file_type).has("file_type");
  } catch (const Error&) {
    return false;  // opening it as a result says what is wrong with it
  }
}

std::vector<std::string> results_to_judge(const Parsed& parsed) {
  if (parsed.positional().empty())
    throw Error(Exit::usage, "claims needs result files (those of a study with claims); name them, e.g. truce claims " +
                                 std::string("claims.*.h5"));
  for (const std::string& file : parsed.positional()) {
    require_existing(file, "result file");
    require_no_study(file);
  }
  std::vector<std::string> files = parsed.positional();
  std::erase_if(files, is_analysis);
  if (files.empty())
    throw Error(Exit::usage, "no result is among the files (ledgers are made from results); name some");
  require_different(files, "judged");
  return files;
}

Judged judge_file(Crew& crew, const std::string& file, const JudgeRequest& request) {
  std::unique_ptr<Dataset> data;
  together(crew, [&] {
    if (crew.rank() == 0) require_stated_bytes(file, Phases(nullptr, &std::cerr));
  });
  together(crew, [&] {
    data = std::make_unique<Dataset>(file);
    claim_of(*data);
  });
  return judge(crew, *data, request);
}

/// On rank 0.
void write_and_print(const Ledger& ledger, const fs::path& file, const JudgeRequest& request, bool quiet) {
  std::vector<Attribute> attributes = ledger_attributes(ledger);
  attributes.insert(attributes.begin(), {{"content", std::string("claims")},
                                         {"truce_version", std::string(version)},
                                         {"resamples", request.resamples},
                                         {"interval_level", request.level}});
  const AnswerTable table = ledger_table(ledger);
  write_answers(file, {table}, attributes);
  replace_text(csv_path(file, table), csv_of(table));
  if (!quiet) std::cout << ledger_text(ledger) << "\n";
  std::cout << csv_path(file, table).string() << "\n" << file.string() << "\n";
}

}  // namespace

Exit claims(const Arguments& arguments) {
  return with_crew([&](Crew& crew) {
    std::vector<std::string> files;
    JudgeRequest request;
    std::string out;
    bool quiet = false;
    together(crew, [&] {
      const Parsed parsed(arguments, {"quiet", "no-boxes"}, {"resamples", "out"}, false);
      files = results_to_judge(parsed);
      request.resamples = parsed.number("resamples", 1000, 20, 1000000);
      request.boxes = !parsed.flag("no-boxes");
      out = parsed.option("out");
      quiet = parsed.flag("quiet");
      if (out.empty()) return;
      require_place("out", out);
      if (crew.rank() == 0) require_may_replace(out, "ledger");
    });
    std::vector<Judged> judged;
    for (const std::string& file : files) judged.push_back(judge_file(crew, file, request));
    together(crew, [&] {
      if (crew.rank() != 0) return;
      const fs::path path = out.empty() ? ledger_path(files.front(), judged.front()) : fs::path(out);
      write_and_print(Ledger(std::move(judged)), path, request, quiet);
    });
    return Exit::done;
  });
}

}  // namespace truce
