// The ledger: claims by kernels, as a table, as text and as a file from which `truce box` makes the next study.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analysis/answers/answers.hpp"
#include "analysis/claims/judge.hpp"

namespace truce::analysis {

/// How many kernels say the same of a claim, in the order of verdict_names. Those in which it is so by construction are
/// counted apart: they agree with whoever wrote them.
struct Agreement {
  std::array<int, 4> kernels{};
  std::array<int, 4> one_sided{};  ///< those of `kernels` in which no point goes the other way
  int by_construction = 0;
};

/// What was judged, in the order of claims (C2 before C10), kernels (as the catalogue has them) and ranges.
/// Error(usage) if two are of the same claim, kernel and ranges, or state one claim with two signs.
class Ledger {
 public:
  explicit Ledger(std::vector<Judged> judged);

  const std::vector<Judged>& lines() const { return lines_; }
  const std::vector<std::string>& claims() const { return claims_; }
  const std::vector<std::string>& kernels() const { return kernels_; }  ///< those that cannot be asked too
  const std::vector<std::string>& ranges() const { return ranges_; }
  /// nullptr if there is none.
  const Judged* find(const std::string& claim, const std::string& kernel, const std::string& ranges) const;
  /// Why a kernel was not asked: "no input claim_a"; "" if it was, or nothing is known.
  std::string why_absent(const std::string& claim, const std::string& kernel) const;
  /// Any line of the claim.
  const Judged& of_claim(const std::string& claim) const;
  Agreement agreement(const std::string& claim, const std::string& ranges) const;

 private:
  std::vector<Judged> lines_;
  std::vector<std::string> claims_, kernels_, ranges_;
};

/// One row for each claim, kernel and ranges.
AnswerTable ledger_table(const Ledger& ledger);
/// Texts of the file: what each claim says, which kernels cannot be asked, the lines of the boxes, the results.
std::vector<Attribute> ledger_attributes(const Ledger& ledger);
/// What people read.
std::string ledger_text(const Ledger& ledger);

/// Name of a root attribute of a ledger file, e.g. of the lines of a box: box_C1_forts_full_fails.
std::string attribute_name(const std::string& kind, const std::string& claim, const std::string& kernel,
                           const std::string& ranges, const std::string& verdict = "");

/// claims.C1.forts.h5 -> claims.claims.h5
std::filesystem::path ledger_path(const std::filesystem::path& result, const Judged& judged);

}  // namespace truce::analysis
