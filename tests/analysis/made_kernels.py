# What the tests of comparing kernels share: result files of three kernels whose effects are known.
import os
import shutil
import tempfile

from made_tests import OnFiles

import h5py

import made_file
import signs
from comparison import Comparison

SLOPES = {"anchored_peace": -0.45, "forts": 0.45, "screening": -0.3}  # of settlements along autocracy_a


class OnKernels(OnFiles):
    """Tests on files of three kernels at the same points; settlements rise along autocracy_a in one of them."""

    @classmethod
    def setUpClass(cls):
        """The files are made once for all classes, which takes a second."""

    @classmethod
    def tearDownClass(cls):
        """They go with the module."""

    @classmethod
    def make_files(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.files = [cls.path(f"rivals.{kernel}.h5") for kernel in SLOPES]
        for file, (kernel, slope) in zip(cls.files, SLOPES.items()):
            made_file.study_with_levers(file, points=240, kernel=kernel, slope=slope)
        cls.found = Comparison(cls.files)

    @classmethod
    def made(cls, kernel, **how):
        file = cls.path(f"{kernel}.{len(os.listdir(cls.folder.name))}.h5")
        made_file.study_with_levers(file, kernel=kernel, **how)
        return file

    def changed(self, name, change):
        """A copy of the third file, changed."""
        file = self.path(name)
        shutil.copy(self.files[2], file)
        with h5py.File(file, "r+") as opened:
            change(opened)
        return file

    def text(self, *files, everything=False, policy=0):
        found = Comparison(list(files), policy) if files or policy else self.found
        return signs.text_of(found, everything)
