# Tests of analysis/: what is read, estimated, said and documented, on files whose truth is known.
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

from made_tests import ANALYSIS, OnFiles

import h5py
import numpy as np
import xarray

import compare
import estimates
import findings
import made_answers
import made_file
import selection
from comparison import Comparison
from pages import outcomes
from results import Result, ResultError


class Estimating(unittest.TestCase):
    def test_mean_of_equal_weights_has_the_textbook_error(self):
        x = np.random.default_rng(3).normal(5, 2, 200)
        found = estimates.mean(x, np.ones(200))
        self.assertAlmostEqual(found.value, x.mean(), places=12)
        self.assertAlmostEqual(found.error, x.std(ddof=1) / np.sqrt(200), places=12)

    def test_missing_values_and_zero_weights_count_for_nothing(self):
        found = estimates.mean(np.array([1.0, np.nan, 3.0, 99.0]), np.array([1.0, 5.0, 1.0, 0.0]))
        self.assertEqual((found.value, found.points), (2.0, 2))

    def test_policies_of_one_point_are_not_independent_witnesses(self):
        x = np.random.default_rng(4).normal(0, 1, 300)
        one, three = estimates.mean(x, np.ones(300)), estimates.mean(np.repeat(x[:, None], 3, 1), np.ones((300, 3)))
        self.assertAlmostEqual(one.error, three.error, places=12)

    def test_intervals_cover_the_truth_about_as_often_as_they_say(self):
        random, hits = np.random.default_rng(5), 0
        for _ in range(400):
            found = estimates.mean(random.exponential(1.0, 60), np.ones(60))
            hits += abs(found.value - 1.0) <= estimates.Z95 * found.error
        self.assertGreater(hits, 400 * 0.90)
        self.assertLess(hits, 400 * 0.98)

    def test_thirds_of_a_straight_line_differ_by_two_thirds_of_its_slope(self):
        x = (np.arange(999) + 0.5) / 999
        self.assertAlmostEqual(estimates.thirds(x, 6 * x, np.ones(999)).value, 4.0, places=9)

    def test_an_input_with_few_values_gets_one_bin_per_value(self):
        x = np.array([1.0, 3.0, 6.0] * 10)
        found = estimates.bins(x, x**2, np.ones(30))
        np.testing.assert_array_equal(found.x, [1, 3, 6])
        np.testing.assert_allclose(found.value, [1, 9, 36])

    def test_contrast_ignores_where_settlements_were_reached(self):
        # The same peace at each point under both policies, but the second settles more at the point with short peace.
        peace = np.tile([10.0, 30.0], 10)
        many, few = np.tile([9.0, 9.0], 10), np.tile([1.0, 9.0], 10)
        self.assertEqual(estimates.contrast(peace, many, peace, few).value, 0.0)
        longer = peace + np.tile([2.0, 0.0], 10)
        self.assertAlmostEqual(estimates.contrast(longer, many, peace, few).value, 2 * 1 / (1 + 9))

    def test_intervals_have_students_quantile_and_none_below_ten_points(self):
        for points, quantile in ((10, 2.2622), (21, 2.0860), (31, 2.0423), (10**6, 1.9600)):  # printed tables
            self.assertAlmostEqual(float(estimates.half_width(1.0, points)), quantile, delta=0.004)
        self.assertTrue(np.isnan(estimates.half_width(1.0, 9)))

    def test_noise_never_gets_a_sign(self):
        random = np.random.default_rng(6)
        said = [estimates.verdict(estimates.mean(random.normal(0, 1, 50), np.ones(50))) for _ in range(200)]
        self.assertGreaterEqual(said.count("undecided"), 196)

    def test_three_errors_are_not_enough_and_few_points_never_are(self):
        self.assertEqual(estimates.verdict(estimates.Estimate(3.0, 1.0, 100)), "undecided")
        self.assertEqual(estimates.verdict(estimates.Estimate(-3.1, 1.0, 100)), "falls")
        self.assertEqual(estimates.verdict(estimates.Estimate(9.0, 1.0, 9)), "too few points")
        self.assertEqual(estimates.verdict(estimates.Estimate(np.nan, np.nan, 0)), "not defined")


