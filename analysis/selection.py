# Chooses what a figure or a list of findings shows, from what is in the file.
from collections import namedtuple

import numpy as np

import estimates

# A quantity to show: a column, its index into a curve's months (None for an outcome) and its words.
Quantity = namedtuple("Quantity", "name at label unit meaning")

REGIME = "autocracy_a"  # the memo's question: along it kernels are compared first
PREFERRED_OUTCOMES = ("ending_settlement", "war_months")
RANKED = 65536  # points by which inputs are ranked
MAIN_INPUTS = 3  # of which figure, findings and report tell


def axis_unit(result, name):
    if result.meaning(name).startswith("share of") or name in result.curves:
        return "share"
    unit = result.unit(name)
    return "" if unit == "1" else unit


def quantity(result, name, at=None):
    label, meaning, outcome = name.replace("_", " "), result.meaning(name), result.outcome_of(name)
    if name.startswith(outcome + "_"):
        label = f"{outcome}: {name[len(outcome) + 1:]}".replace("_", " ")
    if at is not None:
        dimension = result.dimensions(name)[-1]
        label = f"{label} at {result.file[dimension][at]:g} months"
    return Quantity(name, at, label, axis_unit(result, name), meaning)


def headlines(result):
    """The two outcomes and the one point of a curve that tell most; the file's first ones for an unknown model."""
    chosen = [n for n in PREFERRED_OUTCOMES if n in result.outcomes] or result.first_of_each_outcome()[:2]
    quantities = [quantity(result, name) for name in chosen]
    for name in ("peace_survival", *result.curves):
        if name in result.curves:
            months = result.file[name].shape[-1]
            return quantities + [quantity(result, name, (months - 1) // 2)]
    return quantities


def varies(result):
    """Whether points tell anything about an input: else the spread between runs is all there is."""
    return bool(result.varied) and result.points > 1


def why_undefined(result, what):
    """Why a quantity has no value at some points."""
    if "ending_settlement" in result.outcomes:
        missing = ~np.isfinite(read(result, what)[0])
        if np.all(result.values("ending_settlement")[missing] == 0):
            return "no settlements"
    return "no run defines it"


def bounds(result, what):
    """Values that a quantity cannot pass: a share, or a number of rounds or months; else infinite."""
    if what.unit == "share":
        return 0.0, 1.0
    if what.unit in ("", "month") and not np.any(read(result, what)[0] < 0):
        return 0.0, np.inf
    return -np.inf, np.inf


def read(result, what):
    """Values and weights of a quantity, each (points, policies)."""
    return result.values(what.name, what.at), result.weight(what.name)


def main_inputs(result, most=MAIN_INPUTS):
    """Up to `most` varied inputs, those first that move the headlines most: one rule for figure, findings and report."""
    return by_strength(result, headlines(result))[:most]


def by_strength(result, quantities):
    """Varied inputs by what they do to the quantities, in standard errors, the strongest first.

    A file of many points is ranked by RANKED of them, drawn once for all."""
    rows = slice(None)
    if result.points > RANKED:
        rows = np.sort(np.random.default_rng(1).choice(result.points, RANKED, replace=False))
    strength = dict.fromkeys(result.varied, 0.0)
    read_quantities = [[column[rows] for column in read(result, what)] for what in quantities]
    for name in result.varied:
        x = result.input(name)[rows]
        for values, weights in read_quantities:
            effect = estimates.thirds(x, values, weights)
            if effect is not None and np.isfinite(effect.value) and effect.error > 0:
                strength[name] += abs(effect.value) / effect.error
    return sorted(strength, key=strength.get, reverse=True)


def obstacles(result):
    """Outcomes that say what blocked a settlement."""
    order = ("rents", "information", "audience", "indivisibility", "commitment")
    known = [f"blocked_{o}" for o in order if f"blocked_{o}" in result.outcomes]
    return known + [n for n in result.outcomes if n.startswith("blocked_") and n not in known]
