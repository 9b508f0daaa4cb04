# Exhibits from a result alone: how wars end, how long war and peace last, what moves them, what blocks a settlement.
import estimates
import figure
import findings
import panels
import selection
import side_by_side
from kernel_files import Kernel
from pages import words
from pages.exhibits import Exhibit, Hint, sheet

LISTED = 8  # inputs in the table of effects
OF_INPUT, OF_PAIR = ": highest third against lowest", "pair: "  # end, begin the name of a move
ESTIMATE = ("value", "low_95", "high_95", "points")


def policies_of(result):
    """Policies that are drawn, as kernels are side by side: (slot, label)."""
    labels = result.policy_labels()
    return [(p, labels[p] or result.attribute("kernel")) for p in panels.drawn_policies(result)]


def key_of(result):
    return policies_of(result) if result.policies > 1 else []


def left_out(result):
    """A sentence on policies that have no colour."""
    shown = len(panels.drawn_policies(result))
    return "" if shown == result.policies else f" The first {shown} of {result.policies} policies are drawn."


def ends_of(result, what, estimate):
    low, high = panels.interval(result, what, *estimate)
    return estimate.value, float(low), float(high), estimate.points


def endings(result):
    """Shares of runs by how the first war ended, a bar per policy."""
    kernels = [Kernel(label, slot, result, slot) for slot, label in policies_of(result)]
    shares = {k.name: side_by_side.ending_shares(k) for k in kernels}
    if not any(shares.values()):
        return None
    drawn = sheet(0.75 + 0.32 * len(kernels))
    side_by_side.endings(drawn.add_subplot(), kernels, "")
    rows = [(policy, name, *ends_of(result, selection.quantity(result, f"ending_{name}"), share))
            for policy, found in shares.items() for name, share in found.items()]
    said = "; ".join(f"{policy}: " + ", ".join(f"{n.replace('_', ' ')} {100 * s.value:.0f} %" for n, s in found.items())
                     for policy, found in shares.items())
    return Exhibit("endings", "How the first war ended",
                   "Shares of runs, averaged over all points; whiskers are 95 % Monte Carlo intervals of the inner edges."
                   + left_out(result), f"Stacked bars of shares of runs. {said}.", drawn, ("policy", "ending", *ESTIMATE), rows)


def survival(result):
    """War and peace that last longer than some months, one line per policy."""
    names = [n for n in ("war_survival", "peace_survival") if n in result.curves] or result.curves[:2]
    if not names:
        return Hint("How long war and peace last", "The rows of this file are runs, which have no survival curves.",
                    "a study with `rows = point` in [store]")
    drawn, rows = sheet(2.6, key_of(result)), []
    said = []
    for column, name in enumerate(names):
        axes = drawn.add_subplot(1, len(names), column + 1)
        numbers = panels.survival(axes, result, name)
        figure.write_title(axes, panels.wrapped(result.meaning(name), 58, 2))
        for p, label in policies_of(result):
            found, ends = numbers[p]
            rows += [(name, label, *row) for row in zip(found.x, found.value, *ends, found.points.astype(int))]
            said.append(f"{name.replace('_', ' ')}, {label}: {words.short(found.value[0])} at {found.x[0]:g} months, "
                        f"{words.short(found.value[-1])} at {found.x[-1]:g}")
    note = f" Above {panels.WITH_BANDS} policies lines have no intervals; the data have them." \
        if len(panels.drawn_policies(result)) > panels.WITH_BANDS else ""
    return Exhibit("survival", "How long war and peace last",
                   "Kaplan-Meier curves, averaged over points by the runs behind them; bars are 95 % Monte Carlo "
                   "intervals. Peace counts from first settlements that were reached." + note + left_out(result),
                   "Survival curves. " + "; ".join(said) + ".", drawn, ("curve", "policy", "month", *ESTIMATE), rows)


