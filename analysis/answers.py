# Reads what `truce analyze` and its kin write: tables of named numbers over named, labelled axes.
"""One class, Answers: the tables of a file of `truce analysis` and the like, whatever asked for them."""

import os
from collections import namedtuple

import h5py
import numpy as np

from command import Problem
from results import address, text_of

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
        """An answer with some axes fixed at a label, the others in their order; all NaN for an unknown answer."""
        shape = tuple(len(found) for found in self.axes.values())
        values = self.answers[name].values if name in self.answers else np.full(shape, np.nan)
        return values[tuple(found.index(labels[axis]) if axis in labels else slice(None)
                            for axis, found in self.axes.items())]

    def ends(self, name, **labels):
        """Lower and upper end of the interval of an answer: `<name>_low` and `_high`, else plus and minus `_conf`."""
        if self.has(f"{name}_low", f"{name}_high"):
            return self.at(f"{name}_low", **labels), self.at(f"{name}_high", **labels)
        value, half = self.at(name, **labels), self.at(f"{name}_conf", **labels)
        return value - half, value + half


class Answers:
    """The tables of a file, by name; `attribute(name)` of the file."""

    def __init__(self, path):
        self.path = path
        if not os.path.exists(path):
            raise Problem(f"{path} does not exist (there is nothing to read); name another")
        try:
            self.file = h5py.File(path, "r")
        except OSError as error:
            raise Problem(f"{path} does not open as HDF5 ({error}); make it again") from error
        kind = str(self.attribute("file_type"))
        if not kind.startswith("truce ") or kind == "truce result":
            raise Problem(f"{path} holds no answers of truce (its file_type is {kind or 'not there'}); name another")
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
    """The labels of an axis; the numbers 0, 1, ... where it has none."""
    meanings = str(text_of(scale.attrs.get("flag_meanings", ""))).split()
    return meanings if len(meanings) == len(scale) else [str(i) for i in range(len(scale))]
