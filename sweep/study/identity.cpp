// Fixed order and one spelling of every number make equal studies equal bytes.
#include "sweep/study/identity.hpp"

#include <array>
#include <map>

#include "kernels/math.hpp"
#include "sweep/base/sha256.hpp"
#include "sweep/study/claim_keys.hpp"
#include "sweep/study/marginal_parse.hpp"
#include "sweep/study/members.hpp"
#include "sweep/study/plan_parts.hpp"
#include "sweep/study/study_keys.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

using Role = PlannedInput::Role;
using Shape = Marginal::Shape;

std::string line(std::string_view key, const std::string& value) { return std::string(key) + " = " + value + "\n"; }

/// Whether other kernels of the study make the grid another one than this kernel's inputs do.
bool has_foreign_levels(const Plan& plan) {
  std::size_t own = 0;
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    if (plan.inputs[i].role != Role::varied) continue;
    if (plan.inputs[i].dimension != own_dimension(plan, i)) return true;
    ++own;
  }
  return own != plan.grid.size();
}

std::string design_text(const Plan& plan, bool rows_only) {
  std::string text = "[design]\n" + line("method", name_of(plan.method));
  if (plan.pair) text += line("base", name_of(plan.placement));
  if (!rows_only) text += line("points", std::to_string(plan.points));
  if (plan.placement == Method::list) {
    std::vector<std::size_t> columns(plan.list_columns);
    for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
      if (plan.inputs[i].role == Role::varied) columns[plan.inputs[i].column] = i;
    }
    text += line("file", "sha256:" + list_hash(*plan.kernel, columns, plan.list_values));
  }
  if (plan.placement == Method::grid && has_foreign_levels(plan)) {
    std::vector<std::string> levels;
    for (const std::int64_t each : plan.grid) levels.push_back(std::to_string(each));
    text += line("grid", join(levels));
  }
  if (!plan.factors.empty() && plan.declared != plan.inputs.size())
    text += line("declared", std::to_string(plan.declared));
  return text;
}

std::string precision_text(const Plan& plan) {
  if (!plan.precision) return "";
  return line("precision_of", plan.precision->of) + line("precision", spell(plan.precision->half_width)) +
         line("replicates_max", std::to_string(plan.precision->replicates_max));
}

std::string inputs_text(const Plan& plan) {
  std::string text = "[inputs]\n";
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    const Input& input = plan.kernel->inputs[i];
    const PlannedInput& planned = plan.inputs[i];
    if (planned.role == Role::constant) text += line(input.name, spell_level(input, planned.value));
    if (planned.role == Role::varied && plan.placement != Method::list) text += line(input.name, planned.marginal.text);
  }
  return text;
}

std::string levers_text(const Plan& plan) {
  std::string text = "[levers]\n";
  for (const auto& lever : plan.levers) {
    const Input& input = plan.kernel->inputs[lever.input];
    text += line(input.name, finite_marginal(input, Shape::list, lever.values).text);
  }
  return text;
}

/// Groups in the order of their members, and the pair; nothing where there is neither.
std::string members_text(const Plan& plan) {
  std::string groups, pair;
  for (const Factor& factor : plan.factors) {
    if (group_of(plan, factor.inputs.front()).empty()) continue;
    std::vector<std::string> names;
    for (const std::size_t input : factor.inputs) names.emplace_back(plan.kernel->inputs[input].name);
    groups += line(factor.name, join(names));
  }
  for (const auto& [key, value] : pair_lines(plan)) pair += line(key, value);
  return (groups.empty() ? "" : "[groups]\n" + groups) + (pair.empty() ? "" : "[pair]\n" + pair);
}

/// Only where other kernels of the study move them, so that a study of one kernel needs none of it.
std::string dimensions_text(const Plan& plan) {
  std::string text;
  for (std::size_t i = 0; i < plan.inputs.size() && plan.placement != Method::list; ++i) {
    const std::size_t dimension = plan.inputs[i].dimension;
    if (plan.inputs[i].role == Role::varied && dimension != own_dimension(plan, i))
      text += line(plan.kernel->inputs[i].name, std::to_string(dimension));
  }
  return text.empty() ? "" : "[dimensions]\n" + text;
}

