"""A folder with a study in it, and how the tests of the whole path run truce there.

Each test file is run as: FILE TRUCE [TestClass[.test]], with TRUCE the program; mpirun is found on PATH.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from studies import peace, ruin

TRUCE = sys.argv.pop(1) if len(sys.argv) > 1 else "truce"
MPI = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
       "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMPI_MCA_btl_vader_single_copy_mechanism": "none",
       "OMPI_MCA_mpi_yield_when_idle": "1"}

STUDY = "# truce run study.ini\n" + peace(8, keys="title = whole path\n")
RUIN = ruin(5000, 3, keys="seed = 3\n")


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="truce-test-"))
        self.addCleanup(subprocess.run, ["rm", "-rf", str(self.folder)])
        self.write("study.ini", STUDY)

    def write(self, name, text):
        (self.folder / name).write_text(text)

    def truce(self, *words, ranks=0, **more):
        launch = ["mpirun", "-n", str(ranks)] if ranks else []
        return subprocess.run([*launch, TRUCE, *words], cwd=self.folder, text=True, capture_output=True, timeout=120,
                              **{"env": {**os.environ, **MPI}, **more})

    def run_study(self, *words, ranks=0, study="study.ini"):
        done = self.truce("run", study, "--json", "--quiet", *words, ranks=ranks)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout.splitlines()[-1])

    def bytes_of(self, name="study.h5"):
        return (self.folder / name).read_bytes()

    def refuses(self, code, words, *expected, **more):
        done = self.truce(*words, **more)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        for word in expected:
            self.assertIn(word, done.stderr)
        return done.stderr
