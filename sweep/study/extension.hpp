// The same study with more points or more replicates, such that what is there stays as it is.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "sweep/study/plan.hpp"

namespace truce {

/// Why a design of this method (Plan::placement) with more points has other points; "" where it has the same ones and
/// then more.
std::string_view why_points_move(Method method);

/// What there should be more of; one of the two.
struct Extension {
  std::optional<std::int64_t> points;
  std::optional<std::int64_t> replicates;
};

/// The plan of `plan`'s study with more points or replicates; its row_id is the same. `file` and `block` are left
/// empty. Throws Error(usage) with the reason where the study cannot be extended so.
Plan extend_plan(const Plan& plan, const Extension& extension, std::span<const Kernel> kernels);

}  // namespace truce
