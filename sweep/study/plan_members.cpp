// [groups], and the members that saltelli and morris make of the inputs that are varied.
#include <algorithm>
#include <cctype>
#include <map>

#include "sweep/study/plan_parts.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

using Role = PlannedInput::Role;

constexpr std::size_t most_factors = 254;  // a member is a uint8

bool declares(const KernelList& kernels, const std::string& input) {
  return std::ranges::any_of(kernels,
                             [&](const Kernel* kernel) { return input_index(*kernel, input) < kernel->inputs.size(); });
}

/// Reads [groups] for one kernel.
class GroupReader {
 public:
  GroupReader(bool inputs_known, const KernelList& kernels, const Plan& plan, Problems& problems)
      : inputs_known_(inputs_known), kernels_(kernels), plan_(plan), problems_(problems) {}

  void read(const FreeKey& key) {
    if (!check_name(key)) return;
    try {
      for (const std::string& name : split(key.value)) join(key, name);
    } catch (const Error& error) {
      problems_.add(key.where, error.what());
    }
  }

  std::map<std::size_t, std::string> groups;  ///< of each input that is in one

 private:
  /// A group's name becomes that of a member, beside those of inputs.
  bool check_name(const FreeKey& key) {
    const auto is_plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
    if (!key.kernel.empty() || !std::ranges::all_of(key.name, is_plain)) {
      problems_.add(key.where, "is no name of a group (it names a member in the result); use letters, digits and _");
      return false;
    }
    const bool is_first_member = key.name == "base";
    if (!is_first_member && !declares(kernels_, key.name)) return true;
    problems_.add(key.where, "'" + key.name + "' is the name of " +
                                 (is_first_member ? "the first member" : "an input") +
                                 " (a group of that name could not be told from it); give the group another");
    return false;
  }

  /// Puts an input into a group, if the kernel has it.
  void join(const FreeKey& key, const std::string& name) {
    const std::size_t i = input_index(*plan_.kernel, name);
    if (i == plan_.inputs.size()) return check_known(key, name);
    if (plan_.inputs[i].role != Role::varied) {
      if (inputs_known_)
        problems_.add(key.where, name + " is not varied (only what is varied can move); give it a distribution in " +
                                     "[inputs], or take it out of the group");
      return;
    }
    const auto [place, is_new] = groups.emplace(i, key.name);
    if (!is_new)
      problems_.add(key.where, name + " stands in group " + place->second + " already (an input moves with one " +
                                   "group); delete one of the two");
  }

  void check_known(const FreeKey& key, const std::string& name) {
    if (declares(kernels_, name)) return;
    std::vector<std::string> known;
    for (const Kernel* kernel : kernels_)
      for (auto& input : input_names(*kernel)) known.push_back(std::move(input));
    problems_.add(key.where, "'" + name + "' is not an input of " + any_of_kernels(kernels_) + suggestion(name, known));
  }

  bool inputs_known_;
  const KernelList& kernels_;
  const Plan& plan_;
  Problems& problems_;
};

/// A group stands where its first input does.
std::vector<Factor> factors_of(const Plan& plan, const std::map<std::size_t, std::string>& groups) {
  std::vector<Factor> factors;
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    if (plan.inputs[i].role != Role::varied) continue;
    const auto group = groups.find(i);
    const std::string name = group == groups.end() ? std::string(plan.kernel->inputs[i].name) : group->second;
    const auto known = std::ranges::find(factors, name, &Factor::name);
    if (known == factors.end())
      factors.push_back({name, {i}});
    else
      known->inputs.push_back(i);
  }
  return factors;
}

}  // namespace

void plan_members(const StudyKeys& keys, bool inputs_known, const KernelList& kernels, Plan& plan, Problems& problems) {
  if (!keys.method && keys.has("design.method")) return;  // a bad name, reported already
  const std::string method = keys.method ? name_of(*keys.method) : "none";
  check_pair(keys, inputs_known, plan, problems);
  const bool saltelli = keys.method == Method::saltelli;
  if (!saltelli && keys.method != Method::morris) {
    if (!keys.groups.empty())
      problems.add(keys.groups.front().where, "groups are only for saltelli and morris (method = " + method +
                                                  " would ignore them); delete [groups]");
    return;
  }
  GroupReader reader(inputs_known, kernels, plan, problems);
  for (const FreeKey& key : keys.groups) reader.read(key);
  plan.factors = factors_of(plan, reader.groups);
  if (plan.factors.empty() && inputs_known)
    problems.add(keys.at("design.method"), method +
                                               " has nothing to move (no input is varied); give inputs "
                                               "distributions in [inputs], or write all = range");
  if (plan.factors.size() > most_factors)
    problems.add(keys.at("design.method"), method + " has " + std::to_string(plan.factors.size()) +
                                               " inputs and groups to move (at most 254 members can be told apart); "
                                               "put inputs into [groups]");
  plan.members = static_cast<int>(plan.factors.size()) + (saltelli ? 2 : 1);
}

}  // namespace truce
