# Composes the figure of several kernels: how wars end, how long war and peace last, and all of it along shared inputs.
import numpy as np
from matplotlib.patches import Patch

import command
import estimates
import figure
import kernel_files
import panels
import selection
from comparison import NO_OUTCOME

# Greys, so that no ending is taken for a kernel; dark to light as the war is settled, won or goes on.
ENDINGS = {"settlement": "#6b6b6b", "victory_a": "#a6a6a6", "victory_d": "#d4d4d4", "ongoing": "#ffffff"}
NARROWEST = 0.06  # share of runs whose label fits into its part of a bar
SEEN = 0.003  # share of runs: half an interval that is narrower would be a dot


def draw(comparison, inputs, titled=True):
    """The figure of a Comparison along one or two of its shared inputs; `titled`: under the title of the study."""
    with figure.plt.rc_context(panels.STYLE):
        return sheet(comparison, inputs, kernel_files.title_of(comparison.kernels) if titled else "")


def sheet(comparison, inputs, title):
    kernels, headlines = comparison.kernels, comparison.headlines
    heights = [0.5 + 0.17 * len(kernels), 1.85, 1.25 * len(headlines) + 0.45]
    foot = 0.1 + 0.14 * len(panels.wrapped(" ".join(note(comparison, hollow=True)), figure.LINE).splitlines())
    drawn = figure.page(title, [(k.slot, k.name) for k in kernels], sum(heights) + foot, foot)
    grid = drawn.add_gridspec(3, 1, height_ratios=heights)
    endings(drawn.add_subplot(grid[0]), kernels)
    curves = grid[1].subgridspec(1, 2)
    survival(drawn.add_subplot(curves[0]), kernels, "war_survival", "b  first wars that last longer")
    survival(drawn.add_subplot(curves[1]), kernels, "peace_survival", "c  first settlements that last longer")
    rows(drawn, grid[2], comparison, inputs)
    figure.write_note(drawn, note(comparison, drawn.findobj(lambda artist: artist.get_gid() == panels.BARE)))
    return drawn


def endings(axes, kernels, title="a  how the first war ended"):
    """A bar per kernel (or per policy), its parts the shares of runs by ending, whiskers where one part ends."""
    for row, k in enumerate(kernels):
        with command.reading(k.result.path):
            left, found = 0.0, ending_shares(k)
        if not found:
            axes.text(0.01, row, "endings are no outcome of it", va="center", color="0.4")
        for name, share in found.items():
            part_of_bar(axes, row, left, share, ENDINGS.get(name, "white"), filled=share.points >= estimates.FEWEST)
            left += share.value
        with command.reading(k.result.path):
            whiskers(axes, row, k, list(found))
    axes.set_yticks(range(len(kernels)), [k.name for k in kernels])
    axes.set(xlim=(0, 1), ylim=(len(kernels) - 0.45, -0.55), xlabel="share of runs")
    axes.grid(visible=False)
    axes.tick_params(axis="y", length=0)
    handles = [Patch(facecolor=c, edgecolor="0.4", linewidth=0.5, label=n.replace("_", " ")) for n, c in ENDINGS.items()]
    axes.legend(handles=handles, ncol=len(handles), loc="lower right", bbox_to_anchor=(1.0, 0.98), frameon=False,
                handlelength=1.2, borderaxespad=0.1)
    figure.write_title(axes, title)


def ending_shares(kernel):
    """Estimates of the shares of runs by ending."""
    result, names = kernel.result, [n for n in ENDINGS if f"ending_{n}" in kernel.result.outcomes]
    return {n: estimates.mean(*(f(f"ending_{n}")[:, kernel.policy] for f in (result.values, result.weight)))
            for n in names}


def part_of_bar(axes, row, left, share, colour, filled):
    axes.barh(row, share.value, 0.72, left=left, facecolor=colour if filled else "white", linewidth=0.5,
              edgecolor="0.4", gid=None if filled else panels.BARE)
    if share.value >= NARROWEST:
        axes.text(left + share.value / 2, row, f"{100 * share.value:.0f} %", ha="center", va="center", fontsize=7.5,
                  color="white" if filled and colour == ENDINGS["settlement"] else "black")


def whiskers(axes, row, kernel, names):
    """95 % intervals of the share of runs that ended in any way up to each inner edge of a bar."""
    result = kernel.result
    for count in range(1, len(names)):
        values = sum(result.values(f"ending_{n}")[:, kernel.policy] for n in names[:count])
        share = estimates.mean(values, result.weight(f"ending_{names[0]}")[:, kernel.policy])
        half = estimates.half_width(share.error, share.points)
        if half > SEEN:
            axes.errorbar(share.value, row + 0.24, xerr=half, color="black", elinewidth=0.8, capsize=1.5)


