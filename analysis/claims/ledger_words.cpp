// Numbers, marks and the legend of a ledger.
#include "analysis/claims/ledger_words.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace truce::analysis {
namespace {

std::string number(double value) {
  if (std::isnan(value)) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%+.3g", value);
  return text;
}

}  // namespace

std::string percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.0f", 100 * share);
  return text;
}

std::string share_text(const Estimate& share) {
  return percent(share.value) + " (" + percent(share.low) + ".." + percent(share.high) + ")";
}

std::string effect_text(const Judged& line) {
  return number(line.effect.value) + " (" + number(line.effect.low) + ".." + number(line.effect.high) + ")" +
         (line.unit == "1" ? "" : " " + line.unit);
}

std::string plain(double value) {
  if (std::isnan(value)) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.2g", value);
  return text;
}

std::string box_text(const std::string& verdict, const VerdictBox& box) {
  const std::string chance = "p = " + plain(box.found.p_new);
  if (!box.is_told())
    return "no box where it " + verdict + ": among points not searched it does so nearly as often elsewhere (" +
           chance + ")";
  std::string text;
  for (const std::string& line : box.lines) text += (text.empty() ? "" : "; ") + line;
  return verdict + " where " + text + "  [" + percent(box.found.coverage.value) + " % of such points, density " +
         percent(box.found.density.value) + " against " + percent(box.found.base_rate) + " %, " + chance + "]";
}

std::string worth_text(const Judged& line) {
  if (!(line.effective < line.points / 2)) return "";
  char text[64];
  std::snprintf(text, sizeof text, ", worth %.0f of %.0f points", line.effective, line.points);
  return text;
}

std::string signs_text(const Judged& line) {
  char text[64];
  std::snprintf(text, sizeof text, "%.0f:%.0f", line.along, line.against);
  return text;
}

std::string mark_of(const Judged& line) {
  if (line.claim.by_construction(line.kernel)) return "*";
  return line.one_sided() ? "!" : "";
}

std::string agreement_text(const Agreement& agreement, bool shared) {
  const auto& kernels = agreement.kernels;
  const int asked = kernels[0] + kernels[1] + kernels[2] + kernels[3];
  const std::string constructed =
      agreement.by_construction == 0 ? "" : "by construction in " + std::to_string(agreement.by_construction);
  const auto part = [&](Verdict verdict) {
    const auto v = static_cast<std::size_t>(verdict);
    return verdict_names()[v] + " in " + std::to_string(kernels[v]) +
           (agreement.one_sided[v] == 0 ? "" : " (" + std::to_string(agreement.one_sided[v]) + " one-sided)");
  };
  std::string text;
  if (asked > 0) text = part(Verdict::holds) + ", " + part(Verdict::fails) + " of " + std::to_string(asked);
  if (!constructed.empty()) text += (text.empty() ? "" : "; ") + constructed;
  return text + (shared ? "; one shared part" : "");
}

std::string legend(const Ledger& ledger) {
  const auto any = [&](const auto& of) { return std::ranges::any_of(ledger.lines(), of); };
  std::string text =
      "A point decides beyond three standard errors of its paired differences, from ten runs on: where there is "
      "nothing,\n"
      "0.3 % of the points do, and more where differences are skewed and runs are few. Undecided supports nothing.\n"
      "Undefined: the part of the undecided where fewer than ten runs have the outcome (no settlement, no peace).\n"
      "A kernel's verdict is holds (fails) if both lie beyond 0 on that side: the interval of the share where the "
      "claim holds\n"
      "less that where it fails, and the interval of the mean effect, over the runs that have the outcome. The matrix "
      "has\n"
      "both shares. They are of the points, so of the ranges that were chosen.\n"
      "along:against are the points whose mean has the expected sign and the other one, decided or not.\n";
  if (any([](const Judged& line) { return mark_of(line) == "*"; }))
    text +=
        "* by construction, as the study says: the form of the kernel allows no other sign. It counts as no "
        "agreement.\n";
  if (any([](const Judged& line) { return mark_of(line) == "!"; }))
    text +=
        "! one-sided: no point goes the other way. Such a sign is in the form of the model, or nearly: chance could "
        "not have\n"
        "refuted it, so it is no evidence; what is measured is in how much of the space it matters, and how much.\n";
  if (any([](const Judged& line) { return !line.claim.extension.empty(); }))
    text += "extension: the claim says more than its source does; what, stands below its title.\n";
  if (any([](const Judged& line) { return line.holds_box || line.fails_box; }))
    text += "A box is partly where differences are large against their errors, so where it is easiest to tell.\n";
  return text;
}

}  // namespace truce::analysis
