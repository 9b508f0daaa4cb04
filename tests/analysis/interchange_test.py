#!/usr/bin/python3
"""Results in other tools: metadata as CF has it, the codebook, the examples, the report's own study.

interchange_test.py TRUCE [Class[.test]]; the class Extra needs R and OpenTURNS.
"""
import csv
import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "sweep" / "run"), str(HERE), str(HERE.parent.parent / "analysis")]
from study_folder import MPI, TRUCE, Folder  # noqa: E402

try:
    import h5py
    import numpy as np
    import pandas
    import xarray
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)

EXAMPLES = HERE.parent.parent / "analysis" / "examples"
ELSEWHERE = "NOT TESTED: {} is not installed"
# Factors of units that UDUNITS knows, and the two that it does not: the codebook says what these are.
UNIT = re.compile(r"1|\(?(1|stake|month)(/(month|stake|sqrt\(month\)))?\)?(\^2)?")
STUDY = """[study]
title = every kind of input
kernel = crisis_offer
seed = 3
replicates = 6
[design]
method = sobol
points = 32
[inputs]
autocracy_a = uniform(0, 1)
justice_anchor = uniform(0, 0.6)
private_information = choice(cost, power)
[levers]
guarantee_a = list(0, 0.6)
[store]
file = study.h5
quantiles = yes
"""


class OnStudy(unittest.TestCase):
    """Tests on one result of each layout, run once."""

    @classmethod
    def setUpClass(cls):
        folder = Folder()
        folder.setUp()
        cls.addClassCleanup(folder.doCleanups)
        cls.folder = folder.folder
        for name, words in (("study", ()), ("runs", ("--store.rows=run", "--store.quantiles=no"))):
            folder.write("study.ini", STUDY)
            folder.run_study(f"--store.file={name}.h5", *words)

    def path(self, name):
        return str(self.folder / name)

    def call(self, *words):
        done = subprocess.run([*map(str, words)], cwd=self.folder, capture_output=True, text=True, timeout=300,
                              env={**os.environ, **MPI})
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        return done.stdout

    def example(self, name, *words):
        return self.call(sys.executable, "-B", EXAMPLES / name, *words)


def words_of(value):
    return value.decode() if isinstance(value, bytes) else value


class Metadata(OnStudy):
    def test_follows_cf(self):
        for name in ("study.h5", "runs.h5"):
            with h5py.File(self.path(name)) as file:
                self.assertEqual(words_of(file.attrs["Conventions"]), "CF-1.10")
                for n, variable in file.items():
                    with self.subTest(file=name, variable=n):
                        self.check_variable(file, n, variable)

    def check_variable(self, file, name, variable):
        attributes = {k: words_of(v) for k, v in variable.attrs.items()}
        self.assertRegex(name, r"^[A-Za-z]\w*$")
        self.assertGreater(len(attributes["long_name"]), 2)
        self.assertTrue(UNIT.fullmatch(attributes["units"]), attributes["units"])
        if "_FillValue" in attributes:
            self.assertEqual(attributes["_FillValue"].dtype, variable.dtype)
        if "flag_meanings" in attributes:
            values, meanings = np.atleast_1d(attributes["flag_values"]), attributes["flag_meanings"].split(" ")
            self.assertEqual(values.dtype, variable.dtype)
            self.assertEqual(len(values), len(set(meanings)))
            self.assertTrue(all(re.fullmatch(r"[A-Za-z0-9][\w.+@-]*", m) for m in meanings), meanings)
            stored = np.asarray(variable[()], float)
            self.assertTrue(set(np.unique(stored[np.isfinite(stored)])) <= set(values))
        if h5py.h5ds.is_scale(variable.id):
            self.assertEqual(variable.ndim, 1)
            self.assertTrue((np.diff(variable[()]) > 0).all())  # coordinates are monotonic
        else:
            for i in range(variable.ndim):
                scale = variable.dims[i][0]
                self.assertEqual((scale.ndim, len(scale)), (1, variable.shape[i]))
                self.assertIn(scale.name.lstrip("/"), file)

    def test_codes_of_choices_and_endings_have_names(self):
        with h5py.File(self.path("study.h5")) as file, h5py.File(self.path("runs.h5")) as runs:
            self.assertEqual(words_of(file["private_information"].attrs["flag_meanings"]), "cost power")
            np.testing.assert_array_equal(file["private_information"].attrs["flag_values"], [0.0, 1.0])
            self.assertEqual(set(np.unique(file["private_information"])), {0.0, 1.0})
            self.assertEqual(words_of(runs["ending"].attrs["flag_meanings"]).split()[0], "settlement")

    def test_netcdf_tools_read_it(self):
        if shutil.which("ncdump") is None:
            self.skipTest(ELSEWHERE.format("ncdump"))
        head = self.call("ncdump", "-h", "study.h5")
        self.assertIn("double ending_settlement(point, policy) ;", head)
        self.assertIn('private_information:flag_meanings = "cost power" ;', head)

    def test_codebook_has_every_variable_with_unit_role_and_codes(self):
        text = pathlib.Path(self.path("study.codebook.md")).read_text()
        rows = {m[1]: m[0] for m in re.finditer(r"^\| `(\w+)` \|.*$", text, re.M)}
        with h5py.File(self.path("study.h5")) as file:
            self.assertEqual(set(rows), set(file))
            for name, variable in file.items():
                self.assertIn(f"| {words_of(variable.attrs['units'])} |", rows[name])
                self.assertIn(words_of(variable.attrs["long_name"]), rows[name])
                if "role" in variable.attrs:
                    self.assertIn(f"| {words_of(variable.attrs['role'])} |", rows[name])
        self.assertIn("codes: 0 = cost, 1 = power", rows["private_information"])
        self.assertIn("codes: 0 = ok, 1 = some_runs_failed, 2 = all_runs_failed, 3 = not_computed", rows["status"])
        self.assertIn("1, 3, 6, 12", rows["war_month"])
        for word in ("stake", "1/sqrt(month)", "`_diff`", "`_n`", "standard_name", "UDUNITS"):
            self.assertIn(word, text)


