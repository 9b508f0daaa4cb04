// Round trips and bounds of accepted plans.
#include "tests/fuzz/plan_checks.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "sweep/study/design.hpp"
#include "sweep/study/identity.hpp"
#include "sweep/study/marginal_parse.hpp"
#include "sweep/study/members.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/sweep/study/toy_kernel.hpp"

namespace truce::fuzz {
namespace {

bool within(const Input& input, double value) { return value >= input.limit_lo && value <= input.limit_hi; }

void check_point(const Plan& plan, const Design& design, std::int64_t base, int member) {
  std::vector<double> inputs(plan.inputs.size());
  design.point(base, member, inputs);
  design.policy(plan.policies() - 1, inputs);
  for (std::size_t i = 0; i < inputs.size(); ++i)
    require(within(plan.kernel->inputs[i], inputs[i]), "a point lies within the limits of its inputs");
}

void check_sizes(const Plan& plan) {
  require(plan.points >= 1 && plan.members >= 1 && plan.policies() >= 1 && plan.chunks() >= 1, "every size is at least 1");
  require(plan.units() >= plan.points && plan.runs() >= plan.units(), "no product of sizes overflows");
}

}  // namespace

void check_marginal(const Input& input, const Marginal& marginal) {
  const InputValue again = parse_input_value(input, marginal.text);
  require(again.marginal.has_value(), "the text of a marginal is one");
  require(again.marginal->text == marginal.text, "the text of a marginal reads back as itself");
  double before = -INFINITY;
  for (const double u : {0x1p-53, 1e-9, 0.1, 0.5, 0.9, 1 - 1e-9, 1 - 0x1p-53}) {
    const double value = marginal.quantile(u);
    require(std::isfinite(value) && within(input, value), "a quantile lies within the limits");
    require(again.marginal->quantile(u) == value, "the marginal read back has the same quantiles");
    const bool ordered = marginal.shape != Marginal::Shape::choice && marginal.shape != Marginal::Shape::list;
    require(!ordered || value >= before, "quantiles rise");
    before = value;
  }
}

void check_plan(const Plan& plan) {
  check_sizes(plan);
  const ListReader list = [&](const std::vector<std::string>& columns, int) {
    require(columns.size() == plan.list_columns, "the canonical text leaves its columns to the list");
    return plan.list_values;
  };
  const Plan again = plan_from_canonical(plan.canonical, testing::toy_kernels(), list);
  require(again.canonical == plan.canonical && again.study_id == plan.study_id, "the canonical text means this study");
  require(again.row_id == plan.row_id && again.units() == plan.units(), "the canonical text has the same rows");
  const Design design(plan);
  for (const std::int64_t base : {std::int64_t{0}, plan.points / 2, plan.points - 1})
    for (const int member : {0, plan.members / 2, plan.members - 1}) check_point(plan, design, base, member);
  require(plan.members == std::max(1, static_cast<int>(member_names(plan).size())), "every member has a name");
}

void check_places(const std::string& refusal, const std::string& shown) {
  std::istringstream lines(refusal);
  for (std::string line; std::getline(lines, line);)
    require(line.find(shown) != std::string::npos || line.starts_with("option ") || line.starts_with("an option") ||
                line.starts_with("... and "),
            "a fault says where it is: " + line);
}

}  // namespace truce::fuzz
