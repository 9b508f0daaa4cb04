# Tests that a result which is not as its manifest states is refused before a number is read from it.
import os
import shutil
import unittest
from unittest import mock

from made_tests import OnFiles, script

import h5py

import command
import files
import made_file
import manifests
import results

OF_ONE = ("findings.py", "draw.py", "report.py", "cart.py")


class Sealed(OnFiles):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manifest = made_file.seal(cls.one)

    def changed(self, name="changed.h5", manifest=None):
        """A copy of the result, with its manifest or another, in which one byte of a column was flipped."""
        copy = self.path(name)
        shutil.copy(self.one, copy)
        shutil.copy(manifest or self.manifest, copy.replace(".h5", ".manifest.json"))
        with h5py.File(copy) as file:
            place = file["ending_settlement"].id.get_offset() + 6  # in the exponent of the first number
        with open(copy, "r+b") as file:
            file.seek(place)
            byte = file.read(1)[0]
            file.seek(place)
            file.write(bytes([byte ^ 0x40]))
        return copy

    def test_a_changed_byte_of_a_column_is_refused(self):
        changed = self.changed()
        shutil.copy(self.levers, self.path("other.h5"))
        shutil.copy(self.levers, self.path("changed.calibration.h5"))
        before = sorted(os.listdir(self.folder.name))
        words = rf"{changed} has SHA-256 \w+, its manifest says \w+; the file was changed .*; truce verify {changed} says"
        for name, others in (*((n, ["--outcome=war_months"] if n == "cart.py" else []) for n in OF_ONE),
                             ("compare.py", [self.path("other.h5")]), ("history.py", []),
                             ("examples/to_salib.py", [])):
            with self.subTest(name):
                ended = script(name, changed, *others, cwd=self.folder.name)
                if "apt-get" in ended.stderr:
                    continue  # a library that the core does not need
                self.assertEqual((ended.returncode, ended.stdout), (7, ""), ended.stderr)
                self.assertRegex(ended.stderr, rf"^\w+: {words}[^\n]*\n$")
        self.assertEqual(sorted(os.listdir(self.folder.name)), before, "nothing is written")

    def test_untouched_files_and_files_without_a_manifest_are_read(self):
        alone = self.changed("alone.h5")
        os.remove(self.path("alone.manifest.json"))
        for path in (self.one, alone):
            for name in ("findings.py", "draw.py"):
                ended = script(name, path)
                self.assertEqual((ended.returncode, ended.stderr), (0, ""))

    def test_a_damaged_manifest_is_no_leave_to_read(self):
        for text in ("", "{", "[]", '{"ranks": 1}', '{"file_hash": 1}', "[" * 100000, "\0"):
            with open(self.path("levers.manifest.json"), "w") as file:
                file.write(text)
            with self.assertRaisesRegex(command.Problem, "levers.manifest.json is damaged .*truce repair .*levers.h5") as told:
                results.Result(self.levers)
            self.assertEqual(told.exception.code, 7)
        os.remove(self.path("levers.manifest.json"))

    def test_a_file_is_hashed_once_until_it_changes(self):
        copy = self.path("again.h5")
        shutil.copy(self.one, copy)
        made_file.seal(copy)
        with mock.patch("hashlib.sha256", wraps=manifests.hashlib.sha256) as hashed:
            for _ in range(3):
                self.assertEqual(files.kind_of(copy), files.RESULT)
            self.assertEqual(hashed.call_count, 1)
            with open(copy, "ab") as file:
                file.write(b"more")
            self.assertEqual(files.kind_of(copy), "")


if __name__ == "__main__":
    unittest.main()
