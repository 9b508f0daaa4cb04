#!/usr/bin/python3
"""The whole path from study file to result file: same bytes however it is run, and clear errors where it cannot run.

Usage: whole_path.py TRUCE [TestClass[.test]]   (TRUCE is the program; mpirun is found on PATH)
"""
import json
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time
import unittest

TRUCE = sys.argv.pop(1) if len(sys.argv) > 1 else "truce"
MPI = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
       "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMPI_MCA_btl_vader_single_copy_mechanism": "none",
       "OMPI_MCA_mpi_yield_when_idle": "1"}

STUDY = """# truce run study.ini
[study]
title = whole path
kernel = anchored_peace
seed = 7
replicates = 8
[design]
method = sobol
points = 64
[inputs]
autocracy_a = uniform(0, 1)
horizon_months = 60
[levers]
guarantee_a = list(0, 0.6)
[store]
file = study.h5
"""

RUIN = """[study]
kernel = gamblers_ruin
seed = 3
replicates = 5000
[design]
method = monte_carlo
points = 3
[inputs]
win_probability = uniform(0.4, 0.6)
[store]
file = study.h5
"""


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="truce-test-"))
        self.addCleanup(subprocess.run, ["rm", "-rf", str(self.folder)])
        self.write("study.ini", STUDY)

    def write(self, name, text):
        (self.folder / name).write_text(text)

    def truce(self, *words, ranks=0, **more):
        launch = ["mpirun", "-n", str(ranks)] if ranks else []
        return subprocess.run([*launch, TRUCE, *words], cwd=self.folder, env={**os.environ, **MPI}, text=True,
                              capture_output=True, timeout=120, **more)

    def run_study(self, *words, ranks=0, study="study.ini"):
        done = self.truce("run", study, "--json", "--quiet", *words, ranks=ranks)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout.splitlines()[-1])

    def bytes_of(self, name="study.h5"):
        return (self.folder / name).read_bytes()

    def refuses(self, code, words, *expected, **more):
        done = self.truce(*words, **more)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        for word in expected:
            self.assertIn(word, done.stderr)
        return done.stderr


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

    def test_for_run_rows(self):
        self.same(*[(("--store.rows=run", f"--store.block={block}"), 2) for block in (1, 5, 64)])

    def test_for_points_longer_than_a_block(self):
        self.write("study.ini", RUIN)  # 5,000 replicates: five chunks a point
        self.same(*[((f"--store.block={block}",), ranks) for block, ranks in ((1, 1), (2, 3), (5, 2), (15, 0))])

    def test_for_long_points_in_run_rows(self):
        self.write("study.ini", RUIN)
        self.same(*[(("--store.rows=run", f"--store.block={block}"), ranks) for block, ranks in ((1, 2), (5, 1), (15, 0))])

    def test_after_kill_of_everything_and_a_rerun_on_other_ranks(self):
        self.run_study("--store.file=whole.h5", "--study.replicates=256")
        words = [TRUCE, "run", "study.ini", "--quiet", "--study.replicates=256", "--store.block=1"]
        killed = 0
        for ranks in (2, 1, 3):
            group = subprocess.Popen(["mpirun", "-n", str(ranks), *words], cwd=self.folder, env={**os.environ, **MPI},
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
            deadline = time.monotonic() + 60
            while group.poll() is None and time.monotonic() < deadline and self.journal_bytes() <= killed * 100000:
                time.sleep(0.02)
            time.sleep(0.2)
            if group.poll() is None:
                subprocess.run(["pkill", "-9", "-f", str(self.folder.name)], check=False)
                os.killpg(group.pid, signal.SIGKILL)
                self.kill_workers()
                killed += 1
            group.wait()
        self.assertGreater(killed, 0)
        self.run_study("--study.replicates=256", ranks=2)
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())

    def journal_bytes(self):
        return sum(f.stat().st_size for f in (self.folder / "study.h5.journal").glob("attempt-*/*"))

    def kill_workers(self):
        """Ranks of this test live in its folder; mpirun puts them into groups of their own."""
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if os.readlink(process / "cwd") == str(self.folder) and int(process.name) != os.getpid():
                    os.kill(int(process.name), signal.SIGKILL)
            except OSError:
                pass

    def test_when_stopped_by_the_time_limit_and_continued(self):
        self.run_study("--store.file=whole.h5", "--study.replicates=512", "--design.points=256")
        words = ("--study.replicates=512", "--design.points=256", "--quiet", "--max-seconds=1", "--store.block=1")
        codes = []
        for _ in range(200):
            codes.append(self.truce("run", "study.ini", *words).returncode)
            if codes[-1] != 75:
                break
        self.assertIn(75, codes)
        self.assertEqual(codes[-1], 0)
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())


