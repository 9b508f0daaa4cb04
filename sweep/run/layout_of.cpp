// The layout of a plan's result file: names, dimensions and attributes of every column.
#include <algorithm>
#include <string>

#include "sweep/run/rows.hpp"
#include "sweep/study/members.hpp"
#include "sweep/study/study_keys.hpp"
#include "sweep/study/values.hpp"

namespace truce {

namespace {

using Attributes = std::vector<Attribute>;

Attributes described(std::string_view units, std::string text) {
  return {{"units", std::string(units)}, {"long_name", std::move(text)}};
}

std::string squared(std::string_view unit) { return unit == "1" ? "1" : "(" + std::string(unit) + ")^2"; }

Column counts(std::string name, std::vector<std::string> dimensions, std::size_t width, std::string text) {
  return {std::move(name), Type::i32, std::move(dimensions), Origin::row, width, {}, described("1", std::move(text))};
}

template <class Names>
Attribute meanings_of(const Names& names) {
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : " ") + std::string(name);
  return {"flag_meanings", all};
}

/// The codes 0, 1, ... in the type of the column that holds them, as CF asks.
template <class Code = std::uint8_t>
Attribute codes_of(std::size_t count) {
  std::vector<Code> codes(count);
  for (std::size_t i = 0; i < count; ++i) codes[i] = static_cast<Code>(i);
  return {"flag_values", codes};
}

/// Builds the columns in file order: inputs, levers, then what the runs gave.
class Builder {
 public:
  explicit Builder(const Plan& plan) : plan_(plan), kernel_(*plan.kernel) {
    const bool runs = plan.rows == Rows::run;
    out_.row_dimension = runs ? "run" : "point";
    out_.rows = runs ? plan.runs() : plan.rows_of_point();
    if (runs) out_.dimensions.push_back({"run", plan.runs(), {}, described("1", "number of the run")});
    out_.dimensions.push_back({"point", plan.rows_of_point(), {}, described("1", "number of the point of the design")});
    if (!plan.levers.empty())
      out_.dimensions.push_back(
          {"policy", plan.policies(), {}, described("1", "number of the policy (setting of the levers)")});
    if (!runs)
      for (const Curve& curve : kernel_.curves)
        out_.dimensions.push_back({std::string(curve.dimension),
                                   static_cast<std::int64_t>(curve.months.size()),
                                   {curve.months.begin(), curve.months.end()},
                                   described("month", "months since the beginning")});
  }

  Layout build() {
    for (std::size_t i = 0; i < kernel_.inputs.size(); ++i) input(i);
    if (plan_.members > 1) member_columns();
    plan_.rows == Rows::run ? run_columns() : point_columns();
    return std::move(out_);
  }

 private:
  void computed(std::string name, Type type, std::string dimension, std::string text) {
    out_.columns.push_back(
        {std::move(name), type, {std::move(dimension)}, Origin::computed, 1, {}, described("1", std::move(text))});
  }

  /// What a reader needs to know of the design: the members' names, and what moves between them.
  void member_columns() {
    computed("base", Type::i64, "point", "number of the base point");
    computed("member", Type::u8, "point", "which member of its base point, of a " + name_of(plan_.method) + " design");
    const std::vector<std::string> names = member_names(plan_);
    auto& attributes = out_.columns.back().attributes;
    attributes.push_back(codes_of(names.size()));
    attributes.push_back(meanings_of(names));
    attributes.push_back({"method", name_of(plan_.method)});
    std::string moves;
    for (const auto& [key, value] : pair_lines(plan_)) moves += (moves.empty() ? "" : "; ") + key + " = " + value;
    if (!moves.empty()) attributes.push_back({"pair", moves});
  }

  static std::string role_of(const PlannedInput& planned, bool is_moved) {
    if (is_moved) return "moved";
    if (planned.role == PlannedInput::Role::lever) return "lever";
    return planned.role == PlannedInput::Role::constant ? "constant" : "uncertainty";
  }

