# Exhibits from an analysis: how robust policies are, and how often each is the best of all.
import numpy as np

import panels
import selection
from pages import words
from pages.exhibits import Exhibit, Hint, sheet
from pages.told_outcomes import outcomes_of

# Outcomes of which less is taken to be better; of all others more is. The data have both.
LESS_IS_BETTER = ("war_months", "war_months_total", "wars", "relapsed")
# Metrics that are in the unit of the outcome; all others are shares, ratios or distances in probability.
IN_UNIT = ("maximin", "maximax", "hurwicz", "laplace", "minimax_regret", "regret_q90", "undesirable_deviations")
HOW = ("Metrics of robustness ask different things, and may name different policies. Their intervals are of the sampling"
       " of points, and leave out the chance of the replicates at each point. That chance takes extremes and quantiles "
       "further out than they are, as the worst of many noisy means is worse than the worst mean: `corrected` is the "
       "metric less what noise adds to it. Where that is more than half the width of the interval the value is `not "
       "told`, and no policy is called the best by that metric: run more replicates, or read a metric of means. Else a "
       "policy is `best` only where its interval leaves out those of all others, or there is a `tie` with those whose "
       "interval overlaps; as policies share their points, that is on the safe side. Interval and rank are those of the "
       "value as it is; the rank has beside it in what share of the bootstrap samples a policy keeps it.")
NOT_TOLD = "not told"
BEST = (("best_share", "by means"), ("best_chance", "corrected for noise"), ("best_decided", "decided"))


def goal_of(outcome):
    return "lower" if outcome in LESS_IS_BETTER else "higher"


def goal_text(outcome):
    return f"{outcome.replace('_', ' ')}, {'less' if goal_of(outcome) == 'lower' else 'more'} being better"


def parts(result, analysis):
    """Exhibits on the policies of a study; a hint if it has several and there is no analysis of them."""
    if result.policies < 2:
        return []
    best, table = (analysis and analysis.tables.get(n) for n in ("best_policy", "robustness"))
    if not table or not best:
        return [Hint("Which policy is robust", "There is no comparison of the policies yet.",
                     f"`truce analyze {result.path}`")]
    outcomes = outcomes_of(result, table)[:2]
    return [best_bars(best, outcomes), *(metrics_table(result, table, o) for o in outcomes)]


def best_bars(table, outcomes):
    """Shares of points at which each policy is the best of all."""
    policies = table.labels("policy")
    drawn, rows = sheet(0.6 + 0.4 * len(policies), list(enumerate(label for _, label in BEST)), bars=True), []
    for number, outcome in enumerate(outcomes):
        axes = drawn.add_subplot(1, len(outcomes), number + 1)
        place = {"outcome": outcome, "goal": goal_of(outcome)}
        for slot, (answer, label) in enumerate(BEST):
            value, (low, high) = table.at(answer, **place), table.ends(answer, **place)
            at = np.arange(len(policies)) + (slot - 1) * 0.27
            axes.barh(at, value, 0.25, facecolor=panels.COLOURS[slot])
            axes.errorbar(value, at, xerr=np.maximum([value - low, high - value], 0), linestyle="", color="black",
                          elinewidth=0.8, capsize=1.5)
            rows += [(outcome, goal_of(outcome), p, answer, *v) for p, *v in zip(policies, value, low, high)]
        axes.set_yticks(range(len(policies)), policies if number == 0 else [""] * len(policies))
        ends = np.array([row[5:7] for row in rows if row[0] == outcome])  # corrected shares may leave [0, 1]
        drawn_from, drawn_to = np.nanmin([0, *ends[:, 0]]), np.nanmax([1, *ends[:, 1]])
        axes.axvline(0, color="black", linewidth=0.7)
        axes.set(xlim=(drawn_from - 0.02 * (drawn_from < 0), drawn_to + 0.02), ylim=(len(policies) - 0.4, -0.6),
                 xlabel=panels.wrapped(f"share of points: {goal_text(outcome)}", 40))
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="y", visible=False)
    said = "; ".join(f"{r[0]}, {r[2]}: {words.short(r[4])}" for r in rows if r[3] == "best_share")
    return Exhibit("best_policy", "How often each policy is the best",
                   "Shares of the points at which a policy is the best of all, on the same uncertainties and random numbers: "
                   "by means, whose noise evens out the shares; corrected for noise, which is an estimate and may lie below 0 or "
                   "above 1; decided, where it leads all others beyond three standard errors. Whiskers are 95 % bootstrap "
                   "intervals: of the sampling of points, not of the replicates at each.",
                   f"Bars of shares of points by policy. By means: {said}.", drawn,
                   ("outcome", "goal", "policy", "measure", "value", "low_95", "high_95"), rows)


