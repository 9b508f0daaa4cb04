"""What the scenarios on a Slurm cluster share: a study that lasts, jobs, ranks to freeze, and what a job left."""
import hashlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import unittest

from cluster import Cluster, lacking, may_be_apart, wait_until

sys.path.append(str(pathlib.Path(__file__).parents[1] / "sweep" / "run"))
from studies import peace  # noqa: E402

TRUCE, SCRIPTS = (pathlib.Path(sys.argv.pop(1)).resolve() for _ in range(2))
SKIPPED = 77
STUDY = peace(1024)
SLOW = ("--instruction-set=plain", "--store.block=1")
ENDED = {"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY", "DEADLINE", "BOOT_FAIL"}


class Scenario(unittest.TestCase):
    apart = True

    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster(cls.apart)
        cls.addClassCleanup(cls.cluster.down)
        cls.cluster.env["TRUCE"] = str(TRUCE)
        cls.cluster.up()
        whole = cls.cluster.folder / "whole"
        whole.mkdir()
        (whole / "study.ini").write_text(STUDY)
        subprocess.run([TRUCE, "run", "study.ini", "--quiet"], cwd=whole, check=True, stdout=subprocess.DEVNULL)
        cls.wanted = hashlib.sha256((whole / "study.h5").read_bytes()).hexdigest()

    def setUp(self):
        self.begun = time.monotonic()
        self.hastened = set()
        self.folder = self.cluster.folder / self.id().split(".")[-1]
        self.folder.mkdir()
        (self.folder / "study.ini").write_text(STUDY)
        self.addCleanup(lambda: print(f"{time.monotonic() - self.begun:6.1f} s  {self.id().split('.')[-1]}", flush=True))
        self.addCleanup(self.tell_logs)
        self.addCleanup(self.clear)

    def tell_logs(self):
        if os.environ.get("TELL") or not self._outcome.success:
            print(self.logs(), (self.cluster.folder / "slurmctld.log").read_text()[-3000:], flush=True)

    def clear(self):
        """No job and no rank of this scenario stays, whatever came between; all nodes serve again."""
        self.freeze(signal.SIGCONT)
        self.cluster.call("scancel", "--user=root", check=False)
        self.freeze(signal.SIGKILL)
        wait_until(lambda: not self.cluster.call("squeue", "-h").strip(), "an empty queue")

    def submit(self, script, *words, options=(), **variables):
        """The number of the job, which is submitted by a relative path; the logs of its rounds go to NUMBER.log."""
        told = self.cluster.call("env", "-C", SCRIPTS.parent, *(f"{k}={v}" for k, v in variables.items()), "sbatch", "--parsable",
                                 f"--chdir={self.folder}", f"--output={self.folder}/%A.log", "--mem-per-cpu=1", *options,
                                 f"{SCRIPTS.name}/{script}", "study.ini", *words)
        return told.strip().split(";")[0]

    def record(self, job):
        """One dict a task of the job: JobState, ExitCode, Restarts, Reason, ..."""
        told = self.cluster.call("scontrol", "show", "job", "-o", job)
        return [dict(re.findall(r"(\S+?)=(\S*)", line)) for line in told.splitlines()]

    def state(self, job):
        return self.record(job)[0]["JobState"]

    def hasten(self, task, lost=()):
        """Slurm lets a requeued job wait for two minutes. Here it starts two seconds after its last round has gone from
        all nodes but those that are lost: a credential that was revoked in the same second, or a step of the same number
        that is still there, would end the new round at once."""
        this_round = (task["JobId"], task["Restarts"])
        waits = (task["JobState"], task["Reason"]) == ("PENDING", "BeginTime")
        if waits and this_round not in self.hastened and not self.cluster.steps_of(task["JobId"], lost):
            name = f"{task['ArrayJobId']}_{task['ArrayTaskId']}" if "ArrayJobId" in task else task["JobId"]
            self.cluster.call("scontrol", "update", f"JobId={name}", "StartTime=now+2")
            self.hastened.add(this_round)

    def reach(self, job, states, lost=()):
        """The records of a job once all its tasks are in one of the states."""
        def reached():
            records = self.record(job)
            for task in records:
                self.hasten(task, lost)
            return records if {task["JobState"] for task in records} <= states else None
        return wait_until(reached, f"job {job} to be {' or '.join(states)}", 240)

    def finished(self, job, lost=()):
        return self.reach(job, ENDED, lost)

    def succeeds(self, job, lost=()):
        records = self.finished(job, lost)
        self.assertEqual({task["JobState"] for task in records}, {"COMPLETED"}, self.logs())
        return records

    def sealed_well(self):
        self.assertTrue((self.folder / "study.h5").exists(), self.logs())
        self.assertEqual(hashlib.sha256((self.folder / "study.h5").read_bytes()).hexdigest(), self.wanted)
        self.assertFalse((self.folder / "study.h5.journal").exists())

    def logs(self):
        return "\n".join(f"--- {log.name}\n{log.read_text()}" for log in sorted(self.folder.glob("*.log")))

    def committed(self):
        try:
            return sum(f.stat().st_size for f in (self.folder / "study.h5.journal").glob("attempt-*/*"))
        except FileNotFoundError:
            return 0

    def grows(self, job):
        """Returns once a block of the running job is committed."""
        before = self.committed()
        wait_until(lambda: self.committed() > before or self.state(job) in ENDED, "a committed block")
        self.assertEqual(self.state(job), "RUNNING", self.logs())

    def ranks(self):
        """Process numbers of truce's ranks in this scenario's folder."""
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if os.readlink(process / "cwd") == str(self.folder) and (process / "comm").read_text() == f"{TRUCE.name}\n":
                    found.append(int(process.name))
            except OSError:
                pass
        return found

    def freeze(self, number=signal.SIGSTOP):
        """Stops the ranks where they are (so that no machine is too fast for the scenario), or sends them a signal."""
        ranks = self.ranks()
        self.assertTrue(ranks or number != signal.SIGSTOP, "no rank was found to stop")
        for pid in ranks:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass


def main():
    """Runs the scenarios of the calling file; where there can be no cluster ends with 77 and says so loudly. With ONE_HOST
    in the environment the nodes share this host, as where namespaces are not allowed."""
    why = lacking()
    if why:
        print(f"SKIPPED, NOT TESTED: no job script was tried on a Slurm cluster ({why})")
        sys.exit(SKIPPED)
    if "ONE_HOST" in os.environ or not may_be_apart():
        Scenario.apart = False
        print("NOT ALL TESTED: this machine allows no namespaces; the nodes share one host, and none can be lost")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # an orderly end takes the cluster down
    unittest.main(verbosity=2)
