#!/usr/bin/python3
"""Replicates on demand through the whole path: the same bytes however it is run, and what every verb says of it."""
import resource
import signal
import unittest

from study_folder import Folder, STUDY

STAGED = STUDY.replace("replicates = 8", "replicates = 8\nprecision_of = ending_settlement\nprecision = 0.1\n"
                       "replicates_max = 1200")


def small_files():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))


class Precision(Folder):
    def setUp(self):
        super().setUp()
        self.write("study.ini", STAGED)

    def table(self, name="study.h5"):
        header, *lines = self.truce("export", name, "--csv").stdout.splitlines()
        return [dict(zip(header.split(","), line.split(","))) for line in lines]

    def test_gives_the_same_bytes_for_any_ranks_and_blocks(self):
        first = None
        for ranks, block in ((0, "auto"), (1, "1"), (2, "7"), (3, "64"), (3, "1")):
            said = self.run_study(f"--store.file=v{ranks}{block}.h5", f"--store.block={block}", ranks=ranks)
            bytes_ = self.bytes_of(f"v{ranks}{block}.h5")
            first = first or (said["runs"], bytes_)
            self.assertEqual(first, (said["runs"], bytes_), (ranks, block))

    def test_continues_to_the_same_bytes(self):
        whole = self.run_study("--store.file=whole.h5")["runs"]
        self.refuses(6, ["run", "study.ini", "--quiet", "--store.block=1"], "study.h5", preexec_fn=small_files)
        status = self.truce("status", "study.ini").stdout
        self.assertRegex(status, r"\n[\d,]+ of at most 153,600 runs committed \([\d.]+ % of the points\)")
        before = int(status.splitlines()[1].split()[0].replace(",", ""))
        self.assertGreater(before, 0)
        self.assertEqual(before + self.run_study()["runs"], whole)
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())

    def test_stores_what_was_used_and_the_last_line_counts_it(self):
        runs = self.run_study()["runs"]
        rows = self.table()
        used = [int(row["replicates"]) for row in rows]
        self.assertEqual(sum(used), runs)
        self.assertGreater(len(set(used)), 2)
        self.assertLessEqual(set(used), {8, 16, 32, 64, 128, 256, 512, 1024, 1200})
        self.assertEqual(used[::2], used[1::2])
        status = self.truce("status", "study.h5").stdout
        self.assertIn(f"runs made: {runs:,} (each point until", status)
        self.assertIn("64 points x 2 policies x 8 to 1,200 replicates = 1,024 to 153,600 runs", status)
        self.assertIn("precise enough", (self.folder / "study.codebook.md").read_text())

    def test_equals_the_fixed_study_point_by_point(self):
        self.run_study()
        staged, fixed = self.table(), {}
        for row in staged:
            used = row["replicates"]
            if used not in fixed:
                self.write("fixed.ini", STUDY.replace("replicates = 8", f"replicates = {used}"))
                self.run_study(f"--store.file=fixed{used}.h5", study="fixed.ini")
                fixed[used] = self.table(f"fixed{used}.h5")
            self.assertIn(row, fixed[used])

    def test_verify_and_replay_know_it(self):
        self.run_study()
        done = self.truce("verify", "study.h5", "--points=64")
        self.assertEqual(done.returncode, 0, done.stderr)
        used = int(self.table()[2 * 5]["replicates"])
        done = self.truce("replay", "study.h5", "--point=5", f"--replicate={used - 1}")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("agree bit for bit", done.stderr)
        point = min(range(64), key=lambda p: int(self.table()[2 * p]["replicates"]))
        self.refuses(2, ["replay", "study.h5", f"--point={point}", "--replicate=1199"], "was not run", "precise enough")

    def test_check_says_the_least_the_most_and_the_likely(self):
        done = self.truce("check", "study.ini")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("x 8 to 1,200 replicates = 1,024 to 153,600 runs", done.stdout)
        self.assertRegex(done.stdout, r"whole study: about [\d,]+ runs \(\d+ % of the most\), ")
        self.assertIn("replicates double from 8 until the 95 % half-width of ending_settlement is at most 0.1", done.stdout)

    def test_is_refused_for_run_rows(self):
        self.refuses(2, ["run", "study.ini", "--store.rows=run"], "option --store.rows: 'run' cannot be had with precision_of")


if __name__ == "__main__":
    unittest.main(verbosity=2)
