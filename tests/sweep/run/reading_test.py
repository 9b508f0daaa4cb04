#!/usr/bin/python3
"""What status, verify and export say of results, journals and studies, and that they damage none of them."""
import os
import resource
import shutil
import signal
import unittest

from study_folder import Folder


def small_files():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000))


class Export(Folder):
    def setUp(self):
        super().setUp()
        self.run_study("--store.rows=run")

    def test_never_replaces_the_result(self):
        before = self.bytes_of()
        os.symlink("study.h5", self.folder / "soft.csv")
        os.link(self.folder / "study.h5", self.folder / "hard.csv")
        for out in ("study.h5", "./study.h5", "soft.csv", "hard.csv"):
            self.refuses(2, ["export", "study.h5", "--csv", "--out", out], "is the result itself")
        self.assertEqual(before, self.bytes_of())

    def test_writes_over_nothing_but_tables(self):
        shutil.copy(self.folder / "study.h5", self.folder / "other.h5")
        shutil.copy(self.folder / "study.h5", self.folder / "named.csv")
        os.symlink("study.ini", self.folder / "link.csv")
        before = {path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}
        for out in ("other.h5", "study.ini", "study.manifest.json", "link.csv", "new.h5", "new"):
            self.refuses(2, ["export", "study.h5", "--csv", "--out", out], f"{out} would hold CSV", "ends in .csv")
        self.refuses(2, ["export", "study.h5", "--csv", "--out=named.csv"], "named.csv is there and holds HDF5")
        self.assertEqual({path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}, before)
        os.symlink("table.csv", self.folder / "to_table.csv")
        self.write("table.csv", "old\n")
        self.assertEqual(self.truce("export", "study.h5", "--csv", "--out=to_table.csv").returncode, 0)
        self.assertNotEqual((self.folder / "table.csv").read_text(), "old\n")
        self.assertTrue((self.folder / "to_table.csv").is_symlink())

    def test_is_whole_or_leaves_all_as_it_was(self):
        self.write("old.csv", "old\n")
        before = sorted(os.listdir(self.folder))
        for out in ("new.csv", "old.csv"):
            self.refuses(6, ["export", "study.h5", "--csv", "--out", out], "could not be written whole",
                         preexec_fn=small_files)
        self.assertEqual(before, sorted(os.listdir(self.folder)))
        self.assertEqual((self.folder / "old.csv").read_text(), "old\n")
        whole = self.truce("export", "study.h5", "--csv").stdout
        for out in ("new.csv", "old.csv"):
            self.assertEqual(self.truce("export", "study.h5", "--csv", "--out", out).returncode, 0)
            self.assertEqual((self.folder / out).read_text(), whole)
        self.assertEqual(sorted(os.listdir(self.folder)), sorted([*before, "new.csv"]))

    def test_goes_through_devices_and_refuses_folders(self):
        done = self.truce("export", "study.h5", "--csv", "--out=/dev/stdout")
        self.assertEqual(done.stdout, self.truce("export", "study.h5", "--csv").stdout)
        self.refuses(6, ["export", "study.h5", "--csv", "--out=/dev/full"], "/dev/full")
        self.assertTrue(os.path.exists("/dev/full"))
        self.refuses(2, ["export", "study.h5", "--csv", "--out=."], "is a folder")
        self.refuses(6, ["export", "study.h5", "--csv", "--out=none/x.csv"], "none/x.csv cannot be written")


class Status(Folder):
    def cut_short(self):
        self.refuses(6, ["run", "study.ini", "--quiet", "--store.block=1"], "study.h5", preexec_fn=small_files)

    def test_tells_studies_and_results_by_their_content(self):
        self.run_study()
        (self.folder / "study.ini").rename(self.folder / "study.txt")
        shutil.copy(self.folder / "study.h5", self.folder / "copy.ini")
        for name in ("study.txt", "study.h5", "copy.ini"):
            done = self.truce("status", name)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(": sealed\nwhole path\n", done.stdout)
            self.assertIn("64 points x 2 policies x 8 replicates = 1,024 runs", done.stdout)
        self.refuses(2, ["status", "study.h5", "--study.seed=9"], "--study.seed=9", "no effect on a result")
        self.write("neither.ini", "seed = 7\n")
        self.refuses(7, ["status", "neither.ini"], "neither a result", "nor a study")

    def test_of_an_unfinished_study_by_either_name(self):
        self.cut_short()
        for name in ("study.ini", "study.h5"):
            done = self.truce("status", name)
            self.assertEqual(done.returncode, 75, done.stderr)
            self.assertRegex(done.stdout, r"about [\d,]+ of 1,024 runs committed \([\d.]+ %\), in \d+ blocks, "
                                          r"\d+ journals?, 1 attempt\n")
        self.refuses(2, ["status", "study.ini", "--study.seed=9"], "another study", "seed = 9")

    def test_without_the_published_plan(self):
        self.cut_short()
        (self.folder / "study.h5.journal" / "plan").unlink()
        self.assertEqual(self.truce("status", "study.ini").returncode, 75)
        self.refuses(2, ["status", "study.h5"], "no file named plan", "name the study file")

    def test_of_a_list_study_by_its_unsealed_result(self):
        self.write("list.csv", "autocracy_a\n" + "".join(f"{i / 64}\n" for i in range(64)))
        study = (self.folder / "study.ini").read_text()
        self.write("study.ini", study.replace("method = sobol\npoints = 64", "method = list\nfile = list.csv")
                   .replace("autocracy_a = uniform(0, 1)\n", ""))
        self.cut_short()
        self.refuses(2, ["status", "study.h5"], "name the study file instead")
        self.assertEqual(self.truce("status", "study.ini").returncode, 75)


class Missing(Folder):
    def test_results_are_named_as_missing(self):
        for words in (["verify", "none.h5"], ["export", "none.h5", "--csv"], ["status", "none.h5"], ["status", "none.ini"]):
            self.refuses(2, words, f"{words[1]} does not exist", "check the name")

    def test_verify_of_no_points_claims_nothing_about_numbers(self):
        self.run_study()
        done = self.truce("verify", "study.h5", "--points=0")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("no point was recomputed", done.stdout)
        self.assertNotIn("equal", done.stdout)


if __name__ == "__main__":
    unittest.main(verbosity=2)
