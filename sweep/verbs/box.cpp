// `box`: from a box of a ledger or an analysis to the study of what is in it.
#include <algorithm>
#include <array>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "analysis/answers/answers.hpp"
#include "analysis/claims/ledger.hpp"
#include "analysis/claims/next_study.hpp"
#include "analysis/discovery/stored_box.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/study/values.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {
namespace {

using namespace analysis;
using Words = std::vector<std::string>;

/// What an option says, or the only label that is possible.
std::string chosen(const Parsed& parsed, const std::string& option, const Words& labels) {
  const std::string value = parsed.option(option);
  if (value.empty() && labels.size() == 1) return labels.front();
  if (value.empty())
    throw Error(Exit::usage, "box needs --" + option + " (the file has " + join(labels) + "); name one");
  if (std::ranges::find(labels, value) != labels.end()) return value;
  throw Error(Exit::usage, "option --" + option + ": '" + value + "' is not in the file" + known_names(value, labels));
}

std::string chosen_or(const Parsed& parsed, const std::string& option, const Words& labels) {
  return parsed.given(option) ? chosen(parsed, option, labels) : labels.front();
}

Words lines_of(const std::string& text) {
  Words lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

Result open_analysis(const std::filesystem::path& file) {
  try {
    return Result(file, analysis_file_type);
  } catch (const Error&) {
    throw Error(Exit::usage, file.string() +
                                 " is neither a ledger nor an analysis (only they have boxes); make one with " +
                                 "truce claims or truce analyze, and name <study>.claims.h5 or <study>.analysis.h5");
  }
}

/// The result that a box was found in, beside the file that has the box.
OpenResult open_beside(const std::filesystem::path& file, const std::string& result) {
  const std::filesystem::path path = file.parent_path() / result;
  require_existing(path.string(), "result that the box was found in");
  return OpenResult(path);
}

/// The results that a claim has in a ledger.
Words kernels_of(const Result& ledger, const std::string& claim) {
  Words kernels;
  for (const std::string& kernel : labels_of(ledger, "kernel"))
    if (std::ranges::any_of(claim_ranges(), [&](const std::string& ranges) {
          return ledger.has(attribute_name("result", claim, kernel, ranges));
        }))
      kernels.push_back(kernel);
  return kernels;
}

/// How sure a ledger is of a box, as a comment; "" of a ledger without the number.
std::string told_of_box(Result& ledger, const std::array<std::pair<std::string, std::string>, 3>& line,
                        const std::string& verdict) {
  const std::string column = verdict + "_box_p_new";
  if (!ledger.find(column)) return "";
  std::size_t place = 0;
  for (const auto& [axis, label] : line) {
    const Words labels = labels_of(ledger, axis);
    place = place * labels.size() + static_cast<std::size_t>(std::ranges::find(labels, label) - labels.begin());
  }
  const double p = ledger.all(column).at(place);
  std::ostringstream text;
  text << "# p = " << std::setprecision(2) << p << " among points that its search did not see"
       << (p < significance_of_a_box ? "" : ": no box to tell of, elsewhere it is so nearly as often") << ".\n";
  return text.str();
}

std::string study_of_claim(const Parsed& parsed, Result& ledger, const std::filesystem::path& file) {
  const std::string claim = chosen(parsed, "claim", labels_of(ledger, "claim"));
  const std::string kernel = chosen(parsed, "kernel", kernels_of(ledger, claim));
  const std::string ranges = chosen_or(parsed, "ranges", claim_ranges());
  const std::string verdict = chosen_or(parsed, "verdict", {"fails", "holds"});
  const std::string what = "claim " + claim + " in " + kernel + " over the " + ranges + " ranges";
  const std::string result = attribute_name("result", claim, kernel, ranges);
  if (!ledger.has(result))
    throw Error(Exit::usage,
                file.string() + " has no line of " + what + " (no such result was judged); see truce claims");
  const std::string box = attribute_name("box", claim, kernel, ranges, verdict);
  if (!ledger.has(box))
    throw Error(Exit::usage, file.string() + " has no box where " + what + " " + verdict +
                                 " (none was told from chance, or the points with this verdict are too few); try "
                                 "--verdict or another kernel, or run more points");
  return next_study(open_beside(file, ledger.text(result)).plan(), lines_of(ledger.text(box)),
                    "# Where " + what + " " + verdict + ": a box of " + file.filename().string() + ".\n" +
                        told_of_box(ledger, {{{"claim", claim}, {"kernel", kernel}, {"ranges", ranges}}}, verdict));
}

std::string study_of_outcome(const Parsed& parsed, Result& analysis, const std::filesystem::path& file) {
  const OpenResult opened = open_beside(file, analysis.text("result"));
  if (opened.result().text("content_hash") != analysis.text("content_hash_of_result"))
    throw Error(Exit::usage, file.string() + " is of another content of " + opened.plan().file +
                                 " (it was changed since); run truce analyze again");
  StoredCase which;
  which.outcome = chosen(parsed, "outcome", labels_of(analysis, "outcome"));
  which.goal = chosen_or(parsed, "goal", {"higher", "lower"});
  which.policy = static_cast<std::size_t>(parsed.number("policy", 0, 0, 100'000));
  which.number = static_cast<std::size_t>(parsed.number("box", 1, 1, 100));
  const Words lines = box_lines(opened.plan(), stored_box(analysis, opened.plan(), which));
  const std::string what = which.outcome + " is " + which.goal;
  if (lines.empty())
    throw Error(Exit::usage, file.string() + " has no box " + std::to_string(which.number) + " where " + what +
                                 " (none was told from chance); try --goal or another outcome, or run more points");
  return next_study(opened.plan(), lines, "# Where " + what + ": a box of " + file.filename().string() + ".\n");
}

}  // namespace

Exit box(const Arguments& arguments) {
  const Parsed parsed(arguments, {"ini"}, {"claim", "kernel", "ranges", "verdict", "outcome", "goal", "policy", "box"},
                      false);
  const std::filesystem::path file = parsed.existing("ledger or analysis");
  if (!parsed.flag("ini")) throw Error(Exit::usage, "box needs --ini (a study is the only form of a box); add it");
  Result opened = open_analysis(file);
  const bool is_ledger = opened.has("content") && opened.text("content") == "claims";
  std::cout << (is_ledger ? study_of_claim(parsed, opened, file) : study_of_outcome(parsed, opened, file));
  return Exit::done;
}

}  // namespace truce
