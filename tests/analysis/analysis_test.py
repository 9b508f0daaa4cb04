# Tests of analysis/: what is read, estimated, said, drawn and documented, on files whose truth is known.
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ANALYSIS = HERE.parent.parent / "analysis"
sys.path[:0] = [str(HERE), str(ANALYSIS)]
try:
    import h5py
    import matplotlib
    import xarray
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)

import numpy as np  # noqa: E402

import estimates  # noqa: E402
import figure  # noqa: E402
import findings  # noqa: E402
import made_file  # noqa: E402
import selection  # noqa: E402
from results import Result, ResultError  # noqa: E402


def visible_texts(drawn):
    """All texts of a figure but the tick labels that lie outside the limits of their axis."""
    texts = list(drawn.texts) + [t for legend in drawn.legends for t in legend.get_texts()]
    for axes in drawn.axes:
        texts += [axes.title, axes._left_title, axes.xaxis.label, axes.yaxis.label]
        for axis, limits in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
            low, high = sorted(limits)
            texts += [t.label1 for t in axis.get_major_ticks() if low <= t.get_loc() <= high and t.label1.get_visible()]
    return [t for t in texts if t.get_text().strip()]


def overlap(one, two):
    """Pixels by which two boxes cross in the direction in which they cross least."""
    return min(min(one.x1, two.x1) - max(one.x0, two.x0), min(one.y1, two.y1) - max(one.y0, two.y0))


class OnFiles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.levers, cls.one, cls.runs = (os.path.join(cls.folder.name, n) for n in ("levers.h5", "one.h5", "runs.h5"))
        made_file.study_with_levers(cls.levers)
        made_file.study_of_one_point(cls.one)
        made_file.study_by_run(cls.runs)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()


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

    def test_noise_never_gets_a_sign(self):
        random = np.random.default_rng(6)
        said = [estimates.verdict(estimates.mean(random.normal(0, 1, 50), np.ones(50))) for _ in range(200)]
        self.assertGreaterEqual(said.count("undecided"), 196)

    def test_three_errors_are_not_enough_and_few_points_never_are(self):
        self.assertEqual(estimates.verdict(estimates.Estimate(3.0, 1.0, 100)), "undecided")
        self.assertEqual(estimates.verdict(estimates.Estimate(-3.1, 1.0, 100)), "falls")
        self.assertEqual(estimates.verdict(estimates.Estimate(9.0, 1.0, 9)), "undecided")
        self.assertEqual(estimates.verdict(estimates.Estimate(np.nan, np.nan, 0)), "not computed")


