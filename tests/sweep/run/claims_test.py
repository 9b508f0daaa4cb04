#!/usr/bin/python3
"""Claims from a study file to a ledger, and from a box of it to the next study."""
import csv
import json
import math
import pathlib
import shutil
import sys
import unittest

from study_folder import Folder

try:
    import h5py
except ImportError:
    print("skipped: no h5py")
    sys.exit(77)

CLAIMS = """[study]
kernel = crisis_offer, war_of_nerves
seed = 7
replicates = 48
[design]
method = sobol
points = 64
[inputs]
all = range
horizon_months = 60
[claim C1]
title = Audience costs delay settlement
section = Conclusion
move = audience_cost_a = 0.1 -> 0.9; audience_cost_d = 0.1 -> 0.9
outcome = war_months
sign = +
[claim C2]
title = All or nothing, more so where A is an autocracy
move = all_or_nothing = 1 -> 2.5
under = autocracy_a = 0.2 -> 0.9
outcome = ending_settlement
sign = -
[claim C3]
title = The defender gains
kernels = crisis_offer
move = none
outcome = welfare_d
sign = +
"""
ERRORS, FEWEST = 3, 10


def judge(mean, error, n, sign):
    """The verdict of one point, written a second time."""
    if n < FEWEST:
        return "undecided"
    if mean == 0 and error == 0:
        return "no_effect"
    if abs(mean) <= ERRORS * error:
        return "undecided"
    return "holds" if mean * sign > 0 else "fails"


def points_of(path, outcome, counts):
    """(mean, standard error, n) of all points of a result, from its columns."""
    with h5py.File(path) as file:
        paired = "member" in file
        end = "_diff" if paired else ""
        mean, var, n = (file[name][()] for name in (outcome + end, outcome + end + "_var", counts + end + "_n"))
        rows = range(1, len(mean), 2) if paired else range(len(mean))
        points = []
        for row in rows:
            if mean.ndim == 1:
                points.append((mean[row], math.sqrt(var[row] / n[row]) if n[row] > 0 else math.nan, n[row]))
            else:
                errors = [math.sqrt(var[row, q] / n[row, q]) if n[row, q] > 0 else math.nan for q in (0, 1)]
                points.append((mean[row, 1] - mean[row, 0], sum(errors), min(n[row])))
    return points


def verdicts(path, outcome, counts, sign):
    return [judge(*point, sign) for point in points_of(path, outcome, counts)]