  /// What tells how an input gets its values over `point`.
  Attributes origin_of(std::size_t i, const Move* move) const {
    Attributes attributes;
    const PlannedInput& planned = plan_.inputs[i];
    if (planned.role == PlannedInput::Role::varied)
      attributes.push_back({"distribution", plan_.placement == Method::list ? "list" : planned.marginal.text});
    if (const std::string group = group_of(plan_, i); !group.empty()) attributes.push_back({"group", group});
    if (move == nullptr) return attributes;
    const bool varied = planned.role == PlannedInput::Role::varied;
    for (const std::size_t member : {0U, 1U})
      if (move->values[member] || !varied)
        attributes.push_back({member == 0 ? "from" : "to", move->values[member].value_or(planned.value)});
    return attributes;
  }

  void input(std::size_t i) {
    const Input& input = kernel_.inputs[i];
    const PlannedInput& planned = plan_.inputs[i];
    Column column{std::string(input.name),
                  Type::f64,
                  {},
                  Origin::fixed,
                  1,
                  {},
                  described(input.unit, std::string(input.meaning))};
    const Move* move = plan_.pair ? plan_.pair->move_of(i) : nullptr;
    column.attributes.push_back({"role", role_of(planned, move != nullptr)});
    if (planned.role == PlannedInput::Role::varied || move != nullptr) {
      column.origin = Origin::computed;
      column.dimensions = {"point"};
      for (Attribute& attribute : origin_of(i, move)) column.attributes.push_back(std::move(attribute));
    } else if (planned.role == PlannedInput::Role::lever) {
      column.dimensions = {"policy"};
      column.fixed = lever_values(i);
    } else {
      column.fixed = {planned.value};
    }
    if (input.kind == InputKind::choice) {
      column.attributes.push_back(codes_of<double>(input.names.size()));
      column.attributes.push_back(meanings_of(input.names));
    }
    out_.columns.push_back(std::move(column));
  }

  std::vector<double> lever_values(std::size_t input) const {
    std::vector<double> values(static_cast<std::size_t>(plan_.policies()));
    std::size_t stride = 1;
    for (std::size_t l = plan_.levers.size(); l-- > 0;) {
      const Lever& lever = plan_.levers[l];
      if (lever.input == input)
        for (std::size_t p = 0; p < values.size(); ++p) values[p] = lever.values[p / stride % lever.values.size()];
      stride *= lever.values.size();
    }
    return values;
  }

  void row(std::string name, std::string_view units, std::string text, const std::vector<std::string>& dimensions,
           std::size_t width, std::string_view comment) {
    Column column{std::move(name), Type::f64, dimensions, Origin::row, width, {}, described(units, std::move(text))};
    if (!comment.empty()) column.attributes.push_back({"comment", std::string(comment)});
    out_.columns.push_back(std::move(column));
  }

  void quantile_columns(const Outcome& outcome, const std::vector<std::string>& over, std::size_t width,
                        const std::string& where) {
    const std::string unit = outcome.unit == "1" ? "" : " " + std::string(outcome.unit);
    const std::string comment = (where.empty() ? "" : where + "; ") + "off by less than a bin of " +
                                spell(bin_width(outcome)) + unit + "; " + spell(outcome.lo) + " or " +
                                spell(outcome.hi) + " where it is beyond them";
    for (const int percent : quantile_percents) {
      const std::string number = std::to_string(percent);
      row(std::string(outcome.name) + (percent < 10 ? "_q0" : "_q") + number, outcome.unit,
          number + " % quantile over replicates: " + std::string(outcome.meaning), over, width, comment);
      auto& attributes = out_.columns.back().attributes;
      attributes.push_back({"quantile", percent / 100.0});
      attributes.push_back({"bin_width", bin_width(outcome)});
    }
  }

  std::string difference_text() const {
    if (!plan_.pair) return "mean difference from the first sibling";
    if (plan_.levers.empty()) return "mean difference of member to from member from";
    return "mean difference of member to from member from at the same policy (of from: from the first policy)";
  }

