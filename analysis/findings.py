# Prints in some twenty lines what a truce result file says, with standard errors: findings.py FILE.
import argparse

import command

command.require("findings", "numpy", "h5py")

import numpy as np  # noqa: E402  (a missing library is told first)

import estimates  # noqa: E402
import selection  # noqa: E402
from results import Result  # noqa: E402


def number(value, largest=None):
    """A value with its sign; `largest` of a column: all of it gets the same decimals."""
    return f"{value:+.3f}" if abs(largest or value) < 10 else f"{value:+.1f}"


def error_of(estimate):
    return f"(se {estimate.error:.2g})" if np.isfinite(estimate.error) else "(no se)"


def effect_line(result, what, effect):
    said = estimates.verdict(effect)
    if said == estimates.UNDEFINED:
        return f"  {what.label:<30} {said} ({selection.why_undefined(result, what)})"
    unit = "" if what.unit in ("", "share") else f" {what.unit}"
    return f"  {what.label:<30} {number(effect.value):>8}{unit} {error_of(effect)}  {said}"


def by_thirds(result, name):
    """How the headlines differ between the highest and the lowest third of an input, over all policies."""
    lines = [f"{name}, highest third against lowest:"]
    for what in selection.headlines(result):
        effect = estimates.thirds(result.input(name), *selection.read(result, what))
        if effect is not None:
            lines.append(effect_line(result, what, effect))
    return lines


def policy_effect(result, what, policy):
    """Difference from the first policy: the stored run-by-run one where there is one, else point by point."""
    difference = f"{what.name}_diff"
    if what.at is None and difference in result.file:
        return estimates.mean(result.values(difference)[:, policy], result.weight(what.name, "_diff")[:, policy])
    values, weights = selection.read(result, what)
    return estimates.contrast(values[:, policy], weights[:, policy], values[:, 0], weights[:, 0])


def by_policy(result):
    """How the headlines of the last policy differ from those of the first, on the same random numbers."""
    labels = result.policy_labels()
    lines = [f"{labels[-1]} against {labels[0]}, on the same random numbers:"]
    return lines + [effect_line(result, what, policy_effect(result, what, result.policies - 1))
                    for what in selection.headlines(result)]


def pair_effects(result):
    """(quantity, estimate) of what the move of a paired study does, run by run on the same random numbers, over all
    policies; none for other studies."""
    if result.by_run or result.members != ["from", "to"]:
        return []
    found = []
    for what in selection.headlines(result):
        if what.at is None and f"{what.name}_diff" in result.file:
            values, pairs = (result.file[n][1::2].reshape(result.points, -1).astype(float)
                             for n in (f"{what.name}_diff", f"{result.outcome_of(what.name)}_diff_n"))
            found.append((what, estimates.mean(values, pairs)))
    return found


def by_pair(result):
    """What the move of a paired study does to the headlines."""
    effects = pair_effects(result)
    head = [f"moving {result.attribute('pair', 'member')}, on the same random numbers:"] if effects else []
    return head + [effect_line(result, what, effect) for what, effect in effects]


def rounds_of(result, name):
    """Failed rounds a run; at one point the errors of policies are averaged, as if they shared all chance."""
    if selection.varies(result):
        return estimates.mean(result.values(name), result.weight(name))
    value, runs = estimates.mean(result.values(name), result.weight(name)).value, result.count(name)[0]
    errors = [estimates.of_runs(value, v, n).error for v, n in zip(result.variance(name)[0], runs)]
    return estimates.Estimate(value, np.average(errors, weights=runs) if runs.sum() else np.nan, int(runs.sum()))


def lead_of(result, first, second):
    """How far one obstacle is ahead of another; at one point the sum of both errors bounds that of the lead."""
    if selection.varies(result):
        return estimates.contrast(*(f(n) for n in (first, second) for f in (result.values, result.weight)))
    one, two = rounds_of(result, first), rounds_of(result, second)
    return estimates.Estimate(one.value - two.value, one.error + two.error, min(one.points, two.points))


