# Tests of the figure of several kernels and of its script: what is drawn, that texts stay apart, one picture for all orders.
import pathlib
import struct
import unittest

from figure_test import caption, overlap, visible_texts, words_of
from made_kernels import OnKernels
from made_tests import script

import h5py
import numpy as np

import compare
import draw
import estimates
import figure
import kernel_files
import made_file
import panels
import side_by_side
import signs
from comparison import Comparison


def setUpModule():
    OnKernels.make_files()


def tearDownModule():
    figure.plt.close("all")
    OnKernels.folder.cleanup()


class Drawing(OnKernels):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.six_files = six = [cls.made(k, points=64, slope=0.1 * i - 0.3) for i, k in enumerate(kernel_files.KNOWN)]
        few = cls.made("few", points=6)
        warlike = cls.made("warlike", points=64, guarantees=(-9.0, -8.0))
        runs = cls.path("runs.h5")
        made_file.study_by_run(runs)
        cls.six = side_by_side.draw(Comparison(six), ["autocracy_a", "justice_anchor"])
        cls.odd = side_by_side.draw(Comparison([six[0], few, warlike, runs]), ["autocracy_a", "justice_anchor"])
        for drawn in (cls.six, cls.odd):
            drawn.canvas.draw()

    def test_texts_do_not_overlap_and_the_whole_fits_on_a_page(self):
        for drawn in (self.six, self.odd):
            width, height = drawn.get_size_inches()
            self.assertEqual(width, figure.WIDTH)
            self.assertLess(height, 9.3)
            texts = visible_texts(drawn) + drawn.axes[0].get_legend().get_texts()
            boxes = [(t.get_text(), t.get_window_extent()) for t in texts]
            for i, (text, box) in enumerate(boxes):
                self.assertTrue(-1 <= box.x0 and box.x1 <= drawn.bbox.x1 + 1 and -1 <= box.y0, text)
                self.assertEqual([other for other, b in boxes[i + 1:] if overlap(box, b) > 1], [], text)

    def test_each_bar_is_the_shares_of_the_endings(self):
        widths = {}
        for bar in self.six.axes[0].patches:
            widths.setdefault(round(bar.get_y() + bar.get_height() / 2), []).append(bar.get_width())
        with h5py.File(self.six_files[kernel_files.KNOWN.index("forts")]) as file:
            shares = [file[f"ending_{name}"][:, 0].mean() for name in made_file.ENDINGS]
        np.testing.assert_allclose(widths[kernel_files.KNOWN.index("forts")], shares)
        self.assertEqual(len(widths), 6)

    def test_whiskers_are_the_intervals_of_the_edges_of_a_bar(self):
        row = kernel_files.KNOWN.index("forts")
        with h5py.File(self.six_files[row]) as file:
            shares = np.cumsum([file[f"ending_{name}"][:, 0] for name in made_file.ENDINGS[:-1]], 0)
        half = estimates.half_width(shares.std(1, ddof=1) / 8, 64)
        drawn = [c.get_segments()[0] for c in self.six.axes[0].collections]
        drawn = [s[:, 0] for s in drawn if row < s[0, 1] < row + 0.5]
        kept = half > side_by_side.SEEN
        np.testing.assert_allclose(drawn, np.transpose([shares.mean(1) - half, shares.mean(1) + half])[kept])

    def test_every_kernel_has_a_line_of_its_colour_and_a_band_in_every_panel(self):
        for axes in self.six.axes[1:]:
            self.assertEqual({line.get_color() for line in axes.lines if line.get_linestyle() == "-"},
                             set(panels.COLOURS), axes.get_ylabel())
        self.assertTrue(all(len(axes.collections) == 6 for axes in self.six.axes[3:]))

    def test_what_a_kernel_lacks_is_said(self):
        words = words_of(self.odd)
        self.assertIn("peace survival at 60 months (no such outcome: made_up; no settlements: warlike)", words)
        self.assertIn("first settlements that last longer (rows are runs: made_up; no settlements: warlike)", words)
        self.assertIn("not varied: made_up", words)
        self.assertIn("Hollow: fewer than 10 points", caption(self.odd))
        self.assertNotIn("Hollow", caption(self.six))
        self.assertTrue(self.odd.axes[0].findobj(lambda artist: artist.get_gid() == panels.BARE))

    def test_the_note_names_the_policy(self):
        self.assertIn("All at policy 0 (guarantee_a=0).", caption(self.six))


class Script(OnKernels):
    def test_any_order_of_the_files_gives_the_same_text_table_and_picture(self):
        ended = script("compare.py", *self.files, "--csv", self.path("signs.csv"))
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        *text, picture = ended.stdout.splitlines()
        self.assertEqual(picture, self.path("rivals.png"))
        found = Comparison(self.files[::-1])
        self.assertEqual(signs.text_of(found, False), text)
        compare.write_table(found, self.path("again.csv"))
        draw.save(side_by_side.draw(found, found.main_inputs()), self.path("again.png"))
        for one, two in ((picture, "again.png"), (self.path("signs.csv"), "again.csv")):
            self.assertEqual(pathlib.Path(one).read_bytes(), pathlib.Path(self.path(two)).read_bytes())
        width, _ = struct.unpack(">II", pathlib.Path(picture).read_bytes()[16:24])
        self.assertEqual(width, int(figure.WIDTH * 200))

    def test_the_regime_comes_first_in_the_figure_then_what_moves_most(self):
        self.assertEqual(self.found.by_strength()[0], "autocracy_a")
        strongest = next(n for n in self.found.by_strength() if n != "autocracy_a")
        self.assertEqual(self.found.main_inputs(), ["autocracy_a", strongest])
        self.assertEqual(self.found.main_inputs(["talks_every"]), ["talks_every"])

    def test_a_result_is_not_written_over(self):
        before = pathlib.Path(self.files[0]).read_bytes()
        ended = script("compare.py", *self.files[:2], "--csv", self.files[0])
        self.assertEqual(ended.returncode, 2)
        self.assertRegex(ended.stderr, "^compare: .*already an input .*name another with --csv\n$")
        self.assertEqual(pathlib.Path(self.files[0]).read_bytes(), before)

    def test_a_mistake_is_one_line(self):
        ended = script("compare.py", self.files[0])
        self.assertEqual((ended.returncode, ended.stderr.count("\n")), (2, 1))
        self.assertRegex(ended.stderr, r"^compare: .* is one file \(.*\); name a file of another kernel")


if __name__ == "__main__":
    unittest.main()
