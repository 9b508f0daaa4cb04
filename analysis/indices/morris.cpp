// Part `morris`: elementary effects from the rows that saltelli and morris designs have in common.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "analysis/data/moments_reader.hpp"
#include "analysis/fold/bootstrap.hpp"
#include "analysis/indices/elementary_effects.hpp"
#include "analysis/indices/factors.hpp"
#include "analysis/indices/index_answers.hpp"
#include "analysis/indices/indices.hpp"
#include "analysis/indices/readings.hpp"
#include "sweep/base/no_number.hpp"
#include "sweep/study/design.hpp"

namespace truce::analysis {
namespace {

using With = IndexAnswers::With;
/// Steps of base points in probability, computed from the design.
class Steps {
 public:
  explicit Steps(const Plan& plan) : plan_(plan), design_(plan) {}
  double operator()(std::int64_t base, std::size_t factor) const {
    const std::vector<std::size_t>& inputs = plan_.factors[factor].inputs;
    const auto step = [&](std::size_t input) {
      return design_.probability(base, input, true) - design_.probability(base, input);
    };
    if (inputs.size() == 1) return step(inputs.front());
    double squares = 0;
    for (const std::size_t input : inputs) squares += step(input) * step(input);
    return std::sqrt(squares / static_cast<double>(inputs.size()));
  }

 private:
  const Plan& plan_;
  Design design_;
};

/// Adds the effects of one piece of base points, [policy][factor][sum]. A step counts if `fewest` runs or more define
/// the outcome at both of its ends.
void add_effects(const Moments& moments, Range bases, const Steps& steps, int members, double fewest,
                 std::size_t factors, std::span<double> sums) {
  const Eigen::Index policies = moments.mean.cols();
  for (std::int64_t b = 0; b < bases.count; ++b) {
    const Eigen::Index base = b * members;
    for (std::size_t f = 0; f < factors; ++f) {
      const double step = steps(bases.first + b, f);
      if (std::abs(step) < shortest_step) continue;
      const Eigen::Index row = base + 1 + static_cast<Eigen::Index>(f);
      for (Eigen::Index p = 0; p < policies; ++p) {
        const double gain = moments.mean(row, p) - moments.mean(base, p);
        if (!std::isfinite(gain) || !(std::min(moments.n(row, p), moments.n(base, p)) >= fewest)) continue;
        const double noise =
            error_of_step(moments.var(row, p), moments.n(row, p), moments.var(base, p), moments.n(base, p));
        const std::size_t at = (static_cast<std::size_t>(p) * factors + f) * ElementaryEffects::width;
        ElementaryEffects::add(gain / step, noise / std::abs(step), sums.subspan(at, ElementaryEffects::width));
      }
    }
  }
}

/// The statistics of one factor over all resamples, in the table.
class MorrisTable {
 public:
  explicit MorrisTable(const PartTask& task)
      : chance_(chance_of(task.data.plan())),
        table_{
            "morris",
            "elementary effects over the whole range of an input's probability (Morris 1991; Campolongo et al. 2011), "
            "in units of the outcome",
            {series_axis(task), policy_axis(task), factor_axis(task.data)},
            {}},
        mu_(table_, "mu", unit, "mean elementary effect", With::interval),
        mu_star_(table_, "mu_star", unit, "mean size of elementary effects", With::conf),
        sigma_(table_, "sigma", unit, "standard deviation of elementary effects", With::interval),
        plain_(table_.answers.size()) {
    table_.add("mu_star_chance", unit, "mu_star that chance alone would give, with random numbers of their own");
    table_.add("morris_n", "1", "steps behind the effects");
    table_.add("morris_told", "1",
               "1 where the effects may be told: from 30 steps on, and where the interval of mu_star lies above "
               "mu_star_chance, if that is known");
  }

  void fill(std::size_t place, std::span<const double> all, const GroupSums& resamples, std::size_t first, bool group,
            double level) {
    std::vector<double> values(static_cast<std::size_t>(resamples.rows()));
    const auto say = [&](IndexAnswers& answers, double (ElementaryEffects::*statistic)() const) {
      for (std::size_t r = 0; r < values.size(); ++r) {
        const double* row = &resamples(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(first));
        values[r] = (ElementaryEffects({row, ElementaryEffects::width}).*statistic)();
      }
      const Resampled found = resampled_value((ElementaryEffects(all).*statistic)(), values, level);
      answers.set(place, found);
      return found;
    };
    const double low = say(mu_star_, &ElementaryEffects::mu_star).low;
    if (!group) say(mu_, &ElementaryEffects::mu);
    if (!group) say(sigma_, &ElementaryEffects::sigma);
    const ElementaryEffects effects(all);
    const double chance = chance_.correctable ? effects.mu_star_of_chance() : no_number;
    table_.answers[plain_].values[place] = chance;
    table_.answers[plain_ + 1].values[place] = effects.count();
    table_.answers[plain_ + 2].values[place] = effects.count() >= fewest_told && !(low <= chance) ? 1 : 0;
  }

  AnswerTable take() { return std::move(table_); }

 private:
  static constexpr const char* unit = "unit of the outcome";
  Chance chance_;
  AnswerTable table_;
  IndexAnswers mu_, mu_star_, sigma_;
  std::size_t plain_;
};

std::string morris_needs(const Dataset& data) {
  const Method method = data.plan().method;
  return method == Method::saltelli || method == Method::morris ? "" : "needs method = morris or saltelli";
}

std::vector<AnswerTable> morris_tables(const PartTask& task) {
  const Dataset& data = task.data;
  const std::vector<Factor>& factors = data.plan().factors;
  const std::size_t cells = data.policies() * factors.size(), width = ElementaryEffects::width;
  const Groups groups(data.bases(), data.members());
  const Steps steps(data.plan());
  const double fewest = chance_of(data.plan()).fewest();
  const bool writes = task.crew.rank() == 0;
  MorrisTable table(task);
  const GroupSums weights =
      writes ? bootstrap_weights(data.plan().seed, groups.count(), task.settings.resamples) : GroupSums();
  for (std::size_t o = 0; o < task.settings.series.size(); ++o) {
    MomentsReader reader(data, task.settings.series[o]);
    const GroupSums sums = fold_groups(task.crew, groups, cells * width, [&](Range bases, std::span<double> into) {
      add_effects(reader.read(bases), bases, steps, data.members(), fewest, factors.size(), into);
    });
    if (!writes) continue;
    const Eigen::ArrayXd all = total(sums);
    const GroupSums resamples = resampled(weights, sums);
    for (std::size_t cell = 0; cell < cells; ++cell)
      table.fill(o * cells + cell, {all.data() + cell * width, width}, resamples, cell * width,
                 factors[cell % factors.size()].inputs.size() > 1, task.settings.level);
  }
  if (!writes) return {};
  return {table.take()};
}

}  // namespace

Part morris_part() {
  return {"morris", "elementary effects of a morris or saltelli design", morris_needs, morris_tables};
}

}  // namespace truce::analysis