def survival(axes, kernels, name, title):
    """A survival curve, one line per kernel."""
    missing, drawn = {}, None
    for k in kernels:
        with command.reading(k.result.path):
            why = why_no_curve(k, name)
            if why:
                missing.setdefault(why, []).append(k.name)
                continue
            panels.survival_line(axes, k.result, name, k.policy, k.slot)
            drawn = drawn or k.result
    if drawn:
        panels.survival_axes(axes, drawn, name)
        axes.set_ylabel("share")
    else:
        panels.say_empty(axes, "\n".join(missing))
        axes.set(xticks=[], yticks=[])
    figure.write_title(axes, panels.wrapped(title + (without(missing) if drawn else ""), 60, 3))


def why_no_curve(kernel, name):
    result = kernel.result
    if name not in result.curves:
        return "rows are runs" if result.by_run else "no such curve"
    if np.isfinite(result.values(name, 0)[:, kernel.policy]).any():
        return ""
    return selection.why_undefined(result, selection.quantity(result, name, 0))


def rows(drawn, cell, comparison, inputs):
    """Headlines down, inputs across; what a kernel lacks stands in the titles of the rows and below the inputs."""
    kernels, headlines = comparison.kernels, comparison.headlines
    cells = cell.subgridspec(len(headlines), len(inputs))
    for row, what in enumerate(headlines):
        missing = {}
        for k in kernels:
            why = why_no_line(comparison, k, what)
            if why:
                missing.setdefault(why, []).append(k.name)
        title = f"{'d  ' * (row == 0)}{what.label}{without(missing)}"
        shown = what._replace(label=what.unit or what.label, unit="", meaning=title)
        figure.draw_row(drawn, [cells[row, column] for column in range(len(inputs))], shown, inputs,
                        lambda axes, name: along(axes, comparison, what, name))  # noqa: B023 (called in this turn)
    for axes in drawn.axes[-len(headlines) * len(inputs):-len(inputs)]:
        axes.tick_params(labelbottom=False)
    bottom = drawn.axes[-len(inputs):]
    figure.name_inputs(bottom, [(next(k.result for k in kernels if n in k.result.varied), n) for n in inputs])
    for axes, name in zip(bottom, inputs):
        others = [k.name for k in kernels if name not in k.result.varied]
        if others:
            axes.set_xlabel(f"{axes.get_xlabel()}\n{panels.wrapped('not varied: ' + ', '.join(others), 92 // len(inputs))}")


def along(axes, comparison, what, name):
    """A headline along a shared input, one line per kernel with bands."""
    having = [k for k in comparison.kernels if name in k.result.varied]
    known = [k for k in having if not why_no_line(comparison, k, what)]
    for k in known:
        with command.reading(k.result.path):
            panels.along_line(axes, k.result, comparison.quantity(k, what), name, k.policy, k.slot)
    if not known:
        panels.say_empty(axes, "\n".join(dict.fromkeys(why_no_line(comparison, k, what) for k in having)))
    columns = [k.result.input(name) for k in having]
    low, high = min(x.min() for x in columns), max(x.max() for x in columns)
    axes.margins(y=0.08)
    axes.set_xlim(low - 0.04 * (high - low), high + 0.04 * (high - low))


def why_no_line(comparison, kernel, what):
    """Why a kernel has no values of a headline; empty where it has some."""
    with command.reading(kernel.result.path):
        own = comparison.quantity(kernel, what)
        if own is None:
            return NO_OUTCOME
        if np.isfinite(selection.read(kernel.result, own)[0][:, kernel.policy]).any():
            return ""
        return selection.why_undefined(kernel.result, own)


def without(missing):
    """`(no settlements: forts)`: kernels that have no line, by the reason."""
    words = "; ".join(f"{why}: {', '.join(names)}" for why, names in missing.items())
    return f" ({words})" if words else ""


def note(comparison, hollow):
    """What lines and intervals are, at which policy, and what else than the kernel differs."""
    kernels, said = comparison.kernels, ["Lines: means over points; bands, bars and whiskers: 95 % Monte Carlo intervals."]
    if hollow:
        said.append(f"Hollow: fewer than {estimates.FEWEST} points, no interval.")
    if any(k.result.policies > 1 for k in kernels):
        label = kernel_files.policy_label(kernels)
        said.append(f"All at policy {kernels[0].policy}{f' ({label})' if label else ''}.")
    if not kernel_files.same_points(kernels):
        said.append("Points differ between files: each kernel is averaged over its own.")
    unlike = list(kernel_files.differences(kernels))
    if unlike:
        more = f" and {len(unlike) - 3} more" if len(unlike) > 3 else ""
        said.append(f"Not the same in all files: {', '.join(unlike[:3])}{more}.")
    return said
