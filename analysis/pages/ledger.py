# Exhibits from a ledger of claims: a matrix of kernels and claims, a table for each claim, and where claims fail.
import numpy as np

import figure
from pages import words
from pages.boxes import SIGNIFICANT
from pages.exhibits import Exhibit, Hint, sheet
from pages.ledger_lines import SHARES, VERDICTS, Lines

FLAGS = ("by_construction", "one_sided", "shared", "extension")
SIDES = ("along", "against", "pairs_against")
COLOURS = {"holds": "#0072b2", "fails": "#d55e00", "no_effect": "#d4d4d4", "undecided": "#a6a6a6", "undefined": "#ffffff"}
SIGNS = {1: "+ (it rises)", -1: "\u2212 (it falls)"}
# What the marks mean, in the words of `truce claims`.
MARKS = {"*": "`*` by construction, as the study says: the form of the kernel allows no other sign. It counts as no agreement.",
         "!": "`!` one-sided: no point goes the other way. Such a sign is in the form of the model, or nearly: chance could not "
              "have refuted it, so it is no evidence; what is measured is in how much of the space it matters, and how much."}


def parts(ledger):
    """The matrix, who agrees, a table for each claim, and the boxes; nothing if the file is no ledger."""
    table = ledger.tables.get("ledger")
    if table is None or not table.has("verdict", *VERDICTS):
        return []
    lines = Lines(ledger)
    return [matrix(lines), agreement(lines), *(table_of(lines, c) for c in lines.claims), failing(lines)]


def matrix(lines):
    """A cell per claim and kernel: shares of the space where the claim holds, fails, has no effect, is undecided."""
    ranges = lines.ranges[0]
    drawn = sheet(0.7 + 0.34 * len(lines.claims))
    axes = drawn.add_subplot()
    for row, claim in enumerate(lines.claims):
        for column, kernel in enumerate(lines.kernels):
            draw_cell(axes, row, column, lines, (claim, kernel, ranges))
    titles = [lines.title(c) + " (extension)" * bool(lines.text("extension", c)) for c in lines.claims]
    axes.set_yticks(range(len(lines.claims)), [figure.panels.wrapped(title, 44, 2) for title in titles], fontsize=7)
    axes.set_xticks([c + 0.45 for c in range(len(lines.kernels))], [k.replace("_", "\n") for k in lines.kernels])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set(xlim=(-0.05, len(lines.kernels)), ylim=(len(lines.claims) - 0.45, -0.55))
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    handles = [figure.plt.Rectangle((0, 0), 1, 1, facecolor=COLOURS[v], label=v.replace("_", " "), edgecolor="#a6a6a6",
                                    linewidth=0.5) for v in SHARES]
    axes.legend(handles=handles, ncol=5, loc="upper center", bbox_to_anchor=(0.4, -0.005), frameon=False)
    said = "; ".join(f"{c}: " + ", ".join(f"{k} {lines.verdict(c, k, ranges)}" for k in lines.kernels
                                          if lines.asked(c, k, ranges)) for c in lines.claims)
    return Exhibit("claims", "Claims by kernels",
                   f"Shares of the space ({ranges} ranges) where a claim holds or fails: beyond three standard errors of "
                   "paired differences, on the same random numbers. No effect: every pair of runs is the same. Undecided: "
                   "chance could have made the difference; undefined: too few runs have the outcome for a verdict. Neither "
                   f"is support. A dash: the kernel cannot be asked.{marks_in(lines, lines)} The tables below have the "
                   "intervals.",
                   f"Matrix of claims and kernels. Verdicts: {said}.", drawn,
                   ("claim", "kernel", "ranges", "expected", "verdict", *FLAGS,
                    *(n + end for n in VERDICTS for end in ("", "_low_95", "_high_95")), "undefined", "outcome", "unit",
                    "effect", "effect_low_95", "effect_high_95", "effective_points", *SIDES),
                   [data_of(lines, *line) for line in lines])


