# What the tests of analysis/ share: the paths, the skip where a library is missing, and files whose truth is known.
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ANALYSIS = HERE.parent.parent / "analysis"
sys.path[:0] = [str(HERE), str(ANALYSIS)]
try:
    import h5py
    import matplotlib
    import xarray
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)

import made_file  # noqa: E402


def script(name, *arguments, **options):
    """Runs a script of analysis/ as a user does."""
    command = [sys.executable, "-B", ANALYSIS / name, *arguments]
    return subprocess.run(command, capture_output=True, text=True, **options)


class OnFiles(unittest.TestCase):
    """Tests on one file of each kind, in a folder of their own."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.levers, cls.one, cls.runs = (cls.path(n) for n in ("levers.h5", "one.h5", "runs.h5"))
        made_file.study_with_levers(cls.levers)
        made_file.study_of_one_point(cls.one)
        made_file.study_by_run(cls.runs)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)