def metrics_table(result, table, outcome):
    """All robustness metrics of one outcome, a column per policy, the best of each marked where it is told apart."""
    policies, goal, lines, rows = table.labels("policy"), goal_of(outcome), [], []
    unknown = np.full(len(policies), np.nan)
    for metric in table.labels("metric"):
        place = {"outcome": outcome, "goal": goal, "metric": metric}
        value, (low, high) = table.at("robustness", **place), table.ends("robustness", **place)
        rank = table.at("robustness_rank", **place)
        stable, corrected, bias, told = (table.at(n, **place) if table.has(n) else unknown for n in (
            "robustness_rank_stability", "robustness_corrected", "robustness_noise_bias", "robustness_told"))
        marks, unit = marks_of(rank, low, high, told), unit_of(result, outcome, metric)
        columns = (value, low, high, rank, stable, corrected)
        rows += [(outcome, goal, metric, unit, p, mark, *v) for p, mark, *v in zip(policies, marks, *columns, bias, told)]
        lines.append([f"{metric.replace('_', ' ')}{f' [{unit}]' if unit else ''}",
                      *([text_of(*v), mark] for *v, mark in zip(*columns, marks))])
    known = table.has("robustness_told") and np.isfinite(table.at("robustness_told", outcome=outcome, goal=goal)).any()
    said = "" if known else " What the noise of replicates adds is not known here."
    return Exhibit(f"robustness_{outcome}", f"Robustness: {goal_text(outcome)}",
                   f"Each metric over all points, with 95 % bootstrap intervals of the sampling of points.{said}",
                   columns=("outcome", "goal", "metric", "unit", "policy", "mark", "value", "low_95", "high_95", "rank",
                            "rank_stability", "corrected", "noise_bias", "told"), rows=rows,
                   table=(("metric", *policies), lines))


def unit_of(result, outcome, metric):
    """Unit of a metric, empty for a ratio."""
    if metric in IN_UNIT and outcome in result.outcomes:
        return selection.axis_unit(result, outcome) or "1"
    return {"starr": "share", "satisficing_1": "share", "satisficing_2": "probability"}.get(metric, "")


def marks_of(rank, low, high, told):
    """Per policy `best`, `tie` or nothing: the best by rank, unless intervals of others overlap its own.

    Where the value of any policy is not told (0; NaN: nothing is known of noise) only that is said."""
    marks = [NOT_TOLD if t == 0 else "" for t in told]
    if any(marks):
        return marks
    first = int(np.nanargmin(rank)) if np.isfinite(rank).any() else None
    if first is None or not np.isfinite(low[first]):
        return marks
    rivals = [p for p in range(len(rank)) if p != first and np.isfinite(rank[p])
              and not (low[p] > high[first] or high[p] < low[first])]
    for p in (first, *rivals):
        marks[p] = "tie" if rivals else "best"
    return marks


def text_of(value, low, high, rank, stable, corrected):
    """`0.3 (0.29 to 0.31), corrected 0.25, rank 1 in 97 %`; what the correction does not change is said once."""
    text = words.short(value) + (f" ({words.interval(low, high)})" if np.isfinite(low) else "")
    if np.isfinite(corrected) and words.short(corrected) != words.short(value):
        text += f", corrected\u00a0{words.short(corrected)}"
    if np.isfinite(rank):
        place = f"rank {rank:.0f}" + (f" in {100 * stable:.0f} %" if np.isfinite(stable) else "")
        text += ", " + place.replace(" ", "\u00a0")
    return text
