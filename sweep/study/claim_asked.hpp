// Which kernels of a study can be asked a claim, and in what form.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sweep/study/claim_keys.hpp"

namespace truce {

/// What is said of an input that a claim moves, or compares, from a value to itself; its name goes before.
inline constexpr std::string_view same_value =
    " goes from a value to the same value (there would be nothing to compare); write two values";

/// One claim for the kernels of the study: which are asked, how, and why the others are not.
struct Asked {
  std::vector<std::pair<StatedClaim, KernelList>> groups;  ///< kernels of which the claim says the same
  std::string absent;                                      ///< "forts: no input claim_x; screening: not asked"
};

/// Problems: of the claim's lines, and a name in it that no kernel has, unless a kernel that an option leaves out has
/// it
/// (`all` are those of the program) or `wanted` is false.
Asked ask(const StudyKeys& keys, const ClaimSection& section, const KernelList& kernels, std::span<const Kernel> all,
          bool wanted, Problems& problems);

}  // namespace truce