class Examples(OnStudy):
    def test_each_is_named_by_its_first_line_and_tested_here(self):
        tested = pathlib.Path(__file__).read_text()
        names = sorted(p.name for p in EXAMPLES.iterdir() if p.suffix in (".py", ".R"))
        self.assertEqual(len(names), 6)
        for name in names:
            first = (EXAMPLES / name).read_text().splitlines()[0]
            self.assertRegex(first, rf"^# (python3|Rscript) analysis/examples/{re.escape(name)} \w+\.h5")
            self.assertIn(f'"{name}"', tested)

    def test_xarray(self):
        told = self.example("with_xarray.py", "study.h5")
        with h5py.File(self.path("study.h5")) as file:
            months, runs = file["war_months"][:, 1], file["war_months_n"][:, 1]
        self.assertIn(f"{{'guarantee_a': 0.6}} {np.average(months, weights=runs)}"[:34], told)
        self.assertIn("month", told)

    def test_pandas_and_csv_are_the_same_numbers(self):
        told = self.example("with_pandas.py", "study.h5")
        self.assertTrue(told.startswith("64 rows"))
        self.call(TRUCE, "export", "study.h5", "--csv", "--out", "study.csv")
        table = pandas.read_csv(self.path("study.csv"), float_precision="round_trip")
        with h5py.File(self.path("study.h5")) as file:
            for name in ("ending_settlement", "war_months", "war_months_q50", "ending_settlement_diff"):
                np.testing.assert_array_equal(table[name], file[name][()].ravel())
            self.assertIn(f"{file['ending_settlement'][:, 0].mean():.6f}", told)

    def test_ema_workbench(self):
        self.example("to_ema_workbench.py", "study.h5")
        experiments, outcomes = load_as_the_workbench(self.path("study.ema.tar.gz"))
        with h5py.File(self.path("study.h5")) as file:
            np.testing.assert_allclose(outcomes["war_months"], file["war_months"][()].ravel(), rtol=1e-14)
            np.testing.assert_allclose(experiments["autocracy_a"].to_numpy().reshape(32, 2)[:, 1], file["autocracy_a"],
                                       rtol=1e-14)
            self.assertEqual(set(outcomes), {n[:-4] for n in file if n.endswith("_var") and not n.endswith("diff_var")})
        self.assertEqual(set(experiments["private_information"].cat.categories), {"cost", "power"})
        self.assertEqual(list(experiments["policy"][:2]), ["guarantee_a = 0.0", "guarantee_a = 0.6"])
        self.assertEqual(list(experiments.columns[-3:]), ["scenario", "policy", "model"])

    def test_salib_refuses_other_designs(self):
        done = subprocess.run([sys.executable, "-B", EXAMPLES / "to_salib.py", self.path("study.h5")],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("method = saltelli", done.stderr)

    def test_salib(self):
        made_pick_freeze(self.path("made.h5"), 4096)
        self.example("to_salib.py", "made.h5")
        problem = read_param_file(self.path("made.salib.txt"))
        said = json.loads((self.folder / "made.salib.json").read_text())
        self.assertEqual(problem["names"], ["autocracy_a", "justice_anchor"])
        self.assertEqual({k: said[k] for k in problem}, problem)
        self.assertEqual(said["outputs"], ["linear"])  # what has a missing value is left out
        outputs = np.loadtxt(self.path("made.salib.outputs.txt"), usecols=(0,))
        first, total = sobol_as_salib(outputs, problem["num_vars"])
        np.testing.assert_allclose(first, [0.2, 0.8], atol=0.05)
        np.testing.assert_allclose(total, [0.2, 0.8], atol=0.05)


def load_as_the_workbench(path):
    """What load_results of the EMA Workbench 2.4 does, by its source."""
    with tarfile.open(path, "r:gz", encoding="UTF8") as archive:
        metadata = json.loads(archive.extractfile("metadata.json").read().decode())
        experiments = pandas.read_csv(archive.extractfile("experiments.csv"), keep_default_na=False)
        for name, kind in metadata["experiments"].items():
            if pandas.api.types.is_object_dtype(np.dtype(kind)):
                experiments[name] = experiments[name].astype("category")
        outcomes = {}
        for kind, name, file in metadata["outcomes"]:
            assert (kind, file) == ("ScalarOutcome", f"{name}.cls")
            values = pandas.read_csv(archive.extractfile(file), index_col=False, header=None).values
            outcomes[name] = np.reshape(values, (values.shape[0],))
    return experiments, outcomes


def read_param_file(path):
    """What SALib.util.read_param_file does, by its documentation: name, lower, upper[, group[, dist]] a line."""
    with open(path, newline="") as file:
        rows = [row for row in csv.reader(file) if not row[0].startswith("#")]
    return {"num_vars": len(rows), "names": [r[0] for r in rows], "bounds": [[float(r[1]), float(r[2])] for r in rows]}


def sobol_as_salib(y, inputs):
    """S1 and ST as sobol.analyze(..., calc_second_order=False) has them, by its source: rows A, AB_1 ... AB_d, B."""
    assert len(y) % (inputs + 2) == 0
    y = (y - y.mean()) / y.std()
    a, b, step = y[:: inputs + 2], y[inputs + 1 :: inputs + 2], inputs + 2
    variance = np.var(np.r_[a, b])
    ab = [y[j + 1 :: step] for j in range(inputs)]
    return ([np.mean(b * (x - a)) / variance for x in ab], [0.5 * np.mean((a - x) ** 2) / variance for x in ab])


def made_pick_freeze(path, bases):
    """Rows A, AB_1, AB_2, B of y = x1 + 2 x2 with uniform x: S1 = ST = 0.2, 0.8."""
    import made_file

    random = np.random.default_rng(5)
    a, b = random.uniform(size=(2, bases, 2))
    rows = np.stack([a, np.c_[b[:, 0], a[:, 1]], np.c_[a[:, 0], b[:, 1]], b], axis=1).reshape(-1, 2)
    writer = made_file.Writer(path)
    writer.dimension("point", np.arange(len(rows)))
    writer.variable("member", np.tile(np.arange(4, dtype=np.uint8), bases), ["point"],
                    flag_meanings="A AB_autocracy_a AB_justice_anchor B")
    for name, column in (("justice_anchor", rows[:, 1]), ("autocracy_a", rows[:, 0])):
        writer.variable(name, column, ["point"], role="uncertainty")
    y = rows @ [1.0, 2.0]
    writer.outcome("linear", y, 0 * y, ["point"])
    writer.outcome("at_times", np.where(y > 2.9, np.nan, y), 0 * y, ["point"])
    writer.file.close()


class Report(OnStudy):
    def test_verb_writes_the_page_and_its_study_gives_the_same_numbers(self):
        if importlib.util.find_spec("jinja2") is None:
            self.skipTest("NOT TESTED: jinja2 is not installed")
        self.assertEqual(self.call(TRUCE, "report", "study.h5"), "study.report.html\n")
        page = (self.folder / "study.report.html").read_text()
        stated = json.loads((self.folder / "study.manifest.json").read_text())
        self.assertIn(stated["content_hash"], page)
        commands = re.search(r"<pre><code>(truce run [^<]*)</code>", page)[1].splitlines()
        self.assertEqual(commands[0], "truce run study.report/study.study.ini --store.file=study.h5")
        again = self.folder / "again"
        again.mkdir()
        shutil.copytree(self.folder / "study.report", again / "study.report")
        done = subprocess.run([TRUCE, *commands[0].split()[1:], "--quiet"], cwd=again, capture_output=True, text=True)
        self.assertIn(stated["content_hash"], done.stdout, done.stderr)
        with h5py.File(again / "study.h5") as file:
            self.assertEqual(words_of(file.attrs["title"]), "every kind of input")

    def test_of_a_pair_tells_what_the_move_does(self):
        from pages import facts, outcomes
        from results import Result

        paired = STUDY.replace("method = sobol", "method = paired").replace("justice_anchor = uniform(0, 0.6)\n", "")
        (self.folder / "paired.ini").write_text(paired.replace("[levers]", "[pair]\njustice_anchor = 0 -> 0.6\n[levers]"))
        self.call(TRUCE, "run", "paired.ini", "--quiet", "--store.file=paired.h5")
        result = Result(self.path("paired.h5"))
        move, what, estimate = next(m for m in outcomes.moves(result) if m[1].name == "war_months")
        self.assertEqual(move, "pair: justice_anchor = 0 -> 0.6")
        to = result.file["member"][()] == 1
        mean = np.average(result.file["war_months_diff"][to], weights=result.file["war_months_diff_n"][to])
        self.assertAlmostEqual(estimate.value, mean, 12)
        self.assertIn(("justice_anchor", "moved", "0 \u2192 0.6"), [row[:3] for row in facts.inputs(result)[1]])

    def test_verb_says_what_it_needs(self):
        (self.folder / "without").mkdir()
        (self.folder / "without" / "jinja2.py").write_text("raise ImportError\n")
        done = subprocess.run([TRUCE, "report", "study.h5"], cwd=self.folder, capture_output=True, text=True,
                              env={**os.environ, "PYTHONPATH": str(self.folder / "without")})
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, "^truce: no python3 can import .*python3-jinja2\n$")
        for words, said in (((), "no result file is named"), (("none.h5",), "does not exist"),
                            (("study.ini",), "is a study"), (("study.h5", "--colour=red"), "not an option")):
            done = subprocess.run([TRUCE, "report", *words], cwd=self.folder, capture_output=True, text=True)
            self.assertEqual(done.returncode, 2)
            self.assertIn(said, done.stderr)


