# Exhibits from a ledger of claims: a matrix of kernels and claims, and where claims fail.
import numpy as np

import figure
from pages import words
from pages.exhibits import Exhibit, sheet

VERDICTS = ("holds", "fails", "no_effect", "undecided")
COLOURS = {"holds": "#0072b2", "fails": "#d55e00", "no_effect": "#d4d4d4", "undecided": "#a6a6a6"}


def parts(ledger):
    """The matrix, the table that says the same, and the boxes; nothing if the file is no ledger."""
    table = ledger.tables.get("ledger")
    if table is None or not table.has("verdict", *VERDICTS):
        return []
    ranges = table.labels("ranges")[0]
    return [p for p in (matrix(ledger, table, ranges), table_of(ledger, table), failing(ledger, table)) if p]


def asked(table, claim, kernel, ranges):
    return np.isfinite(table.at("verdict", claim=claim, kernel=kernel, ranges=ranges))


def title_of(ledger, claim):
    """`C1 autocracy lowers settlement`, whether or not the title begins with the claim's name."""
    title = str(ledger.attribute(f"title_{claim}", "")).strip()
    return title if title.startswith(claim) else f"{claim} {title}".strip()


def share(table, verdict, claim, kernel, ranges):
    return float(table.at(verdict, claim=claim, kernel=kernel, ranges=ranges))


def matrix(ledger, table, ranges):
    """A cell per claim and kernel: shares of the space where the claim holds, fails, has no effect, is undecided."""
    claims, kernels = table.labels("claim"), table.labels("kernel")
    drawn = sheet(0.7 + 0.34 * len(claims))
    axes = drawn.add_subplot()
    for row, claim in enumerate(claims):
        for column, kernel in enumerate(kernels):
            draw_cell(axes, table, row, column, {"claim": claim, "kernel": kernel, "ranges": ranges})
    axes.set_yticks(range(len(claims)), [figure.panels.wrapped(title_of(ledger, c), 44, 2) for c in claims], fontsize=7)
    axes.set_xticks([c + 0.45 for c in range(len(kernels))], [k.replace("_", "\n") for k in kernels])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set(xlim=(-0.05, len(kernels)), ylim=(len(claims) - 0.45, -0.55))
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    handles = [figure.plt.Rectangle((0, 0), 1, 1, facecolor=COLOURS[v], label=v.replace("_", " ")) for v in VERDICTS]
    axes.legend(handles=handles, ncol=4, loc="upper center", bbox_to_anchor=(0.4, -0.005), frameon=False)
    rows = [(c, k, r, *(share(table, v, c, k, r) for v in VERDICTS), *effect_of(table, c, k, r))
            for c in claims for k in kernels for r in table.labels("ranges") if asked(table, c, k, r)]
    said = "; ".join(f"{c}: " + ", ".join(f"{k} {verdict_of(table, c, k, ranges)}" for k in kernels
                                          if asked(table, c, k, ranges)) for c in claims)
    return Exhibit("claims", "Claims by kernels",
                   f"Shares of the space ({ranges} ranges) where a claim holds, fails, has no effect or is undecided: beyond "
                   "three standard errors of paired differences, on the same random numbers. Undecided is no support. A star: "
                   "the form of the kernel allows no other sign. An empty cell: the kernel cannot be asked.",
                   f"Matrix of claims and kernels. Verdicts: {said}.", drawn,
                   ("claim", "kernel", "ranges", *VERDICTS, "effect", "effect_low_95", "effect_high_95"), rows)


def draw_cell(axes, table, row, column, place):
    if not np.isfinite(table.at("verdict", **place)):
        axes.text(column + 0.45, row, "\u2013", ha="center", va="center", color="0.4")
        return
    left = 0.0
    for verdict in VERDICTS:
        part = float(np.nan_to_num(table.at(verdict, **place)))
        axes.barh(row, 0.9 * part, 0.62, left=column + 0.9 * left, facecolor=COLOURS[verdict], linewidth=0)
        left += part
    if table.has("by_construction") and table.at("by_construction", **place) == 1:
        axes.text(column + 0.92, row, "*", va="center", fontsize=8)


def verdict_of(table, claim, kernel, ranges):
    return VERDICTS[int(table.at("verdict", claim=claim, kernel=kernel, ranges=ranges))].replace("_", " ")


def effect_of(table, claim, kernel, ranges):
    place = {"claim": claim, "kernel": kernel, "ranges": ranges}
    return (float(table.at("effect", **place)), *(float(v) for v in table.ends("effect", **place)))


def table_of(ledger, table):
    """What the matrix shows, in words: verdict, share where the claim holds, mean effect with interval."""
    claims, kernels, ranges = table.labels("claim"), table.labels("kernel"), table.labels("ranges")[0]
    lines = []
    for claim in claims:
        cells = []
        for kernel in kernels:
            if not asked(table, claim, kernel, ranges):
                cells.append("not asked")
                continue
            holds, fails = (share(table, v, claim, kernel, ranges) for v in ("holds", "fails"))
            effect, low, high = effect_of(table, claim, kernel, ranges)
            cells.append([f"holds {100 * holds:.0f} %, fails {100 * fails:.0f} %; {words.short(effect)} "
                          f"({words.interval(low, high)})", verdict_of(table, claim, kernel, ranges)])
        lines.append([title_of(ledger, claim), *cells])
    absent = [f"{c}: {text}" for c in claims if (text := str(ledger.attribute(f"absent_{c}", "")).strip())]
    return Exhibit("claims_table", "The ledger in numbers",
                   "Share of points where a claim holds and fails, mean effect with its 95 % interval in the outcome's unit, "
                   "and the verdict on the kernel: the sign of the share where it holds less the share where it fails, if "
                   "the interval of that leaves out 0." + (" Not asked: " + "; ".join(absent) + "." if absent else ""),
                   table=(("claim", *kernels), lines))


def failing(ledger, table):
    """Boxes in which claims fail more often than elsewhere."""
    lines, rows = [], []
    for claim in table.labels("claim"):
        for kernel in table.labels("kernel"):
            for ranges in table.labels("ranges"):
                text = str(ledger.attribute(f"box_{claim}_{kernel}_{ranges}_fails", "")).strip()
                if not text:
                    continue
                density, coverage, p = (share(table, f"fails_box_{n}", claim, kernel, ranges)
                                        for n in ("density", "coverage", "p_new"))
                rows.append((claim, kernel, ranges, text.replace("\n", "; "), density, coverage, p))
                if ranges == table.labels("ranges")[0]:
                    lines.append([claim, kernel, text.replace("\n", "; "), words.short(density), words.short(coverage),
                                  words.short(p)])
    if not lines:
        return None
    return Exhibit("claims_fail", "Where claims fail",
                   "Boxes of inputs in which a claim fails more often than elsewhere: density is the share of points in the "
                   "box where it fails, coverage the share of such points that lie in it, p how often chance gives as much. "
                   "`truce box FILE --ini --claim C1 --kernel NAME` makes the next study.",
                   columns=("claim", "kernel", "ranges", "box", "density", "coverage", "p_new"), rows=rows,
                   table=(("claim", "kernel", "box", "density", "coverage", "p"), lines))
