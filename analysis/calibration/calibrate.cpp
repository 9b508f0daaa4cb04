// Chooses what a result can be compared with, finds the region, writes tables and the points that are left.
#include "analysis/calibration/calibrate.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "sweep/base/error.hpp"
#include "sweep/base/version.hpp"
#include "sweep/crew/collective.hpp"
#include "sweep/store/files.hpp"
#include "sweep/study/design.hpp"
#include "sweep/study/values.hpp"

namespace truce::analysis {
namespace {

namespace fs = std::filesystem;

void require_points(const Dataset& data, const Rule& rule) {
  if (data.plan().rows == Rows::run)
    throw Error(Exit::usage, data.path() +
                                 " has rows = run (survival curves, which real wars are compared with, are "
                                 "stored with rows = point alone); run the study with rows = point");
  if (rule.policy >= data.policies())
    throw Error(Exit::usage, "option --policy: " + data.path() + " has no policy " + std::to_string(rule.policy) +
                                 " (it has " + std::to_string(data.policies()) + ", counted from 0); name one of them");
}

void choose_targets(const Dataset& data, const std::vector<Target>& targets, const Rule& rule, Calibration& into) {
  for (const Target& target : targets) {
    if (target.use == Use::context) continue;
    const std::string why = why_not_comparable(data, target);
    if (why.empty()) into.targets.push_back(target);
    if (!why.empty()) into.left_out.push_back(target.id + ": " + why);
  }
  if (std::ranges::none_of(into.targets, [&](const Target& t) { return rules_out(rule, t); }))
    throw Error(Exit::usage, data.path() +
                                 " has nothing to compare with real wars (no target that rules out stands "
                                 "for what " +
                                 std::string(data.plan().kernel->name) +
                                 " gives: war_survival, peace_survival, ending); calibrate another kernel");
}

/// Months of curves at which effects are told.
constexpr double war_month = 12, peace_month = 60;

/// An outcome as an effect along inputs and, where policies share random numbers, between them.
void add_if_there(const Dataset& data, const std::string& share, const std::string& outcome, const std::string& unit,
                  Calibration& into) {
  const auto find = [&](const std::string& name) { return data.result().find(name); };
  if (const auto at = find(share), n = find(outcome + "_n"); at && n)
    into.watched.effects.push_back({share, unit, *at, *n, 1, 0});
  if (const auto at = find(share + "_diff"), n = find(outcome + "_diff_n"); at && n && data.policies() > 1)
    into.watched.differences.push_back({share, unit, *at, *n, 1, 0});
}

void choose_watched(const Dataset& data, Calibration& into) {
  add_if_there(data, "ending_settlement", "ending", "1", into);
  add_if_there(data, "war_months", "war_months", "month", into);
  add_if_there(data, "principled", "principled", "1", into);
  for (const truce::Curve& curve : data.plan().kernel->curves) {
    into.watched.curves.push_back({std::string(curve.name),
                                   std::string(curve.dimension),
                                   data.result().index(curve.name),
                                   {curve.months.begin(), curve.months.end()}});
    const double month = curve.name == "war_survival" ? war_month : peace_month;
    const auto at = std::ranges::find(curve.months, month);
    if (at == curve.months.end()) continue;
    const std::string name(curve.name);
    into.watched.effects.push_back({name + "_" + spell(month), "1", data.result().index(name),
                                    data.result().index(std::string(curve.time) + "_n"), curve.months.size(),
                                    static_cast<std::size_t>(at - curve.months.begin())});
  }
}

/// Lines of a CSV list: what is varied, and what else is not at its default, so that a study with `method = list` and
/// this file has the same points.
class PointLines {
 public:
  PointLines(const Dataset& data, std::size_t policy) : data_(data), inputs_(data.plan().kernel->inputs.size()) {
    const Plan& plan = data.plan();
    const Design design(plan);
    design.point(0, 0, inputs_);
    design.policy(static_cast<std::int64_t>(policy), inputs_);
    for (std::size_t i = 0; i < inputs_.size(); ++i)
      if (plan.inputs[i].role == PlannedInput::Role::varied || inputs_[i] != plan.kernel->inputs[i].standard)
        columns_.push_back(i);
  }
  std::string header() const {
    std::vector<std::string> names;
    for (const std::size_t i : columns_) names.emplace_back(data_.plan().kernel->inputs[i].name);
    return line(names);
  }
  void add(std::span<const double> varied) {
    for (std::size_t v = 0; v < varied.size(); ++v) inputs_[data_.inputs()[v].input] = varied[v];
    std::vector<std::string> cells;
    for (const std::size_t i : columns_) {
      const Input& input = data_.plan().kernel->inputs[i];
      cells.push_back(input.kind == InputKind::choice ? std::string(input.names[static_cast<std::size_t>(inputs_[i])])
                                                      : spell(inputs_[i]));
    }
    text += line(cells);
  }
  std::string text;

