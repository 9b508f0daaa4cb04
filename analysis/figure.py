# Composes the figure of a result file: title and key on top, panels below, what the intervals are at the bottom.
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend must be chosen first)
from matplotlib.lines import Line2D  # noqa: E402

import numpy as np  # noqa: E402

import estimates  # noqa: E402
import panels  # noqa: E402
import selection  # noqa: E402

WIDTH = 7.0  # inches: a page's text width
FOOT = 0.5  # inches kept free for the note: three lines
LINE = 125  # letters of the note that fit on a line


def draw(result):
    """The figure of a result file: along inputs if any varies, else one mark per policy and quantity."""
    with plt.rc_context(panels.STYLE):
        figure = sweep(result) if selection.varies(result) else summary(result)
    return figure


def sweep(result):
    """Quantities down, inputs across; at the foot the survival curve and what blocked a settlement."""
    inputs, quantities = selection.main_inputs(result), selection.headlines(result)
    blocked = selection.obstacles(result)
    foot = bool(blocked or result.curves)
    height = 1.75 * len(quantities) + (2.6 if foot else 0) + 1.3
    figure = page_of(result, height)
    grid = figure.add_gridspec(1 + foot, 1, height_ratios=[1.75 * len(quantities) + 0.5, 2.4][: 1 + foot])
    cells = grid[0].subgridspec(len(quantities), len(inputs))
    for row, what in enumerate(quantities):
        draw_row(figure, [cells[row, column] for column in range(len(inputs))], what, inputs,
                 lambda axes, name: panels.along(axes, result, what, name))  # noqa: B023 (called in this turn)
    name_inputs(figure.axes[-len(inputs):], [(result, name) for name in inputs])
    if foot:
        draw_foot(result, figure, grid[1], blocked)
    write_note(figure, ["Lines: means over points.", *intervals(result, figure, blocked), *remarks(result, inputs)])
    return figure


