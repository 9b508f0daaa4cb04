#!/usr/bin/python3
"""Each verb on a small study, and runs that fail."""
import os
import re
import unittest

from studies import FAILING_POINTS, failing
from study_folder import Folder, RUIN, STUDY


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
        for words in (("--store.rows=run",), ("--study.replicates=1",), ("--study.replicates=1100",)):
            name = f"r{len(words[0])}.h5"
            self.run_study(f"--store.file={name}", "--design.points=8", *words)
            last = {"--store.rows=run": 7, "--study.replicates=1": 0}.get(words[0], 1099)
            for point, policy in ((0, 0), (5, 1)):
                done = self.truce("replay", name, f"--point={point}", f"--policy={policy}", f"--replicate={last}")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("agree bit for bit", done.stderr)
                self.assertTrue(done.stdout.startswith("month,at_war,position"))
                self.assertIn("# status = ok", done.stdout)
                if "rows" in words[0]:
                    table = self.truce("export", name, "--csv").stdout.splitlines()
                    rows = [dict(zip(table[0].split(","), line.split(","))) for line in table[1:]]
                    row = next(r for r in rows if (r["run_point"], r["run_policy"], r["replicate"]) ==
                               (str(point), str(policy), str(last)))
                    self.assertIn(f"# war_months = {row['war_months']}\n", done.stdout)

    def test_replay_and_verify_find_a_changed_number(self):
        try:
            import h5py
        except ImportError:
            self.skipTest("no h5py")
        self.run_study()
        with h5py.File(self.folder / "study.h5", "r+") as file:
            file["war_months_var"][3, 1] += 1e-9
        for words in (["replay", "study.h5", "--point=3"], ["export", "study.h5", "--csv"], ["status", "study.h5"],
                      ["status", "study.ini"], ["run", "study.ini"], ["diff", "study.h5", "study.h5"], ["gc", "study.h5"]):
            self.refuses(7, words, "SHA-256", "truce repair")
        self.refuses(7, ["verify", "study.h5"])
        (self.folder / "study.manifest.json").unlink()  # nothing but the numbers themselves tells now
        self.assertIn("no manifest: its bytes were not compared; truce verify study.h5 does\n",
                      self.truce("status", "study.h5").stdout)
        self.refuses(7, ["replay", "study.h5", "--point=3"], "war_months_var")
        self.refuses(7, ["verify", "study.h5"])

    def test_check_writes_nothing_and_tells_the_cost(self):
        before = sorted(os.listdir(self.folder))
        done = self.truce("check", "study.ini", "--cores=2")
        self.assertEqual(done.returncode, 0, done.stderr)
        for word in ("64 points x 2 policies x 8 replicates = 1,024 runs", "core-hours", "runs/s per core", "study id"):
            self.assertIn(word, done.stdout)
        self.assertEqual(before, sorted(os.listdir(self.folder)))

    def test_check_foretells_the_size_of_the_file(self):
        for study, words in ((STUDY, []), (STUDY, ["--store.rows=run"]), (RUIN, [])):
            self.write("study.ini", study)
            said = re.search(r"about ([\d.]+) (k|M)B in study.h5", self.truce("check", "study.ini", *words).stdout)
            self.run_study(*words)
            size = len(self.bytes_of())
            self.assertAlmostEqual(float(said[1]) * {"k": 1e3, "M": 1e6}[said[2]] / size, 1, delta=0.17)
            (self.folder / "study.h5").unlink()

    def test_check_counts_in_words_and_shortens_long_lists(self):
        done = self.truce("check", "study.ini", "--levers.guarantee_a=steps(0, 0.9, 1001)", "--design.points=1")
        self.assertIn("1 point x 1,001 policies x 8 replicates = 8,008 runs\n1 row over point", done.stdout)
        self.assertIn("lever: 0 9e-04 0.0018 ", done.stdout)
        self.assertIn(" ... 0.9 (1,001 values)", done.stdout)
        self.assertLess(max(map(len, done.stdout.splitlines())), 200)
        self.assertRegex(done.stdout, r"committed as one: \d+ points?\n")
        self.assertNotIn("unit", done.stdout)

    def test_described_study_runs(self):
        for kernel in ("anchored_peace", "gamblers_ruin", "shifting_power"):
            self.write("described.ini", self.truce("describe", kernel, "--ini").stdout)
            done = self.truce("check", "described.ini")
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_status_before_and_after(self):
        self.assertEqual(self.truce("status", "study.ini").returncode, 75)
        self.run_study()
        text = self.truce("status", "study.ini").stdout
        self.assertIn("sealed", text)
        self.assertNotIn("manifest", text)

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
        for verb in ("run", "seal", "check", "kernels", "describe", "status", "verify", "repair", "gc", "diff", "replay",
                     "export", "extend", "analyze", "slurm", "selftest"):
            self.assertRegex(listed, rf"\n  {verb}\b[^\n]*  \w[^\n]{{10,}}\n")
            self.assertGreater(len(self.truce(verb, "--help").stdout), 80)

    def test_help_explains_studies(self):
        for verb in ("run", "check"):
            text = self.truce(verb, "--help").stdout
            for words in ("study.seed  ", "design.method  ", "inputs.<input>  ", "store.file  ", "  latin_hypercube  ",
                          "  triangular(lo, mode, hi)  ", "  steps(lo, hi, n)  "):
                self.assertIn(words, text)
            self.assertLess(max(map(len, text.splitlines())), 140)
        for verb in ("seal", "status", "gc", "repair"):
            self.assertIn("--SECTION.KEY=V", self.truce(verb, "--help").stdout)


class FailedRuns(Folder):
    """gamblers_ruin refuses forts_a >= forts: every run of such a point fails, and nothing else does."""

    def setUp(self):
        super().setUp()
        self.write("study.ini", failing(20))
        self.write("points.csv", FAILING_POINTS)

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


if __name__ == "__main__":
    unittest.main(verbosity=2)
