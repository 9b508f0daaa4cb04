// What a ledger for people is made of: the words for a line's numbers, and what they mean.
#pragma once

#include <string>

#include "analysis/claims/ledger.hpp"

namespace truce::analysis {

/// A share in percent, without digits behind the point.
std::string percent(double share);
/// Two digits; "-" for NaN.
std::string plain(double value);
/// "62 (58..65)", in percent.
std::string share_text(const Estimate& share);
/// "-0.147 (-0.166..-0.131)", with the unit.
std::string effect_text(const Judged& line);
/// ", worth 63 of 512 points" where the effect is worth less than half of them, else "".
std::string worth_text(const Judged& line);
/// "271:0": points whose mean has the expected sign, and the other one.
std::string signs_text(const Judged& line);
/// "fails where ..." with coverage, density and p; of a box that unseen points do not bear out only that and its p.
std::string box_text(const std::string& verdict, const VerdictBox& box);
/// * by construction, ! one-sided, else "".
std::string mark_of(const Judged& line);
/// "holds in 4 (2 one-sided), fails in 1 of 6; one shared part".
std::string agreement_text(const Agreement& agreement, bool shared);
/// What the words and marks of the ledger mean, as far as they occur in it.
std::string legend(const Ledger& ledger);

}  // namespace truce::analysis
