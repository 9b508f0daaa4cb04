#!/usr/bin/python3
"""Studies whose base points have members give the same bytes however they are run, and every verb knows their rows."""
import csv
import io
import unittest

from studies import STORE
from study_folder import Folder

PAIR = "[pair]\nmechanism = guarantees: off -> on\njustice_anchor = 0 -> 0.3\n"
INPUTS = "[inputs]\nautocracy_a = uniform(0, 1)\nguarantee_a = uniform(0.2, 1)\nhorizon_months = 60\n"
GROUPS = "justice_anchor = uniform(0, 0.6)\n[groups]\nholds = guarantee_a, justice_anchor\n"
LEVERS = "[levers]\nbalance_drift = list(0, 0.002)\n"
RUIN = "[inputs]\nwin_probability = uniform(0.4, 0.6)\n[levers]\nforts_a = list(3, 5)\n[pair]\nforts = 9 -> 12\n"
SALTELLI, PAIRED = INPUTS + GROUPS + LEVERS, INPUTS + LEVERS + PAIR


def study(method, sections, points=8, replicates=6):
    return (f"[study]\nkernel = anchored_peace\nseed = 7\nreplicates = {replicates}\n[design]\nmethod = {method}\n"
            f"points = {points}\n{sections}{STORE}")


class Grown(Folder):
    def whole(self, text, *words):
        self.write("study.ini", text)
        self.run_study("--store.file=whole.h5", "--store.block=3", *words)
        return self.bytes_of("whole.h5")

    def done(self, *words, **more):
        done = self.truce(*words, **more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def forget(self, *names):
        for name in names:
            (self.folder / name).unlink()


class Members(Grown):
    def test_give_the_same_bytes_for_any_ranks_and_blocks_and_in_two_goes(self):
        long = study("paired", RUIN, 4, 1500).replace("anchored_peace", "gamblers_ruin")  # two chunks a point
        for text in (study("saltelli", SALTELLI), long):
            whole = self.whole(text)
            for block, ranks in ((1, 2), (8, 3)):
                self.run_study(f"--store.block={block}", ranks=ranks)
                self.assertEqual(self.bytes_of(), whole)
                self.forget("study.h5")
            self.done("run", "study.ini", "--quiet", "--store.block=1", "--share=1/2")
            self.assertEqual(self.truce("status", "study.ini").returncode, 75)
            self.run_study()
            self.assertEqual(self.bytes_of(), whole)
            self.forget("study.h5", "whole.h5")

    def test_grow_with_their_study(self):
        for method, sections in (("saltelli", SALTELLI), ("morris", SALTELLI), ("paired", PAIRED)):
            whole = self.whole(study(method, sections, 16))
            self.run_study("--design.points=8")
            self.done("extend", "study.h5", "--points=16", "--out=more.h5", "--quiet")
            self.assertEqual(self.bytes_of("more.h5"), whole, method)
            self.forget("study.h5", "whole.h5", "more.h5")

    def test_are_known_to_every_verb(self):
        whole = self.whole(study("paired", PAIRED), "--store.rows=run")
        self.assertIn("8 points x 2 members x 2 policies x 6 replicates = 192 runs",
                      self.done("check", "study.ini").stdout)
        for number in (1, 2):
            self.done("run", "study.ini", "--quiet", "--store.rows=run", f"--share={number}/2")
        self.done("seal", "study.ini", "--store.rows=run")
        self.assertEqual(self.bytes_of(), whole)
        self.assertIn("8 base points recomputed", self.done("verify", "study.h5").stdout)
        table = list(csv.DictReader(io.StringIO(self.done("export", "study.h5", "--csv").stdout)))
        for point in (6, 7):  # from and to of base point 3
            replayed = self.done("replay", "study.h5", f"--point={point}", "--policy=1", "--replicate=5")
            row = next(r for r in table if (r["run_point"], r["run_policy"], r["replicate"]) == (str(point), "1", "5"))
            self.assertEqual((row["base"], row["member"]), ("3", str(point % 2)))
            self.assertIn(f"# war_months = {row['war_months']}\n", replayed.stdout)
            self.assertIn("agree bit for bit", replayed.stderr)
        damaged = bytearray(whole)
        damaged[len(whole) // 2] ^= 4
        (self.folder / "study.h5").write_bytes(damaged)
        self.done("repair", "study.h5", "--quiet")
        self.assertEqual(self.bytes_of(), whole)

    def test_that_fail_are_told_by_their_row(self):
        self.write("study.ini", "[study]\nkernel = gamblers_ruin\nreplicates = 3\n[design]\nmethod = paired\npoints = 2\n"
                                f"[inputs]\nforts = integer(8, 9)\n[pair]\nforts_a = 5 -> 20\n{STORE}")
        self.assertEqual(self.run_study()["runs_failed"], 6)
        text = self.done("status", "study.h5").stdout
        self.assertIn("--point 1 ", text)
        self.assertIn("--point 3 ", text)


class More(Grown):
    def test_replicates_are_added_to_rows_of_runs(self):
        for method, sections in (("saltelli", SALTELLI), ("paired", PAIRED)):
            whole = self.whole(study(method, sections, 4, 1100), "--store.rows=run")
            self.run_study("--store.rows=run", "--study.replicates=900")
            self.done("extend", "study.h5", "--replicates=1100", "--out=more.h5", "--quiet", ranks=2)
            self.assertEqual(self.bytes_of("more.h5"), whole)
            self.forget("study.h5", "whole.h5", "more.h5")

    def test_of_a_list_read_their_points_back(self):
        self.write("points.csv", "autocracy_a,guarantee_a\n0.1,0.3\n0.9,0.7\n0.5,0.6\n")
        for way in ("off -> on", "on -> off"):
            self.write("study.ini", study("paired\nbase = list\nfile = points.csv", f"[pair]\nmechanism = guarantees: {way}\n", 3))
            self.run_study()
            self.assertIn("3 base points recomputed", self.done("verify", "study.h5").stdout)
            self.forget("study.h5")

    def test_of_several_kernels_are_sealed_for_each(self):
        text = study("paired", INPUTS + PAIR).replace("kernel = anchored_peace", "kernel = anchored_peace, forts")
        self.write("study.ini", text)
        self.done("run", "study.ini", "--quiet", ranks=2)
        for kernel in ("anchored_peace", "forts"):
            self.done("verify", f"study.{kernel}.h5")


if __name__ == "__main__":
    unittest.main(verbosity=2)
