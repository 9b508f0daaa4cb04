// One pass over the differences gives counts of verdicts; boxes are searched in further passes.
#include "analysis/claims/judge.hpp"

#include <cmath>

#include "analysis/claims/claim_reader.hpp"
#include "analysis/discovery/box.hpp"
#include "analysis/fold/groups.hpp"
#include "sweep/base/no_number.hpp"
#include "sweep/crew/collective.hpp"
#include "sweep/study/marginal_parse.hpp"
#include "sweep/study/members.hpp"

namespace truce::analysis {
namespace {

/// Sums over the points of a group: counts of the four verdicts, then these.
enum Sum : std::size_t { undefined = 4, weighted, weight, weight_squared, points, along, against, pairs_against, sums };

/// A rarer verdict is not searched for.
constexpr double least_share = 0.02;

/// How many of a point's differences, each -1, 0 or 1, have the other sign: (sum of squares - sum) / 2 of them is -1.
double opposite_pairs(const Difference& difference, int sign) {
  const double n = difference.n, spread = difference.standard_error * difference.standard_error * (n - 1);
  const double square = difference.mean * difference.mean + (n > 1 ? spread : 0);
  return std::round(n * (square - sign * difference.mean) / 2);
}

void add(const Difference& difference, int sign, std::span<double> into) {
  into[static_cast<std::size_t>(verdict_of(difference, sign))] += 1;
  const int side = sign * sign_of_mean(difference);
  into[along] += side > 0 ? 1 : 0;
  into[against] += side < 0 ? 1 : 0;
  into[points] += 1;
  if (difference.n < replicates_of_a_verdict) into[undefined] += 1;
  if (!(difference.n > 0)) return;
  into[pairs_against] += opposite_pairs(difference, sign);
  into[weighted] += difference.n * difference.mean;
  into[weight] += difference.n;
  into[weight_squared] += difference.n * difference.n;
}

double ratio(double above, double below) { return below > 0 ? above / below : no_number; }

void estimate_all(const GroupSums& groups, std::uint64_t seed, const JudgeRequest& request, Judged& into) {
  const Eigen::ArrayXd all = total(groups);
  const GroupSums again = resampled(bootstrap_weights(seed, groups.rows(), request.resamples), groups);
  const auto of = [&](const Statistic& statistic) { return estimate(all, again, request.level, statistic); };
  for (std::size_t v = 0; v < into.shares.size(); ++v)
    into.shares[v] = of([v](std::span<const double> s) { return ratio(s[v], s[points]); });
  into.effect = of([](std::span<const double> s) { return ratio(s[weighted], s[weight]); });
  into.balance = of([](std::span<const double> s) { return ratio(s[0] - s[1], s[points]); });
  into.undefined = ratio(all[undefined], all[points]);
  into.points = all[points];
  into.effective = ratio(all[weight] * all[weight], all[weight_squared]);
  into.along = all[along];
  into.against = all[against];
  into.pairs_against = ratio(all[pairs_against], all[weight]);
  into.verdict = overall_verdict(into);
}

/// Collective: where a verdict is more frequent than elsewhere, among the points that have the outcome.
std::optional<VerdictBox> find_box(Crew& crew, const Dataset& data, const CodedPoints& coded, Verdict wanted) {
  ClaimReader reader(data);
  const int sign = claim_of(data).sign;
  const PointShares shares = [&](Range bases, std::span<double> into) {
    const auto& differences = reader.read(bases);
    for (std::size_t b = 0; b < differences.size(); ++b)
      into[b] = differences[b].n < replicates_of_a_verdict   ? no_number
                : verdict_of(differences[b], sign) == wanted ? 1
                                                             : 0;
  };
  BoxSearch search;
  search.boxes = 1;
  const std::vector<FoundBox> found = find_boxes(crew, coded, shares, search);
  if (found.empty()) return std::nullopt;
  return VerdictBox{found.front(), box_lines(data.plan(), found.front().box())};
}

std::string moves_of(const Plan& plan) {
  std::string text;
  for (const auto& [key, value] : pair_lines(plan)) text += (text.empty() ? "" : "; ") + key + " = " + value;
  return text;
}

std::string settings_of(const Plan& plan) {
  std::string text;
  for (const Lever& lever : plan.levers) {
    const Input& input = plan.kernel->inputs[lever.input];
    text += std::string(input.name) + " = " + spell_level(input, lever.values.front()) + " -> " +
            spell_level(input, lever.values.back());
  }
  return text;
}

}  // namespace

bool Judged::one_sided() const {
  return (verdict == Verdict::holds && against == 0) || (verdict == Verdict::fails && along == 0);
}

Verdict overall_verdict(const Judged& judged) {
  if (judged.shares[static_cast<std::size_t>(Verdict::no_effect)].value == 1) return Verdict::no_effect;
  const bool rises = judged.effect.low > 0;
  const bool falls = judged.effect.high < 0;
  const bool up = judged.claim.sign > 0;
  if (judged.balance.low > 0 && (up ? rises : falls)) return Verdict::holds;
  if (judged.balance.high < 0 && (up ? falls : rises)) return Verdict::fails;
  return Verdict::undecided;
}

Judged judge(Crew& crew, const Dataset& data, const JudgeRequest& request) {
  const Plan& plan = data.plan();
  Judged judged;
  judged.claim = claim_of(data);
  judged.title = plan.title;
  judged.kernel = plan.kernel->name;
  const StoredSeries& outcome = data.series()[data.find_series(judged.claim.outcome)];
  judged.unit = outcome.unit;
  judged.move = moves_of(plan);
  judged.under = settings_of(plan);
  judged.file = std::filesystem::path(data.path()).filename().string();
  ClaimReader reader(data);
  const Groups groups(data.bases(), data.members());
  const GroupSums folded = fold_groups(crew, groups, sums, [&](Range bases, std::span<double> into) {
    for (const Difference& difference : reader.read(bases)) add(difference, judged.claim.sign, into);
  });
  if (crew.rank() == 0) estimate_all(folded, plan.seed, request, judged);
  if (!(plan.pair && data.policies() == 1 && outcome.is_share)) judged.pairs_against = no_number;
  if (!request.boxes || data.inputs().empty()) return judged;
  const CodedPoints coded(crew, data);
  for (const Verdict wanted : {Verdict::holds, Verdict::fails}) {
    const bool frequent = judged.shares[static_cast<std::size_t>(wanted)].value >= least_share;
    if (broadcast(crew, crew.rank() == 0 && frequent ? "yes" : "") != "yes") continue;
    (wanted == Verdict::holds ? judged.holds_box : judged.fails_box) = find_box(crew, data, coded, wanted);
  }
  return judged;
}

}  // namespace truce::analysis
