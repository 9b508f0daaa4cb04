// Lays out metrics, ranks, the best policies and what they stand on, an outcome at a time; ranks take turns with them.
#include "analysis/robustness/robustness_part.hpp"

#include <cmath>

#include "analysis/answers/bring_together.hpp"
#include "analysis/fold/thresholds.hpp"
#include "analysis/robustness/best.hpp"
#include "analysis/robustness/profiles.hpp"
#include "analysis/robustness/ranks.hpp"
#include "sweep/crew/collective.hpp"

namespace truce::analysis {
namespace {

constexpr std::int64_t fewest_points = 2;
/// The passes over so few means cost less than the messages between ranks that share them.
constexpr std::int64_t most_means_alone = std::int64_t{1} << 22;

Axis metric_axis() {
  Axis axis{"metric", {}, "robustness metric:"};
  for (const Metric& metric : metrics()) {
    axis.labels.emplace_back(metric.name);
    axis.long_name += " " + std::string(metric.name) + ": " + std::string(metric.meaning) + ";";
  }
  axis.long_name.pop_back();
  return axis;
}

/// The four tables of the part.
struct Tables {
  AnswerTable metrics, orders, best, basis;
};

Tables empty_tables(const PartTask& task) {
  Tables tables;
  tables.metrics = {"robustness",
                    "robustness metrics of each policy, in the outcome's unit where they have one, with bootstrap "
                    "intervals over points (McPhail et al. 2018, Herman et al. 2015)",
                    {series_axis(task), goal_axis(), policy_axis(task), metric_axis()},
                    {}};
  tables.metrics.add("robustness", "", "value of the metric");
  tables.metrics.add("robustness_low", "", "lower end of its interval");
  tables.metrics.add("robustness_high", "", "upper end of its interval");
  tables.metrics.add("robustness_rank", "1", "1 and the number of policies that are better by this metric");
  tables.metrics.add("robustness_rank_stability", "1", "share of the resamples in which the policy has the same rank");
  tables.metrics.add("robustness_noise_bias", "",
                     "what the noise of the replicates adds to the value, to first order (Cook & Stefanski 1994)");
  tables.metrics.add("robustness_corrected", "", "value less robustness_noise_bias");
  tables.metrics.add(
      "robustness_told", "1",
      "1 where robustness_noise_bias is at most half the width of the interval, so that the value may be "
      "told; 0 where it is more");
  tables.orders = {"robustness_order",
                   "how often resamples of the points put all policies into the same order",
                   {series_axis(task), goal_axis(), metric_axis()},
                   {}};
  tables.orders.add("robustness_order_stability", "1", "share of the resamples with the same order of policies");
  tables.best = {
      "best_policy",
      "how often each policy is the best of all at a point: by means, with what noise does to that taken off, "
      "and where it is decided beyond 3 standard errors",
      {series_axis(task), goal_axis(), policy_axis(task)},
      {}};
  for (const auto& [name, meaning] :
       {std::pair{"best_share", "share of the points where its mean is the best"},
        std::pair{"best_chance",
                  "share of the points where it is the best, less what noise adds to that share, to first order"},
        std::pair{"best_decided", "share of the points where it leads every other by more than 3 standard errors"}}) {
    tables.best.add(name, "1", meaning);
    tables.best.add(std::string(name) + "_low", "1", std::string(meaning) + ": lower end of its interval");
    tables.best.add(std::string(name) + "_high", "1", std::string(meaning) + ": upper end of its interval");
  }
  tables.basis = {"robustness_basis", "what the metrics of each outcome stand on", {series_axis(task)}, {}};
  tables.basis.add("robustness_points", "1", "points where the outcome is defined under every policy");
  tables.basis.add("robustness_threshold", "", "value that satisfies, in the outcome's unit");
  tables.basis.add("robustness_bin", "", "quantiles of the outcome are off by at most half of this, in its unit");
  tables.basis.add("best_points", "1", "points where the differences of all policies have a standard error");
  tables.basis.add("best_undecided_higher", "1", "share of these points where no policy is decidedly the highest");
  tables.basis.add("best_undecided_lower", "1", "share of these points where no policy is decidedly the lowest");
  tables.basis.add("robustness_baseline", "1", "base point nearest to the defaults, behind regret_1");
  tables.basis.add("robustness_baseline_distance", "1", "how far it is from them, as satisficing_2 measures");
  return tables;
}

/// Value and interval: what the coarser quantiles of the resamples are off by at all points is taken from the interval.
Estimate estimated(const Metric& metric, const Profile& fine, const Profile& coarse, std::span<const double> drawn,
                   Goal goal, double level) {
  std::vector<double> values(drawn.begin(), drawn.end());
  const Interval interval = percentile_interval(values, level);
  const double value = metric.value(fine, goal), shift = value - metric.value(coarse, goal);
  return {value, interval.low + shift, interval.high + shift};
}

void put_metric(Tables& tables, const Profiles& told, const Metric& metric, std::size_t m, std::size_t s, std::size_t g,
                double level) {
  const std::size_t policies = told.fine.size(), count = metrics().size();
  const std::size_t draws = told.resamples[0][g].size();
  std::vector<std::vector<double>> by_policy(policies), by_draw(draws);
  std::vector<double> coarse;
  for (std::size_t q = 0; q < policies; ++q) {
    for (std::size_t r = 0; r < draws; ++r) {
      by_policy[q].push_back(metric.value(told.resamples[q][g][r], goals[g]));
      by_draw[r].push_back(by_policy[q].back());
    }
    coarse.push_back(metric.value(told.coarse[q][g], goals[g]));
  }
  const RankStability stability = rank_stability(coarse, by_draw, metric.better(goals[g]));
  std::vector<double> values;
  for (std::size_t q = 0; q < policies; ++q) {
    const std::size_t place = ((s * 2 + g) * policies + q) * count + m;
    const Estimate all = estimated(metric, told.fine[q][g], told.coarse[q][g], by_policy[q], goals[g], level);
    values.push_back(all.value);
    tables.metrics.answers[0].values[place] = all.value;
    tables.metrics.answers[1].values[place] = all.low;
    tables.metrics.answers[2].values[place] = all.high;
    tables.metrics.answers[4].values[place] = stability.policy[q];
  }
  const std::vector<double> order = ranks(values, metric.better(goals[g]));
  for (std::size_t q = 0; q < policies; ++q)
    tables.metrics.answers[3].values[((s * 2 + g) * policies + q) * count + m] = order[q];
  tables.orders.answers[0].values[(s * 2 + g) * count + m] = stability.order;
}

/// Where noise is known.
void put_noise(Tables& tables, const std::vector<std::vector<MetricValues>>& noisy, std::size_t s) {
  auto& answers = tables.metrics.answers;
  const std::size_t count = metrics().size();
  for (std::size_t q = 0; q < noisy.size(); ++q)
    for (std::size_t g = 0; g < 2; ++g)
      for (std::size_t m = 0; m < count; ++m) {
        const std::size_t place = ((s * 2 + g) * noisy.size() + q) * count + m;
        const double value = answers[0].values[place], bias = noisy[q][g][m] - value;
        if (std::isnan(value)) continue;
        answers[5].values[place] = bias;
        answers[6].values[place] = value - bias;
        answers[7].values[place] = std::abs(bias) <= (answers[2].values[place] - answers[1].values[place]) / 2 ? 1 : 0;
      }
}

void put_best(Tables& tables, std::size_t first_answer, std::size_t s, const BestShares& best) {
  for (std::size_t q = 0; q < best.size(); ++q)
    for (std::size_t g = 0; g < 2; ++g) {
      const std::size_t place = (s * 2 + g) * best.size() + q;
      tables.best.answers[first_answer].values[place] = best[q][g].value;
      tables.best.answers[first_answer + 1].values[place] = best[q][g].low;
      tables.best.answers[first_answer + 2].values[place] = best[q][g].high;
    }
}

void put_series(Tables& tables, const Profiles& told, std::size_t s, double threshold, double level) {
  auto& basis = tables.basis.answers;
  basis[0].values[s] = static_cast<double>(told.points);
  if (told.points < fewest_points) return;
  basis[1].values[s] = threshold;
  basis[2].values[s] = told.bin_width;
  for (std::size_t m = 0; m < metrics().size(); ++m)
    for (std::size_t g = 0; g < 2; ++g) put_metric(tables, told, metrics()[m], m, s, g, level);
}

void put_decided(Tables& tables, const DecidedPolicies& told, std::size_t s) {
  auto& basis = tables.basis.answers;
  basis[3].values[s] = static_cast<double>(told.points);
  if (told.points == 0) return;
  put_best(tables, 6, s, told.shares);
  for (std::size_t g = 0; g < 2; ++g) {
    double undecided = 1;
    for (const auto& policy : told.shares) undecided -= policy[g].value;
    basis[4 + g].values[s] = std::max(0.0, undecided);
  }
}

std::string robustness_needs(const Dataset& data) {
  return data.policies() < 2 ? "needs levers with at least two policies" : "";
}

/// What all outcomes are measured with.
struct Means {
  std::vector<double> limits;  ///< [outcome] that satisfy
  GroupSums weights;           ///< of the resamples
};

/// Collective for the task's crew, whose rank 0 gets the answers of outcome `s`.
void tell(const PartTask& task, const Means& means, const Baseline& baseline, std::size_t s, Tables& tables) {
  const std::size_t series = task.settings.series[s];
  const Profiles told = profiles(task, series, means.limits[s], baseline, means.weights);
  const auto noisy = with_noise(task, series, means.limits[s], baseline);
  const auto decided = decided_policies(task, series, means.weights);
  if (task.crew.rank() != 0) return;
  const double level = task.settings.level;
  put_series(tables, told, s, means.limits[s], level);
  if (told.points >= fewest_points) {
    put_best(tables, 0, s, best_shares(told.best, means.weights, level));
    if (noisy) {
      put_noise(tables, noisy->metrics, s);
      put_best(tables, 3, s, best_shares(2 * told.best - noisy->best, means.weights, level));
    }
  }
  if (decided) put_decided(tables, *decided, s);
  tables.basis.answers[6].values[s] = static_cast<double>(baseline.base());
  tables.basis.answers[7].values[s] = baseline.distance();
}

std::vector<AnswerTable> all_robustness_tables(const PartTask& task) {
  return robustness_tables(task, most_means_alone);
}

}  // namespace

std::vector<AnswerTable> robustness_tables(const PartTask& task, std::int64_t most_alone) {
  const std::int64_t groups = Groups(task.data.bases(), task.data.members()).count();
  const Means means{thresholds(task), bootstrap_weights(task.data.plan().seed, groups, task.settings.resamples)};
  Tables tables = empty_tables(task);
  std::vector<int> owners(means.limits.size(), 0);
  const auto tell_own = [&](const PartTask& by) {
    const Baseline baseline(by);
    for (std::size_t s = 0; s < owners.size(); ++s)
      if (&by == &task || owners[s] == task.crew.rank()) tell(by, means, baseline, s, tables);
  };
  if (task.data.bases() * task.data.plan().policies() <= most_alone) {
    for (std::size_t s = 0; s < owners.size(); ++s) owners[s] = static_cast<int>(s) % task.crew.size();
    const auto alone = make_local_crew();
    together(task.crew, [&] { tell_own({*alone, task.data, task.settings}); });
  } else {
    tell_own(task);
  }
  std::vector<AnswerTable> all{std::move(tables.metrics), std::move(tables.orders), std::move(tables.best),
                               std::move(tables.basis)};
  for (AnswerTable& table : all) bring_together(task.crew, owners, table);
  if (task.crew.rank() != 0) return {};
  return all;
}

Part robustness_part() {
  return {"robustness", "robustness metrics of the policies, chance of being the best, stability of ranks (levers)",
          robustness_needs, all_robustness_tables};
}

}  // namespace truce::analysis
