# Tests of the figure: what is drawn where too little is known, that texts stay apart, and what the captions promise.
import pathlib
import struct
import unittest
import warnings

from made_tests import OnFiles, script

import h5py
import numpy as np

import figure
import made_file
import panels
import selection
from results import Result


def visible_texts(drawn):
    """All texts of a figure but the tick labels that lie outside the limits of their axis."""
    texts = list(drawn.texts) + [t for legend in drawn.legends for t in legend.get_texts()]
    for axes in drawn.axes:
        texts += [*axes.texts, axes.xaxis.label, axes.yaxis.label]
        for axis, limits in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
            low, high = sorted(limits)
            texts += [t.label1 for t in axis.get_major_ticks() if low <= t.get_loc() <= high and t.label1.get_visible()]
    return [t for t in texts if t.get_text().strip()]


def overlap(one, two):
    """Pixels by which two boxes cross in the direction in which they cross least."""
    return min(min(one.x1, two.x1) - max(one.x0, two.x0), min(one.y1, two.y1) - max(one.y0, two.y0))


def caption(drawn):
    return " ".join(drawn.texts[-1].get_text().split())


def words_of(drawn):
    return " ".join(" ".join(t.get_text().split()) for t in visible_texts(drawn))


class Drawing(OnFiles):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drawn = {}
        cls.few, cls.many, cls.warlike = (cls.path(n) for n in ("few.h5", "many.h5", "warlike.h5"))
        made_file.study_with_levers(cls.few, points=6)
        made_file.study_with_levers(cls.many, points=64, guarantees=(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6))
        made_file.study_with_levers(cls.warlike, points=64, guarantees=(-9.0, -8.0))

    @classmethod
    def tearDownClass(cls):
        figure.plt.close("all")
        super().tearDownClass()

    def setUp(self):
        kept = warnings.catch_warnings()
        kept.__enter__()
        self.addCleanup(kept.__exit__, None, None, None)
        warnings.simplefilter("error")

    def draw(self, path):
        """The figure of a file, drawn once for all tests, since that takes a second."""
        if path not in self.drawn:
            self.drawn[path] = figure.draw(Result(path))
            self.drawn[path].canvas.draw()
        return self.drawn[path]

    def test_every_kind_of_file_gives_a_picture_at_page_width_and_no_complaint(self):
        for path in (self.levers, self.one):
            ended = script("draw.py", path, "--out", path + ".png")
            self.assertEqual((ended.returncode, ended.stderr), (0, ""))
            width, _ = struct.unpack(">II", pathlib.Path(path + ".png").read_bytes()[16:24])
            self.assertEqual(width, int(figure.WIDTH * 200))

    def test_texts_do_not_overlap_and_stay_on_the_page(self):
        for path in (self.levers, self.one, self.runs, self.few, self.many, self.warlike):
            drawn = self.draw(path)
            boxes = [(t.get_text(), t.get_window_extent()) for t in visible_texts(drawn)]
            self.assertGreater(len(boxes), 8)
            for i, (text, box) in enumerate(boxes):
                self.assertTrue(-1 <= box.x0 and box.x1 <= drawn.bbox.x1 + 1 and -1 <= box.y0, text)
                crossing = [other for other, b in boxes[i + 1 :] if overlap(box, b) > 1]
                self.assertEqual(crossing, [], text)

    def test_axes_of_the_first_study_name_unit_and_meaning(self):
        words = words_of(self.draw(self.levers))
        for expected in ("[share]", "war months [month]", "[stake]", "peace month [month]", "0 full democracy"):
            self.assertIn(expected, words)

    def test_intervals_end_where_the_quantity_does(self):
        result = Result(self.levers)
        share, rounds, stake = (selection.Quantity("war_months", None, "", u, "") for u in ("share", "", "stake"))
        value, error, points = np.array([0.1, 0.95]), np.array([0.2, 0.2]), np.array([50, 50])
        low, high = panels.interval(result, share, value, error, points)
        self.assertEqual((low[0], high[1]), (0, 1))
        self.assertEqual(panels.interval(result, rounds, value, error, points)[0][0], 0)
        self.assertGreater(panels.interval(result, rounds, value, error, points)[1][1], 1)
        self.assertLess(panels.interval(result, stake, value, error, points)[0][0], 0)

    def test_too_few_points_give_hollow_marks_and_the_caption_says_so(self):
        few, enough = self.draw(self.few), self.draw(self.levers)
        hollow = lambda artist: artist.get_gid() == panels.BARE  # noqa: E731
        self.assertTrue(few.findobj(hollow))
        self.assertFalse(enough.findobj(hollow))
        self.assertIn("Hollow: fewer than 10 points", caption(few))
        self.assertNotIn("Hollow", caption(enough))
        self.assertFalse([c for axes in few.axes for c in axes.collections], "a band or a bar without its points")

    def test_above_three_policies_lines_have_no_bands(self):
        many, three = self.draw(self.many), self.draw(self.levers)
        self.assertFalse([c for axes in many.axes[:6] for c in axes.collections])
        self.assertTrue(all(len(axes.collections) == 3 for axes in three.axes[:6]))
        self.assertIn("no bands", caption(many))
        self.assertIn("First 6 of 7 policies", caption(many))

    def test_marks_at_the_top_and_at_zero_are_whole(self):
        drawn = self.draw(self.few)
        for axes in drawn.axes[:-1]:
            for line in axes.lines:
                top = np.nanmax(line.get_ydata(), initial=0)
                self.assertLess(top, axes.get_ylim()[1])
                self.assertFalse(line.get_clip_on())
        self.assertGreater(drawn.axes[-2].get_ylim()[1], 1.02, "a survival of 1 has room above it")

    def test_three_columns_stand_at_equal_distances(self):
        path = self.path("three.h5")
        made_file.study_with_levers(path, points=64)
        with h5py.File(path, "r+") as file:
            del file["justice_anchor"]
        first, second, third = (a.get_position() for a in self.draw(path).axes[:3])
        self.assertAlmostEqual(second.x0 - first.x1, third.x0 - second.x1, delta=0.01)

    def test_a_panel_without_settlements_says_so(self):
        drawn = self.draw(self.warlike)
        self.assertEqual(words_of(drawn).count("no settlements"), 4)  # three inputs, a curve
        empty = next(a for a in drawn.axes if a.get_xlabel().startswith("autocracy_a"))
        self.assertGreaterEqual(empty.get_xlim()[0], 0, "the span of autocracy_a")
        self.assertEqual(empty.get_ylim(), (0, 1))

    def test_run_rows_are_shares_and_tell_where_the_curves_are(self):
        drawn = self.draw(self.runs)
        words = words_of(drawn)
        self.assertIn("share of runs: how the first war ended: settlement", words)
        self.assertIn("ending: settlement [share]", words)
        self.assertIn("mean: length of the first war", words)
        self.assertIn("survival curves need rows = point", caption(drawn))

    def test_panels_of_one_point_keep_the_order_of_declaration(self):
        labels = [axes.get_xlabel() for axes in self.draw(self.one).axes]
        self.assertEqual(labels, ["war months", "ending: settlement [share]"])


if __name__ == "__main__":
    unittest.main()
