// One plan is the usual case, and nothing is said about it that a study of one kernel does not need.
#include "sweep/verbs/each_plan.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "sweep/run/salvage.hpp"

namespace truce {

Exit for_each_plan(const std::vector<Plan>& plans, const std::function<Exit(const Plan&)>& act) {
  if (plans.size() == 1) return act(plans.front());
  Exit worst = Exit::done;
  for (const Plan& plan : plans) {
    try {
      worst = worse(worst, act(plan));
    } catch (const Error& error) {
      std::cout.flush();
      std::cerr << "truce: " << error.what() << std::endl;
      worst = worse(worst, error.exit());
    }
  }
  return worst;
}

Plan plan_of_file(std::vector<Plan> plans, const std::string& file) {
  const auto name_of = [](const std::string& path) { return std::filesystem::path(path).filename(); };
  const auto manifest = readable_manifest(file);
  auto found = plans.size() == 1 ? plans.begin() : std::find_if(plans.begin(), plans.end(), [&](const Plan& plan) {
    return manifest && manifest->study_id == plan.study_id;
  });
  if (found == plans.end())
    found =
        std::find_if(plans.begin(), plans.end(), [&](const Plan& plan) { return name_of(plan.file) == name_of(file); });
  if (found != plans.end()) return std::move(*found);
  std::string files;
  for (const Plan& plan : plans) files += (files.empty() ? "" : ", ") + name_of(plan.file).string();
  throw Error(Exit::usage, file + " is none of the results of the study (its kernels' are " + files +
                               ", and no manifest tells which it is); give it that name, or add --study.kernel=NAME");
}

}  // namespace truce
