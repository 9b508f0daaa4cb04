// `box`: from a box of a ledger or an analysis to the study of what is in it.
#include <algorithm>
#include <cmath>
#include <iostream>
#include <sstream>

#include "analysis/answers/answers.hpp"
#include "analysis/claims/ledger.hpp"
#include "analysis/claims/next_study.hpp"
#include "analysis/discovery/stored_box.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/store/file_kind.hpp"
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

/// Options of the other form would have no effect.
void require_no_option(const Parsed& parsed, const std::vector<std::string>& options, const std::string& of,
                       const std::string& what) {
  for (const std::string& option : options)
    if (parsed.given(option))
      throw Error(Exit::usage, "option --" + option + " is of a box of " + of + " (" + what + "; it would have no " +
                                   "effect); leave it out");
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

/// What stands before the study of a box; throws Error(usage) if chance could have made it and --even-by-chance was not
/// given. `what` is of which box.
std::string comment_of(const Parsed& parsed, const std::string& what, double p_new, const std::filesystem::path& file) {
  const std::string start = "# Where " + what + ": a box of " + file.filename().string();
  if (told_from_chance(p_new)) return start + ".\n";
  const std::string chance = "p = " + spell(std::round(1e4 * p_new) / 1e4) + " among points that its search had not " +
                             "seen, and below " + spell(chance_of_a_box) + " it would be told from chance";
  if (parsed.flag("even-by-chance")) return start + " that chance could have made:\n# " + chance + ".\n";
  throw Error(Exit::usage, file.string() + " has a box where " + what + " that chance could have made (" + chance +
                               "); run more points, or write the study all the same with --even-by-chance");
}

/// p_new of the box of a claim.
double p_new_of(Result& ledger, const std::string& claim, const std::string& kernel, const std::string& ranges,
                const std::string& verdict) {
  const auto at = [&](const std::string& axis, const std::string& label) {
    const Words labels = labels_of(ledger, axis);
    return static_cast<std::size_t>(std::ranges::find(labels, label) - labels.begin());
  };
  const std::size_t place = (at("claim", claim) * labels_of(ledger, "kernel").size() + at("kernel", kernel)) *
                                labels_of(ledger, "ranges").size() +
                            at("ranges", ranges);
  return ledger.all(verdict + "_box_p_new").at(place);
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
  const std::string comment =
      comment_of(parsed, what + " " + verdict, p_new_of(ledger, claim, kernel, ranges, verdict), file);
  return next_study(open_beside(file, ledger.text(result)).plan(), lines_of(ledger.text(box)), comment);
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
  return next_study(opened.plan(), lines, comment_of(parsed, what, stored_p_new(analysis, which), file));
}

}  // namespace

Exit box(const Arguments& arguments) {
  const Parsed parsed(arguments, {"ini", "even-by-chance"},
                      {"claim", "kernel", "ranges", "verdict", "outcome", "goal", "policy", "box"}, false);
  const std::filesystem::path file = parsed.existing("ledger or analysis");
  if (!parsed.flag("ini")) throw Error(Exit::usage, "box needs --ini (a study is the only form of a box); add it");
  Result opened = open_analysis(file);
  const std::string kind = answers_kind(opened.attributes());
  const Words of_ledger{"claim", "kernel", "ranges", "verdict"}, of_analysis{"outcome", "goal", "policy", "box"};
  if (kind == "calibration")
    throw Error(Exit::usage, file.string() + " is a calibration (it has no boxes: the points that it leaves are what " +
                                 "--points writes); name <study>.claims.h5 or <study>.analysis.h5");
  if (kind == "ledger") {
    require_no_option(parsed, of_analysis, "an analysis", file.string() + " is a ledger of claims");
    std::cout << study_of_claim(parsed, opened, file);
  } else {
    require_no_option(parsed, of_ledger, "a ledger of claims", file.string() + " is an analysis");
    std::cout << study_of_outcome(parsed, opened, file);
  }
  return Exit::done;
}

}  // namespace truce
