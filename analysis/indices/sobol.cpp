// Part `sobol`: first-order and total indices of a saltelli design, corrected for replicate noise, in their readings.
#include <string>
#include <vector>

#include "analysis/fold/bootstrap.hpp"
#include "analysis/indices/factors.hpp"
#include "analysis/indices/index_answers.hpp"
#include "analysis/indices/indices.hpp"
#include "analysis/indices/pick_freeze.hpp"
#include "analysis/indices/pilot.hpp"
#include "analysis/indices/readings.hpp"

namespace truce::analysis {
namespace {

using With = IndexAnswers::With;

/// Numerator and denominator of both indices differ by reading.
double first_order(const PickFreeze& sums, std::size_t factor, Reading reading) {
  if (reading == Reading::mean_response) return sums.main(factor) / sums.response();
  if (reading == Reading::one_run) return sums.main(factor) / sums.of_one_run();
  return sums.main(factor) / sums.variance();
}

double total_order(const PickFreeze& sums, std::size_t factor, Reading reading) {
  const double without_chance = sums.total(factor) - sums.noise_of_mean();
  if (reading == Reading::mean_response) return without_chance / sums.response();
  if (reading == Reading::one_run) return without_chance / sums.of_one_run();
  return sums.total(factor) / sums.variance();
}

/// A statistic on all base points, and on every resample.
class Statistics {
 public:
  Statistics(std::span<const double> sums, const GroupSums& resamples, Eigen::Index first, Eigen::Index width,
             double level)
      : all_(sums), level_(level), values_(static_cast<std::size_t>(resamples.rows())) {
    for (Eigen::Index r = 0; r < resamples.rows(); ++r)
      resamples_.emplace_back(std::span(&resamples(r, first), static_cast<std::size_t>(width)));
  }
  template <class Statistic>
  Resampled operator()(const Statistic& statistic) {
    for (std::size_t r = 0; r < values_.size(); ++r) values_[r] = statistic(resamples_[r]);
    return resampled_value(statistic(all_), values_, level_);
  }
  const PickFreeze& all() const { return all_; }

 private:
  PickFreeze all_;
  std::vector<PickFreeze> resamples_;
  double level_;
  std::vector<double> values_;
};

/// Both tables, filled outcome by outcome.
class SobolTables {
 public:
  SobolTables(const PartTask& task, const Chance& chance)
      : chance_(chance),
        indices_{
            "sobol",
            std::string("Sobol' indices by pick-freeze (S1: Saltelli et al. 2010; ST: Jansen 1999; noise: Clements "
                        "et al. 2024): ") +
                chance.sentence(),
            {series_axis(task), policy_axis(task), factor_axis(task.data), reading_axis()},
            {}},
        variances_{"sobol_variance",
                   std::string("what varies, by cause, in the saltelli design: ") + chance.sentence(),
                   {series_axis(task), policy_axis(task)},
                   {}},
        s1_(indices_, "S1", "1", "first-order index", With::conf_and_outside),
        st_(indices_, "ST", "1", "total index", With::conf_and_outside),
        counted_(indices_.answers.size()),
        share_(variances_, "chance_share", "1", "share of chance in the variance of one run", With::interval),
        response_(variances_, "response_variance", squared, "variance of the mean response over the inputs",
                  With::interval),
        plain_(variances_.answers.size()) {
    indices_.add("sobol_n", "1", "base points behind the index: those whose members are all defined often enough");
    indices_.add("sobol_told", "1", told_meaning);
    variances_.add("sobol_variance_of_means", squared, "variance of the means over replicates, over A and B");
    variances_.add("sobol_noise_of_mean", squared, "mean over rows of s2/n: what chance adds to that variance");
    variances_.add("sobol_noise_of_run", squared, "mean over rows of s2: variance of one run at its point");
    variances_.add("sobol_base_points", "1", "base points that count");
    variances_.add("sobol_left_out", "1", "base points left out, as a member is defined too seldom");
  }