class Claims(Folder):

    def setUp(self):
        super().setUp()
        self.write("claims.ini", CLAIMS)
        done = self.truce("run", "claims.ini", "--quiet", "--json", ranks=2)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.last = [json.loads(line) for line in done.stdout.splitlines()]

    def results(self):
        return sorted(p.name for p in self.folder.glob("claims.C*.h5"))

    def ledger(self, *words, ranks=0):
        done = self.truce("claims", *self.results(), *words, ranks=ranks)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def rows(self):
        with open(self.folder / "claims.claims.ledger.csv") as file:
            return {(row["claim"], row["kernel"], row["ranges"]): row for row in csv.DictReader(file)}

    def test_from_the_study_to_the_ledger_and_on_to_the_next_study(self):
        self.assertEqual(len(self.results()), 2 * (2 + 1 + 1))
        self.assertEqual(sorted(pathlib.Path(last["file"]).name for last in self.last), self.results())
        text = self.ledger("--resamples=100")
        for words in ("C2  All or nothing", "war_of_nerves   no input all_or_nothing", "war_of_nerves   not asked",
                      "full ranges", "inner ranges"):
            self.assertIn(words, text)
        self.each_share_is_what_the_columns_give()
        self.ranks_give_the_same_bytes()
        self.the_box_is_the_next_study()
        self.the_box_of_an_analysis_is_a_study_too()
        self.a_second_ledger_passes_over_the_first()
        self.bad_files_are_refused()

    def each_share_is_what_the_columns_give(self):
        rows = self.rows()
        self.assertEqual(len(rows), len(self.results()))
        outcomes = {"C1": ("war_months", "war_months", 1), "C2": ("ending_settlement", "ending", -1),
                    "C3": ("welfare_d", "welfare_d", 1)}
        decided = 0
        for (claim, kernel, ranges), row in rows.items():
            name = f"claims.{claim}.{'inner.' if ranges == 'inner' else ''}{kernel}.h5"
            found = verdicts(self.folder / name, *outcomes[claim])
            self.assertEqual(len(found), 64)
            for verdict in ("holds", "fails", "no_effect", "undecided"):
                self.assertAlmostEqual(float(row[verdict]), found.count(verdict) / 64, 12, (name, verdict))
            decided += found.count("holds") + found.count("fails")
            self.each_sign_is_what_the_columns_give(row, self.folder / name, *outcomes[claim])
        self.assertGreater(decided, 50)

    def each_sign_is_what_the_columns_give(self, row, path, outcome, counts, sign):
        points = points_of(path, outcome, counts)
        signs = [0 if abs(mean) <= 1e-9 * error else sign * (int(mean > 0) - int(mean < 0))
                 for mean, error, n in points if n > 0]
        self.assertEqual((float(row["along"]), float(row["against"])), (signs.count(1), signs.count(-1)), path.name)
        decided = {0: signs.count(-1), 1: signs.count(1)}.get(int(float(row["verdict"])))
        self.assertEqual(float(row["one_sided"]), decided == 0, path.name)
        low, high = sorted(sign * float(row[f"effect_{end}"]) for end in ("low", "high"))
        if int(float(row["verdict"])) < 2:
            self.assertTrue(low > 0 or high < 0)
            self.assertEqual(int(float(row["verdict"])), 0 if low > 0 else 1)

    def ranks_give_the_same_bytes(self):
        names = ("claims.claims.h5", "claims.claims.ledger.csv")
        alone = [self.bytes_of(name) for name in names]
        self.ledger("--resamples=100", "--quiet", ranks=3)
        self.assertEqual([self.bytes_of(name) for name in names], alone)

    def the_box_is_the_next_study(self):
        with h5py.File(self.folder / "claims.claims.h5") as file:
            boxes = [name for name in file.attrs if name.startswith("box_")]
            self.assertTrue(boxes)
            lines = file.attrs[boxes[0]]
            lines = (lines.decode() if isinstance(lines, bytes) else lines).split("\n")
        _, claim, *kernel, ranges, verdict = boxes[0].split("_")
        words = ("box", "claims.claims.h5", "--ini", "--claim", claim, "--kernel", "_".join(kernel), "--ranges", ranges,
                 "--verdict", verdict)
        self.chance_is_told(words, f"{verdict}_box_p_new")
        done = self.truce(*words)
        self.assertEqual(done.returncode, 0, done.stderr)
        for line in lines:
            self.assertIn(line, done.stdout)
        self.write("next.ini", done.stdout)
        self.assertEqual(self.truce("check", "next.ini").returncode, 0)
        ran = self.truce("run", "next.ini", "--quiet", "--study.replicates=2", "--design.points=8")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.refuses(2, ("box", "claims.claims.h5", "--ini", "--claim", claim, "--kernel", "fort"), "is not in the file")
        self.refuses(2, ("box", "claims.claims.h5", "--ini"), "box needs --claim", "C1, C2, C3")
        self.refuses(2, (*words, "--outcome=war_months"), "option --outcome is of a box of an analysis (claims.claims.h5 is "
                     "a ledger of claims; it would have no effect)")
        self.refuses(2, ("analyze", "claims.claims.h5"), "claims.claims.h5 is a ledger of claims; name the results that")
        self.refuses(2, ("box", self.results()[0], "--ini"), "is neither a ledger nor an analysis")

    def chance_is_told(self, words, name):
        """With the p of all boxes raised for a while, then lowered for good."""
        for p in (0.31, 0.05, 0.01):
            with h5py.File(self.folder / "claims.claims.h5", "r+") as file:
                file[name][...] = p
            if p < 0.05:
                continue
            self.refuses(2, words, f"that chance could have made (p = {p} among points that its search had not seen, and "
                         "below 0.05 it would be told", "--even-by-chance")
            done = self.truce(*words, "--even-by-chance")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(f"that chance could have made:\n# p = {p} among points", done.stdout)

    def the_box_of_an_analysis_is_a_study_too(self):
        name = "claims.C3.crisis_offer.h5"
        done = self.truce("analyze", name, "--parts=prim", "--outcomes=ending_settlement", "--resamples=20")
        self.assertEqual(done.returncode, 0, done.stderr)
        file = name.replace(".h5", ".analysis.h5")
        with h5py.File(self.folder / file) as found:
            low = found["prim_low"][()]  # [outcome][policy][goal][box][input]
            labels = {axis: found[axis].attrs["flag_meanings"] for axis in ("outcome", "goal", "box_input")}
        words = {axis: (text.decode() if isinstance(text, bytes) else text).split() for axis, text in labels.items()}
        for outcome, goal in ((o, g) for o in range(low.shape[0]) for g in range(2)):
            asked = ("box", file, "--ini", "--outcome", words["outcome"][outcome], "--goal", words["goal"][goal],
                     "--even-by-chance")
            limited = [words["box_input"][i] for i, value in enumerate(low[outcome, 0, goal, 0]) if value == value]
            if not limited:
                self.refuses(2, asked, "has no box 1")
                continue
            done = self.truce(*asked)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertRegex(done.stdout, r"(?m)^\[claim C3\]$")
            for name in limited:
                self.assertRegex(done.stdout, rf"(?m)^{name} = ")

    def a_second_ledger_passes_over_the_first(self):
        done = self.truce("claims", *self.results(), "claims.claims.h5", "--quiet", "--no-boxes", "--out=other.h5")
        self.assertEqual(done.returncode, 0, done.stderr)

    def bad_files_are_refused(self):
        first = self.results()[0]
        self.refuses(2, ("claims",), "claims needs result files")
        self.refuses(2, ("claims", "claims.ini"), "claims.ini")
        self.refuses(2, ("claims", first, first), "are the same file")
        shutil.copy(self.folder / first, self.folder / "copy.h5")
        self.refuses(2, ("claims", first, "copy.h5"), "are both of claim")
        (self.folder / "copy.h5").unlink()
        self.assertEqual(self.truce("run", "study.ini", "--quiet", "--study.replicates=2").returncode, 0)
        self.refuses(2, ("claims", "study.h5"), "has no claim")
        changed = CLAIMS.replace("war_months\nsign = +", "war_months\nsign = -")
        self.write("claims.ini", changed)
        self.refuses(2, ("run", "claims.ini", "--quiet"), "claim C1.sign: + against -")


if __name__ == "__main__":
    unittest.main()
