#!/usr/bin/python3
"""The scripts that `truce slurm` prints: verb_test.py TRUCE [Class[.test]]; shellcheck is used where it is installed."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "sweep" / "run"))
from studies import ruin  # noqa: E402

TRUCE = pathlib.Path(sys.argv.pop(1)).resolve()
STUDY = ruin(8, 4, more="")
HUGE = ("--design.points=1000000000", "--study.replicates=1024")  # years on any machine


class Printed(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="truce-verb-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name) / "with a blank"
        self.folder.mkdir()
        (self.folder / "study.ini").write_text(STUDY)

    def slurm(self, *words):
        return subprocess.run([TRUCE, "slurm", *words], cwd=self.folder, text=True, capture_output=True, timeout=120)

    def script(self, *words):
        """A printed script that the shell and shellcheck accept; nothing else was written."""
        done = self.slurm("study.ini", *words)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(os.listdir(self.folder), ["study.ini"])
        checks = [["bash", "-n", "-"]] + [["shellcheck", "-s", "bash", "-"]] * bool(shutil.which("shellcheck"))
        for check in checks:
            checked = subprocess.run(check, input=done.stdout, text=True, capture_output=True)
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        return done.stdout

    def test_one_job_where_the_study_fits(self):
        script = self.script("--nodes=2", "--time=1:00:00", "--tasks-per-node=3", "--store.file=a b.h5")
        self.assertIn("#SBATCH --nodes=2\n#SBATCH --ntasks-per-node=3\n", script)
        self.assertIn(f"set -- '{self.folder}/study.ini' '--store.file=a b.h5'\n", script)
        self.assertIn("\nrun \"$@\"", script)
        self.assertIn("on 6 tasks", script)
        self.assertIn("assuming", script)

    def test_chain_where_it_is_asked_for(self):
        script = self.script("--nodes=2", "--time=1:00:00", "--chain")
        self.assertIn("\nround ", script)
        self.assertNotIn(" rounds", script.split("#SBATCH")[0])

    def test_chain_where_one_job_cannot_do_and_how_many_rounds(self):
        script = self.script("--nodes=2", "--time=2:00:00", *HUGE)
        self.assertIn("\nround ", script)
        self.assertGreater(int(re.search(r"about ([\d,]+) rounds", script)[1].replace(",", "")), 1)

    def test_shares_and_how_to_seal_them(self):
        script = self.script("--nodes=1", "--time=60", "--share", "8", "--design.points=16")
        self.assertIn("#SBATCH --array=1-8\n", script)
        seal, = re.findall(r"^# .*(sbatch --dependency=afterok:JOB .*)$", script, re.M)
        self.assertIn("seal", seal)
        self.assertIn("--design.points=16", seal)

    def test_the_signal_leaves_time_to_work(self):
        for time, before in (("2", 24), ("5", 60), ("10", 120), ("1-0", 120)):
            self.assertIn(f"#SBATCH --signal=B:USR1@{before}\n", self.script("--nodes=1", f"--time={time}"))

    def test_wrong_words_are_refused(self):
        good = ["study.ini", "--nodes=2", "--time=60"]
        for words, told in ((good[:2], "--time is missing"), ([good[0], good[2]], "--nodes is missing"),
                            ([*good[:2], "--time=2h"], "--time"), ([*good[:2], "--time=1"], "too short"),
                            ([*good, "--share=1"], "--share"), ([*good, "--share=2", "--chain"], "--chain"),
                            ([*good, "--node=2"], "did you mean --nodes?"),
                            ([*good, "--share=1/3"], "--share=3 makes an array"),
                            ([*good, "--partition=short"], "sbatch --partition=short job.sbatch"), ([*good, "--design.points=x"], "points")):
            done = self.slurm(*words)
            self.assertEqual((done.returncode, done.stdout), (2, ""), words)
            self.assertIn(told, done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
