# Composes the figure of a result file: title and key on top, panels below, what the intervals are at the bottom.
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend must be chosen first)
from matplotlib.lines import Line2D  # noqa: E402

import panels  # noqa: E402
import selection  # noqa: E402

WIDTH = 7.0  # inches: a page's text width
FOOT = 0.4  # inches kept free for the note


def draw(result):
    """The figure of a result file: along inputs if any varies, else one mark per policy and quantity."""
    with plt.rc_context(panels.STYLE):
        figure = sweep(result) if result.varied and result.points > 1 else summary(result)
    return figure


def sweep(result):
    """Quantities down, inputs across; at the foot the survival curve and what blocked a settlement."""
    inputs, quantities = selection.main_inputs(result, 3), selection.headlines(result)
    blocked = selection.obstacles(result)
    foot = bool(blocked or result.curves)
    height = 1.75 * len(quantities) + (2.6 if foot else 0) + 1.3
    note = "Lines: means over points; bands and bars: 95 % Monte Carlo intervals.\n" + remarks(result, inputs)
    figure = page(result, height, note)
    grid = figure.add_gridspec(1 + foot, 1, height_ratios=[1.75 * len(quantities) + 0.5, 2.4][: 1 + foot])
    cells = grid[0].subgridspec(len(quantities), len(inputs))
    for row, what in enumerate(quantities):
        draw_row(result, figure, [cells[row, column] for column in range(len(inputs))], what, inputs)
    for axes, name in zip(figure.axes[-len(inputs):], inputs):
        unit = result.unit(name) if result.unit(name) != "1" else ""
        axes.set_xlabel(panels.with_unit(f"{name}: {result.meaning(name)}", unit, 92 // len(inputs)))
    if foot:
        draw_foot(result, figure, grid[1], blocked)
    return figure


def draw_row(result, figure, cells, what, inputs):
    """One quantity along each input, on one vertical scale that starts at zero unless there are negative values."""
    first = None
    for cell, name in zip(cells, inputs):
        axes = figure.add_subplot(cell, sharey=first)
        panels.along(axes, result, what, name)
        if first is None:
            first = axes
            axes.set_ylabel(panels.with_unit(what.label, what.unit))
            axes.set_title(panels.wrapped(what.meaning, 100), loc="left", color="0.3", fontsize=7.5)
        else:
            axes.tick_params(labelleft=False)
    if first.dataLim.y0 >= 0:
        first.set_ylim(bottom=0)


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
            axes.set_xlabel("failed rounds of talks in the first war [rounds per run]")
            axes.set_title("what blocked a settlement", loc="left", color="0.3", fontsize=7.5)


def summary(result):
    """One small panel per outcome, for a study that varies nothing (or has one point)."""
    quantities = [selection.quantity(result, n) for n in result.outcomes]
    rows = -(-len(quantities) // 2)
    figure = page(result, 0.55 + 0.16 * result.policies + rows * (0.55 + 0.13 * result.policies),
                  "Marks: means over replicates, bars: 95 % Monte Carlo intervals.")
    for number, what in enumerate(quantities):
        panels.single(figure.add_subplot(rows, 2, number + 1), result, what)
    return figure


def page(result, height, note):
    """A figure with its head and foot written, and the panels' part left free."""
    labels = [result.policy_labels()[p] for p in panels.drawn_policies(result)]
    columns = 3 if max(map(len, labels)) < 26 else 1
    key = any(labels) * 0.24 * -(-len(labels) // columns)
    title = panels.wrapped(result.title(), 72)
    head = 0.24 + 0.2 * (title.count("\n") + 1) + key
    height += head
    figure = plt.figure(figsize=(WIDTH, height))
    figure.set_layout_engine("constrained", rect=(0.0, FOOT / height, 1.0, 1.0 - (head + FOOT) / height), h_pad=0.05)
    figure.text(0.5, 1 - 0.1 / height, title, ha="center", va="top", fontsize=11, fontweight="bold")
    figure.text(0.01, 0.08 / height, note, fontsize=7.5, color="0.3")
    if any(labels):
        handles = [Line2D([], [], color=colour, marker=marker, label=label)
                   for colour, marker, label in zip(panels.COLOURS, panels.MARKERS, labels)]
        figure.legend(handles=handles, ncol=columns, loc="upper center", frameon=False,
                      bbox_to_anchor=(0.5, 1 - (head - key - 0.06) / height)).set_in_layout(False)
    return figure


def remarks(result, inputs):
    """What a reader of the figure must know: what it leaves out, and that its bands are not for comparing policies."""
    said = []
    if len(inputs) < len(result.varied):
        said.append(f"{len(inputs)} of {len(result.varied)} varied inputs shown.")
    if len(panels.drawn_policies(result)) < result.policies:
        said.append(f"First {len(panels.drawn_policies(result))} of {result.policies} policies shown.")
    if result.policies > 1:
        said.append("Policies share random numbers: their differences are surer than the bands.")
    return " ".join(said)
