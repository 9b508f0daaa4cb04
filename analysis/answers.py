# Reads what `truce analyze` and its kin write: tables of named numbers over named, labelled axes.
"""One class, Answers: the tables of a file of `truce analyze` and the like, whatever asked for them."""

from collections import namedtuple

import h5py
import numpy as np

import files
from command import Problem
from files import text_of
from results import address

# `values`: float64 over the axes of the table; NaN where there is no answer.
Answer = namedtuple("Answer", "name unit meaning values")


class Table:
    """Answers over the same axes. `axes`: {name: labels}, outermost first; `answers`: {name: Answer}."""

    def __init__(self, name, summary, axes):
        self.name, self.summary, self.axes, self.answers = name, summary, axes, {}

    def has(self, *names):
        return all(n in self.answers for n in names)

    def labels(self, axis):
        """Labels of an axis; none where the table has no such axis."""
        return self.axes.get(axis, [])

    def at(self, name, **labels):
        """An answer with some axes fixed at a label, the others in their order; Problem for a name that is not there."""
        for axis, label in labels.items():
            self._require("axis", axis, self.axes)
            self._require(axis, label, self.axes[axis])
        self._require("answer", name, self.answers)
        return self.answers[name].values[tuple(found.index(labels[axis]) if axis in labels else slice(None)
                                               for axis, found in self.axes.items())]

    def ends(self, name, **labels):
        """Lower and upper end of the interval of an answer: `<name>_low` and `_high`, else plus and minus `_conf`.

        NaN where it has no interval."""
        if self.has(f"{name}_low", f"{name}_high"):
            return self.at(f"{name}_low", **labels), self.at(f"{name}_high", **labels)
        value = self.at(name, **labels)
        half = self.at(f"{name}_conf", **labels) if self.has(f"{name}_conf") else np.full_like(value, np.nan)
        return value - half, value + half

    def _require(self, what, name, known):
        if name not in known:
            raise Problem(f"table {self.name} has no {what} {name} (it has {', '.join(known)}); name one of them")


class Answers:
    """The tables of a file, by name; `attribute(name)` of the file."""

    def __init__(self, path):
        self.path = path
        self.file = files.opened(path)
        if files.kind_in(self.file) in ("", files.RESULT):
            kind = self.attribute("file_type") or "not there"
            raise Problem(f"{path} holds no answers of truce (its file_type is {kind}); name another")
        self.tables = self._read()

    def attribute(self, name, otherwise=""):
        return text_of(self.file.attrs.get(name, otherwise))

    def _read(self):
        names = []
        self.file.id.links.iterate(names.append, idx_type=h5py.h5.INDEX_CRT_ORDER)
        found = [(n.decode(), self.file[n]) for n in names]
        scales = {address(v): (n, _labels(v)) for n, v in found if h5py.h5ds.is_scale(v.id)}
        tables = {}
        for name, variable in found:
            if address(variable) in scales:
                continue
            attributes = {k: text_of(v) for k, v in variable.attrs.items()}
            table = str(attributes.get("table", ""))
            if table not in tables:
                axes = dict(scales[address(variable.dims[i][0])] for i in range(variable.ndim))
                tables[table] = Table(table, str(self.attribute(f"table_{table}")), axes)
            tables[table].answers[name] = Answer(name, attributes.get("units", "1"), attributes.get("long_name", name),
                                                 np.asarray(variable[()], float))
        return tables


def _labels(scale):
    """The labels of an axis; the numbers 0, 1, ... where it has none.

    The file has commas for the blanks of policies (`guarantee_a=0 autocracy_d=1`), as CF parts labels by blanks."""
    meanings = [m.replace(",", " ") for m in str(text_of(scale.attrs.get("flag_meanings", ""))).split()]
    return meanings if len(meanings) == len(scale) else [str(i) for i in range(len(scale))]
