# Reads any truce result file into arrays by (point, policy), whatever model and study it comes from.
"""One class, Result: inputs by role, outcomes with weights, curves, units and meanings, all taken from the file."""

import os
import sys

import h5py
import numpy as np

import files
from command import Problem
from files import text_of


class ResultError(Problem):
    """A file that is no result: the problem (why it is one); what to do."""


def shortest(value):
    """A number as truce spells it: 0, 0.3, 1e-04; the shorter of both forms, the one without an exponent if equal."""
    plain = np.format_float_positional(value, trim="-")
    return min(plain, np.format_float_scientific(value, trim="-", exp_digits=2), key=len)


def require_result(path, file):
    """Refuses an open HDF5 file that is no result, by the name of what it is."""
    kind = files.kind_in(file)
    if kind == files.RESULT:
        return
    if not kind:
        raise ResultError(f"{path} is not a truce result (it has no attribute file_type = truce result); name another")
    source = files.source_of(path, file)
    what = f"a {kind}" if kind != files.ANALYSIS else "an analysis"
    raise ResultError(f"{path} is {what} of {source} (a result is wanted); name {source}" if source else
                      f"{path} is {what} (a result is wanted); name a file that truce run wrote")


def results_among(paths, script, kept=()):
    """The names without those of analyses, ledgers and calibrations, which a `*` finds too; a line says how many.

    `kept`: kinds (of files.py) that stay. All names stay if no result or kept file is among them, to be refused."""
    passed = [p for p in paths if files.kind_of(p) in
              {files.ANALYSIS, files.LEDGER, files.CALIBRATION} - set(kept)]
    left = [p for p in paths if p not in passed]
    if passed and left:
        more = f" and {len(passed) - 1} more" if len(passed) > 1 else ""
        print(f"{script}: passed over as no result: {passed[0]}{more}", file=sys.stderr)
    return left or list(paths)


def address(variable):
    """Where in the file a variable stands: its identity, however it was reached."""
    return h5py.h5o.get_info(variable.id).addr


