# Compares kernels along the inputs that they share: which headline outcome rises or falls in which of them.
"""An effect is the difference between the highest and the lowest third of an input, each kernel's from its own points,
so files need no common design."""

from collections import namedtuple
from functools import cached_property

import numpy as np

import command
import estimates
import kernel_files
import selection

RISES, FALLS = "rises", "falls"
AGREE, DISAGREE = "agree", "disagree"
NOT_VARIED, NO_OUTCOME = "not varied", "no such outcome"

# What an input does to a headline in one kernel; `estimate` is None where its file cannot tell.
Effect = namedtuple("Effect", "kernel estimate verdict")


def agreement(verdicts):
    """Whether kernels name opposite signs, or at least two the same one."""
    signs = [v for v in verdicts if v in (RISES, FALLS)]
    if len(set(signs)) == 2:
        return DISAGREE
    return AGREE if len(signs) > 1 else estimates.UNDECIDED


class Comparison:
    """Result files side by side. A headline is a selection.Quantity, found in each file by its label."""

    def __init__(self, paths, policy=0):
        self.kernels = kernel_files.kernels_of(paths, policy)
        files = ", ".join(k.result.path for k in self.kernels)
        both = kernel_files.varied_in_two(self.kernels)
        self.shared = [n for n in both if kernel_files.has_order(self.kernels, n)]
        self.unordered = [n for n in both if n not in self.shared]
        if not self.shared:
            raise command.Problem(f"{files} vary no input in common (signs are compared along shared inputs); vary "
                                  "the same one in two studies, such as autocracy_a, or use draw.py on each")
        self._known = {}
        self.headlines = self._headlines()
        if not self.headlines:
            raise command.Problem(f"{files} have no headline outcome in common (there is nothing to compare); "
                                  "name kernels with common outcomes, or use draw.py on each")

    def quantity(self, kernel, what):
        """A headline as this kernel's file has it, None where it has not."""
        if (kernel.name, what.label) not in self._known:
            with command.reading(kernel.result.path):
                self._known[kernel.name, what.label] = same_quantity(kernel.result, what)
        return self._known[kernel.name, what.label]

    def read(self, kernel, what):
        """Values and weights of a headline at the kernel's policy, each (points); None where the file has it not."""
        own = self.quantity(kernel, what)
        with command.reading(kernel.result.path):
            return own and tuple(column[:, kernel.policy] for column in selection.read(kernel.result, own))

    def levels(self, what):
        """Mean of a headline over each kernel's points: Effects that have a value instead of a sign."""
        means = [(k, read and estimates.mean(*read)) for k, read in ((k, self.read(k, what)) for k in self.kernels)]
        return [Effect(k, m, NO_OUTCOME if m is None else "" if np.isfinite(m.value) else estimates.UNDEFINED)
                for k, m in means]

    @cached_property
    def effects(self):
        """By (input, label of a headline): one Effect per kernel, in their order."""
        found = {}
        for what in self.headlines:
            read = [(k, self.read(k, what)) for k in self.kernels]
            found.update({(name, what.label): [effect(k, name, r) for k, r in read] for name in self.shared})
        return found

    def agreement(self, name, what):
        return agreement(e.verdict for e in self.effects[name, what.label])

    def disagreements(self):
        """The (input, headline) pairs about whose sign kernels disagree."""
        return [(n, w) for n in self.shared for w in self.headlines if self.agreement(n, w) == DISAGREE]

    def by_strength(self):
        """Shared inputs, those first that move most: effects in standard errors, summed over kernels and headlines."""
        def strength(name):
            found = [e.estimate for w in self.headlines for e in self.effects[name, w.label] if e.estimate]
            return sum(abs(e.value) / e.error for e in found if np.isfinite(e.value) and e.error > 0)

        return sorted(self.shared, key=strength, reverse=True)

    def main_inputs(self, wanted=()):
        """One or two inputs to draw along: those wanted, else the regime, then what moves most."""
        for name in wanted:
            if name not in self.shared:
                raise command.Problem(f"{name} is no input to compare along (two files must vary it, and more and "
                                      f"less of it must mean something); name one of {', '.join(self.shared)}")
        regime = [n for n in [selection.REGIME] if n in self.shared]
        return list(dict.fromkeys(wanted or regime + self.by_strength()))[:2]

    def _headlines(self):
        """The headlines that two files have; how many settlements collapsed if no file has the survival of peace."""
        found = {}
        for k in self.kernels:
            with command.reading(k.result.path):
                found = {**found, **{q.label: q for q in selection.headlines(k.result) if q.label not in found}}
        if not any("peace_survival" in k.result.curves for k in self.kernels):
            having = [k.result for k in self.kernels if "relapsed" in k.result.outcomes]
            found.update({q.label: q for q in (selection.quantity(r, "relapsed") for r in having)})
        return [q for q in found.values() if sum(self.quantity(k, q) is not None for k in self.kernels) > 1]


def same_quantity(result, what):
    """What another file calls by the same label: of a curve the same month, wherever it stands among the others."""
    if what.at is None:
        return selection.quantity(result, what.name) if what.name in result.outcomes else None
    months = range(len(result.months(what.name)) if what.name in result.curves else 0)
    return next((q for q in (selection.quantity(result, what.name, m) for m in months) if q.label == what.label), None)


def effect(kernel, name, read):
    """What an input does to a headline whose values and weights were read."""
    if read is None:
        return Effect(kernel, None, NO_OUTCOME)
    found = None
    if name in kernel.result.varied:
        with command.reading(kernel.result.path):
            found = estimates.thirds(kernel.result.input(name), *read)
    return Effect(kernel, found, estimates.verdict(found, RISES, FALLS) if found else NOT_VARIED)