class Verbs(Folder):
    def test_run_again_does_nothing_and_ends_well(self):
        first = self.run_study()
        again = self.run_study()
        self.assertEqual(first["content_hash"], again["content_hash"])
        self.assertEqual(again["runs"], 0)

    def test_verify_finds_a_flipped_bit_and_recomputes(self):
        self.run_study()
        good = self.truce("verify", "study.h5", "--points", "64")
        self.assertEqual(good.returncode, 0, good.stderr)
        self.assertIn("64 base points recomputed", good.stdout)
        data = bytearray(self.bytes_of())
        data[len(data) // 2] ^= 1
        (self.folder / "study.h5").write_bytes(data)
        self.refuses(7, ["verify", "study.h5"], "SHA-256")

    def test_replay_ends_in_the_stored_row(self):
        for words in (("--store.rows=run",), ("--study.replicates=1",)):
            name = f"r{len(words[0])}.h5"
            self.run_study(f"--store.file={name}", *words)
            for point, policy in ((0, 0), (5, 1), (63, 0)):
                replicate = "0" if "replicates" in words[0] else "7"
                done = self.truce("replay", name, f"--point={point}", f"--policy={policy}", f"--replicate={replicate}")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertRegex(done.stderr, r"[1-9]\d* stored outcomes agree bit for bit")
                self.assertTrue(done.stdout.startswith("month,at_war,position"))

    def test_check_writes_nothing_and_tells_the_cost(self):
        before = sorted(os.listdir(self.folder))
        done = self.truce("check", "study.ini", "--cores=2")
        self.assertEqual(done.returncode, 0, done.stderr)
        for word in ("64 points x 2 policies x 8 replicates = 1,024 runs", "core-hours", "runs/s per core", "study id"):
            self.assertIn(word, done.stdout)
        self.assertEqual(before, sorted(os.listdir(self.folder)))

    def test_described_study_runs(self):
        for kernel in ("anchored_peace", "gamblers_ruin"):
            self.write("described.ini", self.truce("describe", kernel, "--ini").stdout)
            done = self.truce("check", "described.ini")
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_status_before_and_after(self):
        self.assertEqual(self.truce("status", "study.ini").returncode, 75)
        self.run_study()
        self.assertIn("sealed", self.truce("status", "study.ini").stdout)

    def test_export_gives_the_stored_numbers(self):
        self.run_study()
        lines = self.truce("export", "study.h5", "--csv").stdout.splitlines()
        self.assertEqual(len(lines), 1 + 64 * 2)
        table = dict(zip(lines[0].split(","), lines[4].split(",")))  # point 1, policy 1
        self.assertEqual((table["point"], table["policy"], table["guarantee_a"]), ("1", "1", "0.6"))
        try:
            import h5py
        except ImportError:
            self.skipTest("no h5py")
        with h5py.File(self.folder / "study.h5") as file:
            self.assertEqual(float(table["war_months"]), file["war_months"][1, 1])
            self.assertEqual(float(table["war_survival_12"]), file["war_survival"][1, 1, 3])

    def test_every_verb_has_help_worth_reading(self):
        listed = self.truce("--help").stdout
        for verb in ("run", "seal", "check", "kernels", "describe", "status", "verify", "replay", "export"):
            self.assertIn(f"\n  {verb} ", listed + "\n  kernels ")
            self.assertGreater(len(self.truce(verb, "--help").stdout), 80)


class FailedRuns(Folder):
    """gamblers_ruin refuses forts_a >= forts: every run of such a point fails, and nothing else does."""

    def setUp(self):
        super().setUp()
        self.write("study.ini", "[study]\nkernel = gamblers_ruin\nreplicates = 20\n[design]\nmethod = list\n"
                   "file = points.csv\n[levers]\nforts = list(9, 12)\n[store]\nfile = study.h5\n")
        self.write("points.csv", "forts_a\n5\n10\n8\n")

    def test_are_counted_with_a_status_and_left_out(self):
        self.assertEqual(self.run_study()["runs_failed"], 20)
        rows = [dict(zip(header.split(","), line.split(","))) for header, *lines in
                [self.truce("export", "study.h5", "--csv").stdout.splitlines()] for line in lines]
        bad = [r for r in rows if r["forts_a"] == "10" and r["forts"] == "9"]
        self.assertEqual(len(bad), 1)
        self.assertEqual([bad[0][n] for n in ("war_months", "war_months_n", "runs_failed", "status")], ["", "0", "20", "2"])
        for row in rows:
            if row is not bad[0]:
                self.assertEqual([row["war_months_n"], row["runs_failed"], row["status"]], ["20", "0", "0"])
        # the difference to the first policy, which failed, is of no pair
        other = next(r for r in rows if r["forts_a"] == "10" and r["forts"] == "12")
        self.assertEqual([other["war_months_diff"], other["war_months_diff_n"]], ["", "0"])
        self.assertIn("failed runs: 20", self.truce("status", "study.h5").stdout)

    def test_are_marked_one_by_one_in_run_rows(self):
        self.run_study("--store.rows=run")
        lines = self.truce("export", "study.h5", "--csv").stdout.splitlines()
        rows = [dict(zip(lines[0].split(","), line.split(","))) for line in lines[1:]]
        self.assertEqual(len(rows), 3 * 2 * 20)
        for row in rows:
            failed = row["run_point"] == "1" and row["run_policy"] == "0"
            self.assertEqual((row["status"], row["ending"] == ""), ("1", True) if failed else ("0", False))
        self.assertEqual(self.truce("verify", "study.h5").returncode, 0)


class BadInput(Folder):
    def edited(self, old, new):
        self.write("study.ini", STUDY.replace(old, new))

    def test_all_problems_at_once_with_line_key_and_nearest_name(self):
        self.edited("autocracy_a = uniform(0, 1)", "autocrcy_a = uniform(0, 1)\npoints = 3\n[desing]\nx = 1")
        text = self.refuses(2, ["run", "study.ini"], "study.ini:11", "autocracy_a", "design")
        self.assertGreaterEqual(len(text.splitlines()), 3)

    def test_bad_values_name_file_line_and_key(self):
        cases = {"points = 64": ["points = -5", "points = 0", "points = 1e400", "points = nan", "points ="],
                 "method = sobol": ["method = sobool"], "kernel = anchored_peace": ["kernel = anchored_piece"],
                 "autocracy_a = uniform(0, 1)": ["autocracy_a = uniform(1, 0)", "autocracy_a = uniform(0.5, 0.5)",
                                                 "autocracy_a = uniform(0, 2)", "autocracy_a = unifrm(0, 1)",
                                                 "autocracy_a = 7", "autocracy_a = uniform(0)"]}
        for old, news in cases.items():
            for new in news:
                with self.subTest(new):
                    self.edited(old, new)
                    line = STUDY[: STUDY.index(old)].count("\n") + 1
                    self.refuses(2, ["run", "study.ini"], f"study.ini:{line}", old.split(" = ")[0])

    def test_duplicate_key_and_option(self):
        self.edited("points = 64", "points = 64\npoints = 32")
        self.refuses(2, ["run", "study.ini"], "study.ini:10", "first on line 9", "points")
        self.refuses(2, ["run", "study.ini", "--design.pionts=4"], "points")
        self.refuses(2, ["run", "study.ini", "--quit"], "--quiet")

    def test_grid_of_1e20_points(self):
        inputs = "\n".join(f"{n} = steps(0, 1, 100000)" for n in ("autocracy_a", "autocracy_d", "cynicism", "patron_floor"))
        self.edited("method = sobol\npoints = 64\n[inputs]\nautocracy_a = uniform(0, 1)", f"method = grid\n[inputs]\n{inputs}")
        self.refuses(2, ["run", "study.ini"], "grid")

    def test_missing_files_and_folders(self):
        self.refuses(2, ["run", "nowhere.ini"], "nowhere.ini")
        self.refuses(2, ["run", "."], ".")
        self.refuses(6, ["run", "study.ini", "--store.file=no/such/folder/x.h5"], "no/such/folder")

    def test_result_of_another_study_is_kept_and_the_difference_shown(self):
        self.run_study()
        before = self.bytes_of()
        self.refuses(2, ["run", "study.ini", "--study.seed=8"], "study.h5", "seed", "7", "8")
        self.assertEqual(before, self.bytes_of())

    def test_foreign_and_truncated_files(self):
        self.run_study()
        whole = self.bytes_of()
        for content in (b"not HDF5", b"", whole[:1000], whole[: len(whole) // 2]):
            (self.folder / "study.h5").write_bytes(content)
            for words in (["run", "study.ini"], ["status", "study.h5"], ["verify", "study.h5"], ["export", "study.h5", "--csv"]):
                self.refuses(7, words, "study.h5")
            self.assertEqual(self.bytes_of(), content)

    def test_list_files(self):
        self.edited("method = sobol\npoints = 64\n[inputs]\nautocracy_a = uniform(0, 1)", "method = list\nfile = list.csv\n[inputs]")
        self.refuses(2, ["run", "study.ini"], "list.csv")
        for text, where in (("autocracy_a,cynicism\n0.1,0.2\n0.3\n", "list.csv:3"), ("autocracy\n0.1\n", "autocracy"),
                            ("autocracy_a\nmuch\n", "list.csv:2"), ("autocracy_a\n7\n", "list.csv:2")):
            self.write("list.csv", text)
            self.refuses(2, ["run", "study.ini"], where)
        self.write("list.csv", "autocracy_a,cynicism\n0.1,0.2\n0.3,0.4\n")
        self.run_study()
        self.assertEqual(self.truce("verify", "study.h5").returncode, 0)

    def test_a_full_disk_loses_no_committed_block(self):
        self.run_study("--store.file=whole.h5")

        def small_files():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000))

        self.refuses(6, ["run", "study.ini", "--quiet", "--store.block=1"], "study.h5", preexec_fn=small_files)
        self.run_study()
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())

    def test_two_runs_at_once(self):
        words = [TRUCE, "run", "study.ini", "--quiet", "--study.replicates=20000", "--store.block=1"]
        first = subprocess.Popen(words, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while first.poll() is None and not list((self.folder / "study.h5.journal").glob("attempt-*/*")):
                time.sleep(0.01)
            self.assertIsNone(first.poll(), "the first run ended before the second began")
            self.refuses(2, words[1:], str(first.pid))
        finally:
            first.kill()
            first.wait()

    def test_an_error_on_many_ranks_is_said_once_and_ends(self):
        text = self.refuses(2, ["run", "study.ini", "--design.points=-5"], "points", ranks=3)
        self.assertEqual(text.count("design.points"), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