  void point_columns() {
    std::vector<std::string> over{"point"};
    std::size_t width = 1;
    if (!plan_.levers.empty()) {
      over.push_back("policy");
      width = static_cast<std::size_t>(plan_.policies());
    }
    const auto all = series_of(kernel_);
    const std::string from = difference_text();
    const bool differences = has_differences(plan_);
    for (std::size_t o = 0; o < kernel_.outcomes.size(); ++o) {
      const Outcome& outcome = kernel_.outcomes[o];
      const std::string name(outcome.name), meaning(outcome.meaning);
      const std::string where =
          outcome.defined.when.empty() ? "" : "defined where " + std::string(outcome.defined.when);
      for (const Series& s : all) {
        if (s.outcome != o) continue;
        const std::string what =
            s.code < 0 ? meaning : meaning + ": " + std::string(outcome.meanings[static_cast<std::size_t>(s.code)]);
        const std::string share = outcome.kind == OutcomeKind::flag ? "share of runs: " : "mean: ";
        row(s.name, outcome.unit, share + what, over, width, where);
        row(s.name + "_var", squared(outcome.unit), "sample variance over replicates: " + what, over, width, where);
        if (differences) {
          row(s.name + "_diff", outcome.unit, from + ", replicate by replicate: " + what, over, width, where);
          row(s.name + "_diff_var", squared(outcome.unit), "sample variance of that difference: " + what, over, width,
              where);
        }
      }
      if (plan_.quantiles && outcome.kind == OutcomeKind::real) quantile_columns(outcome, over, width, where);
      out_.columns.push_back(counts(name + "_n", over, width, "runs in which it is defined: " + meaning));
      if (differences)
        out_.columns.push_back(counts(name + "_diff_n", over, width, "pairs in which both are defined: " + meaning));
    }
    for (const Curve& curve : kernel_.curves) {
      auto dimensions = over;
      dimensions.emplace_back(curve.dimension);
      row(std::string(curve.name), "1", std::string(curve.meaning), dimensions, width * curve.months.size(), "");
    }
    const std::string most = std::to_string(plan_.most_replicates());
    out_.columns.push_back(counts("replicates", over, width,
                                  plan_.precision ? "replicates run until all siblings of the base point were precise "
                                                    "enough, or " +
                                                        most + " were run"
                                                  : "replicates run"));
    out_.columns.push_back(counts("runs_failed", over, width, "runs that failed: in no outcome"));
    Column status{"status", Type::u8, over, Origin::row, width, {}, described("1", "what became of the runs")};
    static constexpr std::string_view meanings[] = {"ok", "some_runs_failed", "all_runs_failed", "not_computed"};
    status.attributes.push_back(codes_of(4));
    status.attributes.push_back(meanings_of(meanings));
    out_.columns.push_back(std::move(status));
  }

  void run_columns() {
    computed("run_point", Type::i64, "run", "point of the run");
    if (!plan_.levers.empty()) computed("run_policy", Type::i64, "run", "policy of the run");
    computed("replicate", Type::i64, "run", "replicate of the run");
    for (const Outcome& outcome : kernel_.outcomes) {
      Column column{std::string(outcome.name),
                    Type::f64,
                    {"run"},
                    Origin::row,
                    1,
                    {},
                    described(outcome.unit, std::string(outcome.meaning))};
      if (outcome.kind == OutcomeKind::flag && outcome.meanings.size() > 2) {
        column.attributes.push_back(codes_of<double>(outcome.meanings.size()));
        column.attributes.push_back(meanings_of(outcome.meanings));
      }
      if (!outcome.defined.when.empty())
        column.attributes.push_back({"comment", "defined where " + std::string(outcome.defined.when)});
      out_.columns.push_back(std::move(column));
    }
    Column status{"status", Type::u8, {"run"}, Origin::row, 1, {}, described("1", "what became of the run")};
    static constexpr std::string_view meanings[] = {"ok", "failed", "all_runs_failed", "not_computed"};
    status.attributes.push_back(codes_of(4));
    status.attributes.push_back(meanings_of(meanings));
    out_.columns.push_back(std::move(status));
  }

  const Plan& plan_;
  const Kernel& kernel_;
  Layout out_;
};

}  // namespace

Layout layout_of(const Plan& plan) { return Builder(plan).build(); }

}  // namespace truce
