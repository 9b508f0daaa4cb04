# Tests of files: kinds told apart, analyses passed over or named, and nothing written over that would be lost.
import contextlib
import io
import os
import pathlib
import unittest

from made_tests import OnFiles, script

import h5py

import command
import draw
import files
import made_answers
import made_file
import report
from results import Result, ResultError, results_among, shortest


class Kinds(OnFiles):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.analysis, cls.ledger, cls.calibration = (
            cls.path(f"levers.{n}.h5") for n in ("analysis", "claims", "calibration"))
        made_answers.write(cls.analysis, made_answers.indices(), result="levers.h5")
        tables, texts = made_answers.ledger()
        made_answers.write(cls.ledger, tables, **texts)
        made_answers.write(cls.calibration, made_answers.calibration(), result="levers.h5")
        cls.all = [cls.analysis, cls.calibration, cls.ledger, cls.levers]

    def test_are_told_by_what_is_in_them(self):
        self.assertEqual([files.kind_of(p) for p in self.all],
                         [files.ANALYSIS, files.CALIBRATION, files.LEDGER, files.RESULT])
        self.assertEqual([files.kind_of(p) for p in (self.folder.name, self.path("none.h5"))], ["", ""])

    def test_what_is_no_result_says_what_it_is_and_what_to_name(self):
        for path, words in ((self.analysis, f"is an analysis of {self.levers} .*; name {self.levers}"),
                            (self.calibration, f"is a calibration of {self.levers}"),
                            (self.ledger, "is a ledger of claims .*; name a file that truce run wrote"),
                            (self.folder.name, "is a folder .*; name a file in it")):
            with self.assertRaisesRegex(ResultError, words) as refused:
                Result(path)
            self.assertEqual(refused.exception.code, 2)

    def test_a_file_that_was_cut_is_damaged(self):
        cut = self.path("cut.h5")
        pathlib.Path(cut).write_bytes(pathlib.Path(self.levers).read_bytes()[:9000])
        with self.assertRaisesRegex(ResultError, r"cut.h5 does not open as HDF5 \(it was cut off\)") as refused:
            Result(cut)
        self.assertEqual(refused.exception.code, 7)
        self.assertEqual(script("report.py", cut).returncode, 7)

    def test_a_star_that_finds_analyses_finds_results(self):
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            self.assertEqual(results_among(self.all, "compare"), [self.levers])
            self.assertEqual(results_among(self.all, "x", kept=[files.CALIBRATION]), [self.calibration, self.levers])
            self.assertEqual(results_among([self.analysis], "x"), [self.analysis])  # to be refused by what it is
            self.assertEqual(results_among([self.levers, self.path("none.h5")], "x"), [self.levers, self.path("none.h5")])
        self.assertEqual(said.getvalue().splitlines(),
                         [f"compare: passed over as no result: {self.analysis} and 2 more",
                          f"x: passed over as no result: {self.analysis} and 1 more"])

    def test_numbers_are_spelled_as_truce_does(self):
        for value, spelled in ((0.0, "0"), (0.3, "0.3"), (1 / 3, "0.3333333333333333"), (1e-4, "1e-04"), (0.001, "0.001"),
                               (1e5, "1e+05"), (120000.0, "120000"), (-2.5e-7, "-2.5e-07"), (1e22, "1e+22")):
            self.assertEqual(shortest(value), spelled)


class Writing(OnFiles):
    def refused(self, words, *arguments):
        with self.assertRaisesRegex(command.Problem, words):
            files.free_for(*arguments)

    def test_no_input_and_nothing_of_another_kind_is_written_over(self):
        link, notes = self.path("link.csv"), self.path("notes.csv")
        os.symlink(self.levers, link)
        pathlib.Path(notes).write_text("my notes\n")
        self.refused("already an input .*--csv", self.levers, b"input,", [self.levers], "--csv")
        self.refused("already an input", link, b"input,", [self.levers])
        self.refused("was not written by this script", notes, b"input,")
        self.refused("is a folder", self.folder.name, b"input,")
        self.refused("already an input", self.path("new.csv"), b"", [os.path.relpath(self.path("new.csv"))])
        self.assertEqual(pathlib.Path(notes).read_text(), "my notes\n")

    def test_what_is_free_empty_or_of_the_same_kind_may_be_written(self):
        empty, table, page = (self.path(n) for n in ("empty.csv", "table.csv", "page.html"))
        pathlib.Path(empty).touch()
        pathlib.Path(table).write_text("input,outcome\n1,2\n")
        pathlib.Path(page).write_text("\n\n<!DOCTYPE html>\n")
        for path in (empty, table, self.path("new.csv"), os.devnull):
            self.assertEqual(files.free_for(path, b"input,outcome\n", [self.levers]), path)
        files.free_for(page, files.BEGINNINGS[".html"])

    def test_scripts_keep_to_it(self):
        picture, page = self.path("one.png"), self.path("one.report.html")
        for path, name in ((picture, "draw.py"), (page, "report.py")):
            pathlib.Path(path).write_text("mine")
            ended = script(name, self.one)
            self.assertEqual(ended.returncode, 2, ended.stderr)
            self.assertRegex(ended.stderr, r"^\w+: .* was not written by this script .*--out\n$")
            self.assertEqual(pathlib.Path(path).read_text(), "mine")
        with self.assertRaisesRegex(command.Problem, "already an input"):
            draw.picture_name(picture, [picture])


class Failing(OnFiles):
    def test_a_page_that_fails_leaves_no_folder(self):
        damaged, folder = self.path("damaged.h5"), self.path("damaged.report")
        made_file.study_of_one_point(damaged)
        with h5py.File(damaged, "r+") as file:
            del file["war_months_n"]
            file["war_months_n"] = [1, 2]
        self.assertEqual(script("report.py", damaged).returncode, 7)
        self.assertFalse(os.path.exists(folder))
        os.mkdir(folder)
        with self.assertRaises(command.Problem), report.nothing_left_of(folder):
            raise command.Problem("")
        self.assertTrue(os.path.exists(folder), "a folder that was there stays")


if __name__ == "__main__":
    unittest.main()
