# Exhibit: heat maps of the headline outcomes over the two inputs that matter most.
import numpy as np

import estimates
import panels
import selection
from pages import facts, words
from pages.exhibits import Exhibit, sheet

CELLS = 12  # along each input, of about equal numbers of points
LEVELS = 8  # values of an input up to which each one has cells of its own
ACROSS = 3  # policies


def edges_of(x, most):
    """Edges of cells along an input: about its values if they are few, else quantiles; (edges, number of each point)."""
    levels = np.unique(x)
    if len(levels) <= LEVELS:
        middle = (levels[1:] + levels[:-1]) / 2
        first = levels[0] - (middle[0] - levels[0] if len(middle) else 0.5)
        last = levels[-1] + (levels[-1] - middle[-1] if len(middle) else 0.5)
        edges = np.concatenate([[first], middle, [last]])
    else:
        edges = np.unique(np.quantile(x, np.linspace(0, 1, most + 1)))
    return edges, np.clip(np.searchsorted(edges, x, side="right") - 1, 0, len(edges) - 2)


def name_levels(axis, result, name):
    """Marks of an axis at the values of an input that has few, by their names where it is a choice."""
    levels = np.unique(result.input(name))
    if len(levels) <= LEVELS:
        axis.set_ticks(levels, [facts.value_text(result, name, level) for level in levels])


def means(cell, cells, values, weights):
    """Weighted mean and number of points in each cell; NaN below estimates.FEWEST points."""
    weights = np.where(np.isfinite(values), weights, 0.0)
    points = np.bincount(cell, weights > 0, cells)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.bincount(cell, weights * np.nan_to_num(values), cells) / np.bincount(cell, weights, cells)
    return np.where(points >= estimates.FEWEST, value, np.nan), points.astype(int)


def two_inputs(result, ranked=()):
    """The two to draw over: as a sensitivity analysis ranks them, else those that move the headlines most."""
    known = [n for n in ranked if n in result.varied][:2]
    if len(known) == 2:
        return known
    return selection.by_strength(result, selection.headlines(result))[:2]


def heat_maps(result, ranked=()):
    """Rows: headlines; columns: up to three policies, on one scale; of one policy the headlines stand side by side. None
    unless two inputs vary over enough points."""
    if len(result.varied) < 2 or result.points < 4 * estimates.FEWEST:
        return None
    names, headlines = two_inputs(result, ranked), selection.headlines(result)
    most = int(min(CELLS, max(2, np.sqrt(result.points / estimates.FEWEST / 3))))
    (across, column), (up, row) = (edges_of(result.input(n), most) for n in names)
    shape = (len(up) - 1, len(across) - 1)
    cell = row * shape[1] + column
    policies = list(panels.drawn_policies(result))[:ACROSS]
    alone = len(policies) == 1
    drawn = sheet(2.1 if alone else 1.9 * len(headlines) + 0.3)
    rows, said = [], []
    for line, what in enumerate(headlines):
        values, weights = selection.read(result, what)
        found = {p: means(cell, shape[0] * shape[1], values[:, p], weights[:, p]) for p in policies}
        cells = [drawn.add_subplot(1, len(headlines), line + 1)] if alone else \
            [drawn.add_subplot(len(headlines), len(policies), line * len(policies) + i + 1) for i in range(len(policies))]
        named = (alone or line == len(headlines) - 1, not alone or line == 0)
        draw_line(cells, named, result, what, names, (across, up), found)
        labels = result.policy_labels()
        for p, (value, points) in found.items():
            said += extremes(what, labels[p], names, (across, up), value)
            rows += [(what.label, labels[p], across[i % shape[1]], across[i % shape[1] + 1], up[i // shape[1]],
                      up[i // shape[1] + 1], value[i], points[i]) for i in range(len(value))]
    few = f" Of {result.policies} policies the first {len(policies)} are drawn." if len(policies) < result.policies else ""
    return Exhibit("heat_maps", f"Outcomes over {names[0]} and {names[1]}",
                   "Means over the points of each cell, all other inputs varying. Cells hold about equal numbers of points; "
                   f"those with fewer than {estimates.FEWEST} are left blank. No interval is drawn: neighbours may "
                   f"differ by chance.{few}",
                   "Heat maps. " + "; ".join(said) + ".", drawn,
                   ("outcome", "policy", f"{names[0]}_low", f"{names[0]}_high", f"{names[1]}_low", f"{names[1]}_high",
                    "mean", "points"), rows)


def draw_line(cells, named, result, what, names, edges, found):
    """One headline: a map per policy and their common scale; `named`: whether inputs are named below, and beside."""
    known = [v[np.isfinite(v)] for v, _ in found.values()]
    finite = np.concatenate(known) if known else np.empty(0)
    low, high = (finite.min(), finite.max()) if len(finite) else (0, 1)
    for number, (axes, (p, (value, _))) in enumerate(zip(cells, found.items())):
        axes.grid(visible=False)
        mesh = axes.pcolormesh(*edges, value.reshape(len(edges[1]) - 1, -1), cmap="viridis", vmin=low,
                               vmax=high if high > low else low + 1, linewidth=0.2, edgecolors="face")
        if not np.isfinite(value).any():
            panels.say_empty(axes, selection.why_undefined(result, what))
        axes.set_title(panels.wrapped(result.policy_labels()[p], 34, 2), fontsize=7.5)
        name_levels(axes.xaxis, result, names[0])
        name_levels(axes.yaxis, result, names[1])
        axes.tick_params(labelbottom=named[0], labelleft=named[1] and number == 0)
        if named[0]:
            axes.set_xlabel(panels.with_unit(names[0], unit_of(result, names[0])))
        if named[1] and number == 0:
            axes.set_ylabel(panels.with_unit(names[1], unit_of(result, names[1])))
    bar = cells[0].figure.colorbar(mesh, ax=cells, fraction=0.05, pad=0.02)
    bar.outline.set_visible(False)
    bar.set_label(panels.with_unit(what.label, what.unit, 22))


def unit_of(result, name):
    return result.unit(name) if result.unit(name) != "1" else ""


def extremes(what, policy, names, edges, value):
    """Where the mean is lowest and highest, in words."""
    if not np.isfinite(value).any():
        return [f"{what.label}{f', {policy}' if policy else ''}: nothing known"]
    wide = len(edges[0]) - 1
    places = []
    for i in (np.nanargmin(value), np.nanargmax(value)):
        middle = [(e[j] + e[j + 1]) / 2 for e, j in zip(edges, (i % wide, i // wide))]
        places.append(f"{words.short(value[i])} at {names[0]} {words.short(middle[0])} and {names[1]} "
                      f"{words.short(middle[1])}")
    return [f"{what.label}{f', {policy}' if policy else ''}: from {places[0]} to {places[1]}"]
