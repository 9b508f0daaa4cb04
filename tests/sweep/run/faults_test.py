#!/usr/bin/python3
"""What happens to a run from outside: signals, seals cut off, two starters, files that appear: nothing is lost."""
import json
import os
import pathlib
import resource
import shutil
import signal
import struct
import subprocess
import time
import unittest

from study_folder import Folder, MPI, TRUCE

LONG = ("--study.replicates=48", "--store.block=1", "--quiet")


class Signals(Folder):
    def start(self, ranks):
        launch = ["mpirun", "-n", str(ranks)] if ranks else []
        before = self.committed()
        process = subprocess.Popen([*launch, TRUCE, "run", "study.ini", *LONG], cwd=self.folder, env={**os.environ, **MPI},
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline and self.committed() <= before:
            time.sleep(0.005)
        self.assertIsNone(process.poll(), "the run ended before a block was committed")
        return process

    def committed(self):
        return sum(f.stat().st_size for f in (self.folder / "study.h5.journal").glob("attempt-*/*"))

    def stop(self, number, ranks):
        process = self.start(ranks)
        process.send_signal(number)
        _, text = process.communicate(timeout=60)
        return process.returncode, text

    def continues(self, ranks):
        self.run_study(*LONG, ranks=ranks)
        self.run_study(*LONG, "--store.file=whole.h5")
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())

    def test_end_a_run_in_good_order_and_the_same_command_continues(self):
        for number in (signal.SIGUSR1, signal.SIGTERM, signal.SIGINT):
            code, text = self.stop(number, 0)
            self.assertEqual(code, 75, text)
            self.assertIn(f"signal {number.name}", text)
            self.assertIn("the same command continues", text)
            self.assertFalse((self.folder / "study.h5").exists())
        self.continues(2)

    def test_usr1_to_mpirun_ends_all_ranks_in_good_order(self):
        code, text = self.stop(signal.SIGUSR1, 2)
        self.assertEqual(code, 75, text)
        self.assertIn("signal SIGUSR1", text)
        self.continues(0)

    def test_term_to_mpirun_loses_nothing(self):
        code, text = self.stop(signal.SIGTERM, 2)
        self.assertNotEqual(code, 0, text)
        for _ in range(200):  # mpirun may end before its ranks have
            if "is working on it now" not in self.truce("status", "study.ini").stdout:
                break
            time.sleep(0.05)
        self.continues(0)

    def test_a_second_term_ends_at_once(self):
        process = self.start(0)
        process.send_signal(signal.SIGSTOP)  # both are pending before it can look
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGCONT)
        process.communicate(timeout=60)
        self.assertIn(process.returncode, (-signal.SIGTERM, -signal.SIGINT))
        self.continues(0)


class SealCutOff(Folder):
    """A kill between the rename of the result and the removal of the journals leaves one of these states."""

    def setUp(self):
        super().setUp()
        self.hash = self.run_study()["content_hash"]
        self.kept = {name: (self.folder / name).read_bytes() for name in ("study.h5", "study.codebook.md")}
        self.manifest = json.loads((self.folder / "study.manifest.json").read_text())

    def cut_off(self, manifest, codebook):
        journal = self.folder / "study.h5.journal" / "attempt-0003"
        journal.mkdir(parents=True)
        (journal / "rank-000000.journal").write_bytes(b"")
        if not manifest:
            (self.folder / "study.manifest.json").unlink()
            (self.folder / "study.manifest.json.tmp.node.17").write_text("half")
        if not codebook:
            (self.folder / "study.codebook.md").unlink(missing_ok=True)

    def finished(self):
        self.assertEqual(sorted(os.listdir(self.folder)),
                         ["study.codebook.md", "study.h5", "study.ini", "study.manifest.json"])
        for name, content in self.kept.items():
            self.assertEqual((self.folder / name).read_bytes(), content, name)
        manifest = json.loads((self.folder / "study.manifest.json").read_text())
        for key in ("file_hash", "content_hash", "bytes", "study_id", "truce_version", "hosts"):
            self.assertEqual(manifest[key], self.manifest[key], key)

    def test_is_finished_by_the_same_command_and_by_seal(self):
        for words in (["run", "study.ini"], ["seal", "study.ini"]):
            for state in ((False, False), (False, True), (True, False), (True, True)):
                with self.subTest(words=words, state=state):
                    self.cut_off(*state)
                    done = self.truce(*words)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.finished()

    def test_without_journals_the_descriptions_are_made_again(self):
        for name in ("study.manifest.json", "study.codebook.md"):
            (self.folder / name).unlink()
            self.run_study()
            self.finished()

    def test_a_file_that_was_changed_is_never_called_complete(self):
        data = bytearray(self.kept["study.h5"])
        data[data.index(struct.pack("<d", 0.6))] ^= 1  # a small column: HDF5 keeps no checksum of it
        (self.folder / "study.h5").write_bytes(data)
        for verb in ("run", "seal"):
            self.refuses(7, [verb, "study.ini"], "changed after it was sealed", "SHA-256")
        (self.folder / "study.manifest.json").unlink()
        for verb in ("run", "seal"):
            self.refuses(7, [verb, "study.ini"], "changed after it was sealed", "content hash")
            self.assertFalse((self.folder / "study.manifest.json").exists())


