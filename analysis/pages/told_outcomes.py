# Which outcomes a page tells of: those that tell most, without those whose indices mean nothing.
import numpy as np

from pages import words

OUTCOMES = 3
FEWEST = 30  # base points below which the indices of an outcome are left out
PREFERRED = ("ending_settlement", "war_months", "peace_months", "relapsed")


def outcomes_of(result, table):
    """Up to three outcomes that tell most, of those in the table."""
    known = table.labels("outcome")
    wanted = [n for n in PREFERRED if n in known] or [n for n in result.first_of_each_outcome() if n in known]
    return (wanted or list(known))[:OUTCOMES]


def where(table, **labels):
    """The labels that the table has axes for, at its first policy."""
    policy = {"policy": table.labels("policy")[0]} if table.labels("policy") else {}
    return {axis: label for axis, label in {**policy, **labels}.items() if axis in table.axes and label is not None}


def base_points(table, outcome, reading=None):
    """Base points behind the indices of an outcome, the fewest of all inputs; NaN where the table does not say."""
    name = "sobol_base_points" if table.name == "sobol_variance" else f"{table.name}_n"
    found = table.at(name, **where(table, outcome=outcome, reading=reading)) if table.has(name) else np.empty(0)
    return float(np.min(found[np.isfinite(found)], initial=np.inf)) if np.isfinite(found).any() else np.nan


def doubt(analysis, table, outcome, reading=None):
    """Why indices of an outcome mean nothing, in words; empty where they do."""
    if not np.isfinite(table.at(next(iter(table.answers)), **where(table, outcome=outcome, reading=reading))).any():
        return "it does not vary, or is nowhere defined"
    points, variance = base_points(table, outcome, reading), analysis.tables.get("sobol_variance")
    if points < FEWEST:
        return f"{points:.0f} base points count, fewer than {FEWEST}"
    if table.name == "morris" or not variance or not variance.has("response_variance", "response_variance_low"):
        return ""  # effects are no shares of a variance
    low, high = variance.ends("response_variance", **where(variance, outcome=outcome))
    return f"the interval of the variance of its mean holds 0, {words.interval(low, high)}" if low <= 0 else ""


def told_outcomes(result, analysis, table, reading=None):
    """(up to three outcomes that tell most and whose indices mean something, a sentence on those left out)."""
    known = [n for n in dict.fromkeys((*PREFERRED, *result.first_of_each_outcome())) if n in table.labels("outcome")]
    why = {n: doubt(analysis, table, n, reading) for n in known}
    told = [n for n in known if not why[n]][:OUTCOMES]
    preferred = [n for n in PREFERRED if why.get(n)] or ([] if told else known[:OUTCOMES])
    left_out = "; ".join(f"{n.replace('_', ' ')} ({why[n]})" for n in preferred)
    return told, f" Left out, as an index would mean nothing: {left_out}." if left_out else ""