def data_of(lines, *line):
    shares = [number for verdict in VERDICTS for number in lines.estimate(verdict, *line)]
    return (*line, lines.number("expected", *line), lines.verdict(*line), *(lines.number(n, *line) for n in FLAGS), *shares,
            lines.number("undefined", *line), *lines.outcome(*line), *lines.estimate("effect", *line),
            lines.number("effective_points", *line), *(lines.number(n, *line) for n in SIDES))


def marks_in(lines, some):
    """What the marks that some lines have mean, each once."""
    found = {lines.mark(*line) for line in some}
    return "".join(f" {said}" for mark, said in MARKS.items() if mark in found)


def agreement(lines):
    """How many kernels say the same of each claim, and what keeps that from being evidence."""
    rows = [[lines.title(c), "extension" * bool(lines.text("extension", c)), *(lines.agreement(c, r) for r in lines.ranges)]
            for c in lines.claims]
    shared = any(lines.text("shared", c) for c in lines.claims)
    return Exhibit("agreement", "Kernels that agree",
                   "Kernels in which it is so by construction are counted apart: they agree with whoever wrote them. One-sided: no "
                   "point goes the other way, so chance could not have refuted it."
                   + " One shared part: it carries the claim inside each kernel's own war, so agreement says that the war does "
                     "not matter, not that so many models of it agree." * shared
                   + " Extension: the claim says more than its source does." * any(row[1] for row in rows),
                   columns=("claim", "extension", *(f"{r}_ranges" for r in lines.ranges)), rows=rows,
                   table=(("claim", "", *(f"{r} ranges" for r in lines.ranges)), rows))


def draw_cell(axes, row, column, lines, line):
    if not lines.asked(*line):
        axes.text(column + 0.45, row, "\u2013", ha="center", va="center", color="0.4")
        return
    left, widths = 0.0, {name: float(np.nan_to_num(lines.number(name, *line))) for name in SHARES}
    widths["undecided"] = max(0.0, widths["undecided"] - widths["undefined"])
    for name, width in widths.items():
        axes.barh(row, 0.9 * width, 0.62, left=column + 0.9 * left, facecolor=COLOURS[name],
                  edgecolor="#a6a6a6", linewidth=0.5 if name == "undefined" else 0)
        left += width
    axes.text(column + 0.92, row, lines.mark(*line), va="center", fontsize=8)


def table_of(lines, claim):
    """One claim: what was asked, and a row per kernel and part of the ranges."""
    asked = [line for line in lines if line[0] == claim]
    rows = [row_of(lines, *line) for line in asked]
    absent, extension, shared = (lines.text(kind, claim) for kind in ("absent", "extension", "shared"))
    return Exhibit(f"claim_{claim}", lines.title(claim), question(lines, claim, asked)
                   + f" Extension of its source: {extension}." * bool(extension)
                   + f" One shared part ({shared}) carries it inside each kernel's own war." * bool(shared)
                   + f" Not asked: {absent}." * bool(absent),
                   table=(("kernel", "ranges", "verdict", "holds", "fails", "no effect", "undecided", "undefined",
                           "along: against", "pairs against", "mean effect"), rows))


def question(lines, claim, asked):
    """The move, under and where, outcome and sign, once for all kernels that were asked the same."""
    by_question = {}
    for line in asked:
        move, under, where = (lines.text(kind, *line) for kind in ("move", "under", "where"))
        outcome, unit = lines.outcome(*line)
        said = f"Move `{move}`" if move else "The level itself"
        said += f", under `{under}` (how much larger its effect is at the second setting)" if under else ""
        said += f", where `{where}`" if where else ""
        sign = SIGNS.get(lines.number("expected", *line), "?")
        said += f"; outcome `{outcome or '?'}` [{unit or '?'}]; expected sign {sign}."
        by_question.setdefault(said, []).append(line[1])
    section = lines.text("section", claim)
    said = [text if len(by_question) == 1 else f"{', '.join(dict.fromkeys(kernels))}: {text}"
            for text, kernels in by_question.items()]
    return " ".join(said) + f" Section of the memo: {section}" * bool(section) + "." * section[-1:].isalnum()


