#!/usr/bin/python3
"""What is made from results refuses the wrong file or name before it calculates, once for all ranks, and loses nothing."""
import unittest

from study_folder import Folder


class BadAnswers(Folder):
    def setUp(self):
        super().setUp()
        self.run_study()

    def made(self, *words):
        done = self.truce(*words)
        self.assertEqual(done.returncode, 0, done.stderr)

    def analysis(self):
        self.made("analyze", "study.h5", "--parts=given_data", "--outcomes=war_months", "--resamples=20", "--quiet")

    def files(self):
        return sorted(path.name for path in self.folder.iterdir())


class Kinds(BadAnswers):
    def test_another_kind_of_file_is_told_as_such_and_not_as_damaged(self):
        self.analysis()
        self.made("calibrate", "study.h5", "--quiet")
        (self.folder / "folder").mkdir()
        self.write("text.h5", "hello")
        (self.folder / "old.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(200))
        for file, said in (("study.analysis.h5", "study.analysis.h5 is an analysis of study.h5; name study.h5"),
                           ("study.calibration.h5", "study.calibration.h5 is a calibration of study.h5; name study.h5"),
                           ("study.manifest.json", "is no truce result (it is the manifest of one); name study.h5"),
                           ("folder", "folder is no truce result (it is a folder); name a file that truce run wrote"),
                           ("old.h5", "old.h5 is no truce result (it is an HDF5 file of another program)"),
                           ("text.h5", "text.h5 is no truce result (it does not begin with the signature of HDF5, and")):
            answers = file.startswith("study.") and file.endswith(".h5")  # claims passes over these
            for verb in (["analyze"], ["export", "--csv"], ["verify"], ["repair"] if answers else ["claims"]):
                told = self.refuses(2, [verb[0], file, *verb[1:]], said)
                self.assertNotIn("truce repair", told)
        self.refuses(2, ["calibrate", "study.manifest.json"], "name study.h5")

    def test_one_kind_of_answers_does_not_take_the_place_of_another(self):
        self.analysis()
        self.made("calibrate", "study.h5", "--quiet")
        before = self.bytes_of("study.analysis.h5"), self.bytes_of("study.calibration.h5")
        lost = "(it would be lost); move it away, or name another file with --out"
        self.refuses(2, ["calibrate", "study.h5", "--out=study.analysis.h5"],
                     "study.analysis.h5 is there and is an analysis " + lost)
        self.refuses(2, ["analyze", "study.h5", "--out=study.calibration.h5"],
                     "study.calibration.h5 is there and is a calibration " + lost)
        self.refuses(2, ["claims", "study.h5", "--out=study.calibration.h5"], "is a calibration " + lost)
        self.refuses(2, ["analyze", "study.h5", "--out=study.h5"], "study.h5 is there and is no analysis of truce " + lost)
        self.refuses(2, ["analyze", "study.h5", "--out=a.csv"], "a.csv would hold HDF5", "ends in .h5")
        self.refuses(2, ["claims", "study.h5", "--out=."], "option --out: . is a folder")
        self.refuses(6, ["calibrate", "study.h5", "--out=none/x.h5"], "option --out: none/x.h5 cannot be written")
        self.assertEqual((self.bytes_of("study.analysis.h5"), self.bytes_of("study.calibration.h5")), before)
        self.made("calibrate", "study.h5", "--quiet")  # its own kind it replaces

    def test_a_calibration_has_no_box(self):
        self.made("calibrate", "study.h5", "--quiet")
        self.refuses(2, ["box", "study.calibration.h5", "--ini"], "study.calibration.h5 is a calibration (it has no boxes")
        self.analysis()
        self.refuses(2, ["box", "study.analysis.h5", "--ini", "--claim=C1"],
                     "option --claim is of a box of a ledger of claims (study.analysis.h5 is an analysis; it would have no "
                     "effect); leave it out")


class Points(BadAnswers):
    def test_points_replace_nothing_but_points(self):
        before = self.files(), self.bytes_of(), self.bytes_of("study.ini")
        for file in ("study.h5", "study.ini", "study.manifest.json"):
            self.refuses(2, ["calibrate", "study.h5", f"--points={file}"], f"option --points: {file} is there and is no list "
                         "of points (its first line does not name inputs; it would be lost)")
        self.refuses(6, ["calibrate", "study.h5", "--points=none/left.csv"],
                     "option --points: none/left.csv cannot be written (there is no folder none)")
        self.refuses(2, ["calibrate", "study.h5", "--points=."], "option --points: . is a folder; name a file in it")
        self.refuses(2, ["calibrate", "study.h5", "--points=x.h5", "--out=x.h5"], "is named by --out too")
        self.assertEqual((self.files(), self.bytes_of(), self.bytes_of("study.ini")), before)
        self.write("left.csv", "autocracy_a, cynicism\n0.5,0.5\n")
        self.made("calibrate", "study.h5", "--quiet", "--points=left.csv", "--cutoff=1000")
        self.assertEqual(self.bytes_of("left.csv").count(b"\n"), 1 + 64)

    def test_each_result_is_calibrated_once_and_all_are_opened_first(self):
        self.refuses(2, ["calibrate", "study.h5", "./study.h5"], "study.h5 and ./study.h5 are the same file (it would be "
                     "calibrated twice); name it once")
        self.refuses(2, ["claims", "study.h5", "./study.h5"], "are the same file (it would be judged twice)")
        (self.folder / "cut.h5").write_bytes(self.bytes_of()[:-100])
        self.refuses(7, ["calibrate", "study.h5", "cut.h5"], "cut.h5 is not a readable truce result")
        self.assertNotIn("study.calibration.h5", self.files())
        for name in ("a.x.h5", "b.x.h5"):
            (self.folder / name).write_bytes(self.bytes_of())
        self.refuses(2, ["calibrate", "a.x.h5", "b.x.h5", "--points=left.csv"], "left.x.csv would be written for two")


class Ranks(BadAnswers):
    def test_what_is_asked_for_is_refused_once_for_all_ranks(self):
        for words, said in ((["analyze", "--outcomes=war_month"], "did you mean war_months?"),
                            (["analyze", "--outcomes=ending"], "study.h5: 'ending' is stored as a share of each of its "
                             "results; name one of ending_settlement, "),
                            (["analyze", "--outcomes=war_survival"], "name war_months, the time that it is of"),
                            (["analyze", "--parts=sobl"], "sobl is no part of an analysis"),
                            (["analyze", "--parts=sobol"], "needs method = saltelli"),
                            (["analyze", "--thresholds=war_month=60"], "did you mean war_months?"),
                            (["analyze", "--resamples=0"], "from 20 to 1000000; give such a number"),
                            (["calibrate", "--policy=7"], "has no policy 7"), (["calibrate", "--cutof=3"], "--cutoff")):
            for ranks in (0, 2) if "--policy=7" in words else (2,):
                told = self.refuses(2, [words[0], "study.h5", *words[1:]], said, ranks=ranks)
                self.assertEqual(told.count("truce: "), 1, told)
                for mark in ("on rank", "MPI_ABORT"):
                    self.assertNotIn(mark, told)

    def test_blanks_between_names_are_no_part_of_them(self):
        self.made("analyze", "study.h5", "--parts=given_data, regional", "--outcomes=war_months, ending_settlement",
                  "--resamples=20")


class Notes(Folder):
    def test_too_few_replicates_are_noted_before_they_are_run(self):
        self.write("claims.ini", "[study]\nkernel = forts\nreplicates = 4\n[design]\nmethod = sobol\npoints = 8\n[inputs]\n"
                   "all = range\n[claim C1]\nmove = autocracy_a = 0 -> 1\noutcome = ending_settlement\nsign = -\n")
        said = "note: study.replicates: 4 leaves every point of a claim undecided (a verdict needs 10 runs)"
        self.assertIn(said, self.truce("check", "claims.ini").stdout)
        done = self.truce("run", "claims.ini")
        self.assertEqual((done.returncode, done.stderr.count(said)), (0, 1), done.stderr)
        self.assertNotIn("note: ", self.truce("run", "claims.ini", "--quiet").stderr)


if __name__ == "__main__":
    unittest.main()
