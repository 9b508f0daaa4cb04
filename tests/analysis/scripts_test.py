# Tests of what draw.py and findings.py say when something is wrong: one line, never a traceback.
import os
import pathlib
import subprocess
import sys
import unittest

from made_tests import ANALYSIS, OnFiles, script

import h5py
import made_file

SCRIPTS = ("draw.py", "findings.py")


class Refusing(OnFiles):
    def refused(self, code, words, name, *arguments, **options):
        """The exit codes are those of truce: 2 what was asked, 6 writing, 7 a damaged file."""
        ended = script(name, *arguments, **options)
        self.assertEqual(ended.returncode, code, ended.stderr)
        self.assertRegex(ended.stderr, rf"^{name[:-3]}: .*{words}")
        self.assertEqual(ended.stderr.count("\n"), 1, ended.stderr)

    def test_what_is_no_result(self):
        text = self.path("text.h5")
        pathlib.Path(text).write_text("not HDF5")
        for name in SCRIPTS:
            self.refused(7, r"does not open as HDF5 \(it has not the signature", name, text)
            self.refused(2, "does not exist", name, text + "x")

    def test_damaged_numbers(self):
        damaged = self.path("damaged.h5")
        with h5py.File(self.levers) as whole, h5py.File(damaged, "w") as copy:
            for name in whole:
                whole.copy(name, copy)
            copy.attrs.update(whole.attrs)
            del copy["war_months"]
            column = copy.create_dataset("war_months", (512, 3), chunks=(512, 3), dtype="f8", fletcher32=True)
            column[...] = 1.0
            place, size = column.id.get_chunk_info(0).byte_offset, column.id.get_chunk_info(0).size
        with open(damaged, "r+b") as file:
            file.seek(place)
            file.write(b"\x55" * (size // 2))
        for name in SCRIPTS:
            self.refused(7, "cannot be read to the end .*truce verify", name, damaged)

    def test_a_column_of_the_wrong_size(self):
        short = self.path("short.h5")
        made_file.study_with_levers(short, points=16)
        with h5py.File(short, "r+") as file:
            del file["war_months_n"]
            file["war_months_n"] = [1, 2]
        for name in SCRIPTS:
            self.refused(7, "cannot be read to the end", name, short)

    def test_a_picture_that_cannot_be_written(self):
        self.refused(2, r"it writes .png, .pdf, .svg", "draw.py", self.one, "--out", self.path("one.xyz"))
        self.refused(6, "cannot be written .*--out", "draw.py", self.one, "--out", self.path("none/one.png"))

    def test_a_full_disk_below_the_output(self):
        for arguments in ([self.levers], ["--help"]):
            with open("/dev/full", "w") as full:
                command = [sys.executable, "-B", ANALYSIS / "findings.py", *arguments]
                ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
            self.assertEqual(ended.returncode, 6, ended.stderr)
            self.assertRegex(ended.stderr, r"^findings: standard output cannot be written \(No space left.*\n$")
            self.assertEqual(ended.stderr.count("\n"), 1, ended.stderr)

    def test_a_python_without_h5py_names_the_package(self):
        pathlib.Path(self.path("h5py.py")).write_text("raise ImportError\n")
        environment = {**os.environ, "PYTHONPATH": self.folder.name}
        for name in SCRIPTS:
            self.refused(2, "has no h5py .*install python3-h5py .*/usr/bin/python3", name, self.one, env=environment)
        os.remove(self.path("h5py.py"))


class Accepting(OnFiles):
    def test_a_reader_that_closes_early_gets_no_complaint(self):
        reading, writing = os.pipe()
        os.close(reading)
        command = [sys.executable, "-B", ANALYSIS / "findings.py", self.levers]
        ended = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True)
        os.close(writing)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))

    def test_each_picture_format(self):
        for ending, start in ((".png", b"\x89PNG"), (".pdf", b"%PDF"), (".svg", b"<?xml"), ("", b"\x89PNG")):
            ended = script("draw.py", self.one, "--out", self.path("picture" + ending))
            self.assertEqual((ended.returncode, ended.stderr), (0, ""))
            self.assertTrue(pathlib.Path(ended.stdout.strip()).read_bytes().startswith(start), ending)

    def test_a_title_may_hold_anything(self):
        odd = self.path("odd.h5")
        made_file.study_of_one_point(odd)
        for title in ("\u6226\u4e89 a\x07b\tc\n\x1b[2Jd costs $5 to $x_{", b"\xff\xfe " + b"w " * 999):
            with h5py.File(odd, "r+") as file:
                file.attrs["title"] = title
            for name in SCRIPTS:
                ended = script(name, odd, env={**os.environ, "PYTHONIOENCODING": "ascii"})
                self.assertEqual((ended.returncode, ended.stderr), (0, ""), title)
                self.assertNotRegex(ended.stdout, "[\x00-\x09\x0b-\x1f]")


if __name__ == "__main__":
    unittest.main()
