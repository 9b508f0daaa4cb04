#!/usr/bin/python3
"""Shares of a study, computed beside each other or far from each other, make the bytes of one run."""
import os
import re
import subprocess
import unittest

from study_folder import RUIN, Folder

BLOCK = "--store.block=4"


class Shares(Folder):
    def share(self, text, *words, ranks=0, folder="."):
        done = self.truce("run", os.path.relpath(self.folder / "study.ini", self.folder / folder), "--quiet", f"--share={text}",
                          *words, ranks=ranks, cwd=folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def truce(self, *words, cwd=".", **more):
        here, self.folder = self.folder, self.folder / cwd
        try:
            return super().truce(*words, **more)
        finally:
            self.folder = here

    def whole(self, *words):
        self.run_study("--store.file=whole.h5", BLOCK, *words)

    def seal(self, *words):
        done = self.truce("seal", "study.ini", *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())
        self.assertFalse((self.folder / "study.h5.journal").exists())

    def test_of_eight_jobs_without_a_common_disk_are_copied_together(self):
        self.whole()
        for number in range(1, 9):
            (self.folder / f"disk{number}").mkdir()
            self.share(f"{number}/8", f"--store.block={number}", folder=f"disk{number}")
            subprocess.run(["cp", "-r", f"disk{number}/study.h5.journal", "."], cwd=self.folder, check=True)
            if number < 8:
                self.refuses(75, ["seal", "study.ini"], "cannot be sealed")
        self.assertEqual(sorted(p.name for p in (self.folder / "study.h5.journal").glob("attempt-*")),
                         [f"attempt-0001.share-{number}-of-8" for number in range(1, 9)])
        self.seal()

    def test_on_other_ranks_in_other_blocks_beside_each_other(self):
        self.whole()
        self.share("2/2", "--store.block=3", ranks=3)
        self.share("1/2", "--store.block=16", "--instruction-set=plain")
        self.seal()

    def test_that_overlap_agree(self):
        self.whole()
        for text in ("1/2", "2/3", "3/3", "2/4", "64/64"):
            self.share(text, BLOCK)
        self.seal()

    def test_of_fewer_points_than_shares_cut_points(self):
        self.write("study.ini", RUIN)  # 3 points of 5 chunks
        self.whole()
        for number in range(1, 9):
            self.share(f"{number}/8", "--store.block=2")
        self.seal()

    def test_of_fewer_pieces_than_shares_are_empty(self):
        words = ("--design.points=2",)
        self.whole(*words)
        runs = [int(self.share(f"{number}/3", BLOCK, *words).stdout.split()[0]) for number in range(1, 4)]
        self.assertEqual(sorted(runs), [0, 16, 16])
        self.seal(*words)

    def test_of_replicates_on_demand(self):
        words = ("--study.precision_of=ending_settlement", "--study.precision=0.1", "--study.replicates_max=64")
        self.whole(*words)
        for number in (1, 2, 3):
            self.share(f"{number}/3", BLOCK, *words)
        self.seal(*words)

    def test_say_what_they_are_and_the_same_command_finds_nothing_to_do(self):
        first = self.share("1/2", BLOCK).stdout.splitlines()[-1]
        self.assertRegex(first, r"^512 runs, .*share 1/2 is committed \(truce seal .*study\.h5$")
        again = self.truce("run", "study.ini", BLOCK, "--share", "1/2")
        self.assertEqual((again.returncode, again.stdout.split()[0]), (0, "0"), again.stderr)
        self.assertIn("share 1/2 of study.h5 is complete already; nothing to run", again.stderr)
        self.assertEqual(len(list((self.folder / "study.h5.journal").glob("attempt-*"))), 1)
        text = self.refuses(75, ["seal", "study.ini"], "base points 32..63 of 64 are not complete")
        self.assertIn("run the study again", text)
        last = self.run_study(BLOCK, "--share=2/2")
        self.assertEqual((last["share"], last["content_hash"], last["runs"]), ("2/2", "incomplete", 512))
        self.assertFalse((self.folder / "study.h5").exists())

    def test_are_completed_and_sealed_by_a_run(self):
        self.whole()
        self.share("2/4", BLOCK)
        self.assertEqual(self.run_study(BLOCK)["runs"], 768)  # of 1,024
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())
        (self.folder / "study.h5").unlink()
        for number in (1, 2):
            self.share(f"{number}/2", BLOCK)
        self.assertEqual(self.run_study(BLOCK)["runs"], 0)
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())

    def test_of_a_sealed_study_have_nothing_to_do(self):
        made = self.run_study(BLOCK)
        done = self.truce("run", "study.ini", "--share=1/2")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("study.h5 is complete already", done.stderr)
        self.assertIn(made["content_hash"], done.stdout)
        self.assertFalse((self.folder / "study.h5.journal").exists())

    def test_that_are_none_are_refused(self):
        for text in ("0/8", "9/8", "1/0", "1", "a/b"):
            self.refuses(2, ["run", "study.ini", f"--share={text}"], f"'{text}' is no share", "write --share=3/8")
        self.refuses(2, ["run", "study.ini", "--share=1/2", "--join"], "--join and --share", "without --share")
        self.assertFalse((self.folder / "study.h5.journal").exists())

    def test_of_another_study_are_refused(self):
        self.share("1/2", BLOCK)
        self.refuses(2, ["run", "study.ini", "--share=2/2", "--study.seed=8"], "another study", "seed")

    def test_differ_by_whole_points_at_most(self):
        runs = [int(re.match(r"\d+", self.share(f"{number}/5", BLOCK).stdout)[0]) for number in range(1, 6)]
        self.assertEqual(runs, [192, 208, 208, 208, 208])  # 12 or 13 of 64 points, 16 runs each


if __name__ == "__main__":
    unittest.main(verbosity=2)
