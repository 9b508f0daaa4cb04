// Curves at the targets' months, and shares of endings among the wars that ended.
#include "analysis/calibration/target_reader.hpp"

#include <algorithm>

#include "sweep/base/error.hpp"
#include "sweep/base/no_number.hpp"

namespace truce::analysis {
namespace {

bool is_curve(Compared compared) { return compared == Compared::war_survival || compared == Compared::peace_survival; }

std::string_view curve_name(Compared compared) {
  return compared == Compared::war_survival ? "war_survival" : "peace_survival";
}

const truce::Curve* find_curve(const Dataset& data, Compared compared) {
  for (const truce::Curve& curve : data.plan().kernel->curves)
    if (curve.name == curve_name(compared)) return &curve;
  return nullptr;
}

bool settles(const Dataset& data) {
  const auto names = data.series_names();
  return std::ranges::find(names, "ending_settlement") != names.end();
}

double share_of(double part, double whole) { return whole > 0 ? part / whole : no_number; }

}  // namespace

std::string why_not_comparable(const Dataset& data, const Target& target) {
  if (target.compared == Compared::nothing) return target.why;
  const std::string kernel(data.plan().kernel->name);
  if (!is_curve(target.compared)) return settles(data) ? "" : kernel + " does not say how wars end";
  const truce::Curve* curve = find_curve(data, target.compared);
  if (curve == nullptr) return kernel + " has no " + std::string(curve_name(target.compared));
  return target.month > curve->months.back() ? std::string(curve->name) + " ends before" : "";
}

double on_curve(std::span<const double> months, std::span<const double> shares, double month) {
  const auto at = static_cast<std::size_t>(std::ranges::lower_bound(months, month) - months.begin());
  if (at == months.size()) return no_number;
  const double from = at == 0 ? 0 : months[at - 1], from_share = at == 0 ? 1 : shares[at - 1];
  return from_share + (shares[at] - from_share) * (month - from) / (months[at] - from);
}

TargetReader::TargetReader(const Dataset& data, std::vector<Target> targets, std::size_t policy)
    : data_(data), targets_(std::move(targets)), policy_(policy) {
  const auto column = [&](std::string_view name) { return ColumnReader(data.result(), data.result().index(name)); };
  const auto open = [&](Compared compared, std::vector<Curve>& into) {
    if (std::ranges::find(targets_, compared, &Target::compared) == targets_.end()) return;
    const truce::Curve* curve = find_curve(data, compared);
    into.push_back({column(curve->name), column(std::string(curve->time) + "_n"),
                    data.result().all(std::string(curve->dimension))});
  };
  open(Compared::war_survival, war_);
  open(Compared::peace_survival, peace_);
  if (!std::ranges::all_of(targets_, [](const Target& t) { return is_curve(t.compared); }))
    for (const auto* name : {"ending_settlement", "ending_victory_a", "ending_victory_d", "ending_n"})
      endings_.push_back(column(name));
}

const TargetReader::Values& TargetReader::read(Range bases) {
  const auto width = static_cast<Eigen::Index>(targets_.size());
  values_.share.resize(bases.count, width);
  values_.runs.resize(bases.count, width);
  if (!war_.empty()) read_curve(war_.front(), Compared::war_survival, bases);
  if (!peace_.empty()) read_curve(peace_.front(), Compared::peace_survival, bases);
  if (!endings_.empty()) read_endings(bases);
  for (std::size_t t = 0; t < targets_.size(); ++t)
    if (targets_[t].complement)
      values_.share.col(static_cast<Eigen::Index>(t)) = 1 - values_.share.col(static_cast<Eigen::Index>(t));
  return values_;
}

void TargetReader::read_curve(Curve& curve, Compared compared, Range bases) {
  const Range rows = rows_of(data_, bases);
  const auto members = static_cast<std::size_t>(data_.members()), months = curve.months.size();
  const auto shares = curve.share.rows(rows);
  const auto runs = curve.runs.rows(rows);
  for (std::size_t t = 0; t < targets_.size(); ++t) {
    if (targets_[t].compared != compared) continue;
    for (Eigen::Index b = 0; b < bases.count; ++b) {
      const std::size_t at = static_cast<std::size_t>(b) * members * data_.policies() + policy_;
      values_.share(b, static_cast<Eigen::Index>(t)) =
          on_curve(curve.months, shares.subspan(at * months, months), targets_[t].month);
      values_.runs(b, static_cast<Eigen::Index>(t)) = runs[at];
    }
  }
}

void TargetReader::read_endings(Range bases) {
  const Range rows = rows_of(data_, bases);
  std::vector<std::span<const double>> columns;
  for (ColumnReader& reader : endings_) columns.push_back(reader.rows(rows));
  for (Eigen::Index b = 0; b < bases.count; ++b) {
    const std::size_t at = static_cast<std::size_t>(b * data_.members()) * data_.policies() + policy_;
    const double all = columns[3][at], settled = all > 0 ? columns[0][at] : 0;
    const double won_a = all > 0 ? columns[1][at] : 0, won = all > 0 ? won_a + columns[2][at] : 0;
    for (std::size_t t = 0; t < targets_.size(); ++t) {
      const Compared compared = targets_[t].compared;
      if (is_curve(compared)) continue;
      const bool of_victory = compared == Compared::victory_a_of_victory;
      const double whole = of_victory ? won : settled + won;
      const double part = of_victory ? won_a : compared == Compared::settlement_of_ended ? settled : won;
      values_.share(b, static_cast<Eigen::Index>(t)) = share_of(part, whole);
      values_.runs(b, static_cast<Eigen::Index>(t)) = all * whole;
    }
  }
}

}  // namespace truce::analysis
