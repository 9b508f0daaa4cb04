# Exhibits from an analysis: which inputs an outcome depends on, and how much of its variance is chance.
import numpy as np

import panels
import selection
from pages import words
from pages.exhibits import Exhibit, Hint, sheet
from pages.told_outcomes import base_points, rule, told, told_outcomes, where

BARS = 10  # inputs
# What an index is an index of; the first that the study has is drawn, never two together.
READINGS = {"mean_response": "of the mean response, corrected for chance",
            "common_random_numbers": "given the random numbers that all points share",
            "uncorrected": "not corrected for chance, which counts as interaction here"}
# Tables in the order in which they are preferred: (name, axis of inputs, ((answer, label), ...), title, how to read it).
INDICES = (
    ("sobol", "input", (("S1", "first order"), ("ST", "total")), "Which inputs matter: Sobol' indices",
     "S1: share of the variance that an input explains alone; ST: with all its interactions. Values are raw: below 0 or "
     "above 1 they tell that points are too few."),
    ("given_data", "varied_input", (("S1_rank", "first order"),), "Which inputs matter: first-order indices",
     "Share of the variance that an input explains alone, by ranks of the points; `dummy` does nothing and shows the noise "
     "of the method. Interactions need a study with `method = saltelli`."),
    ("morris", "input", (("mu_star", "mean size of effects"), ("sigma", "their spread")),
     "Which inputs matter: elementary effects",
     "Effects of a step through an input's whole range, in the unit of the outcome; a spread that is large against the mean "
     "size tells of interactions or curves."),
)


def reading_of(table, answer):
    """The reading that is drawn; None where the table has no readings."""
    for reading in table.labels("reading"):
        if reading in READINGS and np.isfinite(table.at(answer, reading=reading)).any():
            return reading
    return None


def known_indices(analysis):
    """(table, axis, answers, title, note) of INDICES that the analysis has."""
    for name, axis, answers, title, note in INDICES:
        table = analysis and analysis.tables.get(name)
        if table and table.has(*(a for a, _ in answers)):
            yield table, axis, answers, title, note


def ranked_inputs(result, analysis):
    """Inputs by their indices, a group by its inputs, the most important first; none without an analysis."""
    for table, axis, answers, _, _ in known_indices(analysis):
        if found := order(result, analysis, table, axis, answers[-1][0] if table.name == "sobol" else answers[0][0]):
            members = {n: [i for i in result.varied if result.attribute("group", i) == n] or [n] for n in found}
            return [i for n in found for i in members[n]]
    return []


def order(result, analysis, table, axis, answer):
    """Inputs by their indices of the outcomes that are told; none where no outcome is."""
    reading = reading_of(table, answer)
    found = [table.at(answer, **where(table, outcome=o, reading=reading))
             for o in told_outcomes(result, analysis, table, reading)[0]]
    if not found:
        return []
    scale = [np.nanmax(np.abs(f)) if np.isfinite(f).any() else 1.0 for f in found]
    total = sum(np.nan_to_num(f) / (s or 1.0) for f, s in zip(found, scale))
    labels = table.labels(axis)
    return [labels[i] for i in np.argsort(-total, kind="stable")]


def index_bars(result, analysis, why):
    """Bars of the first table of indices that the analysis has."""
    if analysis is None:
        return Hint("Which inputs matter", why, f"`truce analyze {result.path}`")
    why = ""
    for table, axis, answers, title, note in known_indices(analysis):
        if np.isfinite(table.at(answers[0][0])).any():
            outcomes, left_out = told_outcomes(result, analysis, table, reading_of(table, answers[0][0]))
            if outcomes:
                return bars_of(result, analysis, table, axis, answers, title, note)
            why = why or left_out
    if why:
        return Hint("Which inputs matter", f"No outcome has indices that mean something.{why}",
                    "more `points` in [design], or a study in which the outcome happens more often")
    return Hint("Which inputs matter", "The analysis has no indices: nothing varies, or other parts were asked for.",
                f"`truce analyze {result.path}`")


