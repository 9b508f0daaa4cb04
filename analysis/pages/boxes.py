# Exhibits from an analysis: boxes of inputs in which an outcome is high or low (scenario discovery by PRIM).
import numpy as np

import panels
from pages import words
from pages.exhibits import Exhibit, sheet
from pages.sensitivity import outcomes_of

OUTCOMES = 2
SURE = 0.05  # quasi-p above which a limit is drawn hollow: chance alone could have made it


def parts(result, analysis):
    """The first box of high and of low values of the main outcomes, at the first policy."""
    boxes, limits = (analysis and analysis.tables.get(n) for n in ("prim", "prim_limits"))
    if not boxes or not limits or not limits.has("prim_low", "prim_high"):
        return []
    found = [(o, g, box_of(result, limits, o, g)) for o in outcomes_of(result, limits)[:OUTCOMES]
             for g in limits.labels("goal")]
    found = [(o, g, box) for o, g, box in found if box]
    return [picture(result, boxes, found), table_of(boxes, limits)] if found else []


def place_of(table, outcome, goal):
    return {"outcome": outcome, "policy": table.labels("policy")[0], "goal": goal, "box": table.labels("box")[0]}


def box_of(result, limits, outcome, goal):
    """(input, low, high, quasi-p, ends of the intervals of both limits) of each input that the box restricts."""
    place = place_of(limits, outcome, goal)
    names = ("prim_low", "prim_high", "prim_quasi_p", "prim_low_from", "prim_low_to", "prim_high_from", "prim_high_to")
    axis = next(a for a in limits.axes if a not in place)
    rows = zip(limits.labels(axis), *(limits.at(n, **place) for n in names))
    return [row for row in rows if np.isfinite(row[1]) and row[0] in result.varied]


def picture(result, boxes, found):
    """The limits of each box as bars within the ranges of its inputs."""
    drawn, rows = sheet(sum(0.55 + 0.24 * len(box) for _, _, box in found)), []
    grid = drawn.add_gridspec(len(found), 1, height_ratios=[0.55 + 0.24 * len(box) for _, _, box in found])
    for number, (outcome, goal, box) in enumerate(found):
        axes = drawn.add_subplot(grid[number])
        for at, (name, low, high, p, *ends) in enumerate(box):
            x = result.input(name)
            first, width = x.min(), (x.max() - x.min()) or 1.0
            left, right = (np.clip((v - first) / width, 0, 1) for v in (low, high))
            sure = not p > SURE
            axes.barh(at, 1, 0.5, facecolor="#d4d4d4", linewidth=0)
            axes.barh(at, right - left, 0.5, left=left, facecolor=panels.COLOURS[0] if sure else "white",
                      edgecolor=panels.COLOURS[0], linewidth=0.8)
            whisker(axes, at, left, [(v - first) / width for v in ends[:2]])
            whisker(axes, at, right, [(v - first) / width for v in ends[2:]])
            axes.text(1.02, at, f"{words.interval(low, high)}, of {result.attribute('distribution', name)}", va="center",
                      fontsize=7.5)
            rows.append((outcome, goal, name, low, high, p, *ends))
        axes.set_yticks(range(len(box)), [row[0] for row in box])
        axes.tick_params(length=0)
        axes.set(xlim=(0, 1.5), ylim=(len(box) - 0.4, -0.6), xticks=[])
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)
        axes.set_title(panels.wrapped(title(boxes, outcome, goal), 110), loc="left", fontsize=8)
    said = "; ".join(f"{o} {g}: " + ", ".join(f"{r[0]} {words.interval(r[1], r[2])}" for r in box) for o, g, box in found)
    at = f" At the first policy ({result.policy_labels()[0]})." if result.policies > 1 else ""
    return Exhibit("boxes", "Where outcomes are high or low",
                   "The first box that PRIM finds: bars are its limits within the ranges of the inputs (grey), whiskers "
                   "their 95 % bootstrap intervals; hollow limits have a quasi-p above 0.05: chance alone could have made "
                   f"them.{at} `truce box` makes the next study from a box.", f"Bars of limits of inputs. {said}.", drawn,
                   ("outcome", "goal", "input", "low", "high", "quasi_p", "low_from", "low_to", "high_from", "high_to"), rows)


def whisker(axes, at, limit, ends):
    if 0 < limit < 1 and np.isfinite(ends).all():
        low, high = np.clip(ends, 0, 1)
        axes.errorbar(limit, at, xerr=[[max(limit - low, 0)], [max(high - limit, 0)]], color="black", elinewidth=0.8,
                      capsize=1.5)


def title(boxes, outcome, goal):
    """`ending settlement high: density 0.8 (...) against 0.21, coverage 0.4, 12 % of the points`."""
    place = place_of(boxes, outcome, goal)
    density, coverage, mass, base = (float(boxes.at(n, **place)) for n in
                                     ("prim_density", "prim_coverage", "prim_mass", "prim_base_rate"))
    low, high = (float(v) for v in boxes.ends("prim_density", **place))
    return (f"{outcome.replace('_', ' ')} {'high' if goal == 'higher' else 'low'}: density {words.short(density)} "
            f"({words.interval(low, high)}) against {words.short(base)} of all points, coverage {words.short(coverage)}, "
            f"{words.short(100 * mass)} % of the points")


def table_of(boxes, limits):
    """All boxes as data: coverage, density, mass of each outcome, policy and goal."""
    names = [n for n in boxes.answers if n.startswith("prim_")]
    rows = []
    for outcome in boxes.labels("outcome"):
        for policy in boxes.labels("policy"):
            for goal in boxes.labels("goal"):
                for box in boxes.labels("box"):
                    place = {"outcome": outcome, "policy": policy, "goal": goal, "box": box}
                    values = [float(boxes.at(n, **place)) for n in names]
                    rows += [(outcome, policy, goal, box, *values)] * bool(np.isfinite(values[0]))
    return Exhibit("all_boxes", "All boxes", f"The data have all boxes ({len(rows)}) of all outcomes, policies and goals; "
                   "their limits are in the table `prim_limits` of the analysis.",
                   columns=("outcome", "policy", "goal", "box", *names), rows=rows)