/// Marginals of every shape, in both tails of the awkward ones.
std::vector<Marginal> probes() {
  const auto make = [](Shape shape, std::vector<double> p, double lo, double hi) {
    return Marginal{.shape = shape, .parameters = std::move(p), .values = {}, .lo = lo, .hi = hi, .text = {}};
  };
  std::vector<Marginal> all{make(Shape::uniform, {-0.3, 1.7}, -0.3, 1.7), make(Shape::loguniform, {1e-4, 37}, 1e-4, 37),
                            make(Shape::normal, {0.1, 2.3}, -9, 9),       make(Shape::triangular, {-1, 0.3, 2}, -1, 2),
                            make(Shape::beta, {0.5, 0.7}, 0, 1),          make(Shape::beta, {2, 5}, -1, 3),
                            make(Shape::integer, {-3, 1000}, -3, 1000)};
  all[2].p_lo = 0x1p-14;
  all[2].p_hi = 1 - 0x1p-13;
  return all;
}

void add(Sha256& hash, double value) { hash.update(std::as_bytes(std::span(&value, 1))); }

/// "section.key" -> value; the comment at the top as "format".
std::map<std::string, std::string> keys_of(const std::string& canonical) {
  std::map<std::string, std::string> keys;
  std::string section;
  std::string_view rest = canonical;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    const std::string_view one = trim(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    const auto equals = one.find('=');
    if (one.starts_with("#")) {
      keys["format"] = trim(one.substr(1));
    } else if (one.starts_with("[")) {
      section = one.substr(1, one.size() - 2);
    } else if (equals != std::string_view::npos) {
      keys[section + "." + std::string(trim(one.substr(0, equals)))] = trim(one.substr(equals + 1));
    }
  }
  return keys;
}

}  // namespace

std::string canonical_text(const Plan& plan, bool rows_only) {
  const std::string kernel(plan.kernel->name);
  std::string text = "# study format " + std::to_string(format_version) + ", " + kernel + " version " +
                     std::to_string(plan.kernel->version) + "\n[study]\n" + line("kernel", kernel) +
                     line("seed", std::to_string(plan.seed));
  if (!rows_only) text += line("replicates", std::to_string(plan.replicates));
  if (!rows_only) text += precision_text(plan);
  text += line("common_random_numbers", plan.common_random_numbers ? "yes" : "no");
  if (plan.arithmetic == Arithmetic::in_float) text += line("arithmetic", "float");
  text +=
      design_text(plan, rows_only) + inputs_text(plan) + levers_text(plan) + members_text(plan) + claim_text(plan) + dimensions_text(plan);
  text += "[store]\n" + line("rows", rows_names()[static_cast<std::size_t>(plan.rows)]);
  return text + (plan.quantiles ? line("quantiles", "yes") : "");
}

std::string numeric_fingerprint() {
  constexpr int samples = 4096;
  const auto marginals = probes();
  Sha256 hash;
  for (int i = 0; i < samples; ++i) {
    const double u = (i + 0.5) / samples;
    add(hash, exp(80 * u - 40));
    add(hash, log(u * u * u));
    add(hash, normal_quantile(u));
    for (const auto& marginal : marginals) {
      const bool slow = marginal.shape == Shape::beta;  // two orders of magnitude above the others
      if (!slow || i % 16 == 0) add(hash, marginal.quantile(u));
    }
  }
  return hex(hash.digest());
}

void set_identity(Plan& plan) {
  static const std::string fingerprint = numeric_fingerprint();  // of the program: once for all its plans
  plan.canonical = canonical_text(plan, false);
  plan.row_canonical = canonical_text(plan, true);
  plan.study_id = hex(sha256(plan.canonical + fingerprint));
  plan.row_id = hex(sha256(plan.row_canonical + fingerprint));
}

std::string identity_difference(const std::string& canonical_a, const std::string& canonical_b) {
  const auto a = keys_of(canonical_a), b = keys_of(canonical_b);
  auto all = a;
  all.insert(b.begin(), b.end());
  const auto value = [](const std::map<std::string, std::string>& keys, const std::string& key) {
    const auto found = keys.find(key);
    return found == keys.end() ? std::string("(not given)") : found->second;
  };
  std::string text;
  for (const auto& [key, unused] : all) {
    if (value(a, key) != value(b, key)) text += key + ": " + value(a, key) + " against " + value(b, key) + "\n";
  }
  return text;
}

}  // namespace truce
