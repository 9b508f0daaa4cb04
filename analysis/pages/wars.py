# Exhibits from a calibration: which figures of real wars rule out what, and what is left.
import numpy as np

import history
import panels
from history import CURVES
from pages import facts, words
from pages.exhibits import Exhibit, Hint, sheet


def targets(result, calibration, why):
    """Each figure of real wars beside the model, and the share of the space that it rules out."""
    if calibration is None:
        return Hint("Against real wars", why, f"`truce calibrate {result.path}`")
    table, left = calibration.tables.get("targets"), calibration.tables.get("left")
    if table is None or not table.has("real", "model_mean", "ruled_out"):
        return Hint("Against real wars", "The calibration has no table of targets.", f"`truce calibrate {result.path}`")
    names = ("real", "real_low", "real_high", "model_mean", "ruled_out", "ruled_out_low", "ruled_out_high")
    columns = [table.at(n) for n in names]
    used = table.at("rules_out") == 1
    rows = [(t, *v) for t, *v in zip(table.labels("target"), *columns)]
    lines = [[f"{t} {calibration.attribute(f'quantity_{t}', '')}".strip(),
              f"{words.short(real)} ({words.interval(lo, hi)})", words.short(model),
              f"{words.short(100 * out)} % ({words.interval(100 * a, 100 * b)})", "yes" if rules else "reported beside"]
             for (t, real, lo, hi, model, out, a, b), rules in zip(rows, used)]
    said = ""
    if left is not None and left.has("left"):
        share, (low, high) = left.at("left"), left.ends("left")
        said = f" Of the space {words.short(100 * share[0])} % ({words.interval(100 * low[0], 100 * high[0])}) is left."
    return Exhibit("real_wars", "Which figures rule out what",
                   "History matching: a point is ruled out where the model is further from a figure of real wars than both "
                   f"errors and a discrepancy allow: {rule(calibration)}.{said} Intervals of shares are 95 % Wilson intervals, "
                   "as if points were drawn one by one. These data do not identify the effect of the regime.",
                   columns=("target", *names), rows=rows,
                   table=(("target", "real wars (95 %)", "model, mean of points", "rules out (95 %)", "counts"), lines))


def rule(calibration):
    """What was judged and not measured."""
    discrepancy, cutoff = (words.short(float(calibration.attribute(n, np.nan))) for n in ("discrepancy", "cutoff"))
    return f"an implausibility of {cutoff} or more, at a discrepancy of {discrepancy} in shares; both are judgements"


def discrepancies(calibrations):
    """What is left at several discrepancies, a row for each (kernel, Answers); None where no calibration tells."""
    found = [(k, c, c.tables["discrepancies"]) for k, c in calibrations if c and "discrepancies" in c.tables]
    if not found:
        return None
    labels = found[0][2].labels("stated_discrepancy")
    rows = [(kernel, label, *v) for kernel, _, table in found for label, *v in
            zip(labels, table.at("left_at"), *table.ends("left_at"), table.at("left_at_points"))]
    lines = [[kernel, *(f"{words.short(100 * v)} % ({words.interval(100 * lo, 100 * hi)})" for name, _, v, lo, hi, _ in rows
                        if name == kernel)] for kernel, *_ in found]
    cutoffs = sorted({words.short(float(c.attribute("cutoff", np.nan))) for _, c, _ in found})
    return Exhibit("discrepancies", "What is left, by the discrepancy that is allowed",
                   f"Share of the space that real wars do not rule out, at a cut-off of {' or '.join(cutoffs)}, with 95 % "
                   "Wilson intervals. The discrepancy, by which the best setting of a model may still differ from real wars, is "
                   "a judgement: these data do not say how large it is." + " So no share ranks kernels." * (len(found) > 1),
                   columns=("kernel", "discrepancy", "left", "low_95", "high_95", "points"), rows=rows,
                   table=(("kernel", *(f"discrepancy {d}" for d in labels)), lines))


def durations(result, calibration):
    """How long wars and peaces last in the points that are left, beside real ones."""
    if calibration is None or not {f"{n}_q50" for n in CURVES} & {a for t in calibration.tables.values() for a in t.answers}:
        return None
    found, rows, said = history.Calibrated(calibration.path), [], []
    drawn = sheet(2.7)
    for axes, name in zip(drawn.subplots(1, 2), CURVES):
        history.draw_panel(axes, found, name, panels.COLOURS[0])
        axes.set_xlabel(CURVES[name][1])
        real = history.real_curve(name)
        rows += [(name, "real wars", *row) for row in zip(*real)]
        said.append(f"real {CURVES[name][0]}: " + ", ".join(f"{words.short(s)} at {m:.3g} months"
                                                          for m, s, *_ in list(zip(*real))[::6]))
        if name in found.curves:
            months, spaces = found.curves[name]
            for label, (low, middle, high) in zip(("all points", "points left"), spaces):
                rows += [(name, label, *row) for row in zip(months, middle, low, high)]
    return Exhibit("durations", "Durations against real wars",
                   f"{history.NOTE.replace('Black:', 'Points with whiskers:')} Ruled out: {rule(calibration)}.",
                   f"Survival curves of model and real wars. {'; '.join(said)}.", drawn,
                   ("curve", "of", "month", "share", "low", "high"), rows)


def left_inputs(result, calibration):
    """What the points that are left say about each input."""
    table = calibration and calibration.tables.get("inputs")
    if not table or not table.has("left_q05", "left_q95", "distance"):
        return None
    names = ("prior_q05", "prior_q50", "prior_q95", "left_q05", "left_q50", "left_q95", "distance", "distance_needed")
    rows = [(i, *v) for i, *v in zip(table.labels("input"), *(table.at(n) for n in names))]
    told = sorted((r for r in rows if np.isfinite(r[7]) and r[7] > r[8]), key=lambda r: r[8] - r[7])
    lines = [[i, between(result, i, a, b), between(result, i, c, d), result.unit(i), words.short(distance)]
             for i, a, _, b, c, _, d, distance, _ in told[:12]]
    return Exhibit("left_inputs", "What real wars say about inputs",
                   f"Inputs whose values differ between points left and points ruled out by more than chance: {len(told)} of "
                   f"{len(rows)}" + (", the clearest twelve" if len(told) > 12 else "")
                   + ". Ranges are 5 to 95 % of the points; the distance is Kolmogorov and Smirnov's.",
                   columns=("input", *names), rows=rows,
                   table=(("input", "as sampled", "left", "unit", "distance"), lines) if lines else ())


def between(result, name, low, high):
    """Two values of an input; of a choice their names."""
    if result.attribute("flag_meanings", name) and np.isfinite([low, high]).all():
        return " to ".join(dict.fromkeys(facts.value_text(result, name, v) for v in (low, high)))
    return words.interval(low, high)