class Reading(OnFiles):
    def test_roles_come_from_the_file(self):
        result = Result(self.levers)
        self.assertEqual(set(result.varied), set(made_file.UNCERTAIN))
        self.assertEqual((result.levers, result.constants), (["guarantee_a"], ["discount_rate"]))
        self.assertEqual(result.policy_labels(), ["guarantee_a=0", "guarantee_a=0.3", "guarantee_a=0.6"])

    def test_counts_belong_to_the_longest_outcome_name(self):
        result = Result(self.levers)
        self.assertEqual(result.outcome_of("ending_settlement"), "ending")
        self.assertEqual(result.outcome_of("war_months_total"), "war_months_total")
        self.assertEqual(result.outcome_of("peace_survival"), "peace_months")
        self.assertTrue((result.count("peace_survival") == result.file["peace_months_n"][()]).all())

    def test_points_that_took_more_replicates_weigh_no_more(self):
        longer = str(self.levers).replace(".h5", "-longer.h5")
        shutil.copy(self.levers, longer)
        with h5py.File(longer, "r+") as file:
            for name in file:
                if name.endswith("_n") or name == "replicates":
                    file[name][::3] *= 16
        result, equal = Result(longer), Result(self.levers)
        for quantity in selection.headlines(equal):
            weights = selection.read(result, quantity)[1]
            np.testing.assert_allclose(weights / weights.max(), equal.count(quantity.name) / equal.count(quantity.name).max())
        lines = [line for line in findings.findings(equal) if "runs, " not in line]
        self.assertEqual([line for line in findings.findings(result) if "runs, " not in line], lines)

    def test_of_members_only_the_first_is_a_point(self):
        for whole in (self.levers, self.runs):
            members = str(whole).replace(".h5", "-members.h5")
            shutil.copy(whole, members)
            with h5py.File(members, "r+") as file:
                member = file.create_dataset("member", data=np.tile(np.arange(2, dtype=np.uint8), len(file["point"]) // 2))
                member.attrs.update({"flag_values": np.arange(2, dtype=np.uint8), "flag_meanings": "from to"})
                member.dims[0].attach_scale(file["point"])
            result, rows = Result(members), Result(whole)
            self.assertEqual(2 * result.points, rows.points)
            np.testing.assert_array_equal(result.input("autocracy_a"), rows.input("autocracy_a")[::2])
            for read in (Result.values, Result.weight, Result.variance):
                np.testing.assert_array_equal(read(result, "war_months"), read(rows, "war_months")[::2])
            self.assertEqual(result.runs(), rows.runs(), "the runs of all members were made")
        self.assertIn("(each point has 2 members: what follows is of the first, from, alone)", findings.findings(result))

    def test_run_rows_become_means_by_point_and_policy(self):
        result = Result(self.runs)
        np.testing.assert_allclose(result.values("war_months"), [[1.5, 2.5], [11.5, 12.5]])
        # The first run has no ending: one settlement of three there, of four elsewhere.
        np.testing.assert_allclose(result.values("ending_settlement"), [[1 / 3, 0.25], [0.25, 0.25]])
        np.testing.assert_array_equal(result.count("ending_settlement"), [[3, 4], [4, 4]])

    def test_run_rows_have_the_variance_of_their_runs(self):
        result = Result(self.runs)
        np.testing.assert_allclose(result.variance("war_months"), np.full((2, 2), np.var([0, 1, 2, 3], ddof=1)))
        np.testing.assert_allclose(result.variance("ending_settlement")[0], [1 / 3, 0.25])

    def test_run_rows_count_their_failed_runs(self):
        self.assertEqual([Result(p).failed() for p in (self.runs, self.levers)], [1, 0])

    def test_names_keep_the_order_of_declaration(self):
        self.assertEqual(Result(self.levers).names()[:4], list(made_file.UNCERTAIN))

    def test_what_is_no_result_is_refused_with_the_reason(self):
        text, foreign = (self.path(n) for n in ("text.h5", "foreign.h5"))
        pathlib.Path(text).write_text("not HDF5")
        h5py.File(foreign, "w").close()
        refused = ((text, "does not open as HDF5"), (foreign, "not a truce result"), (text + "x", "does not exist"))
        for path, words in refused:
            with self.assertRaisesRegex(ResultError, words):
                Result(path)


class Finding(OnFiles):
    def test_effects_agree_with_the_slopes_that_made_the_file(self):
        result = Result(self.levers)
        what = selection.headlines(result)[0]
        regime = estimates.thirds(result.input("autocracy_a"), *selection.read(result, what))
        self.assertLess(abs(regime.value - made_file.SLOPE_AUTOCRACY * 2 / 3), 4 * regime.error)
        guarantee = findings.policy_effect(result, what, 2)
        self.assertLess(abs(guarantee.value - made_file.SLOPE_GUARANTEE * 0.6), 4 * guarantee.error)

    def test_lines_name_real_effects_and_leave_an_inert_input_undecided(self):
        lines = findings.findings(Result(self.levers))
        self.assertLessEqual(len(lines), 20)
        regime, *inert = (i for i, l in enumerate(lines) if l.endswith("highest third against lowest:"))
        self.assertTrue(lines[regime].startswith("autocracy_a"))
        self.assertIn("falls", lines[regime + 1])
        self.assertEqual(len(inert), 2)
        self.assertTrue(all("undecided" in l for i in inert for l in lines[i + 1 : i + 4]), lines)
        self.assertTrue(any(l.startswith("commitment blocks talks most") for l in lines))

    def test_a_study_without_variation_reports_levels_with_the_errors_of_its_runs(self):
        lines = findings.findings(Result(self.one))
        self.assertTrue(any(re.search(r"ending: settlement +0.25 share \(se 0.014\)$", l) for l in lines), lines)
        self.assertNotIn("nan", "\n".join(lines))

    def test_one_point_of_run_rows_has_the_same_errors(self):
        path = self.path("one_run.h5")
        made_file.study_by_run(path, points=1, replicates=64)
        lines = findings.findings(Result(path))
        error = np.sqrt(np.var(np.arange(64), ddof=1) / 64)
        self.assertIn(f"(se {error:.2g})", next(l for l in lines if "war months" in l))
        self.assertNotIn("nan", "\n".join(lines))

    def test_the_lead_of_an_obstacle_at_one_point_has_the_sum_of_both_errors(self):
        path = self.path("blocked.h5")
        made_file.study_of_one_point(path, blocked={"rents": (9.0, 400.0), "audience": (5.0, 100.0)})
        result = Result(path)
        lead = findings.lead_of(result, "blocked_rents", "blocked_audience")
        self.assertAlmostEqual(lead.value, 4.0)
        self.assertAlmostEqual(lead.error, (20 + 10) / np.sqrt(1000))
        self.assertIn("rents blocks talks most: rents 64 %, audience 36 %", findings.obstacle_line(result)[0])

    def test_inputs_are_those_that_the_report_tells_in_short(self):
        path = self.path("talks.h5")
        shutil.copy(self.levers, path)
        with h5py.File(path, "r+") as file:
            file["war_months"][...] += 100 * file["talks_every"][()][:, None]
        result = Result(path)
        told = [l.split(",")[0] for l in findings.findings(result) if l.endswith("highest third against lowest:")]
        self.assertEqual(set(told[:2]), {"talks_every", "autocracy_a"})
        moved = dict.fromkeys(name for name, _, _ in outcomes.moves(result) if name.endswith(outcomes.OF_INPUT))
        self.assertEqual([name + outcomes.OF_INPUT for name in told], list(moved)[:3])

    def test_a_pair_is_told_by_what_its_move_does(self):
        path = self.path("pair.h5")
        shutil.copy(self.levers, path)
        with h5py.File(path, "r+") as file:
            member = file.create_dataset("member", data=np.tile(np.arange(2, dtype=np.uint8), len(file["point"]) // 2))
            member.attrs.update({"flag_meanings": "from to", "pair": "x = 0 -> 1"})
            member.dims[0].attach_scale(file["point"])
            file["ending_settlement_diff"][1::2] = 0.25
        lines = findings.findings(Result(path))
        at = lines.index("moving x = 0 -> 1, on the same random numbers:")
        self.assertRegex(lines[at + 1], r"^  ending: settlement +\+0.250 \(se 0\)  rises$")
        self.assertRegex(lines[at + 2], r"^  war months .*\(se ")
        self.assertEqual(findings.by_pair(Result(self.levers)), [])

    def test_few_points_are_the_reason_given(self):
        path = self.path("few.h5")
        made_file.study_with_levers(path, points=6)
        lines = findings.findings(Result(path))
        self.assertTrue(any(l.startswith("too few points to say what blocks") for l in lines), lines)
        self.assertNotIn("undecided", "\n".join(lines))
        self.assertIn("(too few points: fewer than 10, their spread itself is uncertain)", lines)

    def test_peace_without_settlements_is_not_defined(self):
        path = self.path("warlike.h5")
        made_file.study_with_levers(path, points=64, guarantees=(-9.0, -8.0))
        lines = [l for l in findings.findings(Result(path)) if "peace survival" in l]
        self.assertEqual(len(lines), 4)  # three inputs and the policies
        self.assertTrue(all(l.endswith("not defined (no settlements)") for l in lines), lines)

    def test_failed_runs_of_run_rows_are_counted(self):
        self.assertIn("16 runs, 1 failed", findings.findings(Result(self.runs))[1])


class Documenting(OnFiles):
    def test_the_python_lines_of_the_readme_open_a_result(self):
        blocks = re.findall(r"```python\n(.*?)```", (ANALYSIS / "README.md").read_text(), re.S)
        self.assertGreaterEqual(len(blocks), 4)
        rivals, signs = [self.path(f"{kernel}.h5") for kernel in ("forts", "screening")], self.path("signs.csv")
        for file, kernel in zip(rivals, ("forts", "screening")):
            made_file.study_with_levers(file, points=32, kernel=kernel)
        compare.write_table(Comparison(rivals), signs)
        answers = self.path("saltelli.analysis.h5")
        made_answers.write(answers, made_answers.indices())
        ledger = self.path("claims.claims.ledger.csv")  # its columns are those that claims_test.py reads
        pathlib.Path(ledger).write_text("claim,ranges,kernel,balance\nC1,full,forts,0.5\n")
        for block in blocks:
            code = block.replace("saltelli.analysis.h5", answers).replace("claims.claims.ledger.csv", ledger).replace('"analysis"', repr(str(ANALYSIS)))
            code = code.replace("first.h5", self.levers).replace("runs.h5", self.runs).replace("signs.csv", signs)
            self.assertNotEqual(code, block)
            subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=self.folder.name)

    def test_both_engines_of_xarray_see_the_same_numbers(self):
        seen = [xarray.open_dataset(self.levers, engine=e)["ending_settlement"] for e in ("h5netcdf", "netcdf4")]
        self.assertEqual(seen[0].dims, ("point", "policy"))
        np.testing.assert_array_equal(seen[0].values, seen[1].values)


if __name__ == "__main__":
    unittest.main()
