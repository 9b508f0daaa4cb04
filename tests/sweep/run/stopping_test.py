#!/usr/bin/python3
"""Signals from the start of a run on, time limits of the user and of Slurm: the study continues after each."""
import os
import pathlib
import signal
import subprocess
import time
import unittest

from study_folder import Folder, MPI, TRUCE

# The plain code is slow: half a minute of work here, far more than any of these tests needs. Its bytes are those of any.
def fast(replicates=500):
    return ("--design.points=512", f"--study.replicates={replicates}", "--quiet")


def slow(replicates=500):
    return (*fast(replicates), "--store.block=1", "--instruction-set=plain")


STOPS = (signal.SIGUSR1, signal.SIGTERM, signal.SIGINT)


def hears(pid, number=signal.SIGUSR1):
    """Whether the process has a handler for the signal; None if there is no such process."""
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught, 16) >> (number - 1) & 1)


def children(pid):
    try:
        return [int(p) for p in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


class LongRun(Folder):
    """Runs that a test stops long before their end."""

    REPLICATES = 500

    def start(self, ranks=0, before=None, **variables):
        launch = ["mpirun", "-n", str(ranks)] if ranks else []
        self.before = self.attempts()
        process = subprocess.Popen([*launch, TRUCE, "run", "study.ini", *slow(self.REPLICATES)], cwd=self.folder,
                                   env={**os.environ, **MPI, **variables}, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, preexec_fn=before)
        self.addCleanup(process.kill)
        return process

    def until(self, process, holds):
        """Waits for an event in the run; its end is a failure."""
        deadline = time.monotonic() + 60
        while not (found := holds()) and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        if not found:
            process.kill()
            self.fail(f"it did not come about, code {process.poll()}: {process.communicate()}")
        return found

    def ranks_of(self, process, count):
        """Once all of them are ready to be stopped: a launcher's children that run truce, in the order of their start."""
        def ready():
            ranks = [p for p in children(process.pid) if hears(p)]
            return ranks if len(ranks) == count else None
        return self.until(process, ready)

    def attempts(self):
        return set((self.folder / "study.h5.journal").glob("attempt-*"))

    def committed(self):
        """Journals of the run started last, and their bytes."""
        return {f.name: f.stat().st_size for attempt in self.attempts() - self.before for f in attempt.iterdir()}

    def ends(self, process, code, *expected):
        out, text = process.communicate(timeout=120)
        self.assertEqual(process.returncode, code, out + text)
        for word in expected:
            self.assertIn(word, text)

    def continues(self):
        self.assertFalse((self.folder / "study.h5").exists())
        self.run_study(*fast(self.REPLICATES))
        self.run_study(*fast(self.REPLICATES), "--store.file=whole.h5")
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())


class Signals(LongRun):
    def test_a_blocked_signal_stops_whenever_it_came(self):
        block = lambda: signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)  # noqa: E731
        for number, delay in [(signal.SIGUSR1, d) for d in (0, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2)] + [
                (signal.SIGTERM, 0), (signal.SIGTERM, 0.05), (signal.SIGINT, 0.05)]:
            with self.subTest(number=number, delay=delay):
                process = self.start(before=block)
                time.sleep(delay)
                process.send_signal(number)
                self.ends(process, 75, f"signal {number.name}", "the same command continues")
        self.continues()

    def test_usr1_never_kills_who_started_with_it_ignored(self):
        process = self.start(before=lambda: signal.signal(signal.SIGUSR1, signal.SIG_IGN))
        while hears(process.pid) is False:
            process.send_signal(signal.SIGUSR1)
        for _ in range(20):
            process.send_signal(signal.SIGUSR1)
        self.ends(process, 75, "signal SIGUSR1")

    def test_an_ignored_int_stays_ignored(self):
        process = self.start(before=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        self.until(process, lambda: hears(process.pid))
        self.assertFalse(hears(process.pid, signal.SIGINT))
        process.send_signal(signal.SIGTERM)
        self.ends(process, 75, "signal SIGTERM")

    def test_to_the_launcher_or_to_one_rank_stop_all(self):
        for delay, to_launcher in ((0, True), (0.1, True), (0, False)):
            with self.subTest(delay=delay, to_launcher=to_launcher):
                process = self.start(ranks=2)
                ranks = self.ranks_of(process, 2)
                time.sleep(delay)
                os.kill(process.pid if to_launcher else ranks[-1], signal.SIGUSR1)
                self.ends(process, 75, "signal SIGUSR1")


class TimeLimits(LongRun):
    def test_of_slurm_is_kept(self):
        fake = self.folder / "bin" / "squeue"
        fake.parent.mkdir()
        fake.write_text("#!/bin/sh\ntest \"$*\" = '-h -j 17 -o %L' && echo 0:07\n")
        fake.chmod(0o755)
        job = {"SLURM_JOB_ID": "17"}
        path = f"{fake.parent}:{os.environ['PATH']}"
        for variables, ranks in (({"PATH": path}, 0), ({"SLURM_JOB_END_TIME": str(int(time.time()) + 8)}, 2)):
            with self.subTest(ranks=ranks):
                self.ends(self.start(ranks=ranks, **job, **variables), 75, "stopped (the time limit of the Slurm job)")

    def test_of_the_user_goes_before_that_of_slurm(self):
        done = self.truce("run", "study.ini", *slow(), "--max-seconds=1",
                          env={**os.environ, "SLURM_JOB_ID": "17", "SLURM_JOB_END_TIME": str(int(time.time()))})
        self.assertEqual(done.returncode, 75, done.stderr)
        self.assertIn("stopped (the time limit of --max-seconds)", done.stderr)

    def test_that_cannot_be_known_is_a_warning(self):
        done = self.truce("run", "study.ini", "--quiet", env={**os.environ, "SLURM_JOB_ID": "17", "PATH": "/nowhere"})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("warning: the time left to Slurm job 17 is not known (squeue cannot be started)", done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
