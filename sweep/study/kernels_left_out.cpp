// --study.kernel=forts runs a part of a study of several kernels, whose file still speaks of all.
#include <algorithm>

#include "sweep/study/plan_parts.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

using Words = std::vector<std::string>;

/// None if the list cannot be read, which kernels_named tells.
Words words_of(const std::string& list) {
  try {
    return split(list);
  } catch (const Error&) {
    return {};
  }
}

bool among(const Words& names, const std::string& name) { return std::ranges::find(names, name) != names.end(); }

}  // namespace

void leave_out_kernels(StudyKeys& keys, std::span<const Kernel> kernels) {
  const Words named = words_of(keys.kernel);
  Words others = words_of(keys.kernel_of_file);
  // Another kernel than those of the file is another study: then nothing of the file may be dropped without a word.
  if (named.empty() || !std::ranges::all_of(named, [&](const std::string& name) { return among(others, name); }))
    return;
  std::erase_if(others, [&](const std::string& name) { return among(named, name); });
  const auto has = [&](const Words& list, const std::string& input) {
    return std::ranges::any_of(kernels, [&](const Kernel& kernel) {
      return among(list, std::string(kernel.name)) && input_index(kernel, input) < kernel.inputs.size();
    });
  };
  const auto leave_out = [&](std::vector<FreeKey>& list, const auto& shared) {
    std::erase_if(list, [&](const FreeKey& key) {
      if (key.where.starts_with("option ")) return false;
      return key.kernel.empty() ? shared(key.name) : among(others, key.kernel);
    });
  };
  leave_out(keys.inputs, [&](const std::string& name) { return has(others, name) && !has(named, name); });
  leave_out(keys.levers, [](const std::string&) { return false; });  // all kernels have those of [levers]
  keys.left_out = std::move(others);
}

}  // namespace truce