 private:
  static std::string line(const std::vector<std::string>& cells) {
    std::string out;
    for (const std::string& cell : cells) out += (out.empty() ? "" : ",") + cell;
    return out + "\n";
  }
  const Dataset& data_;
  std::vector<double> inputs_;
  std::vector<std::size_t> columns_;
};

/// Root attributes of the file; `quantity_W30` and the like say what the labels of targets mean.
std::vector<Attribute> attributes_of(const Dataset& data, const std::vector<Target>& targets, const Rule& rule) {
  std::vector<Attribute> all = {{"content", std::string("calibration")},
                                {"result", fs::path(data.path()).filename().string()},
                                {"content_hash_of_result", data.result().text("content_hash")},
                                {"study_id", data.plan().study_id},
                                {"kernel", std::string(data.plan().kernel->name)},
                                {"truce_version", std::string(version)},
                                {"policy", static_cast<std::int64_t>(rule.policy)},
                                {"discrepancy", rule.discrepancy},
                                {"cutoff", rule.cutoff},
                                {"soft_targets_rule_out", std::string(rule.soft ? "yes" : "no")},
                                {"interval_level", 0.95}};
  for (const Target& target : targets) all.push_back({"quantity_" + target.id, target.quantity});
  return all;
}

}  // namespace

void require_may_replace_points(const fs::path& file) {
  if (!fs::exists(file)) return;
  std::ifstream stream(file);
  std::string names;
  std::getline(stream, names);
  const auto is_input = [](const std::string& name) {
    return std::ranges::any_of(kernels(), [&](const Kernel& kernel) {
      return std::ranges::find(kernel.inputs, name, &Input::name) != kernel.inputs.end();
    });
  };
  bool all_are = !names.empty() && fs::is_regular_file(file);
  std::istringstream cells(names);
  for (std::string name; std::getline(cells, name, ',');) all_are = all_are && is_input(std::string(trim(name)));
  if (all_are) return;
  throw Error(Exit::usage, "option --points: " + file.string() + " is there and is no list of points (its first line " +
                               "does not name inputs; it would be lost); move it away, or name another file");
}

fs::path calibration_path(const fs::path& result) {
  fs::path path = result;
  return path.replace_extension(".calibration.h5");
}

Calibration calibrate(Crew& crew, const Dataset& data, const std::vector<Target>& targets,
                      const CalibrateRequest& request) {
  Calibration out;
  out.file = request.out.empty() ? calibration_path(data.path()) : request.out;
  out.kernel = data.plan().kernel->name;
  together(crew, [&] {  // what is asked for is refused by all ranks, before anything is calculated
    require_points(data, request.rule);
    choose_targets(data, targets, request.rule, out);
    if (crew.rank() != 0) return;
    require_may_replace(out.file, "calibration");
    if (!request.points.empty()) require_may_replace_points(request.points);
  });
  choose_watched(data, out);
  PointLines lines(data, request.rule.policy);
  OnLeft on_left;
  if (!request.points.empty()) on_left = [&](std::int64_t, std::span<const double> inputs) { lines.add(inputs); };
  out.region = find_region(crew, data, out.targets, out.watched, request.rule, on_left);
  const std::vector<std::string> texts = gather(crew, std::move(lines.text));
  together(crew, [&] {
    if (crew.rank() != 0) return;
    out.tables = calibration_tables(data, out);
    write_answers(out.file, out.tables, attributes_of(data, out.targets, request.rule));
    for (const AnswerTable& table : out.tables) replace_text(csv_path(out.file, table), csv_of(table));
    if (request.points.empty() || out.region.left == 0) return;
    std::string list = lines.header();
    for (const std::string& text : texts) list += text;
    replace_text(request.points, list);
    out.points_written = true;
  });
  return out;
}

}  // namespace truce::analysis