class Extra(OnStudy):
    def test_r(self):
        if shutil.which("Rscript") is None or subprocess.run(
                ["Rscript", "-e", "library(rhdf5)"], capture_output=True).returncode:
            self.skipTest(ELSEWHERE.format("R with rhdf5"))
        told = self.call("Rscript", EXAMPLES / "with_r.R", "study.h5")
        with h5py.File(self.path("study.h5")) as file:
            settled, months, runs = (file[n][()] for n in ("ending_settlement", "war_months", "war_months_n"))
            columns = [file[n][()] for n in ("autocracy_a", "justice_anchor", "private_information")]
        numbers = [float(n) for n in re.findall(r"settled: (\S+) (\S+)", told)[0]]
        np.testing.assert_allclose(numbers, settled.mean(axis=0), rtol=1e-10)
        weighted = float(re.search(r"war_months \[month\]: (\S+)", told)[1])
        self.assertAlmostEqual(weighted, np.average(months, weights=runs), 7)
        slope = np.linalg.lstsq(np.column_stack([np.ones(32), *columns]), settled[:, 0], rcond=None)[0][1]
        self.assertAlmostEqual(float(re.search(r"by (\S+) per unit", told)[1]), slope, 9)

    def test_openturns(self):
        if importlib.util.find_spec("openturns") is None:
            self.skipTest(ELSEWHERE.format("OpenTURNS"))
        told = self.example("with_openturns.py", "study.h5", "ending_settlement")
        table = xarray.open_dataset(self.path("study.h5"), engine="h5netcdf").isel(policy=0)[
            ["autocracy_a", "justice_anchor", "ending_settlement"]].to_dataframe()
        for name in ("autocracy_a", "justice_anchor"):
            rank = table[name].rank().corr(table["ending_settlement"].rank())
            self.assertAlmostEqual(float(re.search(rf"{name} +rank correlation (\S+)", told)[1]), rank, 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
