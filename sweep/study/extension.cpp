// Which designs keep their points, and the larger plan.
#include "sweep/study/extension.hpp"

#include <array>
#include <string>
#include <vector>

#include "sweep/base/error.hpp"
#include "sweep/study/plan_parts.hpp"
#include "sweep/study/study_keys.hpp"

namespace truce {
namespace {

/// In the order of Method; of paired the reason is that of its base design.
constexpr std::array<std::string_view, 8> reasons{
    "its points are all combinations of the levels, so that more points are other levels and not the old ones and more",
    "",
    "each of N points lies in one of N strata, so that all of them move when N changes",
    "",
    "its points are the rows of a CSV file, and only a longer file has more",
    "",
    "",
    ""};

void require_more(const char* what, std::int64_t now, std::int64_t asked, const std::string& file) {
  if (asked > now) return;
  throw Error(Exit::usage, "option --" + std::string(what) + ": " + std::to_string(asked) + " is not more than the " +
                               std::to_string(now) + " that " + file + " has (extend adds to them); ask for more");
}

void check_points(const Plan& plan, std::int64_t points) {
  const std::string_view reason = why_points_move(plan.placement);
  if (!reason.empty()) {
    throw Error(Exit::usage, plan.file + " cannot have more points (" + (plan.pair ? "base" : "method") + " = " +
                                 name_of(plan.placement) + ": " + std::string(reason) +
                                 "); write a larger study and run it");
  }
  require_more("points", plan.points, points, plan.file);
}

void check_replicates(const Plan& plan, std::int64_t replicates) {
  if (plan.precision) {
    throw Error(Exit::usage,
                plan.file + " cannot have more replicates (with precision_of each point decides itself " +
                    "how many it needs); write a study with another precision or replicates_max and run it");
  }
  require_more("replicates", plan.replicates, replicates, plan.file);
}

}  // namespace

std::string_view why_points_move(Method method) { return reasons[static_cast<std::size_t>(method)]; }

Plan extend_plan(const Plan& plan, const Extension& extension, std::span<const Kernel> kernels) {
  std::vector<std::string> options;
  if (extension.points) {
    check_points(plan, *extension.points);
    options.push_back("--design.points=" + std::to_string(*extension.points));
  } else {
    check_replicates(plan, extension.replicates.value());
    options.push_back("--study.replicates=" + std::to_string(*extension.replicates));
  }
  const ListReader same_list = [&](const std::vector<std::string>&, int) { return plan.list_values; };
  Plan larger = plan_changed(plan.canonical, options, kernels, same_list);
  larger.title = plan.title;
  if (larger.row_id != plan.row_id) {
    throw Error(Exit::internal, plan.file + " and the larger study have other rows (row ids " + plan.row_id + " and " +
                                    larger.row_id + "); please report this");
  }
  return larger;
}

}  // namespace truce