  void fill(const Places& places, std::size_t outcome, std::size_t policy, double bases, Statistics& say) {
    const std::size_t factors = indices_.axes[2].labels.size(), at = places.at(outcome, policy);
    const Resampled response = say([](const PickFreeze& sums) { return sums.response(); });
    for (std::size_t f = 0; f < factors; ++f)
      for (std::size_t r = 0; r < reading_count; ++r) {
        const auto reading = static_cast<Reading>(r);
        if (!chance_.gives(reading)) continue;
        const std::size_t place = (at * factors + f) * reading_count + r;
        s1_.set(place, say([&](const PickFreeze& sums) { return first_order(sums, f, reading); }));
        st_.set(place, say([&](const PickFreeze& sums) { return total_order(sums, f, reading); }));
        indices_.answers[counted_].values[place] = say.all().count();
        indices_.answers[counted_ + 1].values[place] = may_be_told(reading, say.all().count(), response.low) ? 1 : 0;
      }
    const auto plain = [&](std::size_t answer) -> double& { return variances_.answers[plain_ + answer].values[at]; };
    plain(0) = say.all().variance();
    plain(3) = say.all().count();
    plain(4) = bases - say.all().count();
    if (!chance_.correctable) return;
    plain(1) = say.all().noise_of_mean();
    plain(2) = say.all().noise_of_run();
    share_.set(at, say([](const PickFreeze& sums) { return sums.noise_of_run() / sums.of_one_run(); }));
    response_.set(at, response);
  }

  std::vector<AnswerTable> take() { return {std::move(indices_), std::move(variances_)}; }

 private:
  static constexpr const char* squared = "unit of the outcome, squared";
  Chance chance_;
  AnswerTable indices_, variances_;
  IndexAnswers s1_, st_;
  std::size_t counted_;
  IndexAnswers share_, response_;
  std::size_t plain_;
};

std::string sobol_needs(const Dataset& data) {
  return data.plan().method == Method::saltelli ? "" : "needs method = saltelli";
}

std::vector<AnswerTable> sobol_tables(const PartTask& task) {
  const Dataset& data = task.data;
  const Chance chance = chance_of(data.plan());
  const std::size_t policies = data.policies(), width = PickFreeze::width(data.plan().factors.size());
  const Groups groups(data.bases(), data.members());
  const bool writes = task.crew.rank() == 0;
  SobolTables tables(task, chance);
  const GroupSums weights =
      writes ? bootstrap_weights(data.plan().seed, groups.count(), task.settings.resamples) : GroupSums();
  for (std::size_t o = 0; o < task.settings.series.size(); ++o) {
    MomentsReader reader(data, task.settings.series[o]);
    std::optional<double> shift;
    const GroupSums sums = fold_groups(task.crew, groups, policies * width, [&](Range bases, std::span<double> into) {
      if (!shift) shift = pilot_mean(data, reader);
      const Moments& moments = reader.read(bases);
      for (std::size_t p = 0; p < policies; ++p)
        PickFreeze::add(moments, static_cast<Eigen::Index>(p), *shift, chance.fewest(), into.subspan(p * width, width));
    });
    if (!writes) continue;
    const Eigen::ArrayXd all = total(sums);
    const GroupSums resamples = resampled(weights, sums);
    for (std::size_t p = 0; p < policies; ++p) {
      Statistics say({all.data() + p * width, width}, resamples, static_cast<Eigen::Index>(p * width),
                     static_cast<Eigen::Index>(width), task.settings.level);
      tables.fill({policies}, o, p, static_cast<double>(data.bases()), say);
    }
  }
  return writes ? tables.take() : std::vector<AnswerTable>{};
}

}  // namespace

Part sobol_part() {
  return {"sobol", "Sobol' indices of a saltelli design, corrected for chance", sobol_needs, sobol_tables};
}

}  // namespace truce::analysis
