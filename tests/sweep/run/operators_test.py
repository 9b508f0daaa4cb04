#!/usr/bin/python3
"""What operators ask and do: status, gc, diff."""
import fcntl
import json
import os
import resource
import shutil
import signal
import unittest

from studies import FAILING_POINTS, failing
from study_folder import Folder
from stopping_test import LongRun


class Status(LongRun):
    def json(self, *words, code):
        done = self.truce("status", *words, "--json")
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)

    def test_follows_a_study_from_nothing_to_its_result(self):
        self.assertEqual(self.json("study.ini", code=75)["state"], "none")
        process = self.start()
        self.until(process, lambda: any(self.committed().values()))
        live = self.json("study.h5", code=75)
        self.assertEqual((live["state"], live["live"], live["process"]), ("unfinished", True, process.pid))
        text = self.truce("status", "study.h5").stdout
        self.assertIn(f"a run is working on it now (host {os.uname().nodename}, process {process.pid}, for ", text)
        self.assertIn("next: wait for the run", text)
        process.send_signal(signal.SIGUSR1)
        self.ends(process, 75)
        state = self.json("study.h5", code=75)
        self.assertEqual((state["state"], state["live"], state["attempts"]), ("unfinished", False, 1))
        self.assertGreater(state["units_done"], 0)
        self.assertEqual(state["units"], 512)
        self.assertEqual(state["runs_done"], state["units_done"] * 2 * 500)
        self.assertGreater(state["runs_per_second"], 0)
        self.assertGreater(state["bytes_free"], state["bytes_needed"])
        text = self.truce("status", "study.h5").stdout
        for word in ("attempt 1: ", " runs/s (by the times of its files), which leaves ", "room to finish: ",
                     "no run is working on it", "next: truce run STUDY"):
            self.assertIn(word, text)
        self.run_study("--design.points=512", "--study.replicates=500")
        self.assertEqual(self.json("study.h5", code=0)["state"], "sealed")

    def test_foretells_the_room_that_a_seal_takes(self):
        self.run_study()
        needed = self.json("study.ini", "--store.file=other.h5", code=75)["bytes_needed"]
        size = len(self.bytes_of())
        self.assertLess(needed, 4 * size)  # journals, the file, and its generous headers
        self.assertGreater(needed, size)

    def test_names_damaged_journals(self):
        process = self.start()
        self.until(process, lambda: any(self.committed().values()))
        process.send_signal(signal.SIGUSR1)
        self.ends(process, 75)
        done = self.json("study.h5", code=75)["units_done"]
        journal = next((self.folder / "study.h5.journal").glob("attempt-*/*"))
        os.truncate(journal, journal.stat().st_size - 1)
        state = self.json("study.h5", code=75)
        self.assertEqual((state["damaged_journals"], state["units_done"]), (1, done - 1))
        text = self.truce("status", "study.h5").stdout
        self.assertIn("1 damaged at the end", text)
        self.assertIn(f"journal {journal.relative_to(self.folder)}: a frame that was cut off", text)


class PaceOfShares(Folder):
    """64 points x 2 policies x 8 replicates; the times of the files are set, so that the pace is known."""

    def share(self, number, seconds):
        done = self.truce("run", "study.ini", "--quiet", "--store.block=4", f"--share={number}/4")
        self.assertEqual(done.returncode, 0, done.stderr)
        attempt, = (self.folder / "study.h5.journal").glob(f"attempt-*.share-{number}-of-4")
        for journal in attempt.iterdir():
            os.utime(journal, (1_700_000_000 + seconds,) * 2)
        os.utime(attempt, (1_700_000_000,) * 2)

    def pace(self):
        state = json.loads(self.truce("status", "study.ini", "--json").stdout)
        return state["jobs"], state["runs_per_second"], state["seconds_left"]

    def hold(self, name, how):
        lock = open(self.folder / "study.h5.journal" / name, "a")
        self.addCleanup(lock.close)
        fcntl.flock(lock, how)

    def test_is_that_of_the_share_or_of_all_that_are_live(self):
        self.share(1, 4)
        self.assertEqual(self.pace(), (0, 64, 12))  # 256 runs in 4 s, 768 to go
        self.share(2, 8)
        self.assertEqual(self.pace(), (0, 32, 16))
        self.hold("live", fcntl.LOCK_SH)
        for number in (1, 2):
            self.hold(f"live.share-{number}-of-4", fcntl.LOCK_EX)
        self.assertEqual(self.pace(), (2, 96, 6))
        self.assertIn("2 jobs make 96 runs/s (by the times of their files)", self.truce("status", "study.ini").stdout)

    def test_is_not_told_where_it_is_not_known(self):
        self.share(1, 0)
        self.assertEqual(self.pace(), (0, None, None))
        self.assertNotIn("runs/s", self.truce("status", "study.ini").stdout)


