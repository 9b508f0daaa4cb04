#!/usr/bin/python3
"""Several jobs that are live at once on one study, and an extension that is killed: the bytes of one run."""
import json
import os
import pathlib
import signal
import struct
import subprocess
import time
import unittest

from study_folder import MPI, TRUCE, Folder

STUDY = ("--study.replicates=4096", "--store.block=1")  # 256 blocks: minutes by the plain code, seconds by the fastest
WHOLE = {}  # bytes of the result of one run, by further words: the same in all tests
SLOW = (*STUDY, "--instruction-set=plain")


class Jobs(Folder):
    def start(self, *words, ranks=0, attempts=None, journal="study.h5.journal"):
        """A job that has committed a block."""
        launch = ["mpirun", "-n", str(ranks)] if ranks else []
        process = subprocess.Popen([*launch, TRUCE, *words, "--quiet", "--json"], cwd=self.folder, env={**os.environ, **MPI},
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        self.addCleanup(process.send_signal, signal.SIGCONT)
        deadline = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < deadline and self.committed(attempts, journal) == 0:
            time.sleep(0.005)
        self.assertIsNone(process.poll(), "the job ended before it committed a block")
        return process

    def committed(self, attempt, journal):
        """Bytes in the journals of the attempts with this name."""
        return sum(f.stat().st_size for f in (self.folder / journal).glob(f"attempt-{attempt}/*"))

    def first_unit(self, attempt):
        """Of the first frame that rank 0 committed."""
        journal = self.folder / "study.h5.journal" / f"attempt-{attempt}" / "rank-000000.journal"
        return struct.unpack("<q", journal.read_bytes()[32:40])[0]

    def end(self, process):
        out, text = process.communicate(timeout=300)
        self.assertEqual(process.returncode, 0, text)
        return json.loads(out.splitlines()[-1]), text

    def is_whole(self, words=()):
        if words not in WHOLE:
            self.run_study("--store.file=whole.h5", *STUDY, *words)
            WHOLE[words] = self.bytes_of("whole.h5")
        self.assertEqual(WHOLE[words], self.bytes_of())
        self.assertFalse((self.folder / "study.h5.journal").exists())

    def refused(self, words, pid):
        text = self.refuses(2, words, f"process {pid}", "host ", "--join")
        self.assertRegex(text, r"for \d+ (s|min)\)")
        return text


class Join(Jobs):
    def test_a_second_run_is_refused_or_does_its_part(self):
        first = self.start("run", "study.ini", *SLOW, attempts="0001")
        self.refused(["run", "study.ini", *SLOW], first.pid)
        self.refused(["seal", "study.ini", *STUDY], first.pid)
        second = self.run_study(*STUDY, "--join")
        one, _ = self.end(first)
        self.is_whole()
        runs = 64 * 2 * 4096
        self.assertGreaterEqual(one["runs"] + second["runs"], runs)
        self.assertLess(one["runs"] + second["runs"], 1.35 * runs)  # what is done in a few seconds is done twice

    def test_on_ranks(self):
        first = self.start("run", "study.ini", *SLOW, ranks=2, attempts="0001")
        self.run_study(*STUDY, "--join", ranks=2)
        self.end(first)
        self.is_whole()

    def test_leaves_the_seal_to_a_live_holder_of_the_lock(self):
        first = self.start("run", "study.ini", *SLOW, attempts="0001")
        first.send_signal(signal.SIGSTOP)
        done = self.truce("run", "study.ini", *STUDY, "--join", "--quiet")
        self.assertEqual(done.returncode, 75, done.stderr)
        self.assertIn("all is committed (the other run seals", done.stdout)
        self.assertFalse((self.folder / "study.h5").exists())
        first.send_signal(signal.SIGCONT)
        one, _ = self.end(first)
        self.assertLess(one["runs"], 64 * 2 * 4096 / 2, "the rest was heard of")
        self.is_whole()

    def test_takes_the_lock_over_from_a_run_that_died(self):
        first = self.start("run", "study.ini", *SLOW, attempts="0001")
        second = self.start("run", "study.ini", *SLOW, "--join", attempts="0002")
        first.kill()
        first.wait()
        deadline = time.monotonic() + 120
        while f"process {second.pid} " not in (self.folder / "study.h5.journal" / "live").read_text():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
        self.refused(["run", "study.ini", *SLOW], second.pid)
        third = self.run_study(*STUDY, "--join")
        self.assertNotEqual(third["runs"], 0)
        two, _ = self.end(second)
        self.assertNotEqual(two["content_hash"], "incomplete")
        self.is_whole()

    def test_ends_well_when_another_has_sealed(self):
        first = self.start("run", "study.ini", *SLOW, attempts="0001")
        second = self.start("run", "study.ini", *SLOW, "--join", attempts="0002")
        self.assertEqual([self.first_unit(attempt) for attempt in ("0001", "0002")], [0, 64 * 4 - 1])
        second.send_signal(signal.SIGSTOP)
        first.kill()
        first.wait()
        made = self.run_study(*STUDY)
        second.send_signal(signal.SIGCONT)
        out, text = second.communicate(timeout=300)
        self.assertEqual(second.returncode, 0, text)
        two = json.loads(out.splitlines()[-1])
        self.assertEqual(two["content_hash"], made["content_hash"])
        self.assertLess(two["runs"], 64 * 2 * 4096 / 2, "it went on in vain")
        self.is_whole()

    def test_alone_is_a_run(self):
        self.run_study("--join")
        done = self.truce("run", "study.ini", "--join")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("study.h5 is complete already", done.stderr)
        self.assertFalse((self.folder / "study.h5.journal").exists())


class LiveShares(Jobs):
    def test_are_beside_each_other_once_and_keep_whole_runs_away(self):
        first = self.start("run", "study.ini", *SLOW, "--share=1/2", attempts="0001.share-1-of-2")
        text = self.refused(["run", "study.ini", *SLOW, "--share=1/2"], first.pid)
        self.assertIn("share 1/2", text)
        self.refused(["run", "study.ini", *SLOW], first.pid)
        self.refused(["seal", "study.ini", *STUDY], first.pid)
        self.assertIn("is working on it now", self.truce("status", "study.ini", *STUDY).stdout)
        self.run_study(*STUDY, "--share=2/2")
        first.kill()
        first.wait()
        self.run_study(*STUDY, "--share=1/2")
        self.assertEqual(self.truce("seal", "study.ini", *STUDY).returncode, 0)
        self.is_whole()

    def test_are_refused_beside_a_whole_run(self):
        first = self.start("run", "study.ini", *SLOW, attempts="0001")
        self.refused(["run", "study.ini", *SLOW, "--share=1/2"], first.pid)

    def test_hear_of_what_a_job_commits_that_joined_them(self):
        first = self.start("run", "study.ini", *SLOW, "--share=2/2", attempts="0001.share-2-of-2")
        first.send_signal(signal.SIGSTOP)
        done = self.truce("run", "study.ini", *STUDY, "--join", "--quiet")
        self.assertEqual(done.returncode, 75, "all is committed, and the share alive: " + done.stderr)
        first.send_signal(signal.SIGCONT)
        one, _ = self.end(first)
        self.assertLess(one["runs"], 32 * 2 * 4096 / 2)
        self.assertEqual(self.run_study(*STUDY)["runs"], 0)
        self.is_whole()


class ExtendKilled(Jobs):
    def test_continues_by_the_same_command(self):
        self.run_study("--store.file=old.h5", *STUDY)
        more = ("extend", "old.h5", "--points=128", "--out=study.h5")
        for ranks in (0, 2):
            job = self.start(*more, "--instruction-set=plain", ranks=ranks, attempts="0002" if ranks == 0 else "0003")
            self.kill_all(job)
        done = self.truce(*more, "--quiet", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertLess(json.loads(done.stdout.splitlines()[-1])["runs"], 64 * 2 * 4096, "what was committed is kept")
        self.is_whole(("--design.points=128",))

    def test_stops_at_a_signal_and_its_time_limit(self):
        self.run_study("--store.file=old.h5", *STUDY)
        more = ("extend", "old.h5", "--points=128", "--out=study.h5", "--instruction-set=plain")
        job = self.start(*more, attempts="0002")
        job.send_signal(signal.SIGUSR1)
        _, text = job.communicate(timeout=120)
        self.assertEqual(job.returncode, 75, text)
        self.assertIn("signal SIGUSR1", text)
        self.assertEqual(self.truce(*more, "--quiet", "--max-seconds=1").returncode, 75)
        self.assertEqual(self.truce(*more[:-1], "--quiet").returncode, 0)
        self.is_whole(("--design.points=128",))

    def kill_all(self, job):
        """mpirun puts its ranks into groups of their own; they live in the folder of the test."""
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if os.readlink(process / "cwd") == str(self.folder) and int(process.name) != os.getpid():
                    os.kill(int(process.name), signal.SIGKILL)
            except OSError:
                pass
        job.wait()


if __name__ == "__main__":
    unittest.main(verbosity=2)