class Files(Folder):
    def test_another_study_leaves_no_plan_among_journals_that_lost_theirs(self):
        cut = ("--study.replicates=40000", "--store.block=1", "--quiet", "--max-seconds=1")
        self.assertEqual(self.truce("run", "study.ini", *cut).returncode, 75)
        (self.folder / "study.h5.journal" / "plan").unlink()
        self.refuses(2, ["run", "study.ini", "--quiet", "--study.seed=8"], "belongs to another study")
        self.assertEqual(self.truce("run", "study.ini", *cut).returncode, 75)

    def test_leftovers_of_killed_runs_go(self):
        (self.folder / "study.h5.journal").mkdir()
        for name in ("study.h5.tmp.1", "study.h5.tmp.7", "study.h5.journal/plan.tmp.node.12"):
            self.write(name, "half")
        code = self.truce("run", "study.ini", "--quiet", "--max-seconds=1", "--store.block=1", "--study.replicates=40000")
        self.assertEqual(code.returncode, 75, code.stderr)
        self.assertEqual([str(p) for p in self.folder.rglob("*.tmp.*")], [])

    def test_a_result_that_appears_during_the_run_is_kept(self):
        self.run_study("--store.file=whole.h5", *LONG)
        self.run_study("--store.file=other.h5", "--study.seed=8")
        process = subprocess.Popen([TRUCE, "run", "study.ini", *LONG], cwd=self.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, text=True)
        while process.poll() is None and not (self.folder / "study.h5.journal").exists():
            time.sleep(0.005)
        shutil.copy(self.folder / "other.h5", self.folder / "study.h5")
        _, text = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 2, text)
        self.assertEqual(self.bytes_of("other.h5"), self.bytes_of())
        (self.folder / "study.h5").unlink()
        self.run_study(*LONG)
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())

    def test_starters_at_the_same_time_leave_one_whole_result(self):
        self.run_study("--store.file=whole.h5", "--store.block=8")
        for _ in range(6):
            runs = [subprocess.Popen([TRUCE, "run", "study.ini", "--quiet", "--store.block=8"], cwd=self.folder,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in range(3)]
            texts = [run.communicate(timeout=60)[1] for run in runs]
            codes = [run.returncode for run in runs]
            self.assertIn(0, codes, texts)
            self.assertLessEqual(set(codes), {0, 2}, texts)
            self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())
            self.run_study()  # verified, and whatever the losers made is gone
            self.assertFalse((self.folder / "study.h5.journal").exists())
            for name in ("study.h5", "study.manifest.json"):
                (self.folder / name).unlink()

    def test_seal_after_a_full_disk_tells_its_host(self):
        self.run_study("--store.file=whole.h5")
        room = len(self.bytes_of("whole.h5")) - 5000

        def small_files():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

        self.refuses(6, ["run", "study.ini", "--quiet"], "study.h5.tmp", preexec_fn=small_files)
        done = self.truce("seal", "study.ini")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())
        manifest = json.loads((self.folder / "study.manifest.json").read_text())
        self.assertEqual((len(manifest["hosts"]), manifest["ranks"]), (1, 1))

    def test_file_names_are_quoted_in_the_last_line(self):
        name = 'a "quoted\\ name.h5'
        self.assertEqual(self.run_study(f"--store.file={name}")["file"], name)


class Ranks(Folder):
    def test_with_different_studies_are_refused(self):
        one = [TRUCE, "run", "study.ini", "--quiet"]
        done = subprocess.run(["mpirun", "-n", "1", *one, ":", "-n", "1", *one, "--study.seed=8"], cwd=self.folder,
                              env={**os.environ, **MPI}, text=True, capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("rank 1 was given another study", done.stderr)
        self.assertEqual(sorted(p.name for p in pathlib.Path(self.folder).iterdir()), ["study.ini"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
