# Which outcomes a page tells of: those that tell most, without those whose indices mean nothing.
import numpy as np

from pages import words

OUTCOMES = 3
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
    name = f"{table.name}_n"
    found = table.at(name, **where(table, outcome=outcome, reading=reading)) if table.has(name) else np.empty(0)
    return float(np.min(found[np.isfinite(found)], initial=np.inf)) if np.isfinite(found).any() else np.nan


def told(table, outcome, reading=None):
    """Which indices of an outcome may be told, by input: the analysis decides (its column `<table>_told`)."""
    return table.at(f"{table.name}_told", **where(table, outcome=outcome, reading=reading)) == 1


def rule(table):
    """When an index is told, in the words of the analysis."""
    meaning = table.answers[f"{table.name}_told"].meaning.partition(": ")[2] if table.has(f"{table.name}_told") else ""
    return f" Indices are told {meaning}." if meaning else ""


def doubt(analysis, table, outcome, reading=None):
    """Why indices of an outcome mean nothing, in words; empty where they do."""
    if not np.isfinite(table.at(next(iter(table.answers)), **where(table, outcome=outcome, reading=reading))).any():
        return "it does not vary, or is nowhere defined"
    if not table.has(f"{table.name}_told"):
        return "the analysis is of an older truce; make it again"
    if told(table, outcome, reading).any():
        return ""
    return "; ".join([f"{base_points(table, outcome, reading):,.0f} base points", *variance_of(analysis, outcome)])


def variance_of(analysis, outcome):
    """The interval of the variance of an outcome's mean, in words, where an analysis has it: a list of one text or none."""
    table = analysis.tables.get("sobol_variance")
    if not table or not table.has("response_variance", "response_variance_low"):
        return []
    return [f"variance of its mean {words.interval(*table.ends('response_variance', **where(table, outcome=outcome)))}"]


def told_outcomes(result, analysis, table, reading=None):
    """(up to three outcomes that tell most and whose indices mean something, a sentence on those left out)."""
    known = [n for n in dict.fromkeys((*PREFERRED, *result.first_of_each_outcome())) if n in table.labels("outcome")]
    why = {n: doubt(analysis, table, n, reading) for n in known}
    few = [n for n in known if not why[n]][:OUTCOMES]
    preferred = [n for n in PREFERRED if why.get(n)] or ([] if few else known[:OUTCOMES])
    left_out = "; ".join(f"{n.replace('_', ' ')} ({why[n]})" for n in preferred)
    return few, f" Left out, as an index would mean nothing: {left_out}.{rule(table)}" if left_out else ""
