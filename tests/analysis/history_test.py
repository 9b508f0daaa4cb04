#!/usr/bin/python3
"""configs/history.ini, truce calibrate and history.py, beside history matching in a few lines of numpy."""
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent / "sweep" / "run"), str(ROOT / "analysis")]
try:
    import h5py
    import matplotlib  # noqa: F401
    import numpy as np
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)

import made_answers  # noqa: E402
from command import Problem  # noqa: E402
from study_folder import Folder  # noqa: E402
from tables import rows_of  # noqa: E402

REAL = ROOT / "analysis" / "real_wars"
RESULTS = ["history.screening.h5", "history.forts.h5"]


def real_figure(match):
    """Estimate and both ends of its interval."""
    parts = match["figure"].split(":")
    if len(parts) == 1:
        found = [r for r in rows_of(REAL / "targets.csv") if r["id"] == parts[0]]
        return tuple(float(found[0][c]) for c in ("estimate", "lo95", "hi95"))
    names = ("group", "days") if parts[0] == "war_survival" else ("event", "group", "years")
    found = [r for r in rows_of(REAL / f"{parts[0]}.csv") if all(r[n] == p for n, p in zip(names, parts[1:]))]
    return tuple(float(found[0][c]) for c in ("S", "lo95", "hi95"))


def model_shares(file, match):
    """Share and runs behind it at each point."""
    compares = match["compares"].removeprefix("1 - ")
    if compares.endswith("survival"):
        month = float(match["at"]) * {"day": 12 / 365.2425, "year": 12}[match["at_unit"]]
        months = file[compares.replace("survival", "month")][()]
        curve = np.column_stack([np.ones(len(file["point"])), file[compares][()]])
        share = np.array([np.interp(month, np.append(0, months), c) for c in curve])
        runs = file["war_months_n" if compares[0] == "w" else "peace_months_n"][()]
        return (1 - share if match["compares"].startswith("1") else share), runs
    settled, won_a, won_d = (file[f"ending_{n}"][()] for n in ("settlement", "victory_a", "victory_d"))
    part, whole = {"settlement of ended": (settled, settled + won_a + won_d),
                   "victory of ended": (won_a + won_d, settled + won_a + won_d),
                   "victory_a of victory": (won_a, won_a + won_d)}[compares]
    with np.errstate(invalid="ignore"):
        return part / whole, file["ending_n"][()] * whole


def ruled_out(file, match, discrepancy=0.05):
    """Which points a figure rules out: three standard deviations."""
    real, low, high = real_figure(match)
    share, runs = model_shares(file, match)
    side = np.where(share >= real, high - real, real - low) / 1.959963984540054
    yes = share * runs + 0.5
    chance = yes * (runs + 1 - yes) / (runs + 1) ** 2 / (runs + 2)
    with np.errstate(invalid="ignore"):
        return np.abs(share - real) / np.sqrt(side**2 + chance + discrepancy**2) >= 3


