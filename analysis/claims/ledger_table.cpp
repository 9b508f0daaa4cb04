// The ledger as numbers over claim, kernel and ranges, and as the texts beside them.

#include "analysis/claims/ledger.hpp"
#include "sweep/base/no_number.hpp"

namespace truce::analysis {
namespace {

/// Adds an answer with the value of each line.
template <class Value>
void add(AnswerTable& table, const Ledger& ledger, const std::string& name, const std::string& units,
         const std::string& meaning, const Value& value) {
  std::vector<double>& into = table.add(name, units, meaning);
  std::size_t at = 0;
  for (const auto& claim : ledger.claims())
    for (const auto& kernel : ledger.kernels())
      for (const auto& ranges : ledger.ranges()) {
        if (const Judged* line = ledger.find(claim, kernel, ranges)) into[at] = value(*line);
        ++at;
      }
}

template <class Value>
void add_estimate(AnswerTable& table, const Ledger& ledger, const std::string& name, const std::string& units,
                  const std::string& meaning, const Value& value) {
  add(table, ledger, name, units, meaning, [&](const Judged& line) { return value(line).value; });
  add(table, ledger, name + "_low", units, "lower end of the interval of " + name,
      [&](const Judged& line) { return value(line).low; });
  add(table, ledger, name + "_high", units, "upper end of the interval of " + name,
      [&](const Judged& line) { return value(line).high; });
}

void add_box(AnswerTable& table, const Ledger& ledger, Verdict verdict) {
  const std::string name = verdict_names()[static_cast<std::size_t>(verdict)] + "_box_";
  const auto of = [&](const auto& value) {
    return [=](const Judged& line) {
      const auto& box = verdict == Verdict::holds ? line.holds_box : line.fails_box;
      return box ? value(box->found) : no_number;
    };
  };
  add(table, ledger, name + "mass", "1", "share of the points in the box",
      of([](const FoundBox& b) { return b.mass.value; }));
  add(table, ledger, name + "coverage", "1", "share of the points with the verdict that lie in the box",
      of([](const FoundBox& b) { return b.coverage.value; }));
  add(table, ledger, name + "density", "1", "share of the points in the box that have the verdict",
      of([](const FoundBox& b) { return b.density.value; }));
  add(table, ledger, name + "p_new", "1",
      "chance of that density among points the search did not see, if the box were none; from 0.05 on there is no box "
      "to tell of",
      of([](const FoundBox& b) { return b.p_new; }));
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

}  // namespace

std::string attribute_name(const std::string& kind, const std::string& claim, const std::string& kernel,
                           const std::string& ranges, const std::string& verdict) {
  return kind + "_" + claim + "_" + kernel + "_" + ranges + (verdict.empty() ? "" : "_" + verdict);
}

AnswerTable ledger_table(const Ledger& ledger) {
  AnswerTable table{"ledger",
                    "in what share of the space each claim holds, fails, has no effect or is undecided (beyond three "
                    "standard errors of the paired differences), and how large the effect is",
                    {{"claim", ledger.claims(), "claim"},
                     {"kernel", ledger.kernels(), "kernel"},
                     {"ranges", ledger.ranges(), "ranges of the inputs: full, or their inner halves"}},
                    {}};
  add(table, ledger, "expected", "1", "expected sign of the effect",
      [](const Judged& line) { return static_cast<double>(line.claim.sign); });
  add(table, ledger, "verdict", "1",
      "of the kernel: 0 holds, 1 fails (the intervals of balance and effect both lie beyond 0 on that side), "
      "2 no_effect, 3 undecided",
      [](const Judged& line) { return static_cast<double>(line.verdict); });
  for (std::size_t v = 0; v < verdict_names().size(); ++v)
    add_estimate(table, ledger, verdict_names()[v], "1", "share of the points with this verdict",
                 [v](const Judged& line) { return line.shares[v]; });
  add(table, ledger, "undefined", "1",
      "share of the points, among the undecided, with too few runs that have the outcome",
      [](const Judged& line) { return line.undefined; });
  add_estimate(table, ledger, "balance", "1", "share where the claim holds less share where it fails",
               [](const Judged& line) { return line.balance; });
  add_estimate(table, ledger, "effect", "", "mean effect over runs, in the unit of the outcome",
               [](const Judged& line) { return line.effect; });
  add(table, ledger, "points", "1", "base points", [](const Judged& line) { return line.points; });
  add(table, ledger, "effective_points", "1", "points of equal weight that the effect is worth",
      [](const Judged& line) { return line.effective; });
  add(table, ledger, "by_construction", "1", "1 where the form of the kernel allows no other sign",
      [](const Judged& line) { return line.claim.by_construction(line.kernel) ? 1.0 : 0.0; });
  add(table, ledger, "along", "1", "points whose mean has the expected sign, decided or not",
      [](const Judged& line) { return line.along; });
  add(table, ledger, "against", "1", "points whose mean has the other sign, decided or not",
      [](const Judged& line) { return line.against; });
  add(table, ledger, "pairs_against", "1",
      "share of the pairs of runs whose difference has the other sign, where differences are -1, 0 or 1",
      [](const Judged& line) { return line.pairs_against; });
  add(table, ledger, "one_sided", "1", "1 where the verdict is holds or fails and no point's mean has the other sign",
      [](const Judged& line) { return line.one_sided() ? 1.0 : 0.0; });
  add(table, ledger, "shared", "1",
      "1 where a part that the kernels share carries the claim (its names: shared_<claim>)",
      [](const Judged& line) { return line.claim.shared.empty() ? 0.0 : 1.0; });
  add(table, ledger, "extension", "1", "1 where the claim adds something to its source (in words: extension_<claim>)",
      [](const Judged& line) { return line.claim.extension.empty() ? 0.0 : 1.0; });
  add_box(table, ledger, Verdict::holds);
  add_box(table, ledger, Verdict::fails);
  return table;
}

std::vector<Attribute> ledger_attributes(const Ledger& ledger) {
  std::vector<Attribute> all;
  for (const auto& claim : ledger.claims()) {
    const Judged& any = ledger.of_claim(claim);
    all.push_back({"title_" + claim, any.title});
    all.push_back({"section_" + claim, any.claim.section});
    all.push_back({"extension_" + claim, any.claim.extension});
    all.push_back({"shared_" + claim, any.claim.shared});
    all.push_back({"absent_" + claim, any.claim.absent});
  }
  for (const Judged& line : ledger.lines()) {
    const auto name = [&](const std::string& kind, const std::string& verdict = "") {
      return attribute_name(kind, line.claim.name, line.kernel, line.claim.ranges, verdict);
    };
    all.push_back({name("result"), line.file});
    all.push_back({name("move"), line.move});
    all.push_back({name("under"), line.under});
    all.push_back({name("where"), line.claim.where});
    all.push_back({name("outcome"), line.claim.outcome + " [" + line.unit + "]"});
    if (line.holds_box) all.push_back({name("box", "holds"), joined(line.holds_box->lines)});
    if (line.fails_box) all.push_back({name("box", "fails"), joined(line.fails_box->lines)});
  }
  return all;
}

}  // namespace truce::analysis
