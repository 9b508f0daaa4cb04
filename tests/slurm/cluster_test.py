#!/usr/bin/python3
"""However a test ends, its cluster goes: no process, no folder, no change of this machine's network stays.

Run as: cluster_test.py TRUCE SLURM_FOLDER [Class[.test]]
"""
import os
import pathlib
import signal
import subprocess
import sys
import unittest

from cluster import wait_until
from scenario import Scenario, main

HOLD = """
import signal, sys
from cluster import Cluster
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
cluster = Cluster({apart})
cluster.up()
cluster.call("sbatch", "-N2", "--chdir=/", "--output=/dev/null", "--wrap", "srun sleep 1000")
while "R" not in cluster.call("squeue", "-h", "-o", "%t"):
    pass
print(cluster.folder, flush=True)
sys.stdin.read()
"""


class Gone(unittest.TestCase):
    def links(self):
        return subprocess.run(["ip", "-br", "link"], capture_output=True, text=True, check=True).stdout

    def ended_by(self, number):
        before = self.links()
        with subprocess.Popen([sys.executable, "-B", "-c", HOLD.format(apart=Scenario.apart)], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                              cwd=pathlib.Path(__file__).parent) as holder:
            folder = holder.stdout.readline().strip()
            self.assertTrue(folder)
            self.assertTrue(self.processes(folder))
            holder.send_signal(number)
        wait_until(lambda: not self.processes(folder), "the end of all processes", 60)
        self.assertEqual(self.links(), before)
        return folder

    def processes(self, folder):
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if f"SLURM_CONF={folder}/".encode() in (process / "environ").read_bytes():
                    found.append(process.name)
            except OSError:
                pass
        return found

    def test_after_ctrl_c_and_after_term(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            self.assertFalse(os.path.exists(self.ended_by(number)))

    def test_after_kill_9(self):
        if not Scenario.apart:
            self.skipTest("NOT TESTED: without namespaces a killed test leaves its jobs behind")
        subprocess.run(["rm", "-rf", self.ended_by(signal.SIGKILL)], check=True)  # files are all that stays


if __name__ == "__main__":
    main()
