# Exhibits from an analysis: boxes of inputs in which an outcome is high or low (scenario discovery by PRIM).
import numpy as np

import panels
from pages import words
from pages.exhibits import Exhibit, Hint, sheet
from pages.told_outcomes import PREFERRED, outcomes_of

OUTCOMES = 2
TITLE = "Where outcomes are high or low"
LISTED = 12  # boxes in the table
SIGNIFICANT = 0.05  # p from which on chance could have made a box, or (quasi-p above it) one of its limits


def parts(result, analysis):
    """The first box of high and of low values of the main outcomes, at the first policy; a hint where none is told."""
    boxes, limits = (analysis and analysis.tables.get(n) for n in ("prim", "prim_limits"))
    if not boxes or not limits or not limits.has("prim_low", "prim_high"):
        return []
    searched = searches(boxes)
    told = {place for place, p in searched.items() if p < SIGNIFICANT}
    if not told:
        return [Hint(TITLE, counted(searched, told) + " Without p below that there is no box to tell of.")] if searched else []
    policy = limits.labels("policy")[0]
    found = [(o, g, box_of(result, limits, o, g)) for o in outcomes_of(result, limits)[:OUTCOMES]
             for g in limits.labels("goal") if (o, policy, g) in told]
    found = [(o, g, box) for o, g, box in found if box]
    table = table_of(boxes, searched, told)
    return [picture(result, boxes, found), table] if found else [table]


def searches(boxes):
    """{(outcome, policy, goal): p of its first box at points that the search did not see}, of those that found one."""
    found = {}
    for outcome in boxes.labels("outcome"):
        for policy in boxes.labels("policy"):
            for goal in boxes.labels("goal"):
                place = {"outcome": outcome, "policy": policy, "goal": goal, "box": boxes.labels("box")[0]}
                if np.isfinite(boxes.at("prim_density", **place)):
                    found[outcome, policy, goal] = float(boxes.at("prim_p_new", **place)) if boxes.has("prim_p_new") else np.nan
    return found


def counted(searched, told):
    """A sentence on what was searched and is not told: a search always finds some box."""
    return (f"Of {words.count(len(searched))} searches (outcomes, policies, high and low) that found a box, "
            f"{words.are(len(searched) - len(told))} not told: at points that the search did not see chance gives as much "
            f"with p of {SIGNIFICANT} or more.")


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
            sure = not p > SIGNIFICANT
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
    return Exhibit("boxes", TITLE,
                   "The first box that PRIM finds: bars are its limits within the ranges of the inputs (grey), whiskers "
                   "their 95 % intervals (boxes of bootstrap samples of the points); brackets after a density are its 95 % "
                   "bootstrap interval. p: how often chance gives such a density at points that the search did not see. Hollow "
                   f"limits have a quasi-p above {SIGNIFICANT}: the density without them is as high by chance."
                   f"{at} `truce box` makes the next study from a box.", f"Bars of limits of inputs. {said}.", drawn,
                   ("outcome", "goal", "input", "low", "high", "quasi_p", "low_from", "low_to", "high_from", "high_to"), rows)


def whisker(axes, at, limit, ends):
    if 0 < limit < 1 and np.isfinite(ends).all():
        low, high = np.clip(ends, 0, 1)
        axes.errorbar(limit, at, xerr=[[max(limit - low, 0)], [max(high - limit, 0)]], color="black", elinewidth=0.8,
                      capsize=1.5)


def title(boxes, outcome, goal):
    """`ending settlement high: density 0.8 (...) against 0.21, coverage 0.4, 12 % of the points, p 0.001`."""
    place = place_of(boxes, outcome, goal)
    density, coverage, mass, base = (float(boxes.at(n, **place)) for n in
                                     ("prim_density", "prim_coverage", "prim_mass", "prim_base_rate"))
    low, high = (float(v) for v in boxes.ends("prim_density", **place))
    return (f"{outcome.replace('_', ' ')} {'high' if goal == 'higher' else 'low'}: density {words.short(density)} "
            f"({words.interval(low, high)}) against {words.short(base)} of all points, coverage {words.short(coverage)}, "
            f"{words.short(100 * mass)} % of the points, p {words.chance(float(boxes.at('prim_p_new', **place)))}")


def table_of(boxes, searched, told):
    """The told boxes as data, and the first of each search as lines: coverage, density, mass, p."""
    names = [n for n in boxes.answers if n.startswith("prim_")]
    rows, lines = [], []
    for outcome, policy, goal in (place for place in searched if place in told):
        for box in boxes.labels("box"):
            place = {"outcome": outcome, "policy": policy, "goal": goal, "box": box}
            values = [float(boxes.at(n, **place)) for n in names]
            if np.isfinite(boxes.at("prim_density", **place)):
                rows.append((outcome, policy, goal, box, *values))
        lines.append(line_of(boxes, outcome, policy, goal, searched[outcome, policy, goal]))
    few = f", {LISTED} of {len(lines)}" if len(lines) > LISTED else ""
    return Exhibit("all_boxes", "All boxes",
                   f"{counted(searched, told)} The first box of each of the others, main outcomes before all others and the "
                   f"surest first{few}; intervals are 95 % bootstrap intervals over points. The data have second and third "
                   "boxes, too (p is of the first), and the limits of all are in the table `prim_limits` of the analysis.",
                   columns=("outcome", "policy", "goal", "box", *names), rows=rows,
                   table=(("outcome", "policy", "goal", "density", "of all points", "coverage", "mass", "p"),
                          [line for _, line in sorted(lines, key=lambda found: found[0])[:LISTED]]))


def line_of(boxes, outcome, policy, goal, p):
    """(place in the order, cells) of the first box of a search."""
    place = {"outcome": outcome, "policy": policy, "goal": goal, "box": boxes.labels("box")[0]}

    def number(name):
        ends = words.interval(*(float(v) for v in boxes.ends(name, **place))) if boxes.has(f"{name}_low") else ""
        return words.short(float(boxes.at(name, **place))) + (f" ({ends})" if ends else "")

    cells = [outcome, policy, "high" if goal == "higher" else "low", number("prim_density"),
             number("prim_base_rate"), number("prim_coverage"), number("prim_mass"), words.chance(p)]
    return (outcome not in PREFERRED, p), cells
