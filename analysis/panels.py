# The panels of a figure: a quantity along an input, a survival curve, grouped bars, a summary of single points.
import textwrap

import numpy as np
from matplotlib.ticker import MaxNLocator

import estimates
import selection
from selection import read

# Okabe and Ito's palette without yellow and black: told apart by every kind of colour vision, also in grey by marker.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
MARKERS = ("o", "s", "^", "D", "v", "P")

STYLE = {
    "font.size": 8.5, "axes.labelsize": 8.5, "axes.titlesize": 8.5, "xtick.labelsize": 8, "ytick.labelsize": 8,
    "legend.fontsize": 8.5, "axes.spines.top": False, "axes.spines.right": False, "axes.linewidth": 0.7,
    "lines.linewidth": 1.3, "lines.markersize": 3.6, "axes.grid": True, "axes.axisbelow": True,
    "grid.alpha": 0.25, "grid.linewidth": 0.6,
    "font.family": "DejaVu Sans", "svg.hashsalt": "truce",
}


BARE = "no interval"  # mark of what is drawn hollow, because too few points stand behind it
WITH_BANDS = 3  # policies whose bands can be told apart in one panel


def wrapped(text, width, most=None):
    """Lines of at most `width` letters; a dollar sign stays one (the drawing library would read a formula)."""
    return "\n".join(textwrap.wrap(text.replace("$", r"\$"), width, max_lines=most))


def with_unit(label, unit, width=24):
    return wrapped(f"{label} [{unit}]" if unit else label, width)


def drawn_policies(result):
    """Policies that get a colour of their own; further ones are left out, and the figure says so."""
    return range(min(result.policies, len(COLOURS)))


def interval(result, what, value, error, points):
    """Lower and upper ends of 95 % intervals, no further than the quantity can go; NaN where points are too few."""
    half, (lowest, highest) = estimates.half_width(error, points), selection.bounds(result, what)
    return np.maximum(value - half, lowest), np.minimum(value + half, highest)


def hollow(axes, x, y, p, markersize=STYLE["lines.markersize"]):
    """Marks without an interval, so that their lack of a bar is not read as certainty."""
    if len(x):
        axes.plot(x, y, linestyle="", color=COLOURS[p], marker=MARKERS[p], markerfacecolor="white",
                  markersize=markersize, gid=BARE, clip_on=False, zorder=4)


def line(axes, x, value, ends, p, banded):
    """One policy's means joined by a line, with a band or bars, hollow where no interval is known."""
    axes.plot(x, value, color=COLOURS[p], marker=MARKERS[p], clip_on=False, zorder=3)
    if ends is None:
        return
    known = np.isfinite(ends[0])
    if banded:
        axes.fill_between(x, *ends, color=COLOURS[p], alpha=0.22, linewidth=0)
    elif known.any():
        reach = np.maximum([(value - ends[0])[known], (ends[1] - value)[known]], 0)
        axes.errorbar(x[known], value[known], reach, linestyle="", color=COLOURS[p], capsize=2)
    bare = ~known & np.isfinite(value)
    hollow(axes, x[bare], value[bare], p)


def say_empty(axes, words):
    axes.text(0.5, 0.5, words, transform=axes.transAxes, ha="center", va="center", color="0.4")


def along(axes, result, what, name):
    """A quantity along a varied input, one line per policy, with 95 % intervals for up to three policies.

    Returns what is drawn, by policy: the bins, and lower and upper ends of their intervals."""
    values, weights = read(result, what)
    x = result.input(name)
    policies = drawn_policies(result)
    axes.margins(x=0.04, y=0.08)
    if not np.isfinite(values[:, policies]).any():
        say_empty(axes, selection.why_undefined(result, what))
        axes.set(xlim=(x.min(), x.max()) if x.min() < x.max() else None, ylim=(0, 1))
        if what.unit != "share":
            axes.set_yticks([])
        return {}
    return {p: along_line(axes, result, what, name, p, p, len(policies) <= WITH_BANDS) for p in policies}


def along_line(axes, result, what, name, policy, slot, with_interval=True):
    """One policy's means over bins of an input, in the colour and with the marker of a slot."""
    x, (values, weights) = result.input(name), read(result, what)
    b = estimates.bins(x, values[:, policy], weights[:, policy])
    ends = interval(result, what, b.value, b.error, b.points)
    line(axes, b.x, b.value, ends if with_interval else None, slot, banded=len(np.unique(x)) > 8)
    return b, ends


