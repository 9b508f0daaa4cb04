"""What collect.py promises: the keys of bench.json, `met`, and an exit code for broken benches but not for missed targets."""

import json
import os
import pathlib
import sys
import tempfile
import unittest

import collect
import kernels_bench
import rows
import versions_bench


def bench(text, code=0):
    """A command that prints this and ends so; braces doubled, as collect.py fills in names."""
    program = f"import sys; print({text!r}); sys.exit({code})"
    return [sys.executable, "-c", program.replace("{", "{{").replace("}", "}}")]


def row(**more):
    return json.dumps({"name": "n", "value": 3.0, "unit": "1", "command": "c", "checksum": "abc"} | more)


class Collect(unittest.TestCase):
    def collect(self, *names, **benches):
        """(exit code, what bench.json holds) of these benches."""
        collect.BENCHES = benches
        with tempfile.TemporaryDirectory() as folder:
            before = os.getcwd()
            os.chdir(folder)
            try:
                points = pathlib.Path("bench_points")
                points.write_text("#!/bin/sh\n", encoding="utf-8")
                points.chmod(0o755)
                code = collect.main(folder, *names)
                file = pathlib.Path("bench.json")
                return code, json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
            finally:
                os.chdir(before)

    def test_a_row_has_the_six_keys_and_null_without_a_target(self):
        code, rows = self.collect(one=bench(row()))
        self.assertEqual(code, 0)
        self.assertEqual(rows, [{"name": "n", "value": 3.0, "unit": "1", "target": None, "met": None, "command": "c"}])

    def test_a_missed_target_is_a_result(self):
        code, rows = self.collect(one=bench(row(target=">= 3") + "\n" + row(target="<= 2") + "\n" + row(target=">= 3.5")))
        self.assertEqual((code, [r["met"] for r in rows]), (0, [True, False, False]))

    def test_a_broken_bench_fails_and_the_others_still_run(self):
        code, rows = self.collect(one=bench(row(), 1), two=bench(row(name="later")))
        self.assertEqual((code, [r["name"] for r in rows]), (1, ["n", "later"]))
        self.assertEqual(self.collect(one=bench("no row"))[0], 1)
        self.assertEqual(self.collect(one=bench("{broken"))[0], 1)

    def test_what_cannot_run_here_is_no_failure(self):
        self.assertEqual(self.collect(one=bench("", 77)), (0, []))

    def test_names_choose(self):
        code, rows = self.collect("two", one=bench(row(), 1), two=bench(row(name="chosen")))
        self.assertEqual((code, [r["name"] for r in rows]), (0, ["chosen"]))
        self.assertEqual(self.collect("three", one=bench(row()))[0], 2)


class Judgement(unittest.TestCase):
    def test_other_bits_break_a_bench(self):
        self.assertEqual(rows.same("the hash", ["a", "a"]), "a")
        with self.assertRaisesRegex(SystemExit, "the hash differs"):
            rows.same("the hash", ["a", "b"])

    def test_a_failing_program_breaks_a_bench(self):
        with self.assertRaisesRegex(SystemExit, "ended with 3"):
            rows.lines_of([sys.executable, "-c", "raise SystemExit(3)"])

    def test_another_model_breaks_a_bench(self):
        reference = {"wars": [100000, 1.0, 0.001]}
        versions_bench.expect_agreement("x", {"wars": [100000, 1.003, 0.001]}, reference)
        with self.assertRaisesRegex(SystemExit, "x gives wars"):
            versions_bench.expect_agreement("x", {"wars": [100000, 1.02, 0.001]}, reference)

    def test_one_lane_knows_the_months(self):
        wide = {"checksum": "a", "lanes": 8, "steps": 120}
        one = {"checksum": "a", "lanes": 1, "steps": 100}
        self.assertEqual(kernels_bench.months([wide, one]), {"a": 100})
        self.assertEqual(kernels_bench.months([wide]), {"a": 120})


if __name__ == "__main__":
    unittest.main(buffer=True)