class FailedRuns(Folder):
    """gamblers_ruin refuses forts_a >= forts: every run of such a point fails."""

    def setUp(self):
        super().setUp()
        self.write("study.ini", failing(2000))
        self.write("points.csv", FAILING_POINTS)

    def test_are_listed_with_the_command_that_replays_one(self):
        for words, last in (((), "--failed"), (("--store.rows=run", "--store.file=runs.h5"), "--replicate 0")):
            self.run_study(*words)
            file = "runs.h5" if words else "study.h5"
            text = self.truce("status", file).stdout
            self.assertIn("failed runs: 2,000", text)
            command = f"truce replay {file} --point 1 --policy 0 {last}"
            self.assertIn(command, text)
            done = self.truce(*command.split()[1:])
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("# status = failed (forts_a must be below forts)", done.stdout)
            self.assertIn("agree bit for bit", done.stderr)
        self.assertEqual(text.count("truce replay"), 5)
        self.assertEqual(json.loads(self.truce("status", "runs.h5", "--json").stdout)["runs_failed"], 2000)

    def test_are_counted_before_the_seal_in_journals_of_every_kind(self):
        room = 1200  # fewer than the file takes: the journal is kept

        for words in ((), ("--store.block=1",), ("--store.rows=run",)):
            with self.subTest(words=words):
                self.run_study(*words)
                expected = len(self.bytes_of())
                (self.folder / "study.h5").unlink()

                def small_files():
                    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                    resource.setrlimit(resource.RLIMIT_FSIZE, (expected - room, expected - room))

                self.refuses(6, ["run", "study.ini", *words], "study.h5.tmp", preexec_fn=small_files)
                state = json.loads(self.truce("status", "study.ini", *words, "--json").stdout)
                self.assertEqual((state["state"], state["runs_failed"]), ("complete", 2000))
                shutil.rmtree(self.folder / "study.h5.journal")

    def test_of_nobody_cannot_be_replayed(self):
        self.run_study()
        self.refuses(2, ["replay", "study.h5", "--point=0", "--failed"], "no run of this point and policy failed")


class Gc(Folder):
    def setUp(self):
        super().setUp()
        self.run_study()

    def leave_a_journal(self):
        journal = self.folder / "study.h5.journal" / "attempt-0001" / "rank-000000.journal"
        journal.parent.mkdir(parents=True, exist_ok=True)
        journal.write_bytes(b"\0" * 5000)
        return self.folder / "study.h5.journal"

    def test_removes_journals_of_a_good_seal(self):
        for name in ("study.h5", "study.ini"):
            folder = self.leave_a_journal()
            self.write("study.h5.tmp.1", "half")
            done = self.truce("gc", name)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("5,000 bytes freed", done.stdout)
            self.assertFalse(folder.exists())
            self.assertFalse((self.folder / "study.h5.tmp.1").exists())
        self.assertIn("nothing to remove", self.truce("gc", "study.h5").stdout)

    def test_keeps_what_may_still_be_needed(self):
        folder = self.leave_a_journal()
        whole = self.bytes_of()
        (self.folder / "study.h5").write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        self.refuses(7, ["gc", "study.ini"])
        (self.folder / "study.h5").write_bytes(whole)
        manifest = (self.folder / "study.manifest.json").rename(self.folder / "kept.json")
        self.refuses(75, ["gc", "study.ini"], "are kept", "no manifest")
        manifest.rename(self.folder / "study.manifest.json")
        (self.folder / "study.h5").rename(self.folder / "kept.h5")
        self.refuses(75, ["gc", "study.ini"], "are kept", "is not sealed")
        (self.folder / "kept.h5").rename(self.folder / "study.h5")
        self.refuses(2, ["gc", "study.ini", "--study.seed=8"], "another study")
        self.assertEqual((folder / "attempt-0001" / "rank-000000.journal").stat().st_size, 5000)

    def test_and_run_keep_journals_of_another_study(self):
        sealed = self.bytes_of()
        manifest = (self.folder / "study.manifest.json").read_bytes()
        (self.folder / "study.h5").unlink()
        stopped = self.truce("run", "study.ini", "--study.replicates=100000", "--store.block=1", "--quiet",
                             "--max-seconds=1")
        self.assertEqual(stopped.returncode, 75, stopped.stderr)
        (self.folder / "study.h5").write_bytes(sealed)
        (self.folder / "study.manifest.json").write_bytes(manifest)
        for words in (["gc", "study.h5"], ["gc", "study.ini"], ["run", "study.ini"], ["seal", "study.ini"]):
            self.refuses(2, words, "study.h5.journal belongs to another study", "replicates")
        self.assertTrue((self.folder / "study.h5.journal" / "attempt-0001").is_dir())


class Diff(Folder):
    def test_tells_keys_columns_and_rows(self):
        self.run_study()
        self.run_study("--store.file=same.h5", "--store.block=3")
        self.run_study("--store.file=other.h5", "--study.seed=8")
        done = self.truce("diff", "study.h5", "same.h5")
        self.assertEqual((done.returncode, done.stdout), (0, "all numbers are the same, of the same study\n"))
        done = self.truce("diff", "study.h5", "other.h5")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("study.seed: 7 against 8", done.stdout)
        self.assertIn("war_months: ", done.stdout)
        self.assertNotIn("horizon_months: ", done.stdout)
        try:
            import h5py
        except ImportError:
            self.skipTest("no h5py")
        with h5py.File(self.folder / "same.h5", "r+") as file:
            file["war_months_var"][3, 1] += 0.25
            file["war_months_var"][9, 0] -= 0.5
        self.refuses(7, ["diff", "study.h5", "same.h5"], "same.h5 was changed after it was sealed")
        (self.folder / "same.manifest.json").unlink()
        done = self.truce("diff", "study.h5", "same.h5")
        self.assertEqual((done.returncode, done.stdout),
                         (4, "war_months_var: 2 rows differ, first row 3, largest difference 0.5\n"))
        self.refuses(2, ["diff", "study.h5"], "1 result files given")


if __name__ == "__main__":
    unittest.main(verbosity=2)