class History(Folder):
    def setUp(self):
        super().setUp()
        done = self.truce("run", ROOT / "configs" / "history.ini", "--quiet", "--study.kernel=screening, forts",
                          "--design.points=512", "--study.replicates=16")
        self.assertEqual(done.returncode, 0, done.stderr)

    def calibrate(self, *words, ranks=0, code=0):
        done = self.truce("calibrate", *words, ranks=ranks)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout if code == 0 else done.stderr

    def test_from_the_study_to_the_figure(self):
        text = self.calibrate(*RESULTS, "--points=left.csv")
        self.assertIn("The effect of the regime is not identified", text)
        self.compare_with_numpy()
        self.same_for_two_ranks(text)
        self.points_are_a_study()
        self.draw()
        self.refuse()

    def compare_with_numpy(self):
        for name in RESULTS:
            told = {r["target"]: r for r in rows_of(self.folder / name.replace(".h5", ".calibration.targets.csv"))}
            out = np.zeros(512, bool)
            with h5py.File(self.folder / name) as file:
                for match in rows_of(REAL / "matches.csv"):
                    if match["use"] == "context":
                        continue
                    own = ruled_out(file, match)
                    self.assertAlmostEqual(float(told[match["id"]]["ruled_out"]), own.mean(), msg=match["id"])
                    if match["use"] == "hard":
                        out |= own
                        self.assertAlmostEqual(float(told[match["id"]]["left_so_far"]), 1 - out.mean())
                self.compare_discrepancies(name, file)
            self.assertGreater(out.sum(), 0)

    def compare_discrepancies(self, name, file):
        told = rows_of(self.folder / name.replace(".h5", ".calibration.discrepancies.csv"))
        self.assertEqual([row["stated_discrepancy"] for row in told], ["0", "0.05", "0.1", "0.15"])
        hard = [m for m in rows_of(REAL / "matches.csv") if m["use"] == "hard"]
        for row in told:
            out = np.any([ruled_out(file, m, float(row["stated_discrepancy"])) for m in hard], 0)
            self.assertAlmostEqual(float(row["left_at"]), 1 - out.mean())

    def same_for_two_ranks(self, text):
        """The second time the files of the first lie beside the results, as history.*.h5 would name them."""
        files = sorted(self.folder.glob("history.*.calibration.*"))
        before = [f.read_bytes() for f in files]
        again = self.calibrate(*sorted(f.name for f in self.folder.glob("history.*.h5")), ranks=2)
        self.assertEqual([f.read_bytes() for f in files], before)
        overview = text[text.rindex("ruled out: an implausibility"):text.index("what these data")].splitlines()
        self.assertGreater(len(overview), 8)
        for line in overview:
            self.assertIn(line, again)

    def points_are_a_study(self):
        self.write("left.ini", "[study]\nkernel = screening\n[design]\nmethod = list\nfile = left.screening.csv\n")
        self.assertEqual(self.truce("run", "left.ini", "--quiet").returncode, 0)
        with h5py.File(self.folder / "left.h5") as file, h5py.File(self.folder / "history.screening.h5") as whole:
            left = ~np.any([ruled_out(whole, m) for m in rows_of(REAL / "matches.csv") if m["use"] == "hard"], 0)
            self.assertGreater(left.sum(), 0)
            for name in ("autocracy_a", "war_cost_a", "durability"):
                np.testing.assert_array_equal(file[name][()], whole[name][()][left])

    def draw(self):
        import history
        import kernel_files
        import panels

        found = sorted(str(path) for path in self.folder.glob("history.*.h5"))
        self.assertEqual(len(found), 4, "two results and their calibrations")
        drawn = history.draw(found)
        self.assertEqual(len(drawn.axes), 4, "each kernel once")
        for axes, kernel in ((drawn.axes[0], "forts"), (drawn.axes[2], "screening")):
            slot = kernel_files.KNOWN.index(kernel)
            colours = {line.get_color() for line in axes.lines if line.get_marker() == panels.MARKERS[slot]}
            self.assertEqual(colours, {panels.COLOURS[slot]}, "as in every figure")
        self.assertEqual(len(history.calibrations_of(found[:1])), 1)
        with self.assertRaisesRegex(Problem, "is an analysis of .*history.forts.h5"):
            made_answers.write(self.folder / "forts.analysis.h5", made_answers.indices(), result="history.forts.h5")
            history.calibrations_of([str(self.folder / "forts.analysis.h5")])
        real = next(line for line in drawn.axes[0].lines if line.get_color() == history.REAL and len(line.get_xdata()) > 9)
        at = list(real.get_ydata()).index(0.4806)  # of war_survival.csv at 180 days
        self.assertAlmostEqual(real.get_xdata()[at], 5.914, places=3)
        median = next(line for line in drawn.axes[2].lines if line.get_marker() == panels.MARKERS[slot])
        self.assertEqual(list(median.get_xdata()), [1, 3, 6, 12, 24, 36, 60, 120])
        with h5py.File(self.folder / "history.screening.h5") as whole:
            left = ~np.any([ruled_out(whole, m) for m in rows_of(REAL / "matches.csv") if m["use"] == "hard"], 0)
            own = np.quantile(whole["war_survival"][left], 0.5, axis=0, method="inverted_cdf")
        np.testing.assert_allclose(median.get_ydata(), own, atol=0.0051)

    def refuse(self):
        self.assertIn("needs a result file", self.calibrate(code=2))
        self.assertIn("option --cutoff", self.calibrate(RESULTS[0], "--cutoff=-1", code=2))
        self.assertIn("--out names one file", self.calibrate(*RESULTS, "--out=x.h5", code=2))
        self.write("runs.ini", "[study]\nkernel = gamblers_ruin\n[store]\nrows = run\n")
        self.assertEqual(self.truce("run", "runs.ini", "--quiet").returncode, 0)
        self.assertIn("rows = point", self.calibrate("runs.h5", code=2))


if __name__ == "__main__":
    unittest.main()
