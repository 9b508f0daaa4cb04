// `box`: from a box of a ledger to the study of what is in it.
#include <algorithm>
#include <iostream>
#include <sstream>

#include "analysis/answers/answers.hpp"
#include "analysis/claims/ledger.hpp"
#include "analysis/claims/next_study.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/study/values.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {
namespace {

using Words = std::vector<std::string>;

/// The words of a dimension's flag_meanings.
Words labels_of(const Result& ledger, const std::string& dimension) {
  Words labels;
  for (const Attribute& attribute : ledger.variables()[ledger.index(dimension)].attributes)
    if (attribute.name == "flag_meanings") {
      std::istringstream words(std::get<std::string>(attribute.value));
      for (std::string word; words >> word;) labels.push_back(word);
    }
  return labels;
}

/// What an option says, or the only label that is possible.
std::string chosen(const Parsed& parsed, const std::string& option, const Words& labels) {
  const std::string value = parsed.option(option);
  if (value.empty() && labels.size() == 1) return labels.front();
  if (value.empty())
    throw Error(Exit::usage, "box needs --" + option + " (the ledger has " + join(labels) + "); name one");
  if (std::ranges::find(labels, value) != labels.end()) return value;
  throw Error(Exit::usage,
              "option --" + option + ": '" + value + "' is not in the ledger" + known_names(value, labels));
}

Words lines_of(const std::string& text) {
  Words lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// Error(usage) if it is no ledger.
Result open_ledger(const std::filesystem::path& file) {
  try {
    Result ledger(file, analysis::analysis_file_type);
    if (ledger.has("content") && ledger.text("content") == "claims") return ledger;
  } catch (const Error&) {
    // whatever it is, it is no ledger
  }
  throw Error(Exit::usage, file.string() + " is no ledger of claims (only there are boxes of claims); make one with " +
                               "truce claims, and name <study>.claims.h5");
}

}  // namespace

Exit box(const Arguments& arguments) {
  const Parsed parsed(arguments, {"ini"}, {"claim", "kernel", "ranges", "verdict"}, false);
  const std::filesystem::path file = parsed.existing("ledger");
  if (!parsed.flag("ini")) throw Error(Exit::usage, "box needs --ini (a study is the only form of a box); add it");
  const Result ledger = open_ledger(file);
  const std::string claim = chosen(parsed, "claim", labels_of(ledger, "claim"));
  Words kernels;
  for (const std::string& kernel : labels_of(ledger, "kernel"))
    for (const std::string& ranges : claim_ranges())
      if (ledger.has(analysis::attribute_name("result", claim, kernel, ranges)) &&
          std::ranges::find(kernels, kernel) == kernels.end())
        kernels.push_back(kernel);
  const std::string kernel = chosen(parsed, "kernel", kernels);
  const std::string ranges = parsed.given("ranges") ? chosen(parsed, "ranges", claim_ranges()) : "full";
  const std::string verdict = parsed.given("verdict") ? chosen(parsed, "verdict", {"holds", "fails"}) : "fails";
  const std::string what = "claim " + claim + " in " + kernel + " over the " + ranges + " ranges";
  const std::string result_at = analysis::attribute_name("result", claim, kernel, ranges);
  if (!ledger.has(result_at))
    throw Error(Exit::usage, file.string() + " has no line of " + what + "; see truce claims");
  const std::string box_at = analysis::attribute_name("box", claim, kernel, ranges, verdict);
  if (!ledger.has(box_at))
    throw Error(Exit::usage, file.string() + " has no box where " + what + " " + verdict +
                                 " (none was told from chance, or the points with this verdict are too few); try "
                                 "--verdict or another kernel, or run more points");
  const std::filesystem::path result = file.parent_path() / ledger.text(result_at);
  require_existing(result.string(), "result that the box was found in");
  const OpenResult opened(result);
  const std::string comment = "# Where " + what + " " + verdict + ": a box of " + file.filename().string() + ".\n";
  std::cout << analysis::next_study(opened.plan(), lines_of(ledger.text(box_at)), comment);
  return Exit::done;
}

}  // namespace truce
