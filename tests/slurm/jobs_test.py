#!/usr/bin/python3
"""Jobs on a Slurm cluster, and what cuts them short: each ends in the file that one rank alone makes.

Run as: jobs_test.py TRUCE SLURM_FOLDER [Class[.test]]
"""
import os
import signal
import subprocess
import time

from cluster import wait_until
from scenario import SLOW, TRUCE, Scenario, main

TWO = ("--nodes=2", "--ntasks-per-node=2")
FOUR = ("--nodes=4", "--ntasks-per-node=1")


class Whole(Scenario):
    def whole(self, nodes, **variables):
        self.succeeds(self.submit("one_job.sbatch", options=nodes, **variables))
        self.sealed_well()

    def test_two_nodes_by_srun(self):
        self.whole(TWO)

    def test_four_nodes_by_srun(self):
        self.whole(FOUR)

    def mpirun_needs_hosts(self):
        if not self.cluster.apart:
            self.skipTest("NOT TESTED: mpirun in a job (its daemons need nodes that are hosts of their own)")

    def test_two_nodes_by_mpirun(self):
        self.mpirun_needs_hosts()
        self.whole(TWO, TRUCE_LAUNCHER="mpirun")

    def test_four_nodes_by_mpirun(self):
        self.mpirun_needs_hosts()
        self.whole(FOUR, TRUCE_LAUNCHER="mpirun")


class Printed(Scenario):
    """The scripts that `truce slurm` prints."""

    def print_script(self, *words):
        told = subprocess.run([TRUCE, "slurm", "study.ini", "--nodes=2", "--tasks-per-node=2", "--time=5", *words],
                              cwd=self.folder, check=True, capture_output=True, text=True).stdout
        (self.folder / "job.sbatch").write_text(told.replace("--mem-per-cpu=250M", "--mem-per-cpu=1"))
        return self.folder / "job.sbatch"

    def test_are_accepted_by_sbatch(self):
        for words in ((), ("--chain",), ("--share=2",)):
            self.cluster.call("sbatch", "--test-only", self.print_script(*words))

    def test_run_to_the_end(self):
        script = self.print_script("--chain", "--store.file=study.h5")
        self.succeeds(self.cluster.call("sbatch", "--parsable", f"--chdir={self.folder}",
                                        f"--output={self.folder}/%A.log", script).strip())
        self.sealed_well()


class Shares(Scenario):
    def seal_after(self, job):
        return self.submit("seal.sbatch", options=(f"--dependency=afterok:{job}",))

    def test_eight_shares_are_sealed_by_a_dependent_job(self):
        job = self.submit("shares.sbatch", options=("--array=1-8", "--ntasks-per-node=1"))
        seal = self.seal_after(job)
        self.assertEqual(len(self.succeeds(job)), 8)
        self.succeeds(seal)
        self.sealed_well()

    def test_a_share_that_is_cut_is_requeued_alone(self):
        job = self.submit("shares.sbatch", *SLOW, options=("--array=1-2", "--ntasks-per-node=2", "--nodes=1"))
        seal = self.seal_after(job)
        wait_until(lambda: self.state(f"{job}_1") == self.state(f"{job}_2") == "RUNNING", "two running shares")
        self.grows(f"{job}_1")
        self.freeze()
        self.cluster.call("scancel", "--signal=USR1", "--batch", f"{job}_2")
        wait_until(lambda: "USR1: truce is asked" in self.logs(), "the signal to one share")
        self.freeze(signal.SIGCONT)
        restarts = {task["ArrayTaskId"]: task["Restarts"] for task in self.succeeds(job)}
        self.assertEqual(restarts, {"1": "0", "2": "1"})
        self.succeeds(seal)
        self.sealed_well()


class Cut(Scenario):
    def test_time_limit_is_met_by_the_chain(self):
        job = self.submit("chain.sbatch", *SLOW, options=(*TWO, "--time=2", "--signal=B:USR1@110"))
        self.grows(job)
        self.freeze()
        wait_until(lambda: "USR1: truce is asked" in self.logs(), "the signal before the limit")
        self.freeze(signal.SIGCONT)
        task, = self.succeeds(job)
        self.assertGreaterEqual(int(task["Restarts"]), 1)  # a slow machine may need a further round
        self.assertIn("stopped (signal SIGUSR1); the same command continues", self.logs())
        self.sealed_well()

    def preempted(self, *options):
        job = self.submit("chain.sbatch", *SLOW, options=(*TWO, *options))
        self.grows(job)
        self.freeze()
        urgent = self.cluster.call("sbatch", "--parsable", "-p", "urgent", "-N4", "--exclusive", "-o", "/dev/null",
                                   "--wrap", "true").strip()
        wait_until(lambda: "CANCELLED AT" in self.logs(), "the preemption")
        self.freeze(signal.SIGCONT)
        self.succeeds(urgent)
        task, = self.succeeds(job)
        self.assertEqual(task["Restarts"], "1")
        self.sealed_well()

    def test_preemption_requeues(self):
        self.preempted()

    def test_polite_preemption_requeues(self):
        self.preempted("--partition=polite")

    def test_killed_rank_ends_the_job_and_the_same_command_continues(self):
        job = self.submit("one_job.sbatch", *SLOW, options=TWO)
        self.grows(job)
        self.freeze()
        os.kill(self.ranks()[-1], signal.SIGKILL)
        self.freeze(signal.SIGCONT)
        killed = time.monotonic()
        task, = self.finished(job)
        print(f"{time.monotonic() - killed:6.1f} s  from the kill to the end of the job")
        self.assertEqual(task["JobState"], "FAILED")
        self.assertFalse((self.folder / "study.h5").exists())
        self.succeeds(self.submit("one_job.sbatch", options=TWO))
        self.sealed_well()

    def test_scancel_is_no_reason_for_a_further_round(self):
        job = self.submit("chain.sbatch", *SLOW, options=TWO)
        self.grows(job)
        self.freeze()
        self.cluster.call("scancel", job)
        self.freeze(signal.SIGCONT)
        task, = self.finished(job)
        self.assertEqual((task["JobState"], task["Restarts"]), ("CANCELLED", "0"))
        self.succeeds(self.submit("chain.sbatch", options=FOUR))
        self.sealed_well()


if __name__ == "__main__":
    main()