def bars_of(result, analysis, table, axis, answers, title, note):
    reading = reading_of(table, answers[0][0])
    outcomes, left_out = told_outcomes(result, analysis, table, reading)
    counted = [base_points(table, o, reading) for o in outcomes]
    everything = order(result, analysis, table, axis, answers[-1][0] if table.name == "sobol" else answers[0][0])
    names = [n for n in everything if n != "dummy"][:BARS] + ["dummy"] * ("dummy" in everything)
    drawn = sheet(0.55 + 0.21 * len(names) * max(1, len(answers) * 0.75), list(enumerate(l for _, l in answers)), bars=True)
    rows, first = [], None
    for number, (outcome, points) in enumerate(zip(outcomes, counted)):
        axes = first = drawn.add_subplot(1, len(outcomes), number + 1, sharey=first)
        found = [(a, *index_values(table, a, axis, names, outcome, reading)) for a, _ in answers]
        may = [bool(told(table, outcome, reading)[table.labels(axis).index(n)]) for n in names]
        draw_bars(axes, names, found, may, number == 0)
        axes.set_xlabel(panels.wrapped(outcome.replace("_", " ") + unit_text(table, answers[0][0], result, outcome)
                                      + (f" (n = {points:,.0f})" if np.isfinite(points) else ""), 30))
        rows += [(outcome, n, a, v, lo, hi, points, int(t)) for a, *columns in found
                 for n, v, lo, hi, t in zip(names, *columns, may)]
    policy = f" At the first policy ({result.policy_labels()[0]})." if result.policies > 1 else ""
    shown = f" The {len(names)} first of {len(everything)} are drawn." if len(names) < len(everything) else ""
    read = f" Indices {READINGS[reading]}." if reading else ""
    hollow = " Hollow: not told." + rule(table) * (not left_out) if any(not row[-1] for row in rows) else ""
    best = "; ".join(f"{o}: " + ", ".join(f"{n} {words.short(v)}" for _, n, a, v, *_ in
                                         [r for r in rows if r[0] == o and r[2] == answers[0][0]][:3]) for o in outcomes)
    return Exhibit(f"indices_{table.name}", title, f"{note}{read} Whiskers are 95 % bootstrap intervals over base "
                   f"points; n: base points behind them.{policy}{shown}{hollow}{left_out}",
                   f"Bars of indices by input. {answers[0][1]}, the first three: {best}.", drawn,
                   ("outcome", "input", "index", "value", "low_95", "high_95", "base_points", "told"), rows)


def index_values(table, answer, axis, names, outcome, reading):
    """Values and ends of intervals of an answer for the named inputs."""
    place = where(table, outcome=outcome, reading=reading)
    rows = [table.labels(axis).index(n) for n in names]
    return [column[rows] for column in (table.at(answer, **place), *table.ends(answer, **place))]


def draw_bars(axes, names, found, may, labelled):
    """`may`: whether the index of each name may be told; else its bars are hollow."""
    height = 0.8 / len(found)
    for slot, (_, value, low, high) in enumerate(found):
        at = np.arange(len(names)) + (slot - (len(found) - 1) / 2) * height
        axes.barh(at, value, height * 0.92, color=[panels.COLOURS[slot] if m else "white" for m in may],
                  edgecolor=panels.COLOURS[slot], linewidth=0.8)
        known = np.isfinite(low) & np.isfinite(high)
        reach = np.maximum([(value - low)[known], (high - value)[known]], 0)
        axes.errorbar(value[known], at[known], xerr=reach, linestyle="", color="black", elinewidth=0.8, capsize=1.5)
    axes.axvline(0, color="black", linewidth=0.7)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(labelleft=labelled, left=False)
    axes.grid(axis="y", visible=False)


def unit_text(table, answer, result, outcome):
    if table.answers[answer].unit == "1":
        return ""
    return f" [{selection.axis_unit(result, outcome) or '1'}]" if outcome in result.outcomes else ""


def chance(result, analysis):
    """How much of what differs between runs is chance, by outcome."""
    table = analysis and analysis.tables.get("sobol_variance")
    if not table or not table.has("chance_share") or not np.isfinite(table.at("chance_share")).any():
        return None
    place, names = where(table), ("chance_share", "response_variance", "sobol_base_points")
    value, variance, points = (table.at(n, **place) if table.has(n) else np.full(len(table.labels("outcome")), np.nan)
                               for n in names)
    ends = [*table.ends("chance_share", **place), *table.ends("response_variance", **place)]
    rows = [(o, v, *rest) for o, v, *rest in zip(table.labels("outcome"), value, *ends[:2], variance, *ends[2:], points)
            if np.isfinite(v)]
    outcomes, left_out = told_outcomes(result, analysis, analysis.tables["sobol"], "mean_response")
    lines = [[r[0], words.short(r[1]), words.interval(*r[2:4]), f"{r[7]:,.0f}" if np.isfinite(r[7]) else "\u2013"]
             for r in rows if r[0] in outcomes]
    return Exhibit("chance", "How much is chance",
                   "Share of chance in the variance of one run: what would remain if all inputs were known. Intervals are 95 % "
                   f"bootstrap intervals over base points. The data have all outcomes.{left_out}",
                   columns=("outcome", "chance_share", "low_95", "high_95", "response_variance", "response_variance_low_95",
                            "response_variance_high_95", "base_points"), rows=rows,
                   table=(("outcome", "share of chance", "95 % interval", "base points"), lines) if lines else ())
