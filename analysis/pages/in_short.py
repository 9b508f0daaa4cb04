# The few sentences that a report begins with: the signs that chance could not have made, and what blocked talks.
import estimates
import findings
import selection
from pages import outcomes, words


def sentences(result):
    """At most five, each with numbers and standard errors; what is undecided is said to be."""
    said = []
    if selection.varies(result):
        for name in outcomes.strongest(result, 2)[0]:
            found = [(w, estimates.thirds(result.input(name), *selection.read(result, w)))
                     for w in selection.headlines(result)]
            said.append(sentence(f"From the lowest to the highest third of `{name}`:", found))
    if result.policies > 1:
        labels = result.policy_labels()
        found = [(w, findings.policy_effect(result, w, result.policies - 1)) for w in selection.headlines(result)]
        said.append(sentence(f"With `{labels[-1]}` instead of `{labels[0]}`, on the same random numbers:", found))
    if not said:
        said = [words.minus(" ".join(line.split())) + "." for line in findings.level_lines(result)[:4]]
    line = findings.obstacle_line(result)
    return said + [text[0].upper() + text[1:] + "." for text in line]


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
