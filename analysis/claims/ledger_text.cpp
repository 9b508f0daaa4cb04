// The ledger for people: a matrix of kernels by claims, then each claim with its numbers.
#include <algorithm>
#include <sstream>

#include "analysis/claims/ledger_words.hpp"

namespace truce::analysis {
namespace {

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size() + 2, width), ' ');
  return text;
}

/// A cell of the matrix: "holds 47:0", the shares where the claim holds and fails.
std::string cell_of(const Ledger& ledger, const std::string& claim, const std::string& kernel,
                    const std::string& ranges) {
  const Judged* line = ledger.find(claim, kernel, ranges);
  if (line == nullptr) return "-";
  return verdict_names()[static_cast<std::size_t>(line->verdict)] + " " + percent(line->shares[0].value) + ":" +
         percent(line->shares[1].value) + mark_of(*line);
}

void print_matrix(std::ostream& out, const Ledger& ledger, const std::string& ranges) {
  constexpr std::size_t first = 16, width = 18;
  out << padded(ranges + " ranges", first);
  for (const auto& kernel : ledger.kernels()) out << padded(kernel, width);
  out << "kernels that agree\n";
  for (const auto& claim : ledger.claims()) {
    const Claim& any = ledger.of_claim(claim).claim;
    out << padded(claim + (any.extension.empty() ? "" : " extension"), first);
    for (const auto& kernel : ledger.kernels()) out << padded(cell_of(ledger, claim, kernel, ranges), width);
    out << agreement_text(ledger.agreement(claim, ranges), !any.shared.empty()) << "\n";
  }
  out << "\n";
}

void print_line(std::ostream& out, const Judged& line) {
  std::string row = "  " + padded(line.kernel, 16) + padded(line.claim.ranges, 8);
  for (const Estimate& share : line.shares) row += padded(share_text(share), 15);
  row += padded(percent(line.undefined), 13) + padded(signs_text(line), 15);
  row += padded(plain(100 * line.pairs_against), 17);
  out << row << effect_text(line) << worth_text(line) << "\n";
}

void print_claim(std::ostream& out, const Ledger& ledger, const std::string& claim) {
  const Judged& any = ledger.of_claim(claim);
  out << claim << "  " << any.title << (any.claim.section.empty() ? "" : "  [" + any.claim.section + "]") << "\n";
  if (!any.claim.extension.empty()) out << "  extension of its source: " << any.claim.extension << "\n";
  if (!any.claim.shared.empty())
    out << "  one shared part (" << any.claim.shared
        << ") carries it inside each kernel's own war: agreement says that the war does not matter, not that so many "
           "models of it agree\n";
  out << "  " << padded("kernel", 16) << padded("ranges", 8) << padded("holds %", 15) << padded("fails %", 15)
      << padded("no effect %", 15) << padded("undecided %", 15) << padded("undefined %", 13)
      << padded("along:against", 15) << padded("pairs against %", 17) << "mean effect (95 %)\n";
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
        if (line->fails_box) out << "      " << box_text("fails", *line->fails_box) << "\n";
        if (line->holds_box) out << "      " << box_text("holds", *line->holds_box) << "\n";
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
  out << legend(ledger);
  return out.str();
}

}  // namespace truce::analysis