def along(result):
    """The headlines along the inputs that matter most."""
    if not selection.varies(result):
        return None
    inputs, headlines = selection.main_inputs(result), selection.headlines(result)
    drawn = sheet(1.75 * len(headlines) + 0.5, key_of(result))
    grid = drawn.add_gridspec(len(headlines), len(inputs))
    labels, rows = dict(policies_of(result)), []

    def panel(axes, what, name):
        for p, (found, ends) in panels.along(axes, result, what, name).items():
            rows.extend((what.label, name, labels[p], *row)
                        for row in zip(found.x, found.value, *ends, found.points.astype(int)))

    for row, what in enumerate(headlines):
        figure.draw_row(drawn, [grid[row, c] for c in range(len(inputs))], what, inputs,
                        lambda axes, name: panel(axes, what, name))  # noqa: B023 (called in this turn)
    figure.name_inputs(drawn.axes[-len(inputs):], [(result, name) for name in inputs])
    bands = "bands and bars are 95 % Monte Carlo intervals." if len(panels.drawn_policies(result)) <= panels.WITH_BANDS \
        else "the data have the 95 % intervals."
    shared = " Policies share random numbers: their differences are surer than the bands." if result.policies > 1 else ""
    shown = f" {len(inputs)} of {len(result.varied)} varied inputs are drawn." if len(inputs) < len(result.varied) else ""
    return Exhibit("along_inputs", "Outcomes along the main inputs",
                   f"Means over points in bins of each input, all others varying; {bands}" + shared + shown + left_out(result),
                   f"Lines of {', '.join(w.label for w in headlines)} along {', '.join(inputs)}; the table of effects "
                   "below says what rises and falls.", drawn, ("outcome", "input", "policy", "x", *ESTIMATE), rows)


def moves(result, inputs=LISTED):
    """(move, quantity, estimate) of a pair, of the strongest inputs, then of each policy, on each headline."""
    headlines = selection.headlines(result)
    read = [(w, *selection.read(result, w)) for w in headlines]
    found = [(OF_PAIR + result.attribute("pair", "member"), what, effect) for what, effect in findings.pair_effects(result)]
    for name in selection.by_strength(result, headlines)[:inputs] if selection.varies(result) else []:
        x = result.input(name)
        effects_of = [(w, estimates.thirds(x, values, weights)) for w, values, weights in read]
        found += [(name + OF_INPUT, w, e) for w, e in effects_of if e is not None]
    labels = result.policy_labels()
    return found + [(f"{labels[p]} against {labels[0]}", w, findings.policy_effect(result, w, p))
                    for p in range(1, min(result.policies, 1 + LISTED)) for w in headlines]


def effects(result, moved):
    """What the strongest inputs, then each policy do to the headlines, with a verdict; `moved` as `moves` gives it."""
    if not moved:
        return None
    headlines = selection.headlines(result)
    rows = [(what, w.label, w.unit, e.value, e.error, e.points, estimates.verdict(e)) for what, w, e in moved]
    cells = {(what, w.label): [words.effect(e, "" if w.unit == "share" else w.unit), estimates.verdict(e)]
             for what, w, e in moved}
    heads = ["move", *(f"{w.label}{' [share]' if w.unit == 'share' else ''}" for w in headlines)]
    lines = [[what, *(cells.get((what, w.label), "\u2013") for w in headlines)]
             for what in dict.fromkeys(row[0] for row in rows)]
    many = len(result.varied) > LISTED and selection.varies(result)
    more = f" The {LISTED} strongest of {len(result.varied)} inputs are listed." if many else ""
    return Exhibit("effects", "What moves what",
                   "Differences of means with one standard error. A sign is named only beyond three standard errors; else "
                   "it is undecided: chance alone could have made it."
                   + " Policies are compared on the same random numbers." * (result.policies > 1) + more,
                   columns=("move", "outcome", "unit", "effect", "error", "points", "verdict"), rows=rows,
                   table=(heads, lines))


def blocked(result):
    """Which obstacle ended rounds of talks."""
    names = selection.obstacles(result)
    if not names:
        return None
    drawn = sheet(0.5 + 0.2 * len(names) * max(1, len(panels.drawn_policies(result)) / 1.5), key_of(result), bars=True)
    axes = drawn.add_subplot()
    numbers = panels.bars(axes, result, names, "blocked_")
    axes.set_xlabel("failed rounds in the first war [rounds per run]")
    rows = [(label, n[len("blocked_"):], *numbers[p, n]) for p, label in policies_of(result) for n in names]
    line = findings.obstacle_line(result)
    return Exhibit("blocked", "What blocked a settlement",
                   "Failed rounds of talks in the first war by what stopped them, with 95 % Monte Carlo intervals. "
                   + (line[0][0].upper() + line[0][1:] + "." if line else "") + left_out(result),
                   "Bars of failed rounds of talks. " + "; ".join(f"{r[0]}, {r[1]}: {words.short(r[2])}" for r in rows)
                   + ".", drawn, ("policy", "obstacle", *ESTIMATE), rows)