def row_of(lines, claim, kernel, ranges):
    line = (claim, kernel, ranges)
    shares = [percent(*lines.estimate(verdict, *line)) for verdict in VERDICTS]
    value, low, high = lines.estimate("effect", *line)
    unit = lines.outcome(*line)[1]
    effect = f"{words.with_unit(words.short(value), unit)} ({words.interval(low, high)})" if np.isfinite(value) else "\u2013"
    points, worth = (lines.number(n, *line) for n in ("points", "effective_points"))
    effect += f", worth {worth:,.0f} of {points:,.0f}\u00a0points" if worth < points / 2 else ""
    sides = ":".join(f"{lines.number(name, *line):.0f}" for name in ("along", "against"))
    return [kernel, ranges, ["", f"{lines.verdict(*line)} {lines.mark(*line)}".strip()], *shares,
            percent(lines.number("undefined", *line)), sides,
            words.short(100 * lines.number("pairs_against", *line), 2), effect]


def percent(share, low=np.nan, high=np.nan):
    """`47 (43 to 51)`"""
    if not np.isfinite(share):
        return "\u2013"
    return f"{100 * share:.0f}" + (f" ({100 * low:.0f} to {100 * high:.0f})" if np.isfinite(low) and np.isfinite(high) else "")


def how_to_read():
    """What the tables of the claims have in common."""
    return ("Shares are in percent of the points; undefined points, where too few runs have the outcome, are counted among the "
            "undecided. All intervals are 95 % bootstrap intervals over base points, so of the sampling of the space, and "
            "they hold for the ranges that were chosen: `full`, or their `inner` halves. Mean effects are over runs, in the "
            "outcome's unit; as points where the outcome is seldom defined count less, they may be worth fewer points than "
            "there are. A kernel's verdict is holds (fails) if both lie beyond 0 on that side: the interval of "
            "the share where the claim holds less that where it fails, and the interval of the mean effect. So a claim can hold "
            "and be undecided nearly everywhere. `along: against` are the points whose mean has the expected sign and the other "
            "one, decided or not; `pairs against` is the share, in percent, of the pairs of runs that go the other way, where "
            "differences are \u22121, 0 or 1.")


def failing(lines):
    """Boxes in which claims fail more often than elsewhere, as far as points that the search did not see confirm them."""
    found = [(line, *box) for line in lines if (box := lines.box("fails", *line))]
    told = [(line, text, p) for line, text, p in found if p < SIGNIFICANT]
    if not told:
        return Hint("Where claims fail", "No box in which a claim fails more often than elsewhere is told: "
                    + (f"{len(found)} were found, and at points that the search did not see chance gives as much with p of "
                       f"{SIGNIFICANT} or more." if found else "none was found."))
    rows = [(*line, text, *(lines.number(n, *line) for n in ("fails_box_density", "fails", "fails_box_coverage")), p)
            for line, text, p in told]
    cells = [[*line, words.rounded(text), *(words.short(v) for v in numbers), words.chance(p)]
             for *line, text, numbers, p in ((*row[:4], row[4:7], row[7]) for row in rows)]
    return Exhibit("claims_fail", "Where claims fail",
                   "Boxes of inputs in which a claim fails more often than elsewhere. Density is the share of points in the "
                   "box where it fails, beside the share of all points; coverage the share of such points that lie in it; p "
                   f"how often chance gives as much, at points that the search did not see. Of {len(found)} boxes that were "
                   f"found, {words.are(len(found) - len(told))} not told: p of {SIGNIFICANT} or more. "
                   "`truce box FILE --ini --claim C1 --kernel NAME` makes the next study.",
                   columns=("claim", "kernel", "ranges", "box", "density", "fails", "coverage", "p_new"), rows=rows,
                   table=(("claim", "kernel", "ranges", "box", "density", "of all points", "coverage", "p"), cells))
