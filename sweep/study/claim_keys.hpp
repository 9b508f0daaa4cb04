// Sections [claim NAME]: from lines to claims, and from claims to the lines of a canonical text.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sweep/study/plan_parts.hpp"

namespace truce {

inline constexpr std::string_view claim_section = "claim ";

/// (key, meaning) of the keys of [claim NAME], for --help.
std::vector<std::pair<std::string, std::string>> claim_key_help();

/// A claim as its section states it for one kernel: the lines of [claim C1.forts] go before those of [claim C1].
struct StatedClaim {
  Claim claim;
  std::string title;  ///< "" if the section has none
  std::vector<FreeKey> pair, under,
      inputs;                        ///< of `move`, `under` and `where`, as lines of [pair], [pair] and [inputs]
  std::vector<std::string> kernels;  ///< of `kernels`; empty: all
  std::string where;                 ///< where `move` stands, for messages
  std::string outcome_where;
};

/// Problems with the lines alone: unknown, missing, malformed or contradictory keys. `kernel` "": what all kernels
/// have.
StatedClaim state_claim(const ClaimSection& section, const std::string& kernel, Problems& problems);
/// Every kernel that a claim names, by a section or by a key, must be one of the study, or left out of it by an option.
void check_kernels(const StudyKeys& keys, const ClaimSection& section, const KernelList& kernels, Problems& problems);

/// The claim of a canonical text, which has at most one.
std::optional<Claim> stored_claim(const StudyKeys& keys);
/// Its lines there; "" of a plan without a claim.
std::string claim_text(const Plan& plan);

/// A plan for each claim, ranges and kernel that can be asked; of those that cannot, each plan of the claim tells why.
std::vector<Plan> claim_plans(const StudyKeys& keys, std::span<const Kernel> kernels, const ListSource& source,
                              Problems& problems);

}  // namespace truce
