#!/usr/bin/python3
"""The examples on results of this program, in tools that the core does not need: examples_test.py TRUCE."""
import importlib.util
import json
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

from made_study import ANALYSIS, ELSEWHERE, STUDY, TRUCE, OnStudy, analysed

try:
    import h5py
    import numpy as np
    import pandas
    import xarray
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)

from other_tools import load_as_the_workbench, sobol_as_salib  # noqa: E402  (it needs pandas)

EXAMPLES = ANALYSIS / "examples"
GAMBLERS = """[study]
kernel = gamblers_ruin
seed = 861
replicates = 4
[design]
method = saltelli
points = 256
[inputs]
forts_a = integer(1, 9)
forts = integer(10, 20)
win_probability = uniform(0.4, 0.6)
"""


class OnResults(OnStudy):
    @classmethod
    def make(cls, made):
        made.write("study.ini", STUDY)
        made.run_study()

    def example(self, name, *words):
        return self.call(sys.executable, "-B", EXAMPLES / name, *words)

    def refused(self, name, words, *arguments):
        done = subprocess.run([sys.executable, "-B", EXAMPLES / name, *arguments], cwd=self.folder, capture_output=True,
                              text=True, timeout=300)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertRegex(done.stderr, rf"^{name[:-3]}: .*{words}.*\n$")


class Examples(OnResults):
    def test_each_is_named_by_its_first_line_and_tested_here(self):
        tested = pathlib.Path(__file__).read_text()
        names = sorted(p.name for p in EXAMPLES.iterdir() if p.suffix in (".py", ".R") and p.name != "start.py")
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
        self.assertEqual(list(experiments["policy"][:2]), ["guarantee_a=0", "guarantee_a=0.6"])
        self.assertEqual(list(experiments.columns[-3:]), ["scenario", "policy", "model"])


class Salib(OnResults):
    @classmethod
    def make(cls, made):
        cls.tables = analysed(made, GAMBLERS, "--parts=sobol", "--resamples=20")

    def test_indices_from_the_files_are_those_of_truce(self):
        self.example("to_salib.py", "study.h5")
        problem = json.loads((self.folder / "study.analysis.problem.json").read_text())
        self.assertEqual(problem["names"], ["forts_a", "forts", "win_probability"])
        self.assertEqual(problem["bounds"][-1], [0.4, 0.6])
        outputs = np.genfromtxt(self.path("study.salib.outputs.txt"), names=True)
        first, total = sobol_as_salib(outputs["war_months"], problem["num_vars"])
        told = [r for r in self.tables["sobol"] if (r["outcome"], r["reading"]) == ("war_months", "uncorrected")]
        self.assertEqual([r["input"] for r in told], problem["names"])
        np.testing.assert_allclose(first, [float(r["S1"]) for r in told], atol=1e-9)
        np.testing.assert_allclose(total, [float(r["ST"]) for r in told], atol=1e-9)

    def test_what_salib_cannot_read(self):
        shutil.copy(self.path("study.h5"), self.path("other.h5"))
        self.refused("to_salib.py", "problem.json does not exist .*run truce analyze other.h5", "other.h5")
        with h5py.File(self.path("other.h5"), "r+") as file:
            del file["member"]
        self.refused("to_salib.py", "method = saltelli", "other.h5")


class Refusing(OnResults):
    @classmethod
    def make(cls, made):
        made.write("study.ini", STUDY)
        made.run_study("--store.rows=run", "--store.quantiles=no")
        made.write("ruin.ini", GAMBLERS)
        made.run_study("--store.file=ruin.h5", study="ruin.ini")

    def test_what_no_example_can_read(self):
        for name in sorted(p.name for p in EXAMPLES.glob("*_*.py")):
            if name == "with_openturns.py" and importlib.util.find_spec("openturns") is None:
                continue
            self.refused(name, f"no result file is named; say python3 .*{name} first.h5")
            self.refused(name, "none.h5 does not exist", "none.h5")
            self.refused(name, "has runs as rows .*`rows = point`", "study.h5")

    def test_a_name_that_is_not_there(self):
        self.refused("with_xarray.py", "ruin.h5 has no autocracy_a .it has forts, forts_a, win_probability, ", "ruin.h5")
        if importlib.util.find_spec("openturns") is not None:
            self.refused("with_openturns.py", "has no war_month .*war_months.*; name one of them", "ruin.h5", "war_month")

    def test_what_would_be_lost(self):
        self.write("ruin.ema.tar.gz", "mine")
        self.refused("to_ema_workbench.py", "was not written by this script", "ruin.h5")


class OtherTools(OnResults):
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
