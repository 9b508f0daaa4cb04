# What the tests on results of this program share: a study run once, and how other programs are called on it.
"""Each test file is run as: FILE TRUCE [Class[.test]]."""
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ANALYSIS = HERE.parent.parent / "analysis"
sys.path[:0] = [str(HERE.parent / "sweep" / "run"), str(HERE), str(ANALYSIS)]
from study_folder import MPI, TRUCE, Folder  # noqa: E402, F401  (for the tests)
from tables import tables_of  # noqa: E402

ELSEWHERE = "NOT TESTED: {} is not installed"
STUDY = """[study]
title = every kind of input
kernel = crisis_offer
seed = 3
replicates = 6
[design]
method = sobol
points = 32
[inputs]
autocracy_a = uniform(0, 1)
justice_anchor = uniform(0, 0.6)
private_information = choice(cost, power)
[levers]
guarantee_a = list(0, 0.6)
[store]
file = study.h5
quantiles = yes
"""
# Without levers and quantiles a file has a third of the variables, and is made in a fifth of the time.
SMALL = STUDY.replace("[levers]\nguarantee_a = list(0, 0.6)\n", "").replace("quantiles = yes\n", "")


def words_of(value):
    return value.decode() if isinstance(value, bytes) else value


class OnStudy(Folder):
    """Tests in one folder, with what `make` puts into it."""

    @classmethod
    def setUpClass(cls):
        made = Folder()
        made.setUp()
        cls.addClassCleanup(made.doCleanups)
        cls.folder = made.folder
        cls.make(made)

    def setUp(self):
        """The folder is that of the class."""

    @classmethod
    def make(cls, made):
        """Runs what all tests of the class read; `made`: a Folder."""

    def path(self, name):
        return str(self.folder / name)

    def call(self, *words):
        done = subprocess.run([*map(str, words)], cwd=self.folder, capture_output=True, text=True, timeout=300,
                              env={**os.environ, **MPI})
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        return done.stdout


def analysed(made, study, *words):
    """The tables of `truce analyze study.h5` with some options; `made`: a Folder, where study.h5 stays."""
    made.write("study.ini", study)
    made.run_study("--store.file=study.h5")
    done = made.truce("analyze", "study.h5", "--quiet", *words)
    made.assertEqual(done.returncode, 0, done.stderr)
    return tables_of(made.folder, "study.analysis")
