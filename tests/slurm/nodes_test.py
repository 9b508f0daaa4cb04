#!/usr/bin/python3
"""Nodes that are lost under a job: Slurm requeues it, and it ends in the file that one rank alone makes.

Run as: nodes_test.py TRUCE SLURM_FOLDER [Class[.test]]
"""
import signal
import unittest

from cluster import wait_until
from scenario import SLOW, Scenario, main

TWO = ("--nodes=2", "--ntasks-per-node=2")


class Lost(Scenario):
    @classmethod
    def setUpClass(cls):
        if not cls.apart:
            raise unittest.SkipTest("NOT TESTED: lost nodes (without namespaces they share one host)")
        super().setUpClass()

    def lose(self, node, do):
        """Runs a job on n1 and n2, frozen, and loses one of them; returns once Slurm has put the job back."""
        job = self.submit("chain.sbatch", *SLOW, options=(*TWO, "--nodelist=n1,n2"))
        self.grows(job)
        self.freeze()
        do(node)
        wait_until(lambda: self.record(job)[0]["Restarts"] == "1", "the requeue of a job that has lost a node")
        self.cluster.call("scontrol", "update", f"JobId={job}", "ReqNodeList=")  # any two must do now
        return job

    def back(self):
        wait_until(lambda: self.cluster.states() == {"idle"}, "the node to come back")

    def test_slurmd_killed(self):
        job = self.lose("n2", self.cluster.kill_slurmd)
        self.freeze(signal.SIGCONT)
        self.succeeds(job, {"n2"})
        self.sealed_well()
        self.cluster.start_slurmd("n2")
        self.back()

    def test_node_unplugged(self):
        job = self.lose("n2", lambda node: self.cluster.link(node, "down"))
        self.freeze(signal.SIGCONT)
        self.succeeds(job, {"n2"})
        self.sealed_well()
        self.cluster.link("n2", "up")
        self.back()

    def test_orphans_of_an_unplugged_node_are_waited_for(self):
        job = self.lose("n1", lambda node: self.cluster.link(node, "down"))  # with rank 0, which holds the lock
        self.reach(job, {"RUNNING"}, {"n1"})
        wait_until(lambda: "waiting until the ranks of the last round have gone" in self.logs(), "a new round that waits")
        self.cluster.link("n1", "up")
        self.succeeds(job)
        self.sealed_well()
        self.back()


if __name__ == "__main__":
    main()
