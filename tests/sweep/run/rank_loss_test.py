#!/usr/bin/python3
"""Three ranks, of which one dies, fails or stands still: the job ends or goes on, and no byte is wrong."""
import os
import signal
import subprocess
import time
import unittest

from stopping_test import LongRun, slow
from study_folder import MPI, TRUCE

MOST_SECONDS = 60  # against hanging; what it took is printed


class ThreeRanks(LongRun):
    def start_all(self):
        """Until every rank has committed a block."""
        process = self.start(ranks=3)
        ranks = self.ranks_of(process, 3)
        self.until(process, lambda: len(self.committed()) == 3 and all(self.committed().values()))
        return process, ranks

    def ends_soon(self, process, *expected):
        begun = time.monotonic()
        out, text = process.communicate(timeout=MOST_SECONDS)
        print(f"ended after {time.monotonic() - begun:.1f} s with {process.returncode}", flush=True)
        self.assertNotEqual(process.returncode, 0, out + text)
        for word in expected:
            self.assertIn(word, text)
        for _ in range(400):  # mpirun may end before its ranks have
            if "is working on it now" not in self.truce("status", "study.ini", *slow(self.REPLICATES)[:2]).stdout:
                return
            time.sleep(0.05)
        self.fail("a rank lives on")


class Loss(ThreeRanks):
    def test_of_any_rank_ends_the_job_and_the_study_continues(self):
        for number in (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT):
            for rank in (0, 2):
                with self.subTest(number=number.name, rank=rank):
                    process, ranks = self.start_all()
                    os.kill(ranks[rank], number)
                    self.ends_soon(process)
        self.continues()

    def test_of_a_disk_on_one_rank_is_the_exit_code_of_all(self):
        words = [TRUCE, "run", "study.ini", *slow(self.REPLICATES)]
        process = subprocess.Popen(["mpirun", "-n", "2", *words, ":", "-n", "1", "sh", "-c",
                                    'ulimit -f 20; exec "$0" "$@"', *words], cwd=self.folder, text=True,
                                   env={**os.environ, **MPI}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.kill)
        self.before = set()
        self.until(process, lambda: any(size > 10000 for size in self.committed().values()))
        self.ends_soon(process, "[rank 2]", "rank-000002.journal")
        self.assertEqual(process.returncode, 6)
        self.continues()


class Standstill(ThreeRanks):
    """Endurance runs it with more seconds."""

    SECONDS = float(os.environ.get("TRUCE_STANDSTILL_SECONDS", "3"))
    REPLICATES = int(250 * SECONDS)  # the ranks that go on must not come to the end meanwhile, on any machine

    def test_of_any_rank_only_delays(self):
        for rank in (0, 1):
            with self.subTest(rank=rank):
                process, ranks = self.start_all()
                os.kill(ranks[rank], signal.SIGSTOP)
                time.sleep(self.SECONDS)
                self.assertIsNone(process.poll())
                os.kill(ranks[rank], signal.SIGCONT)
                before = self.committed()
                self.until(process, lambda: all(size > before[name] for name, size in self.committed().items()))
                process.send_signal(signal.SIGUSR1)
                self.ends(process, 75)
        self.continues()


if __name__ == "__main__":
    unittest.main(verbosity=2)
