# The panels of a figure: a quantity along an input, a survival curve, grouped bars, a summary of single points.
import textwrap

import numpy as np

import estimates
from selection import axis_unit, read

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


def wrapped(text, width):
    return "\n".join(textwrap.wrap(text, width))


def with_unit(label, unit, width=24):
    return wrapped(f"{label} [{unit}]" if unit else label, width)


def drawn_policies(result):
    """Policies that get a colour of their own; further ones are left out, and the figure says so."""
    return range(min(result.policies, len(COLOURS)))


def along(axes, result, what, name):
    """A quantity along a varied input, one line per policy, with 95 % intervals."""
    values, weights = read(result, what)
    x = result.input(name)
    discrete = len(np.unique(x)) <= 8
    for p in drawn_policies(result):
        b = estimates.bins(x, values[:, p], weights[:, p])
        half = estimates.Z95 * np.nan_to_num(b.error)
        if discrete:
            axes.errorbar(b.x, b.value, half, color=COLOURS[p], marker=MARKERS[p], capsize=2)
        else:
            axes.fill_between(b.x, b.value - half, b.value + half, color=COLOURS[p], alpha=0.22, linewidth=0)
            axes.plot(b.x, b.value, color=COLOURS[p], marker=MARKERS[p])
    axes.margins(x=0.03, y=0.06)


def survival(axes, result, name):
    """A survival curve over its months, pooled over points, one line per policy."""
    months = result.file[result.dimensions(name)[-1]][()]
    for p in drawn_policies(result):
        found = [estimates.mean(result.values(name, m)[:, p], result.count(name)[:, p]) for m in range(len(months))]
        value, error, _ = (np.array(v) for v in zip(*found))
        half = estimates.Z95 * np.nan_to_num(error)
        axes.errorbar(months, value, half, color=COLOURS[p], marker=MARKERS[p], capsize=2)
    axes.set_ylim(0, 1.02)
    axes.set_xticks(months)
    axes.set_xlabel(result.dimensions(name)[-1].replace("_", " ") + " [month]")
    axes.set_ylabel(with_unit(name.replace("_", " "), axis_unit(result, name)))


def bars(axes, result, names, prefix):
    """Means of several outcomes as grouped bars, one colour per policy, with 95 % intervals."""
    policies = drawn_policies(result)
    height = 0.8 / len(policies)
    for p in policies:
        found = [estimates.mean(result.values(n)[:, p], result.count(n)[:, p]) for n in names]
        value, error, _ = (np.array(v) for v in zip(*found))
        at = np.arange(len(names)) + (p - (len(policies) - 1) / 2) * height
        axes.barh(at, value, height * 0.92, color=COLOURS[p], xerr=estimates.Z95 * np.nan_to_num(error),
                  error_kw={"elinewidth": 0.8, "capsize": 1.5})
    axes.set_yticks(range(len(names)), [n[len(prefix):].replace("_", " ") for n in names])
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)


def single(axes, result, what):
    """A quantity where nothing varies: one mark per policy, the interval from the spread between replicates."""
    values, counts = read(result, what)
    spread = f"{what.name}_var"
    for p in drawn_policies(result):
        error = np.nan
        if what.at is None and spread in result.file and counts[0, p] > 1:
            error = np.sqrt(result.values(spread)[0, p] / counts[0, p])
        axes.errorbar([values[0, p]], [p], xerr=[estimates.Z95 * np.nan_to_num(error)], color=COLOURS[p],
                      marker=MARKERS[p], markersize=5, capsize=3)
    axes.set_yticks([])
    axes.set_ylim(result.policies - 0.4, -0.6)
    axes.set_xlabel(with_unit(what.label, what.unit, 40))
