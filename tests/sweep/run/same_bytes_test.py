#!/usr/bin/python3
"""The same bytes for any number of ranks, any blocks, and after kills and time limits."""
import json
import os
import pathlib
import resource
import signal
import subprocess
import time
import unittest

from study_folder import Folder, MPI, RUIN, TRUCE


class SameBytes(Folder):
    def same(self, *variants):
        first = None
        for number, (words, ranks) in enumerate(variants):
            name = f"v{number}.h5"
            self.run_study(f"--store.file={name}", *words, ranks=ranks)
            first = first or self.bytes_of(name)
            self.assertEqual(first, self.bytes_of(name), (words, ranks))

    def test_for_any_number_of_ranks(self):
        self.same(*[((), ranks) for ranks in (0, 1, 2, 3, 4)])

    def test_for_any_block_size(self):
        self.same(*[((f"--store.block={block}",), 2) for block in (1, 7, 64)])

    def test_for_every_instruction_set_which_the_manifest_records(self):
        self.same(*[((f"--instruction-set={name}",) if name else (), 2) for name in ("", "plain", *self.faster_sets())])
        self.assertIn("one lane of double", self.codes_of("v1"))

    def test_of_float_studies(self):
        self.same(*[(("--study.arithmetic=float", *words), ranks) for words, ranks in (
            ((), 0), (("--instruction-set=plain",), 1), (("--store.block=7",), 3))])
        self.run_study("--store.file=double.h5")
        self.assertNotEqual(self.bytes_of("double.h5"), self.bytes_of("v0.h5"))
        self.assertIn("of float", self.codes_of("v0"))
        self.assertEqual(self.truce("verify", "v0.h5").returncode, 0)
        replayed = self.truce("replay", "v0.h5", "--point=3", "--replicate=1")
        self.assertEqual(replayed.returncode, 0, replayed.stderr)

    def test_when_begun_on_one_instruction_set_and_continued_on_others(self):
        self.run_study("--store.file=whole.h5", "--instruction-set=plain")
        sets = self.faster_sets()
        if not sets:
            self.skipTest("NOT TESTED: this processor and build have the plain code only")
        for name in (*sets, "plain", *sets):
            before = self.journal_bytes()
            # journals of some points at most: the run ends there, however fast it is
            cut = self.truce("run", "study.ini", f"--instruction-set={name}", "--store.block=1", "--quiet",
                             preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30000, 30000)))
            self.assertEqual(cut.returncode, 6, cut.stderr)
            self.assertGreater(self.journal_bytes(), before, name)
        self.run_study("--instruction-set=plain")
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())

    def faster_sets(self):
        refusal = self.truce("run", "study.ini", "--instruction-set=none")
        self.assertEqual(refusal.returncode, 2)
        return refusal.stderr.split("build run ")[1].split(")")[0].split(", ")[:-1]

    def codes_of(self, stem):
        return json.loads((self.folder / f"{stem}.manifest.json").read_text())["codes"][0]

    def test_for_run_rows(self):
        self.same(*[(("--store.rows=run", f"--store.block={block}"), 2) for block in (1, 5, 64)])

    def test_for_points_longer_than_a_block(self):
        self.write("study.ini", RUIN)  # 5,000 replicates: five chunks a point
        self.same(*[((f"--store.block={block}",), ranks) for block, ranks in ((1, 1), (2, 3), (5, 2), (15, 0))])

    def test_for_quantiles_of_long_points(self):
        self.write("study.ini", RUIN)
        self.same(*[((f"--store.block={block}", "--store.quantiles=yes"), ranks)
                    for block, ranks in ((1, 1), (2, 3), (5, 2), (15, 0))])

    def test_for_long_points_in_run_rows(self):
        self.write("study.ini", RUIN)
        self.same(*[(("--store.rows=run", f"--store.block={block}"), ranks) for block, ranks in ((1, 2), (5, 1), (15, 0))])

    def test_after_kill_of_everything_and_a_rerun_on_other_ranks(self):
        study = ("--study.replicates=4096",)  # 256 blocks of the plain code: no machine is through before the kill
        self.run_study("--store.file=whole.h5", *study)
        words = [TRUCE, "run", "study.ini", "--quiet", *study, "--store.block=1", "--instruction-set=plain"]
        for ranks in (2, 1, 3):
            before = self.journal_bytes()
            group = subprocess.Popen(["mpirun", "-n", str(ranks), *words], cwd=self.folder, env={**os.environ, **MPI},
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
            deadline = time.monotonic() + 60
            while group.poll() is None and time.monotonic() < deadline and self.journal_bytes() <= before:
                time.sleep(0.005)
            self.assertIsNone(group.poll(), "the run ended before it could be killed")
            os.killpg(group.pid, signal.SIGKILL)
            self.kill_workers()
            group.wait()
            self.assertGreater(self.journal_bytes(), before)
        self.run_study(*study, ranks=2)
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())

    def journal_bytes(self):
        try:
            return sum(f.stat().st_size for f in (self.folder / "study.h5.journal").glob("attempt-*/*"))
        except FileNotFoundError:  # the journal goes when the study is sealed
            return 0

    def kill_workers(self):
        """Ranks of this test live in its folder; mpirun puts them into groups of their own."""
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if os.readlink(process / "cwd") == str(self.folder) and int(process.name) != os.getpid():
                    os.kill(int(process.name), signal.SIGKILL)
            except OSError:
                pass

    def test_when_stopped_by_the_time_limit_and_continued(self):
        study = ("--study.replicates=512", "--design.points=64")
        self.run_study("--store.file=whole.h5", *study)
        words = (*study, "--quiet", "--max-seconds=1", "--store.block=1", "--instruction-set=plain")  # some seconds
        codes = []
        for _ in range(200):
            codes.append(self.truce("run", "study.ini", *words).returncode)
            if codes[-1] != 75:
                break
        self.assertIn(75, codes)
        self.assertEqual(codes[-1], 0)
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())


if __name__ == "__main__":
    unittest.main(verbosity=2)
