# Says what a comparison of kernels shows: levels, disagreements about a sign with their numbers, the table of signs.
import numpy as np

import kernel_files
from comparison import FALLS, RISES
from findings import error_of, key_lines, number

SHOWN = 4  # inputs that are printed unless all are asked for, or kernels disagree along more
BY_CHANCE = 0.0027  # of effects that are zero have an estimate beyond three standard errors


def head_lines(comparison):
    kernels = comparison.kernels
    points = {k.result.points for k in kernels}
    same = f"the same {points.pop():,} points" if kernel_files.same_points(kernels) else "each at points of its own"
    label = kernel_files.policy_label(kernels)
    policy = f", policy {kernels[0].policy}" if any(k.result.policies > 1 for k in kernels) else ""
    lines = [kernel_files.title_of(kernels), f"{len(kernels)} kernels, {same}{policy}{f' ({label})' if label else ''}"]
    width = max(len(k.name) for k in kernels)
    return lines + [f"  {k.name:<{width}}  {k.result.points:,} points x {k.result.policies} policies, "
                    f"{k.result.runs():,} runs, {k.result.failed():,} failed" for k in kernels]


def difference_lines(comparison):
    """Inputs that files do not treat alike: what differs there may come from them, not from the kernels."""
    found = kernel_files.differences(comparison.kernels)
    if not found:
        return []
    lines = ["not the same in all files (a difference between kernels may come from it):"]
    for name, by_state in found.items():
        lines.append(f"  {name}: " + "; ".join(f"{s} in {', '.join(names)}" for s, names in by_state.items()))
    return lines


def with_error(effect, unit):
    return f"{effect.kernel.name} {number(effect.estimate.value)}{unit} {error_of(effect.estimate)}"


def disagreement_lines(comparison):
    """Each disagreement about a sign with the numbers of both sides."""
    pairs = comparison.disagreements()
    known = [(n, w) for n in comparison.shared for w in comparison.headlines if decided(comparison, n, w) > 1]
    if not known:
        return ["no sign is decided in two kernels"]
    if not pairs:
        return [f"no disagreement about {len(known)} signs that are decided in two kernels or more"]
    lines = [f"disagreement about {len(pairs)} of {len(known)} signs that are decided in two kernels or more:"]
    for name, what in pairs:
        effects = comparison.effects[name, what.label]
        unit = "" if what.unit in ("", "share") else f" {what.unit}"
        lines.append(f"  {name}, {what.label}:")
        for sign in (RISES, FALLS):
            lines.append(f"    {sign}: " + ", ".join(with_error(e, unit) for e in effects if e.verdict == sign))
    return lines


def decided(comparison, name, what):
    """In how many kernels the sign of an effect is decided."""
    return sum(e.verdict in (RISES, FALLS) for e in comparison.effects[name, what.label])


def has_value(effect):
    return effect.estimate is not None and np.isfinite(effect.estimate.value)


def cells(effects):
    """A column of a table, one cell per kernel; a level (an Effect without a verdict) has no sign."""
    largest = max((abs(e.estimate.value) for e in effects if has_value(e)), default=0.0)
    numbers = [number(e.estimate.value, largest) if has_value(e) else "" for e in effects]
    numbers = [n if e.verdict else n.lstrip("+") for n, e in zip(numbers, effects)]
    width = max(map(len, numbers))
    return [f"{n:>{width}} {error_of(e.estimate)} {e.verdict}".rstrip() if n else e.verdict
            for n, e in zip(numbers, effects)]


def block(comparison, title, columns, last=()):
    """A table with a row per kernel and a column per headline."""
    heads = ["", *(f"{w.label} [{w.unit}]" if w.unit else w.label for w in comparison.headlines)]
    rows = [heads, *zip([k.name for k in comparison.kernels], *map(cells, columns))]
    rows += [["all", *last]] if last else []
    widths = [max(len(row[i]) for row in rows) for i in range(len(heads))]
    return [title, *("  " + "  ".join(f"{text:<{w}}" for text, w in zip(row, widths)).rstrip() for row in rows)]


def agreement_words(comparison, name, what):
    """`agree (4 of 6 decided)`: in how many kernels the sign is decided, where not in all."""
    count, known = decided(comparison, name, what), comparison.agreement(name, what)
    return known if count in (0, len(comparison.kernels)) else f"{known} ({count} of {len(comparison.kernels)} decided)"


def sign_lines(comparison, everything):
    """The table of signs by input: those along which kernels disagree first, then what moves most, then a count."""
    torn = dict.fromkeys(n for n, _ in comparison.disagreements())
    order = list(dict.fromkeys([*torn, *comparison.by_strength()]))
    shown = order if everything else order[: max(SHOWN, len(torn))]
    lines = []
    for name in shown:
        columns = [comparison.effects[name, w.label] for w in comparison.headlines]
        last = [agreement_words(comparison, name, w) for w in comparison.headlines]
        lines += block(comparison, f"{name}, highest third against lowest:", columns, last)
    if len(shown) < len(order):
        lines.append(f"{len(order) - len(shown)} more inputs without a disagreement (--all prints them)")
    if comparison.unordered:
        lines.append(f"no sign along {', '.join(comparison.unordered)}: the values have no order")
    return lines


def chance_line(comparison):
    """How many signs chance alone would name among so many."""
    count = sum(e.estimate is not None for effects in comparison.effects.values() for e in effects)
    named = BY_CHANCE * count
    return [f"({count} effects: were all of them zero, chance would give about {named:.0f} a sign)"] if named >= 0.5 else []


def text_of(comparison, everything):
    """All lines for a comparison."""
    levels = [comparison.levels(w) for w in comparison.headlines]
    lines = head_lines(comparison) + difference_lines(comparison) + block(comparison, "means over points:", levels)
    lines += disagreement_lines(comparison) + sign_lines(comparison, everything)
    return lines + key_lines(lines) + chance_line(comparison)
