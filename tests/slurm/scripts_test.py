#!/usr/bin/python3
"""What the job scripts decide, with stand-ins for Slurm and truce: scripts_test.py SLURM_FOLDER [Class[.test]]."""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SCRIPTS = pathlib.Path(sys.argv.pop(1)).resolve()
STANDS_FOR = {
    "srun": 'echo "srun $*" >>calls; while [[ $1 == -* ]]; do shift; done; exec "$@"',
    "scontrol": 'echo "$*" >>calls; [[ $1 != show ]] || printf "   JobName=x\\n   Command=%s study.ini a/b\\n" "$SCRIPT"',
    "squeue": 'echo "$STATE"',
    # `run` commits what ROUND names and ends with CODE; `status` tells what is committed
    "truce": 'echo "truce $*" >>calls\n'
             'case $1 in\n'
             '  run) echo "$ROUND" >committed; [[ -z ${HOLD:-} ]] || { trap "exit 75" USR1; touch held; while :; do sleep 0.01; done; }\n'
             '    exit "$CODE" ;;\n'
             '  status) echo "x.h5: not sealed"; echo "about $(cat committed) of 9 runs committed (1 %), in $RANDOM blocks"; exit 75 ;;\n'
             'esac',
}


class Script(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="truce-scripts-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for name, text in STANDS_FOR.items():
            (self.folder / name).write_text("#!/bin/bash\n" + text + "\n")
            (self.folder / name).chmod(0o755)
        (self.folder / "committed").write_text("1\n")

    def start(self, script, *words, **variables):
        """Runs a copy of the script from elsewhere, as Slurm does."""
        copy = self.folder / "slurm_script"
        copy.write_bytes((SCRIPTS / script).read_bytes())
        env = {"PATH": f"{self.folder}:{os.environ['PATH']}", "SCRIPT": str(SCRIPTS / script), "SLURM_JOB_ID": "7", "SLURM_SUBMIT_DIR": "/",
               "TRUCE": str(self.folder / "truce"), "STATE": "RUNNING", "ROUND": "2", "CODE": "0", **variables}
        return subprocess.Popen(["bash", copy, *words], cwd=self.folder, env=env, text=True, stderr=subprocess.PIPE)

    def ends(self, code, script, *words, **variables):
        process = self.start(script, *words, **variables)
        _, told = process.communicate(timeout=60)
        self.assertEqual(process.returncode, code, told)
        return told

    def calls(self, *names):
        lines = (self.folder / "calls").read_text().splitlines()
        return [line for line in lines if line.startswith(names)]


class Chain(Script):
    def test_goes_back_into_the_queue_when_it_is_cut(self):
        self.ends(75, "chain.sbatch", "study.ini", "--store.block=1", "--quiet", CODE="75")
        self.assertEqual(self.calls("requeue"), ["requeue 7"])
        self.assertEqual(self.calls("truce run"), ["truce run study.ini --store.block=1 --quiet"])
        self.assertEqual(set(self.calls("truce status")), {"truce status study.ini --store.block=1"})

    def test_stops_when_a_round_commits_nothing(self):
        told = self.ends(75, "chain.sbatch", "study.ini", CODE="75", ROUND="1")
        self.assertIn("nothing was committed", told)
        self.assertEqual(self.calls("requeue"), [])

    def test_ends_as_truce_ends(self):
        for code in (0, 2, 6):
            self.ends(code, "chain.sbatch", "study.ini", CODE=str(code))
        self.assertEqual(self.calls("requeue"), [])

    def test_is_not_requeued_while_it_is_cancelled(self):
        told = self.ends(75, "chain.sbatch", "study.ini", CODE="75", STATE="COMPLETING")
        self.assertIn("the job is COMPLETING", told)
        self.assertEqual(self.calls("requeue"), [])

    def test_is_requeued_where_squeue_does_not_answer(self):
        (self.folder / "squeue").write_text("#!/bin/bash\nexit 1\n")
        self.ends(75, "chain.sbatch", "study.ini", CODE="75")
        self.assertEqual(self.calls("requeue"), ["requeue 7"])

    def test_starts_ranks_that_end_together_or_by_the_launcher_that_is_named(self):
        self.ends(0, "chain.sbatch", "study.ini")
        self.assertEqual(self.calls("srun"), [f"srun --mpi=pmix -K1 {self.folder}/truce run study.ini"])
        self.ends(0, "chain.sbatch", "study.ini", TRUCE_LAUNCHER="srun --mpi=other")
        self.assertEqual(self.calls("srun")[1:], [f"srun --mpi=other {self.folder}/truce run study.ini"])

    def test_needs_a_study(self):
        self.assertIn("no study given", self.ends(2, "chain.sbatch"))


class AfterALostNode(Script):
    """Its ranks hold the study for a while: truce ends with 2."""

    def setUp(self):
        super().setUp()
        truce = self.folder / "truce"
        truce.write_text(truce.read_text().replace('exit "$CODE"', 'if [[ -e gone ]]; then exit 0; fi; touch gone; exit 2'))

    def test_a_requeued_job_tries_again(self):
        told = self.ends(0, "one_job.sbatch", "study.ini", SLURM_RESTART_COUNT="1")
        self.assertIn("waiting until the ranks of the last round have gone", told)
        self.assertEqual(len(self.calls("truce run")), 2)

    def test_a_new_job_does_not(self):
        self.ends(2, "one_job.sbatch", "study.ini")
        self.assertEqual(len(self.calls("truce run")), 1)


class Usr1(Script):
    def test_reaches_truce_and_its_exit_code_comes_back(self):
        process = self.start("one_job.sbatch", "study.ini", HOLD="yes")
        deadline = time.monotonic() + 60
        while not (self.folder / "held").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGUSR1)
        _, told = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 75, told)
        self.assertIn("USR1", told)


class Shares(Script):
    def array(self, task, least, most, count):
        return {"SLURM_ARRAY_JOB_ID": "5", "SLURM_ARRAY_TASK_ID": str(task), "SLURM_ARRAY_TASK_MIN": str(least),
                "SLURM_ARRAY_TASK_MAX": str(most), "SLURM_ARRAY_TASK_COUNT": str(count)}

    def test_each_task_runs_its_share(self):
        self.ends(0, "shares.sbatch", "study.ini", "--store.file=a.h5", **self.array(3, 1, 8, 8))
        self.assertEqual(self.calls("truce run"), ["truce run study.ini --store.file=a.h5 --share=3/8"])

    def test_only_the_task_that_is_cut_is_requeued(self):
        self.ends(75, "shares.sbatch", "study.ini", CODE="75", **self.array(3, 1, 8, 8))
        self.assertEqual(self.calls("requeue"), ["requeue 5_3"])
        self.assertEqual(set(self.calls("truce status")), {"truce status study.ini"})

    def test_an_array_with_gaps_is_refused(self):
        for least, most, count in ((0, 7, 8), (3, 8, 2)):
            self.assertIn("not 1-N", self.ends(2, "shares.sbatch", "study.ini", **self.array(3, least, most, count)))


class Seal(Script):
    def test_takes_the_arguments_of_the_shares(self):
        self.ends(0, "seal.sbatch", "study.ini", "--store.file=a.h5", "--quiet")
        self.assertEqual(self.calls("truce"), ["truce seal study.ini --store.file=a.h5"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