class Reading(OnFiles):
    def test_roles_come_from_the_file(self):
        result = Result(self.levers)
        self.assertEqual(set(result.varied), set(made_file.UNCERTAIN))
        self.assertEqual((result.levers, result.constants), (["guarantee_a"], ["discount_rate"]))
        self.assertEqual(result.policy_labels(), ["guarantee_a = 0", "guarantee_a = 0.3", "guarantee_a = 0.6"])

    def test_counts_belong_to_the_longest_outcome_name(self):
        result = Result(self.levers)
        self.assertEqual(result.outcome_of("ending_settlement"), "ending")
        self.assertEqual(result.outcome_of("war_months_total"), "war_months_total")
        self.assertEqual(result.outcome_of("peace_survival"), "peace_months")
        self.assertTrue((result.count("peace_survival") == result.file["peace_months_n"][()]).all())

    def test_run_rows_become_means_by_point_and_policy(self):
        result = Result(self.runs)
        np.testing.assert_allclose(result.values("war_months"), [[1.5, 2.5], [11.5, 12.5]])
        # The first run has no ending: one settlement of three there, of four elsewhere.
        np.testing.assert_allclose(result.values("ending_settlement"), [[1 / 3, 0.25], [0.25, 0.25]])
        np.testing.assert_array_equal(result.count("ending_settlement"), [[3, 4], [4, 4]])

    def test_what_is_no_result_is_refused_with_the_reason(self):
        text, foreign = (os.path.join(self.folder.name, n) for n in ("text.h5", "foreign.h5"))
        pathlib.Path(text).write_text("not HDF5")
        h5py.File(foreign, "w").close()
        refused = ((text, "does not open as HDF5"), (foreign, "not a truce result"), (text + "x", "does not exist"))
        for path, words in refused:
            with self.assertRaisesRegex(ResultError, words):
                Result(path)
        for script in ("draw.py", "findings.py"):
            ended = subprocess.run([sys.executable, "-B", ANALYSIS / script, text], capture_output=True, text=True)
            self.assertEqual(ended.returncode, 1)
            self.assertRegex(ended.stderr, rf"^{script[:-3]}: .* does not open as HDF5")


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
        self.assertLessEqual(len(lines), 16)
        regime, anchor = (next(i for i, l in enumerate(lines) if l.startswith(n)) for n in selection.PREFERRED_INPUTS)
        self.assertIn("falls", lines[regime + 1])
        self.assertTrue(all("undecided" in l for l in lines[anchor + 1 : anchor + 4]), lines)
        self.assertTrue(any(l.startswith("commitment blocks talks most") for l in lines))

    def test_a_study_without_variation_reports_levels(self):
        self.assertIn("0.25", "\n".join(findings.findings(Result(self.one))))


class Drawing(OnFiles):
    def test_every_kind_of_file_gives_a_picture_at_page_width(self):
        for path in (self.levers, self.one, self.runs):
            out = path + ".png"
            command = [sys.executable, "-B", ANALYSIS / "draw.py", path, "--out", out]
            subprocess.run(command, check=True, capture_output=True)
            width, _ = struct.unpack(">II", pathlib.Path(out).read_bytes()[16:24])
            self.assertEqual(width, int(figure.WIDTH * 200))

    def test_texts_do_not_overlap_and_stay_on_the_page(self):
        for path in (self.levers, self.one, self.runs):
            drawn = figure.draw(Result(path))
            drawn.canvas.draw()
            boxes = [(t.get_text(), t.get_window_extent()) for t in visible_texts(drawn)]
            self.assertGreater(len(boxes), 8)
            for i, (text, box) in enumerate(boxes):
                self.assertTrue(-1 <= box.x0 and box.x1 <= drawn.bbox.x1 + 1 and -1 <= box.y0, text)
                crossing = [other for other, b in boxes[i + 1 :] if overlap(box, b) > 1]
                self.assertEqual(crossing, [], text)
            figure.plt.close(drawn)

    def test_axes_of_the_first_study_name_unit_and_meaning(self):
        drawn = figure.draw(Result(self.levers))
        words = " ".join(a.get_xlabel() + " " + a.get_ylabel() for a in drawn.axes).replace("\n", " ")
        for expected in ("[share]", "war months [month]", "[stake]", "peace month [month]", "0 full democracy"):
            self.assertIn(expected, words)
        figure.plt.close(drawn)


class Documenting(OnFiles):
    def test_the_python_lines_of_the_readme_open_a_result(self):
        blocks = re.findall(r"```python\n(.*?)```", (ANALYSIS / "README.md").read_text(), re.S)
        self.assertGreaterEqual(len(blocks), 2)
        for block in blocks:
            code = block.replace("first.h5", self.levers)
            self.assertNotEqual(code, block)
            subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=self.folder.name)

    def test_both_engines_of_xarray_see_the_same_numbers(self):
        seen = [xarray.open_dataset(self.levers, engine=e)["ending_settlement"] for e in ("h5netcdf", "netcdf4")]
        self.assertEqual(seen[0].dims, ("point", "policy"))
        np.testing.assert_array_equal(seen[0].values, seen[1].values)


if __name__ == "__main__":
    unittest.main()
