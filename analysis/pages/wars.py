# Exhibits from a calibration: which figures of real wars rule out what, and what is left.
import numpy as np

import history
import panels
from history import CURVES
from pages import words
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
    lines = [[t, f"{words.short(real)} ({words.interval(lo, hi)})", words.short(model),
              f"{words.short(100 * out)} % ({words.interval(100 * a, 100 * b)})", "yes" if rules else "reported beside"]
             for (t, real, lo, hi, model, out, a, b), rules in zip(rows, used)]
    said = ""
    if left is not None and left.has("left"):
        share, (low, high) = left.at("left"), left.ends("left")
        said = f" Of the space {words.short(100 * share[0])} % ({words.interval(100 * low[0], 100 * high[0])}) is left."
    return Exhibit("real_wars", "Against real wars",
                   "History matching: a point is ruled out where the model is further from a figure of real wars than both "
                   f"errors and a stated discrepancy allow.{said} These data do not identify the effect of the regime.",
                   columns=("target", *names), rows=rows,
                   table=(("target", "real wars (95 %)", "model, mean of points", "rules out (95 %)", "counts"), lines))


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
    return Exhibit("durations", "Durations against real wars", history.NOTE.replace("Black", "Dark"),
                   f"Survival curves of model and real wars. {'; '.join(said)}.", drawn,
                   ("curve", "of", "month", "share", "low", "high"), rows)


def left_inputs(calibration):
    """What the points that are left say about each input."""
    table = calibration and calibration.tables.get("inputs")
    if not table or not table.has("left_q05", "left_q95", "distance"):
        return None
    names = ("prior_q05", "prior_q50", "prior_q95", "left_q05", "left_q50", "left_q95", "distance", "distance_needed")
    rows = [(i, *v) for i, *v in zip(table.labels("input"), *(table.at(n) for n in names))]
    told = sorted((r for r in rows if np.isfinite(r[7]) and r[7] > r[8]), key=lambda r: r[8] - r[7])
    lines = [[i, f"{words.short(a)} to {words.short(b)}", f"{words.short(c)} to {words.short(d)}", words.short(distance)]
             for i, a, _, b, c, _, d, distance, _ in told[:12]]
    return Exhibit("left_inputs", "What real wars say about inputs",
                   f"Inputs whose values differ between points left and points ruled out by more than chance: {len(told)} of "
                   f"{len(rows)}" + (", the clearest twelve" if len(told) > 12 else "") + ". Ranges are 5 to 95 %.",
                   columns=("input", *names), rows=rows,
                   table=(("input", "as sampled", "left", "distance"), lines) if lines else ())
