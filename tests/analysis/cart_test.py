# Tests of cart.py: a planted box is found, its numbers are those of the points in it, and what is missing is named.
import csv
import os
import pathlib
import sys
import unittest

from made_tests import OnFiles, script

import h5py
import numpy as np

try:
    import sklearn  # noqa: F401
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)

import cart  # noqa: E402  (it needs sklearn)
import command  # noqa: E402


class Cart(OnFiles):
    def planted(self, name):
        """ending_settlement is 0.9 where autocracy_a > 0.6 and justice_anchor < 0.3, else 0.1, under every policy."""
        path = self.path(name)
        path_of_levers = pathlib.Path(self.levers).read_bytes()
        pathlib.Path(path).write_bytes(path_of_levers)
        with h5py.File(path, "r+") as file:
            inside = (file["autocracy_a"][()] > 0.6) & (file["justice_anchor"][()] < 0.3)
            shape = file["ending_settlement"].shape
            file["ending_settlement"][...] = np.broadcast_to(np.where(inside, 0.9, 0.1)[:, None], shape)
        return path, inside

    def table(self, path):
        with open(pathlib.Path(path).with_suffix(".analysis.cart.csv"), encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def test_a_planted_box(self):
        path, inside = self.planted("planted.h5")
        ended = script("cart.py", path, "--outcome", "ending_settlement", "--policy", "1")
        self.assertEqual(ended.returncode, 0, ended.stderr)
        rows = self.table(path)
        self.assertEqual({(row["input"], bool(row["low"]), bool(row["high"])) for row in rows if row["leaf"] == "1"},
                         {("autocracy_a", True, False), ("justice_anchor", False, True)})
        first = rows[0]
        share = np.where(inside, 0.9, 0.1)
        self.assertAlmostEqual(float(first["density"]), 0.9)
        self.assertAlmostEqual(float(first["coverage"]), share[inside].sum() / share.sum())
        self.assertEqual(int(first["points"]), inside.sum())
        self.assertLess(float(first["coverage_low"]), float(first["coverage"]))
        self.assertIn("density 0.900", ended.stdout)

    def test_where_it_is_low(self):
        path, inside = self.planted("low.h5")
        script("cart.py", path, "--outcome", "ending_settlement", "--lower")
        rows = self.table(path)
        self.assertTrue(all(float(row["density"]) > 0.89 for row in rows))
        leaves = {row["leaf"]: float(row["coverage"]) for row in rows}
        self.assertAlmostEqual(sum(leaves.values()), 0.9 * (~inside).sum() / (1 - np.where(inside, 0.9, 0.1)).sum(), 6)

    def test_what_is_missing_is_named(self):
        for words, arguments in (("no outcome nothing", ["--outcome", "nothing"]),
                                 ("no policy 7", ["--outcome", "ending_settlement", "--policy", "7"])):
            ended = script("cart.py", self.levers, *arguments)
            self.assertEqual(ended.returncode, 2)
            self.assertRegex(ended.stderr, f"^cart: .*{words}.*\n$")

    def test_a_table_that_cannot_be_written(self):
        with self.assertRaisesRegex(command.Problem, "none/x.csv cannot be written") as refused:
            cart.write_table([], self.path("none/x.csv"))
        self.assertEqual(refused.exception.code, 6)
        mine = pathlib.Path(self.levers).with_suffix(".analysis.cart.csv")
        mine.write_text("mine", encoding="utf-8")
        self.addCleanup(mine.unlink)
        ended = script("cart.py", self.levers, "--outcome", "ending_settlement")
        self.assertEqual((ended.returncode, mine.read_text(encoding="utf-8")), (2, "mine"))

    def test_the_package_that_is_missing_is_named(self):
        pathlib.Path(self.path("sklearn.py")).write_text("raise ImportError\n", encoding="utf-8")
        environment = os.environ | {"PYTHONPATH": self.folder.name}
        ended = script("cart.py", self.levers, "--outcome", "x", env=environment)
        self.assertEqual(ended.returncode, 2)
        self.assertIn("install python3-sklearn with apt-get", ended.stderr)


if __name__ == "__main__":
    unittest.main()