def name_inputs(row, inputs):
    """Name, meaning and unit of each input (a result that has it, its name) below a row of axes."""
    for axes, (result, name) in zip(row, inputs):
        unit = result.unit(name) if result.unit(name) != "1" else ""
        axes.set_xlabel(panels.with_unit(f"{name}: {result.meaning(name)}", unit, 92 // len(inputs)))


def draw_row(figure, cells, what, inputs, draw_panel):
    """One quantity along each input, on one vertical scale that starts at zero unless there are negative values."""
    first, lowest = None, 0.0
    for cell, name in zip(cells, inputs):
        axes = figure.add_subplot(cell, sharey=first)
        draw_panel(axes, name)
        if first is None:
            first = axes
            axes.set_ylabel(panels.with_unit(what.label, what.unit))
            write_title(axes, panels.wrapped(what.meaning, 100, 2))
        else:
            axes.tick_params(labelleft=False)
        lowest = min(lowest, axes.dataLim.y0) if np.isfinite(axes.dataLim.y0) else lowest
    if lowest >= 0:
        first.set_ylim(bottom=0)


def write_title(axes, text):
    """A title that may run over the next panel: the layout counts its height, else it would keep its middle free."""
    axes.set_title(" " + "\n " * text.count("\n"), fontsize=7.5)
    above = (0, plt.rcParams["axes.titlepad"])
    axes.annotate(text, (0, 1), above, xycoords="axes fraction", textcoords="offset points", color="0.3",
                  fontsize=7.5, annotation_clip=False).set_in_layout(False)


def draw_foot(result, figure, cell, blocked):
    parts = (["survival"] if result.curves else []) + (["blocked"] if blocked else [])
    across = cell.subgridspec(1, len(parts), width_ratios=[1.0, 1.25][-len(parts):])
    for column, part in enumerate(parts):
        axes = figure.add_subplot(across[column])
        if part == "survival":
            name = "peace_survival" if "peace_survival" in result.curves else result.curves[-1]
            panels.survival(axes, result, name)
        else:
            panels.bars(axes, result, blocked, "blocked_")
            axes.set_xlabel("failed rounds in the first war [rounds per run]")
            write_title(axes, "what blocked a settlement")


def summary(result):
    """One small panel per outcome, for a study that varies nothing (or has one point)."""
    quantities = [selection.quantity(result, n) for n in result.outcomes]
    rows = -(-len(quantities) // 2)
    shown = len(panels.drawn_policies(result))
    figure = page_of(result, 0.55 + 0.16 * shown + rows * (0.55 + 0.13 * shown))
    for number, what in enumerate(quantities):
        panels.single(figure.add_subplot(rows, 2, number + 1), result, what)
    note = ["Marks: means over replicates, bars: 95 % Monte Carlo intervals."]
    if figure.findobj(lambda artist: artist.get_gid() == panels.BARE):
        note.append(f"Hollow: fewer than {estimates.FEWEST} runs, no interval.")
    write_note(figure, note + remarks(result, []))
    return figure


def page_of(result, height):
    """The page of one result, whose policies are its key."""
    return page(result.title(), [(p, result.policy_labels()[p]) for p in panels.drawn_policies(result)], height)


def page(title, key_of, height, foot=FOOT):
    """A figure with its head written, and the panels' part left free; `key_of`: slot and label of each line.

    Without a title it is for a page that has titles of its own."""
    labels = [label for _, label in key_of]
    columns = 3 if max(map(len, labels)) < 26 else 1
    key = any(labels) * 0.24 * -(-len(labels) // columns)
    title = panels.wrapped(title, 72, 4)
    head = (0.24 + 0.2 * (title.count("\n") + 1) if title else 0.1) + key
    height += head
    figure = plt.figure(figsize=(WIDTH, height))
    figure.set_layout_engine("constrained", rect=(0.0, foot / height, 1.0, 1.0 - (head + foot) / height), h_pad=0.05)
    figure.text(0.5, 1 - 0.1 / height, title, ha="center", va="top", fontsize=11, fontweight="bold")
    if any(labels):
        handles = [Line2D([], [], color=panels.COLOURS[slot], marker=panels.MARKERS[slot], label=label)
                   for slot, label in key_of]
        figure.legend(handles=handles, ncol=columns, loc="upper center", frameon=False,
                      bbox_to_anchor=(0.5, 1 - (head - key - 0.06) / height)).set_in_layout(False)
    return figure


def write_note(figure, sentences):
    text = panels.wrapped(" ".join(sentences), LINE)
    figure.text(0.01, 0.08 / figure.get_figheight(), text, fontsize=7.5, color="0.3")


def intervals(result, figure, blocked):
    """What the intervals are, and where there is none."""
    if len(panels.drawn_policies(result)) <= panels.WITH_BANDS:
        said = ["Bands and bars: 95 % Monte Carlo intervals."]
    else:
        said = [f"Above {panels.WITH_BANDS} policies lines have no bands; findings.py gives standard errors."]
        said += ["Bars at the foot: 95 % Monte Carlo intervals."] if blocked else []
    if figure.findobj(lambda artist: artist.get_gid() == panels.BARE):
        said.append(f"Hollow: fewer than {estimates.FEWEST} points, no interval.")
    return said


def remarks(result, inputs):
    """What a reader of the figure must know: what it leaves out, and that its bands are not for comparing policies."""
    said = []
    if inputs and len(inputs) < len(result.varied):
        said.append(f"{len(inputs)} of {len(result.varied)} varied inputs shown.")
    if len(panels.drawn_policies(result)) < result.policies:
        said.append(f"First {len(panels.drawn_policies(result))} of {result.policies} policies shown.")
    if inputs and 1 < result.policies <= panels.WITH_BANDS:
        said.append("Policies share random numbers: their differences are surer than the bands.")
    if result.by_run:
        said.append("Rows are runs: survival curves need rows = point.")
    return said
