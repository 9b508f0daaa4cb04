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

using KernelList = std::vector<const Kernel*>;

/// The kernels of the study; none if any name is in error.
KernelList kernels_named(const StudyKeys& keys, std::span<const Kernel> kernels, Problems& problems);
/// Where an option names some of the kernels of the file, what the file says of the others alone is passed over: their
/// sections, and inputs that none of the named has. Fills StudyKeys::left_out.
void leave_out_kernels(StudyKeys& keys, std::span<const Kernel> kernels);
/// Every key of [inputs] and [levers] must be of a kernel of the study. False if any was not.
bool check_names(const StudyKeys& keys, const KernelList& kernels, Problems& problems);
/// The keys as they are for one kernel: of [inputs] and [levers] those that it has, its own in the place of the others.
StudyKeys keys_of_kernel(const StudyKeys& keys, const Kernel& kernel);
/// What each kernel's steps complain of: what all do is told once, anything else with the kernels that it concerns.
void tell_together(const StudyKeys& keys, const KernelList& kernels, const std::vector<Problems>& found,
                   Problems& problems);
/// "toy (see truce describe toy)", "toy or other (see truce describe KERNEL)"; `more` comes before `see`.
std::string any_of_kernels(const KernelList& kernels, const std::string& more = "");

/// Constants, marginals and levers, in the kernel's declaration order. False if any was in error, so that what
/// follows from them (the size of a grid) is not known.
bool plan_inputs(const StudyKeys& keys, const KernelList& kernels, Plan& plan, Problems& problems);
/// The lines of [pair], among whose inputs no other key may be; part of plan_inputs, before `all = range`.
void plan_pair(const StudyKeys& keys, const KernelList& kernels, Plan& plan, Problems& problems);
/// What a mechanism asks of the inputs that it switches, of their values only if these could all be read. Needs the
/// design.
void check_pair(const StudyKeys& keys, bool inputs_known, const Plan& plan, Problems& problems);
/// Method and points, but not those of a grid; the list's values, but not those of other kernels among `kernels`;
/// needs the inputs.
void plan_design(const StudyKeys& keys, const ListSource& source, const KernelList& kernels, Plan& plan,
                 Problems& problems);
/// Groups, and what the members of a base point are. Needs the design; where inputs could not be read, it does not ask
/// for what these might have given.
void plan_members(const StudyKeys& keys, bool inputs_known, const KernelList& kernels, Plan& plan, Problems& problems);
/// Numbers the inputs over all that the kernels declare, so that an input has the same values in all; of a grid over
/// what they vary, which gives its points. `inputs_known`: that of all could be read. Needs the design.
void number_dimensions(const StudyKeys& keys, bool inputs_known, std::span<Plan> plans, Problems& problems);
/// The dimension that input `i` has where no other kernel is beside its own.
std::size_t own_dimension(const Plan& plan, std::size_t i);
/// Replicates on demand: precision_of, precision and replicates_max, all or none.
void plan_precision(const StudyKeys& keys, Plan& plan, Problems& problems);
/// Sizes that must fit: policies and the number of runs.
void check_sizes(const StudyKeys& keys, const Plan& plan, Problems& problems);
/// All of it, with identity: a plan for each kernel. Throws Error(usage) if `problems` holds anything by then.
std::vector<Plan> make_plans(const StudyKeys& keys, std::span<const Kernel> kernels, const ListSource& source,
                             Problems& problems);

/// The plan of a canonical study text in which `options` (words such as "--design.points=64") replace keys.
Plan plan_changed(const std::string& canonical, const std::vector<std::string>& options,
                  std::span<const Kernel> kernels, const ListReader& list = {});

/// The index of an input, or the number of inputs if there is none of that name.
std::size_t input_index(const Kernel& kernel, std::string_view name);
std::vector<std::string> input_names(const Kernel& kernel);

}  // namespace truce
