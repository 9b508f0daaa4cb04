# The few sentences that a report begins with: the signs that chance has seldom made, and what blocked talks.
import estimates
import findings
import selection
from pages import words
from pages.outcomes import OF_INPUT, OF_PAIR


def sentences(result, moved):
    """At most six, each with numbers and standard errors; what is undecided is said to be. `moved`: outcomes.moves."""
    by_move = {}
    for what, quantity, effect in moved:
        by_move.setdefault(what, []).append((quantity, effect))
    names = list(by_move)
    inputs = [n for n in names if n.endswith(OF_INPUT)][:selection.MAIN_INPUTS]
    policies = [n for n in names if not n.endswith(OF_INPUT) and not n.startswith(OF_PAIR)][-1:]
    said = [sentence(f"Moving `{n.removeprefix(OF_PAIR)}`, on the same random numbers:", by_move[n])
            for n in names if n.startswith(OF_PAIR)]
    said += [sentence(f"From the lowest to the highest third of `{n.removesuffix(OF_INPUT)}`:", by_move[n]) for n in inputs]
    for name in policies:
        last, first = name.split(" against ")
        said.append(sentence(f"With `{last}` instead of `{first}`, on the same random numbers:", by_move[name]))
    if not said:
        said = [words.minus(" ".join(line.split())) + "." for line in findings.level_lines(result)[:4]]
    return said + [text[0].upper() + text[1:] + "." for text in findings.obstacle_line(result)]


def sentence(opening, found):
    """`Opening ending (settlement) falls (-0.211, se 0.0053); war months rises (...)`."""
    verdicts = {estimates.UNDECIDED: "is undecided", estimates.TOO_FEW: "has too few points",
                estimates.UNDEFINED: "is not defined"}
    parts = []
    for what, effect in found:
        said = estimates.verdict(effect)
        numbers = words.effect(effect, "" if what.unit == "share" else what.unit).replace(" (se ", ", se ").rstrip(")")
        label = f"{what.label.replace(': ', ' (')})" if ": " in what.label else what.label
        parts.append(f"{label} {verdicts.get(said, said)}" + (f" ({numbers})" if said != estimates.UNDEFINED else ""))
    return f"{opening} " + "; ".join(parts) + "."