class Result:
    """A result file. Values come as float64 (points, policies); missing ones are NaN and weigh nothing.

    Where points have members (A, AB_..., B; from, to), these share inputs and are no witnesses of their own: values are
    those of the first member of each base point.
    """

    def __init__(self, path):
        self.path = path
        self.file = files.opened(path, ResultError)
        require_result(path, self.file)
        self._names, self._scales = self._names_as_declared()
        self.by_run = "run" in self.file
        self.members = self.attribute("flag_meanings", "member").split() if "member" in self.file else []
        self._rows = len(self.file["point"])
        self.points = self._rows // max(1, len(self.members))
        self.policies = len(self.file["policy"]) if "policy" in self.file else 1
        self.varied, self.levers, self.constants = (self._with_role(r) for r in ("uncertainty", "lever", "constant"))
        self._cells = self._cells_of_runs() if self.by_run else None
        self.outcomes = self._find_outcomes()
        self.curves = [n for n in self.names() if self._is_curve(n)]

    def names(self):
        """Every variable that is not a dimension, in the order in which the model declares them."""
        return list(self._names)

    def attribute(self, name, variable=None, otherwise=""):
        return text_of((self.file[variable] if variable else self.file).attrs.get(name, otherwise))

    def dimensions(self, name):
        """Names of the dimensions of a variable, outermost first."""
        variable = self.file[name]
        scales = (variable.dims[i][0] if len(variable.dims[i]) else None for i in range(variable.ndim))
        return [self._scales.get(address(scale), "?") if scale else "?" for scale in scales]

    def unit(self, name):
        return self.attribute("units", self._stored(name), "1")

    def meaning(self, name):
        """What a column means, with what was taken over runs (`share of runs:`, `mean:`) before an outcome."""
        text = self.attribute("long_name", self._stored(name), name)
        if not self.by_run or name not in self.outcomes:
            return text
        if name not in self.file:
            return f"share of runs: {text}: {name[len(self._stored(name)) + 1:]}"
        return f"{'share of runs' if self._is_yes_or_no(name) else 'mean'}: {text}"

    def title(self):
        return self.attribute("title").strip() or text_of(os.path.basename(self.path))

    def input(self, name):
        """The values of an input as stored: (points), (policies) or a scalar."""
        values = np.asarray(self.file[name][()], float)
        return self._of_first(values) if self.dimensions(name) == ["point"] else values

    def months(self, name):
        """The months over which a curve is known."""
        return np.asarray(self.file[self.dimensions(name)[-1]][()], float)

    def values(self, name, at=None):
        """Mean over replicates, (points, policies); `at`: index into a curve's months."""
        if self.by_run:
            return self._of_first(self._mean_of_runs(name))
        values = np.asarray(self.file[name][()] if at is None else self.file[name][..., at], float)
        return self._of_first(values.reshape(self._rows, self.policies))

    def count(self, name, suffix=""):
        """Runs (pairs for suffix "_diff") behind each value, (points, policies); 1 where the file does not say."""
        if self.by_run:
            return self._of_first(self._count_of_runs(name))
        column = f"{self.outcome_of(name)}{suffix}_n"
        if column not in self.file:
            return np.ones((self.points, self.policies))
        return self._of_first(np.asarray(self.file[column][()], float).reshape(self._rows, self.policies))

    def weight(self, name, suffix=""):
        """What each value weighs in a mean over points, (points, policies): the runs (pairs) behind it.

        Where points took as many replicates as a precision needed, it is their share of the point's replicates: else
        uncertain points would weigh most.
        """
        count = self.count(name, suffix)
        if self.by_run or "replicates" not in self.file:
            return count
        replicates = self._of_first(np.asarray(self.file["replicates"][()], float).reshape(self._rows, self.policies))
        most = replicates.max()
        return count if (replicates == most).all() else count * (most / replicates)

    def variance(self, name):
        """Variance between the runs of each point, (points, policies); NaN where fewer than two define it."""
        if self.by_run:
            return self._of_first(self._variance_of_runs(name))
        return self.values(f"{name}_var") if f"{name}_var" in self.file else np.full_like(self.values(name), np.nan)

    def outcome_of(self, name):
        """The outcome whose count belongs to a column: the longest that begins its name (a curve: its event's)."""
        stem = name[: -len("_survival")] + "_months" if name in self.curves and name.endswith("_survival") else name
        known = [o for o in self._outcome_names() if stem == o or stem.startswith(o + "_")]
        return max(known, key=len, default=stem)

    def first_of_each_outcome(self):
        """One column per outcome: the first meaning of a flag (say, ending_settlement), else the mean."""
        seen = {}
        for name in self.outcomes:
            seen.setdefault(self.outcome_of(name), name)
        return list(seen.values())

    def policy_labels(self):
        """`guarantee_a=0.3` and so on, as `truce analyze` spells them; one empty label where nothing is a lever."""
        if not self.levers:
            return [""] * self.policies
        columns = {name: np.broadcast_to(self.input(name), self.policies) for name in self.levers}
        return [" ".join(f"{n}={self.spelled(n, v[p])}" for n, v in columns.items()) for p in range(self.policies)]

    def spelled(self, name, value):
        """A value of an input: the name of a choice, else the shortest digits that give the number back."""
        names = self.attribute("flag_meanings", name).split()
        return names[int(value)] if names else shortest(value)

    def total(self, name):
        """Sum of a count column such as runs_failed; 0 where the file has none."""
        return int(np.sum(self.file[name][()])) if name in self.file else 0

    def runs(self):
        return len(self.file["run"]) if self.by_run else self.total("replicates")

    def failed(self):
        """Runs that gave no outcomes."""
        if self.by_run:
            return int(np.sum(self.file["status"][()] > 0)) if "status" in self.file else 0
        return self.total("runs_failed")

    def _of_first(self, values):
        return values[:: max(1, len(self.members))]

    def _names_as_declared(self):
        """Variables in the order of creation where the file keeps it (h5py itself lists by the alphabet), and the
        names of dimensions by their address: HDF5 would search the whole file for each name."""
        names = []
        try:
            self.file.id.links.iterate(names.append, idx_type=h5py.h5.INDEX_CRT_ORDER)
        except (KeyError, RuntimeError, ValueError):
            names = [n.encode() for n in self.file]
        found = [(n.decode(), v) for n, v in ((n, self.file[n]) for n in names) if isinstance(v, h5py.Dataset)]
        scales = {address(v): n for n, v in found if h5py.h5ds.is_scale(v.id)}
        return [n for n, v in found if address(v) not in scales], scales

    def _is_yes_or_no(self, name):
        """Whether runs answer yes or no: a run row keeps 0 and 1 like any number."""
        raw = self._per_run(name)
        return self.unit(name) == "1" and set(np.unique(raw[np.isfinite(raw)])) == {0.0, 1.0}

    def _is_curve(self, name):
        """Whether months (or another dimension than those of runs) run along the last dimension."""
        return self.file[name].ndim > 1 and self.dimensions(name)[-1] not in ("point", "policy", "run")

    def _with_role(self, role):
        return [n for n in self.names() if self.attribute("role", n) == role]

    def _find_outcomes(self):
        if not self.by_run:
            return [n for n in self.names() if f"{n}_var" in self.file and not n.endswith("_diff")]
        found = []
        for name in self.names():
            if self.dimensions(name) != ["run"] or name in ("run_point", "run_policy", "replicate", "status"):
                continue
            meanings = self.attribute("flag_meanings", name).split()
            found += [f"{name}_{m}" for m in meanings] if meanings else [name]
        return found

    def _outcome_names(self):
        if self.by_run:
            return [n for n in self.names() if self.dimensions(n) == ["run"]]
        return [n[:-2] for n in self.names() if n.endswith("_n") and not n.endswith("_diff_n")]

    def _stored(self, name):
        return name if name in self.file else self.outcome_of(name)

    def _cells_of_runs(self):
        policy = self.file["run_policy"][()] if "run_policy" in self.file else 0
        return self.file["run_point"][()] * self.policies + policy

    def _per_run(self, name):
        if name in self.file:
            return np.asarray(self.file[name][()], float)
        stored = self.outcome_of(name)
        code = self.attribute("flag_meanings", stored).split().index(name[len(stored) + 1 :])
        raw = np.asarray(self.file[stored][()], float)
        return np.where(np.isnan(raw), np.nan, raw == self.file[stored].attrs["flag_values"][code])

    def _count_of_runs(self, name):
        defined = np.isfinite(self._per_run(name)).astype(float)
        return np.bincount(self._cells, defined, self._rows * self.policies).reshape(self._rows, self.policies)

    def _mean_of_runs(self, name):
        raw = self._per_run(name)
        sums = np.bincount(self._cells, np.where(np.isfinite(raw), raw, 0.0), self._rows * self.policies)
        with np.errstate(invalid="ignore", divide="ignore"):
            return sums.reshape(self._rows, self.policies) / self._count_of_runs(name)

    def _variance_of_runs(self, name):
        raw = self._per_run(name)
        off = np.where(np.isfinite(raw), raw - self._mean_of_runs(name).ravel()[self._cells], 0.0)
        squares = np.bincount(self._cells, off**2, self._rows * self.policies)
        pairs = self._count_of_runs(name) - 1
        return np.where(pairs > 0, squares.reshape(pairs.shape) / np.maximum(pairs, 1), np.nan)
