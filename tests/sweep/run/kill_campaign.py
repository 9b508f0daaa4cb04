#!/usr/bin/python3
"""Campaigns: a study is killed and signalled at random moments, from its start-up on, resumed on other numbers of ranks, and must
end in the same bytes as one run by the fastest code. FILE TRUCE [CAMPAIGNS]

The seed is printed with a failure; it fixes what is struck and after how many commits, not how fast the machine is.
"""
import os
import pathlib
import random
import signal
import subprocess
import sys
import time
import unittest

from study_folder import MPI, TRUCE, Folder

CAMPAIGNS = int(sys.argv.pop(1)) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 10
TARGETS = ("a worker", "rank 0", "mpirun", "all", "mpirun by SIGTERM", "mpirun by SIGUSR1")
STUDIES = (("--store.rows=point", "--study.replicates=2000"), ("--store.rows=run", "--study.replicates=600"))


class KillCampaign(Folder):
    launchers_hung = 0

    def ranks(self):
        """Process numbers of the ranks that live in this folder, by rank."""
        found = {}
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if os.readlink(process / "cwd") == str(self.folder) and int(process.name) != os.getpid():
                    words = (process / "environ").read_bytes().split(b"\0")
                    rank = [word.split(b"=")[1] for word in words if word.startswith(b"OMPI_COMM_WORLD_RANK=")]
                    found[int(rank[0]) if rank else -1] = int(process.name)
            except OSError:  # it has just ended
                pass
        return found

    def journal_bytes(self, name):
        try:
            return sum(file.stat().st_size for file in (self.folder / f"{name}.journal").glob("attempt-*/*"))
        except FileNotFoundError:  # the journals go when the study is sealed
            return 0

    def wait_for_commits(self, running, name, commits):
        """Until the journals have grown so many times, or the run has ended."""
        known = self.journal_bytes(name)
        while commits > 0 and running.poll() is None:
            time.sleep(0.002)
            now = self.journal_bytes(name)
            commits -= now > known
            known = max(known, now)

    def strike(self, running, target):
        """Strikes all if there is no such rank (yet); False if the run has ended."""
        ranks = self.ranks()
        everything = [running.pid, *ranks.values()]
        workers = [process for rank, process in ranks.items() if rank > 0]
        processes = {"a worker": workers[:1], "rank 0": [ranks[0]] if 0 in ranks else [], "all": everything}
        number = {"mpirun by SIGTERM": signal.SIGTERM, "mpirun by SIGUSR1": signal.SIGUSR1}.get(target, signal.SIGKILL)
        if running.poll() is not None:
            return False
        for process in processes.get(target, [running.pid]) or everything:
            try:
                os.kill(process, number)
            except ProcessLookupError:  # it has just ended
                pass
        return True

    def let_end(self, running, target, told):
        """A job of which a part was killed must end by itself; ranks whose mpirun was killed need not."""
        try:
            running.wait(60)
        except subprocess.TimeoutExpired:
            left = [rank for rank in self.ranks() if rank >= 0]
            if left and target != "mpirun by SIGUSR1":  # which the start-up of MPI may lose
                self.fail(f"{told}: the job hangs, ranks {left} are left")
            if not left:
                # Open MPI 4.1.4 can lock itself out of PMIx_server_finalize when a rank dies as it starts, also of
                # programs that only call MPI_Init.
                KillCampaign.launchers_hung += 1
            running.kill()
        deadline = time.monotonic() + 30
        while self.ranks() and time.monotonic() < deadline:
            time.sleep(0.02)
        if target != "mpirun":
            self.assertEqual(self.ranks(), {}, f"{told}: ranks are left")
        for process in self.ranks().values():
            os.kill(process, signal.SIGKILL)

    def disturb(self, chance, name, words, told):
        launch = ["mpirun", "-n", str(chance.randint(1, 4)), TRUCE, "run", "study.ini", "--quiet", f"--store.file={name}",
                  f"--store.block={chance.choice([1, 3, 16])}", "--instruction-set=plain", *words]  # slow enough to strike
        target, at_start = chance.choice(TARGETS), chance.random() < 0.4
        running = subprocess.Popen(launch, cwd=self.folder, env={**os.environ, **MPI}, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, start_new_session=True)
        if at_start:
            time.sleep(chance.uniform(0.05, 0.8))
        else:
            self.wait_for_commits(running, name, chance.randint(1, 8))
        struck = self.strike(running, target)
        self.let_end(running, target, f"{told}, {target}")
        return struck

    def campaign(self, seed):
        chance = random.Random(seed)
        words = chance.choice(STUDIES)
        name, told = f"campaign{seed}.h5", f"seed {seed}"
        struck = sum(self.disturb(chance, name, words, told) for _ in range(chance.randint(2, 4)))
        self.run_study(f"--store.file={name}", *words, ranks=chance.choice([0, 1, 2, 3, 4, 7]))
        self.assertEqual(self.whole[words], self.bytes_of(name), told)
        if seed % 10 == 0:
            self.assertEqual(self.truce("verify", name, "--points=4").returncode, 0, told)
        for file in os.listdir(self.folder):
            self.assertFalse(".tmp" in file or ".journal" in file, f"{told}: {file} is left")
        for suffix in (".h5", ".manifest.json", ".codebook.md"):
            os.remove(self.folder / f"campaign{seed}{suffix}")
        return struck

    def test_the_same_bytes_after_random_kills(self):
        self.whole = {}
        for words in STUDIES:
            self.run_study("--store.file=whole.h5", *words)
            self.whole[words] = self.bytes_of("whole.h5")
            os.remove(self.folder / "whole.h5")
            os.remove(self.folder / "whole.manifest.json")
        struck = sum(self.campaign(seed) for seed in range(CAMPAIGNS))
        print(f"{CAMPAIGNS} campaigns, {struck} kills and signals; {self.launchers_hung} times mpirun hung after its last rank")
        self.assertGreaterEqual(struck, CAMPAIGNS)


if __name__ == "__main__":
    unittest.main(verbosity=2)
