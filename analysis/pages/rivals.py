# Exhibits for several results: kernels side by side, and the signs about which they agree or not.
import command
import side_by_side
import signs
from comparison import Comparison
from pages import words
from pages.exhibits import Exhibit, Hint

SHOWN = 6  # inputs in the table


def side_by_side_parts(results):
    """The figure of several kernels and the table of signs; a hint where they cannot be compared."""
    title = "Kernels side by side"
    try:
        comparison = Comparison([r.path for r in results])
    except command.Problem as problem:
        return [Hint(title, f"They are not drawn together: {problem}.")]
    drawn = side_by_side.draw(comparison, comparison.main_inputs(), titled=False)  # the page has the title
    names = [k.name for k in comparison.kernels]
    picture = Exhibit("side_by_side", "How wars end and last in each",
                      "How wars end and last in each kernel, and its headlines along shared inputs: means over points; bands, "
                      "bars and whiskers are 95 % Monte Carlo intervals. A kernel has the same colour everywhere.",
                      f"{', '.join(names)} side by side. " + ". ".join(levels(comparison)) + ".",
                      drawn, ("outcome", "kernel", "mean", "error", "points"), level_rows(comparison))
    return [picture, table_of_signs(comparison)]


def level_rows(comparison):
    return [(w.label, e.kernel.name, e.estimate.value, e.estimate.error, e.estimate.points)
            for w in comparison.headlines for e in comparison.levels(w) if e.estimate]


def levels(comparison):
    return [f"{w.label}: " + ", ".join(f"{e.kernel.name} {words.short(e.estimate.value)}"
                                       for e in comparison.levels(w) if e.estimate) for w in comparison.headlines]


def table_of_signs(comparison):
    """A row per input and headline, a column per kernel: those first about which kernels disagree."""
    torn = [n for n, _ in comparison.disagreements()]
    order = list(dict.fromkeys([*torn, *comparison.by_strength()]))
    shown = order[: max(SHOWN, len(dict.fromkeys(torn)))]
    names = [k.name for k in comparison.kernels]
    lines, rows = [], []
    for name in order:
        for what in comparison.headlines:
            effects = comparison.effects[name, what.label]
            rows += [(name, what.label, e.kernel.name, *(e.estimate or (float("nan"),) * 3), e.verdict) for e in effects]
            if name in shown:
                lines.append([f"{name}: {what.label}", *(cell(e) for e in effects),
                              signs.agreement_words(comparison, name, what)])
    more = f" {len(order) - len(shown)} more inputs without a disagreement are in the data." if len(shown) < len(order) else ""
    count = len(comparison.disagreements())
    said = f"{count} signs differ between kernels." if count else "No two kernels have opposite decided signs."
    return Exhibit("signs", "Where kernels agree",
                   f"Highest third of an input against its lowest, in each kernel, with one standard error. {said} Undecided "
                   "is no support." + more, columns=("input", "outcome", "kernel", "effect", "error", "points", "verdict"),
                   rows=rows, table=(["input: outcome", *names, "together"], lines))


def cell(effect):
    return [words.effect(effect.estimate), effect.verdict] if effect.estimate else effect.verdict