def survival(axes, result, name):
    """A survival curve over its months, pooled over points, one line per policy; returns what is drawn, as `along`."""
    what, policies = selection.quantity(result, name), drawn_policies(result)
    if not np.isfinite(result.values(name, 0)[:, policies]).any():
        say_empty(axes, selection.why_undefined(result, what._replace(at=0)))
    drawn = {p: survival_line(axes, result, name, p, p, len(policies) <= WITH_BANDS) for p in policies}
    survival_axes(axes, result, name)
    return drawn


def survival_line(axes, result, name, policy, slot, with_interval=True):
    """One policy's survival curve, pooled over points, in the colour and with the marker of a slot."""
    months, weights = result.months(name), result.weight(name)[:, policy]
    found = [estimates.mean(result.values(name, m)[:, policy], weights) for m in range(len(months))]
    value, error, points = (np.array(v) for v in zip(*found))
    ends = interval(result, selection.quantity(result, name, 0), value, error, points)
    line(axes, months, value, ends if with_interval else None, slot, False)
    return estimates.Bin(months, value, error, points), ends


def survival_axes(axes, result, name):
    """Axes of a survival curve; months that lie far apart get a logarithmic axis, else their labels would touch."""
    months, what = result.months(name), selection.quantity(result, name)
    if 0 < months[0] < months[-1] / 24:
        axes.set_xscale("log")
        axes.minorticks_off()
        axes.xaxis.set_major_formatter("{x:g}")
    axes.set_ylim(0, 1.05)
    axes.set_xticks(months)
    axes.set_xlabel(result.dimensions(name)[-1].replace("_", " ") + " [month]")
    axes.set_ylabel(with_unit(what.label, what.unit))


def bars(axes, result, names, prefix):
    """Means of several outcomes as grouped bars, one colour per policy, with 95 % intervals.

    Returns what is drawn: (policy, name) -> mean, lower and upper end, points."""
    policies, drawn = drawn_policies(result), {}
    height = 0.8 / len(policies)
    for p in policies:
        found = [estimates.mean(result.values(n)[:, p], result.weight(n)[:, p]) for n in names]
        for row, (name, mean) in enumerate(zip(names, found)):
            low, high = interval(result, selection.quantity(result, name), *mean)
            drawn[p, name] = (mean.value, float(low), float(high), mean.points)
            at = row + (p - (len(policies) - 1) / 2) * height
            filled = np.isfinite(low)
            axes.barh(at, mean.value, height * 0.92, facecolor=COLOURS[p] if filled else "white", linewidth=0.8,
                      edgecolor=COLOURS[p], gid=None if filled else BARE)
            if filled:
                axes.errorbar(mean.value, at, xerr=np.maximum([[mean.value - low], [high - mean.value]], 0),
                              color="black", elinewidth=0.8, capsize=1.5)
    axes.set_yticks(range(len(names)), [n[len(prefix):].replace("_", " ") for n in names])
    axes.invert_yaxis()
    axes.set_xlim(left=0)
    axes.grid(axis="y", visible=False)
    return drawn


def single(axes, result, what):
    """A quantity where nothing varies: one mark per policy, the interval from the spread between replicates."""
    values, counts = read(result, what)[0], result.count(what.name)
    variances = result.variance(what.name)
    policies = drawn_policies(result)
    if not np.isfinite(values[0, policies]).any():
        say_empty(axes, selection.why_undefined(result, what))
        axes.set_xticks([])
    else:
        axes.xaxis.set_major_locator(MaxNLocator(5))
    for p in policies:
        value, error, runs = estimates.of_runs(values[0, p], variances[0, p], counts[0, p])
        low, high = interval(result, what, value, error, runs)
        if np.isfinite(low):
            axes.errorbar([value], [p], xerr=np.maximum([[value - low], [high - value]], 0), color=COLOURS[p],
                          marker=MARKERS[p], markersize=5, capsize=3, clip_on=False)
        elif np.isfinite(value):
            hollow(axes, [value], [p], p, 5)
    # Without a spread the library would show a span about the value, half of it where no share can be.
    axes.set_xlim(np.clip(axes.get_xlim(), *selection.bounds(result, what)))
    axes.set_yticks([])
    axes.set_ylim(len(policies) - 0.4, -0.6)
    axes.set_xlabel(with_unit(what.label, what.unit, 40))
