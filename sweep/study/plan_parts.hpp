// The steps from typed keys to a plan; each checks its own keys and reports to one list of problems.
#pragma once

#include <filesystem>
#include <span>

#include "sweep/study/plan.hpp"
#include "sweep/study/study_keys.hpp"

namespace truce {

/// Where the points of method = list come from: a CSV file below `folder`, or `reader` if there is one.
struct ListSource {
  std::filesystem::path folder;
  ListReader reader;
};

/// Constants, marginals and levers, in the kernel's declaration order. False if any was in error, so that what
/// follows from them (the size of a grid) is not known.
bool plan_inputs(const StudyKeys& keys, Plan& plan, Problems& problems);
/// Method and points; the list's values; needs the inputs.
void plan_design(const StudyKeys& keys, const ListSource& source, Plan& plan, Problems& problems);
/// `design.points` of a grid must be what the inputs give; only where these could all be read.
void check_grid_points(const StudyKeys& keys, const Plan& plan, Problems& problems);
/// Replicates on demand: precision_of, precision and replicates_max, all or none.
void plan_precision(const StudyKeys& keys, Plan& plan, Problems& problems);
/// Sizes that must fit: policies and the number of runs.
void check_sizes(const StudyKeys& keys, const Plan& plan, Problems& problems);
/// All of it, with identity. Throws Error(usage) if `problems` holds anything by then.
Plan make_plan(const StudyKeys& keys, std::span<const Kernel> kernels, const ListSource& source, Problems& problems);

/// The plan of a canonical study text in which `options` (words such as "--design.points=64") replace keys.
Plan plan_changed(const std::string& canonical, const std::vector<std::string>& options,
                  std::span<const Kernel> kernels, const ListReader& list = {});

/// The index of an input, or the number of inputs if there is none of that name.
std::size_t input_index(const Kernel& kernel, std::string_view name);
std::vector<std::string> input_names(const Kernel& kernel);

}  // namespace truce