def obstacle_line(result):
    """Which obstacle stops most rounds of talks, and whether it is told apart from the next."""
    names = selection.obstacles(result)
    if len(names) < 2:
        return []
    rounds = {n: rounds_of(result, n) for n in names}
    first, second = sorted(names, key=lambda n: -np.nan_to_num(rounds[n].value))[:2]
    total = sum(np.nan_to_num(r.value) for r in rounds.values())
    if total == 0:
        return ["no round of talks failed"]
    lead = lead_of(result, first, second)
    words = [n[len("blocked_"):] for n in (first, second)]
    witnesses = "points" if selection.varies(result) else "runs"
    unsure = {estimates.UNDECIDED: "undecided", estimates.TOO_FEW: f"too few {witnesses} to say"}
    said = estimates.verdict(lead)
    head = f"{unsure[said]} what blocks talks most" if said in unsure else f"{words[0]} blocks talks most"
    shares = ", ".join(f"{w} {100 * rounds[n].value / total:.0f} %" for w, n in zip(words, (first, second)))
    error = error_of(lead).strip("()")
    return [f"{head}: {shares} of {total:.1f} failed rounds a run (lead {lead.value:.2f}, {error})"]


def level_line(result, what, policy, label):
    """A quantity at the one point there is, with the error that its runs give."""
    value = selection.read(result, what)[0][0, policy]
    if not np.isfinite(value):
        return f"  {what.label:<30} {estimates.UNDEFINED} ({selection.why_undefined(result, what)})  {label}".rstrip()
    error = np.nan  # of a curve the file keeps no variance
    if what.at is None:
        error = estimates.of_runs(value, result.variance(what.name)[0, policy],
                                  result.count(what.name)[0, policy]).error
    words = error_of(estimates.Estimate(value, error, 1))
    unit = f" {what.unit}" if what.unit else ""
    return f"  {what.label:<30} {value:9.4g}{unit} {words}  {label}".rstrip()


def level_lines(result):
    """The headlines themselves, for a study that varies nothing."""
    return [level_line(result, what, policy, label)
            for what in selection.headlines(result) for policy, label in enumerate(result.policy_labels())]


def effect_lines(result):
    """What the inputs, then the policies do to the headlines."""
    lines = [line for name in selection.main_inputs(result) for line in by_thirds(result, name)]
    return lines + (by_policy(result) if result.policies > 1 else [])


def key_lines(lines):
    """What the verdicts among the lines mean."""
    meanings = {estimates.UNDECIDED: f"within {estimates.DECIDED:g} standard errors, chance alone could have made it",
                estimates.TOO_FEW: f"fewer than {estimates.FEWEST}, their spread itself is uncertain"}
    return [f"({word}: {meaning})" for word, meaning in meanings.items() if any(word in line for line in lines)]


def findings(result):
    """All lines for a result file."""
    head = [result.title(),
            f"{result.attribute('kernel')}: {result.points:,} points x {result.policies} policies, "
            f"{result.runs():,} runs, {result.failed():,} failed"]
    head += by_pair(result)
    if result.members:
        head.append(f"(each point has {len(result.members)} members: what follows is of the first, {result.members[0]}, "
                    "alone)")
    lines = (effect_lines(result) if selection.varies(result) else level_lines(result)) + obstacle_line(result)
    curves = ["(rows are runs: survival curves need rows = point)"] if result.by_run else []
    return head + lines + key_lines(head + lines) + curves


def say():
    parser = argparse.ArgumentParser(description="Say in some twenty lines what a truce result file shows.")
    parser.add_argument("file", help="a result file (HDF5) that truce sealed")
    file = parser.parse_args().file
    with command.reading(file):
        lines = findings(Result(file))
    print("\n".join(lines))


if __name__ == "__main__":
    command.run("findings", say)
