# Prints in about a dozen lines what a truce result file says, with standard errors: findings.py FILE.
import argparse
import sys

import numpy as np

import estimates
import selection
from results import Result, ResultError


def number(value):
    return f"{value:+.3f}" if abs(value) < 10 else f"{value:+.1f}"


def effect_line(what, effect):
    spread = f"{effect.error:.2g}"
    unit = "" if what.unit in ("", "share") else f" {what.unit}"
    return f"  {what.label:<30} {number(effect.value):>8}{unit} (se {spread})  {estimates.verdict(effect)}"


def by_thirds(result, name):
    """How the headlines differ between the highest and the lowest third of an input, over all policies."""
    lines = [f"{name}, highest third against lowest:"]
    for what in selection.headlines(result):
        effect = estimates.thirds(result.input(name), *selection.read(result, what))
        if effect is not None:
            lines.append(effect_line(what, effect))
    return lines


def policy_effect(result, what, policy):
    """Difference from the first policy: the stored run-by-run one where there is one, else point by point."""
    difference = f"{what.name}_diff"
    if what.at is None and difference in result.file:
        return estimates.mean(result.values(difference)[:, policy], result.count(what.name, "_diff")[:, policy])
    values, weights = selection.read(result, what)
    return estimates.contrast(values[:, policy], weights[:, policy], values[:, 0], weights[:, 0])


def by_policy(result):
    """How the headlines of the last policy differ from those of the first, on the same random numbers."""
    labels = result.policy_labels()
    lines = [f"{labels[-1]} against {labels[0]}, on the same random numbers:"]
    return lines + [effect_line(what, policy_effect(result, what, result.policies - 1))
                    for what in selection.headlines(result)]


def obstacle_line(result):
    """Which obstacle stops most rounds of talks, and whether it is told apart from the next."""
    names = selection.obstacles(result)
    if len(names) < 2:
        return []
    rounds = {n: estimates.mean(result.values(n), result.count(n)) for n in names}
    first, second = sorted(names, key=lambda n: -np.nan_to_num(rounds[n].value))[:2]
    lead = estimates.contrast(result.values(first), result.count(first), result.values(second), result.count(second))
    total = sum(np.nan_to_num(r.value) for r in rounds.values())
    if total == 0:
        return ["no round of talks failed"]
    words = [n[len("blocked_"):] for n in (first, second)]
    decided = estimates.verdict(lead) != "undecided"
    head = f"{words[0]} blocks talks most" if decided else "undecided what blocks talks most"
    shares = ", ".join(f"{w} {100 * rounds[n].value / total:.0f} %" for w, n in zip(words, (first, second)))
    return [f"{head}: {shares} of {total:.1f} failed rounds a run (lead {lead.value:.2f}, se {lead.error:.2g})"]


def level_lines(result):
    """The headlines themselves, for a study that varies nothing."""
    lines = []
    for what in selection.headlines(result):
        for label, value in zip(result.policy_labels(), selection.read(result, what)[0][0]):
            lines.append(f"  {what.label:<30} {value:9.4g} {what.unit}  {label}".rstrip())
    return lines


def findings(result):
    """All lines for a result file."""
    failed = result.total("runs_failed")
    lines = [result.title(),
             f"{result.attribute('kernel')}: {result.points:,} points x {result.policies} policies, "
             f"{result.runs():,} runs, {failed:,} failed"]
    if not result.varied or result.points < 2:
        return lines + level_lines(result) + obstacle_line(result)
    for name in selection.main_inputs(result, 2):
        lines += by_thirds(result, name)
    if result.policies > 1:
        lines += by_policy(result)
    return lines + obstacle_line(result) + [
        f"(undecided: within {estimates.DECIDED:g} standard errors, chance alone could have made it)"]


def main():
    parser = argparse.ArgumentParser(description="Say in a dozen lines what a truce result file shows.")
    parser.add_argument("file", help="a result file (HDF5) that truce sealed")
    try:
        print("\n".join(findings(Result(parser.parse_args().file))))
    except ResultError as problem:
        sys.exit(f"findings: {problem}")


if __name__ == "__main__":
    main()
