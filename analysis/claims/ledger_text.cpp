// The ledger for people: a matrix of kernels by claims, then each claim with its numbers.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sstream>

#include "analysis/claims/ledger.hpp"

namespace truce::analysis {
namespace {

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size() + 2, width), ' ');
  return text;
}

std::string percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.0f", 100 * share);
  return text;
}

/// "62 (58..65)", in percent.
std::string share_text(const Estimate& share) {
  return percent(share.value) + " (" + percent(share.low) + ".." + percent(share.high) + ")";
}

std::string number(double value) {
  if (std::isnan(value)) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%+.3g", value);
  return text;
}

std::string effect_text(const Judged& line) {
  return number(line.effect.value) + " (" + number(line.effect.low) + ".." + number(line.effect.high) + ")" +
         (line.unit == "1" ? "" : " " + line.unit);
}

std::string box_text(const VerdictBox& box) {
  std::string text;
  for (const std::string& line : box.lines) text += (text.empty() ? "" : "; ") + line;
  return text + "  [" + percent(box.found.coverage.value) + " % of such points, density " +
         percent(box.found.density.value) + " against " + percent(box.found.base_rate) + " %]";
}

/// A cell of the matrix: "holds 47:0", the shares where the claim holds and fails.
std::string cell_of(const Ledger& ledger, const std::string& claim, const std::string& kernel,
                    const std::string& ranges) {
  const Judged* line = ledger.find(claim, kernel, ranges);
  if (line == nullptr) return "-";
  return verdict_names()[static_cast<std::size_t>(line->verdict)] + " " + percent(line->shares[0].value) + ":" +
         percent(line->shares[1].value) + (line->claim.by_construction(kernel) ? "*" : "");
}

void print_matrix(std::ostream& out, const Ledger& ledger, const std::string& ranges) {
  constexpr std::size_t first = 14, width = 18;
  out << padded(ranges + " ranges", first);
  for (const auto& kernel : ledger.kernels()) out << padded(kernel, width);
  out << "kernels that agree\n";
  for (const auto& claim : ledger.claims()) {
    out << padded(claim, first);
    for (const auto& kernel : ledger.kernels()) out << padded(cell_of(ledger, claim, kernel, ranges), width);
    const auto counts = ledger.agreement(claim, ranges);
    out << "holds in " << counts[0] << ", fails in " << counts[1] << " of "
        << counts[0] + counts[1] + counts[2] + counts[3] << "\n";
  }
  out << "\n";
}

void print_line(std::ostream& out, const Judged& line) {
  std::string row = "  " + padded(line.kernel, 16) + padded(line.claim.ranges, 8);
  for (const Estimate& share : line.shares) row += padded(share_text(share), 15);
  row += padded(percent(line.undefined), 13);
  out << row << effect_text(line) << "\n";
}

void print_claim(std::ostream& out, const Ledger& ledger, const std::string& claim) {
  const Judged& any = ledger.of_claim(claim);
  out << claim << "  " << any.title << (any.claim.section.empty() ? "" : "  [" + any.claim.section + "]") << "\n  "
      << padded("kernel", 16) << padded("ranges", 8) << padded("holds %", 15) << padded("fails %", 15)
      << padded("no effect %", 15) << padded("undecided %", 15) << padded("undefined %", 13) << "mean effect (95 %)\n";
  std::string told;
  for (const auto& kernel : ledger.kernels()) {
    for (const auto& ranges : ledger.ranges())
      if (const Judged* line = ledger.find(claim, kernel, ranges)) {
        const std::string about = (line->move.empty() ? "the level" : line->move) +
                                  (line->under.empty() ? "" : ", under " + line->under) +
                                  (line->claim.where.empty() ? "" : ", where " + line->claim.where) + ": " +
                                  line->claim.outcome + (line->claim.sign > 0 ? " +" : " -");
        if (about != told) out << "  " << about << "\n";
        told = about;
        print_line(out, *line);
        if (line->fails_box) out << "      fails where " << box_text(*line->fails_box) << "\n";
        if (line->holds_box) out << "      holds where " << box_text(*line->holds_box) << "\n";
      }
    if (const std::string why = ledger.why_absent(claim, kernel); !why.empty())
      out << "  " << padded(kernel, 16) << why << "\n";
  }
  out << "\n";
}

}  // namespace

std::string ledger_text(const Ledger& ledger) {
  std::ostringstream out;
  for (const auto& claim : ledger.claims()) print_claim(out, ledger, claim);
  for (const auto& ranges : ledger.ranges()) print_matrix(out, ledger, ranges);
  out << "A point decides beyond three standard errors of its paired differences, from ten runs on; undecided "
         "supports\n"
         "nothing. Undefined: the part of the undecided where fewer than ten runs have the outcome (no settlement, no "
         "peace).\n"
         "In a kernel a claim holds (fails) if it does so at more points than the opposite, beyond the 95 % interval;\n"
         "the table has both shares. They are of the points, so of the ranges that were chosen.\n";
  if (std::ranges::any_of(ledger.lines(), [](const Judged& line) { return line.claim.by_construction(line.kernel); }))
    out << "* by construction: the form of the kernel allows no other sign.\n";
  return out.str();
}

}  // namespace truce::analysis
