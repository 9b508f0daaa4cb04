// The kernels of a study, and which of its keys are for which of them.
#include <algorithm>
#include <set>

#include "sweep/study/plan_parts.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

using Words = std::vector<std::string>;

Words names_of(const KernelList& kernels) {
  Words names;
  for (const Kernel* kernel : kernels) names.emplace_back(kernel->name);
  return names;
}

bool declares(const Kernel& kernel, const std::string& input) {
  return input_index(kernel, input) < kernel.inputs.size();
}

/// What a key may be called: each input once, and `all` where that means something.
Words known_inputs(const KernelList& kernels, bool lever) {
  Words names;
  for (const Kernel* kernel : kernels)
    for (auto& name : input_names(*kernel))
      if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  if (!lever) names.emplace_back("all");
  return names;
}

/// The kernels that a key is for; none, with the problem reported once for a section, if the study names no such one.
KernelList kernels_of_key(const FreeKey& key, const KernelList& kernels, std::set<std::string>& told,
                          Problems& problems) {
  if (key.kernel.empty()) return kernels;
  for (const Kernel* kernel : kernels)
    if (kernel->name == key.kernel) return {kernel};
  if (told.insert(key.kernel).second)
    problems.add(key.where,
                 "'" + key.kernel + "' is no kernel of this study" + known_names(key.kernel, names_of(kernels)));
  return {};
}

KernelList declaring(const KernelList& kernels, const std::string& input) {
  KernelList found;
  for (const Kernel* kernel : kernels)
    if (declares(*kernel, input)) found.push_back(kernel);
  return found;
}

/// "[levers.forts] and [levers.screening]".
std::string sections_of(const KernelList& kernels, bool lever) {
  std::string sections;
  for (const Kernel* kernel : kernels)
    sections += (sections.empty() ? "[" : " and [") + std::string(lever ? "levers." : "inputs.") +
                std::string(kernel->name) + "]";
  return sections;
}

/// True if the key is an input of the kernels that it is for: of one of them, and a lever of all. `all` are those of
/// the study: one of them may have what another is asked for.
bool check_name(const FreeKey& key, bool lever, const KernelList& kernels, const KernelList& all, Problems& problems) {
  if (!lever && key.name == "all") return true;
  const KernelList with = declaring(kernels, key.name);
  if (with.empty()) {
    const KernelList others = declaring(all, key.name);
    problems.add(key.where, "not an input of " + any_of_kernels(kernels) +
                                (others.empty() ? suggestion(key.name, known_inputs(kernels, lever))
                                                : "; write it in " + sections_of(others, lever)));
    return false;
  }
  if (!lever || with.size() == kernels.size()) return true;
  KernelList without = kernels;
  std::erase_if(without, [&](const Kernel* kernel) { return declares(*kernel, key.name); });
  problems.add(key.where, "not an input of " + join(names_of(without)) + " (policies of [levers] are the same in the " +
                              "results of all kernels); write it in " + sections_of(with, lever) +
                              ": policies with it are those kernels' own");
  return false;
}

/// The keys for `kernel`, one for each name: its own go before those of all, and stand in their places.
std::vector<FreeKey> for_kernel(const std::vector<FreeKey>& keys, bool lever, const Kernel& kernel) {
  std::vector<FreeKey> chosen;
  for (const bool own : {false, true})
    for (const FreeKey& key : keys) {
      if (own ? key.kernel != kernel.name : !key.kernel.empty()) continue;
      if (!declares(kernel, key.name) && (lever || key.name != "all")) continue;
      const auto same = std::ranges::find(chosen, key.name, &FreeKey::name);
      if (same == chosen.end())
        chosen.push_back(key);
      else
        *same = key;
    }
  return chosen;
}

/// What to add to a line that only `names` complain of: a key of all kernels can be given to one, but for what all
/// share.
std::string concerning(const StudyKeys& keys, const std::string& line, const Words& names) {
  const auto is_of = [&](const FreeKey& key) { return line.starts_with(key.where + ": "); };
  for (const auto& [section, free] : {std::pair("inputs", &keys.inputs), std::pair("levers", &keys.levers)}) {
    const auto key = std::ranges::find_if(*free, is_of);
    if (key == free->end()) continue;
    if (!key->kernel.empty()) return "";
    return " (kernel " + join(names) + "), or give a value of its own in [" + section + "." + names.front() + "]";
  }
  const bool shared = keys.has("study.precision_of") && line.starts_with(keys.at("study.precision_of") + ": ");
  return " (kernel " + join(names) + ")" + (shared ? ", or name an outcome that all kernels have" : "");
}

}  // namespace

std::string any_of_kernels(const KernelList& kernels, const std::string& more) {
  std::string text;
  for (const Kernel* kernel : kernels) text += (text.empty() ? "" : " or ") + std::string(kernel->name);
  return text + " (" + more + "see truce describe " +
         (kernels.size() == 1 ? std::string(kernels.front()->name) : std::string("KERNEL")) + ")";
}

KernelList kernels_named(const StudyKeys& keys, std::span<const Kernel> kernels, Problems& problems) {
  Words names;
  for (const auto& kernel : kernels) names.emplace_back(kernel.name);
  const std::string at = keys.at("study.kernel");
  if (keys.kernel.empty()) {
    if (!keys.has("study.kernel")) problems.add(at, "is missing (no model is assumed); add one of " + join(names));
    return {};
  }
  KernelList found;
  const std::size_t before = problems.lines().size();
  try {
    for (const std::string& word : split(keys.kernel)) {
      const auto named = std::ranges::find(kernels, word, &Kernel::name);
      if (named == kernels.end())
        problems.add(at, "'" + word + "' is not a kernel (see truce kernels)" + suggestion(word, names));
      else if (std::ranges::find(found, &*named) != found.end())
        problems.add(at, "names " + word + " twice (it would be run twice); delete one of the two");
      else
        found.push_back(&*named);
    }
  } catch (const Error& error) {
    problems.add(at, error.what());
  }
  return problems.lines().size() == before ? found : KernelList{};
}

bool check_names(const StudyKeys& keys, const KernelList& kernels, Problems& problems) {
  bool known = true;
  for (const bool lever : {false, true}) {
    std::set<std::string> told;
    for (const FreeKey& key : lever ? keys.levers : keys.inputs) {
      const KernelList whose = kernels_of_key(key, kernels, told, problems);
      known = !whose.empty() && check_name(key, lever, whose, kernels, problems) && known;
    }
  }
  return known;
}

StudyKeys keys_of_kernel(const StudyKeys& keys, const Kernel& kernel) {
  StudyKeys own = keys;
  own.inputs = for_kernel(keys.inputs, false, kernel);
  own.levers = for_kernel(keys.levers, true, kernel);
  return own;
}

void tell_together(const StudyKeys& keys, const KernelList& kernels, const std::vector<Problems>& found,
                   Problems& problems) {
  std::set<std::string> told;
  for (const Problems& of_one : found)
    for (const std::string& line : of_one.lines()) {
      if (!told.insert(line).second) continue;
      Words names;
      for (std::size_t k = 0; k < kernels.size(); ++k)
        if (std::ranges::find(found[k].lines(), line) != found[k].lines().end()) names.emplace_back(kernels[k]->name);
      problems.add("", line + (names.size() == kernels.size() ? "" : concerning(keys, line, names)));
    }
}

}  // namespace truce
