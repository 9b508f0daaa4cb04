#!/usr/bin/python3
"""Ten campaigns: a study is killed with -9 at random moments, resumed on other numbers of ranks, and must end in the same bytes
as one run by the fastest code.

The seed is printed with a failure; it fixes what is killed and when, not how fast the machine is.
"""
import os
import random
import signal
import subprocess
import time
import unittest

from study_folder import MPI, TRUCE, Folder


class KillCampaign(Folder):
    def kill_all(self):
        for process in os.listdir("/proc"):
            try:
                if process.isdigit() and int(process) != os.getpid() and os.readlink(f"/proc/{process}/cwd") == str(self.folder):
                    os.kill(int(process), signal.SIGKILL)
            except OSError:
                pass

    def campaign(self, seed):
        chance = random.Random(seed)
        words = [f"--store.rows={chance.choice(['point', 'run'])}", f"--study.replicates={chance.choice([100, 600])}"]
        name = f"campaign{seed}.h5"
        self.run_study("--store.file=whole.h5", *words)
        killed = 0
        for _ in range(200):
            launch = ["mpirun", "-n", str(chance.randint(1, 4)), TRUCE, "run", "study.ini", "--quiet", f"--store.file={name}",
                      f"--store.block={chance.choice([1, 3, 16])}", "--instruction-set=plain", *words]  # slow enough to kill
            running = subprocess.Popen(launch, cwd=self.folder, env={**os.environ, **MPI}, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, start_new_session=True)
            try:
                running.wait(chance.uniform(0.3, 2.5))
                break
            except subprocess.TimeoutExpired:
                self.kill_all()
                running.wait()
                killed += 1
        self.run_study(f"--store.file={name}", *words)
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of(name), f"seed {seed}")
        self.assertEqual(self.truce("verify", name, "--points=4").returncode, 0, f"seed {seed}")
        for file in os.listdir(self.folder):
            self.assertNotIn(".tmp", file, f"seed {seed}")
        os.remove(self.folder / "whole.h5")
        os.remove(self.folder / "whole.manifest.json")
        return killed

    def test_the_same_bytes_after_random_kills(self):
        kills = sum(self.campaign(seed) for seed in range(10))
        print(f"{kills} kills")
        self.assertGreaterEqual(kills, 10)


if __name__ == "__main__":
    unittest.main(verbosity=2)
