# Exhibits from an analysis: how robust policies are, and how often each is the best of all.
import numpy as np

import panels
from pages import words
from pages.exhibits import Exhibit, Hint, sheet
from pages.sensitivity import outcomes_of

# Outcomes of which less is taken to be better; of all others more is. The data have both.
LESS_IS_BETTER = ("war_months", "war_months_total", "wars", "relapsed")
BEST = (("best_share", "by means"), ("best_chance", "chance"), ("best_decided", "decided"))


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
    return [best_bars(best, outcomes), *(metrics_table(table, o) for o in outcomes)]


def best_bars(table, outcomes):
    """Shares of points at which each policy is the best of all."""
    policies = [p.replace(",", ", ") for p in table.labels("policy")]
    drawn, rows = sheet(0.6 + 0.4 * len(policies), list(enumerate(label for _, label in BEST))), []
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
        axes.set(xlim=(0, 1.02), ylim=(len(policies) - 0.4, -0.6), xlabel=panels.wrapped(f"share of points: {goal_text(outcome)}", 40))
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="y", visible=False)
    said = "; ".join(f"{r[0]}, {r[2]}: {words.short(r[4])}" for r in rows if r[3] == "best_share")
    return Exhibit("best_policy", "How often each policy is the best",
                   "Shares of the points at which a policy is the best of all, on the same uncertainties and random numbers: "
                   "by means; by the chance that the noise of replicates leaves it; decided beyond three standard errors. "
                   "Whiskers are 95 % bootstrap intervals.", f"Bars of shares of points by policy. By means: {said}.", drawn,
                   ("outcome", "goal", "policy", "measure", "value", "low_95", "high_95"), rows)


def metrics_table(table, outcome):
    """All robustness metrics of one outcome, a column per policy, the best of each marked."""
    policies, goal, lines, rows = table.labels("policy"), goal_of(outcome), [], []
    for metric in table.labels("metric"):
        place = {"outcome": outcome, "goal": goal, "metric": metric}
        value, (low, high) = table.at("robustness", **place), table.ends("robustness", **place)
        rank = table.at("robustness_rank", **place)
        rows += [(outcome, goal, metric, p, *v) for p, *v in zip(policies, value, low, high, rank)]
        spread = np.nanmax(rank) > 1 if np.isfinite(rank).any() else False
        lines.append([metric.replace("_", " "),
                      *([words.short(v) + (f" ({words.interval(lo, hi)})" if np.isfinite(lo) else ""),
                         "best" if r == 1 and spread else ""] for v, lo, hi, r in zip(value, low, high, rank))])
    return Exhibit(f"robustness_{outcome}", f"Robustness: {goal_text(outcome)}",
                   "Each metric over all points, with 95 % bootstrap intervals. Metrics ask different things: one that "
                   "looks at the worst point and one that looks at the mean may name different policies.",
                   columns=("outcome", "goal", "metric", "policy", "value", "low_95", "high_95", "rank"), rows=rows,
                   table=(("metric", *(p.replace(",", ", ") for p in policies)), lines))
