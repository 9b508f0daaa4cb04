# Tests of comparing kernels: the numbers of the table, who disagrees, what differs between files, what is refused.
import csv
import pathlib
import unittest

from made_kernels import OnKernels, SLOPES

import h5py
import numpy as np

import command
import compare
import comparison
import kernel_files
import made_file
import panels
import side_by_side
import signs
from comparison import Comparison


def setUpModule():
    OnKernels.make_files()


def tearDownModule():
    OnKernels.folder.cleanup()


class Table(OnKernels):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        compare.write_table(cls.found, cls.path("table.csv"))
        with open(cls.path("table.csv"), newline="") as opened:
            cls.rows = list(csv.DictReader(opened))

    def row(self, *key):
        return next(r for r in self.rows if (r["input"], r["outcome"], r["kernel"]) == key)

    def test_an_effect_of_equal_weights_is_the_textbook_difference_of_means(self):
        with h5py.File(self.files[1]) as file:
            x, y = file["justice_anchor"][()], file["war_months"][:, 0]
        low, high = (y[part] for part in (x <= np.quantile(x, 1 / 3), x >= np.quantile(x, 2 / 3)))
        row = self.row("justice_anchor", "war months", "forts")
        self.assertAlmostEqual(float(row["effect"]), high.mean() - low.mean(), places=12)
        self.assertAlmostEqual(float(row["error"]), np.sqrt(high.var(ddof=1) / len(high) + low.var(ddof=1) / len(low)))
        self.assertEqual(int(row["points"]), 80)

    def test_the_survival_of_peace_is_weighed_by_settlements(self):
        with h5py.File(self.files[0]) as file:
            x, y, n = file["autocracy_a"][()], file["peace_survival"][:, 0, 1], file["peace_months_n"][:, 0]
        squares, means = [], []
        for part in (x <= np.quantile(x, 1 / 3), x >= np.quantile(x, 2 / 3)):
            known = part & (n > 0)
            means.append(np.average(y[known], weights=n[known]))
            off, k = n[known] * (y[known] - means[-1]) / n[known].sum(), known.sum()
            squares.append(np.sum(off**2) * k / (k - 1))
        row = self.row("autocracy_a", "peace survival at 60 months", "anchored_peace")
        self.assertAlmostEqual(float(row["effect"]), means[1] - means[0], places=12)
        self.assertAlmostEqual(float(row["error"]), np.sqrt(sum(squares)), places=12)

    def test_effects_are_those_that_made_the_files(self):
        for kernel, slope in SLOPES.items():
            row = self.row("autocracy_a", "ending: settlement", kernel)
            self.assertLess(abs(float(row["effect"]) - slope * 2 / 3), 4 * float(row["error"]) + 0.03, kernel)
            self.assertEqual(row["verdict"], "rises" if slope > 0 else "falls")

    def test_every_input_outcome_and_kernel_has_one_row(self):
        keys = [(r["input"], r["outcome"], r["kernel"]) for r in self.rows]
        self.assertEqual(len(keys), len(made_file.UNCERTAIN) * 3 * 3)
        self.assertEqual(len(set(keys)), len(keys))


class Agreeing(OnKernels):
    def test_two_opposite_signs_are_a_disagreement_whatever_the_others_say(self):
        for verdicts, said in ((("rises", "falls", "rises"), "disagree"), (("rises", "undecided", "falls"), "disagree"),
                               (("rises", "rises", "undecided"), "agree"), (("rises", "undecided"), "undecided"),
                               (("falls", "too few points", "not varied"), "undecided"), ((), "undecided")):
            self.assertEqual(comparison.agreement(verdicts), said, verdicts)

    def test_a_disagreement_is_told_with_the_numbers_of_both_sides(self):
        effects = {e.kernel.name: e.estimate for e in self.found.effects["autocracy_a", "ending: settlement"]}
        said = {k: f"{k} {e.value:+.3f} (se {e.error:.2g})" for k, e in effects.items()}
        lines = self.text()
        at = lines.index("  autocracy_a, ending: settlement:")
        self.assertTrue(lines[at - 1].startswith("disagreement about 1 of 3 signs"), lines[at - 1])
        self.assertEqual(lines[at + 1], f"    rises: {said['forts']}")
        self.assertEqual(lines[at + 2], f"    falls: {said['anchored_peace']}, {said['screening']}")

    def test_the_last_row_of_a_block_says_who_agrees(self):
        lines = self.text()
        at = lines.index("autocracy_a, highest third against lowest:")
        self.assertEqual(lines[at + 5].split(), ["all", "disagree", "agree", "agree"])
        self.assertRegex(lines[at + 3], r"^  forts +\+0\.2\d\d \(se 0\.0\d+\) rises  ")

    def test_kernels_that_agree_are_no_disagreement(self):
        lines = self.text(self.files[0], self.files[2])
        self.assertIn("no disagreement about 3 signs that are decided in two kernels or more", lines)
        flat = self.made("flat", points=240, slope=0.0)
        found = Comparison([self.files[0], flat])
        what = found.headlines[0]
        self.assertEqual(found.agreement("autocracy_a", what), "undecided")
        self.assertEqual(signs.agreement_words(found, "autocracy_a", what), "undecided (1 of 2 decided)")

    def test_inputs_along_which_kernels_disagree_come_first_and_the_rest_is_counted(self):
        def more(file):
            for i in range(4):
                file.copy("talks_every", f"more_{i}")
            file.move("autocracy_a", "z_autocracy")

        files = [self.changed(f"more{i}.h5", more) for i in range(2)]
        for file, kernel, slope in zip(files, ("forts", "screening"), (-1.0, 1.0)):
            with h5py.File(file, "r+") as opened:
                opened.attrs["kernel"] = kernel
                opened["ending_settlement"][...] = 0.5 + 0.4 * slope * (opened["z_autocracy"][()][:, None] - 0.5)
        lines = self.text(*files)
        blocks = [line for line in lines if line.endswith("highest third against lowest:")]
        self.assertEqual(blocks[0], "z_autocracy, highest third against lowest:")
        self.assertEqual(len(blocks), signs.SHOWN)
        self.assertIn("4 more inputs without a disagreement (--all prints them)", lines)
        everything = self.text(*files, everything=True)
        self.assertEqual(sum(line.endswith("against lowest:") for line in everything), 8)
        self.assertNotIn("--all", "\n".join(everything))

    def test_many_effects_are_told_how_many_signs_chance_gives(self):
        self.assertNotIn("chance would give", "\n".join(self.text()))
        found = Comparison(self.files)
        found.effects = {(str(i), what): e for i in range(80) for (_, what), e in found.effects.items()}
        count = 80 * 3 * 3
        self.assertEqual(signs.chance_line(found),
                         [f"({count} effects: were all of them zero, chance would give about {0.0027 * count:.0f} a sign)"])

    def test_names_have_no_order_from_three_on(self):
        def named(names):
            return lambda file: file["talks_every"].attrs.__setitem__("flag_meanings", names)

        three, two = self.changed("three.h5", named("band hazard enforcement")), self.changed("two.h5", named("no yes"))
        self.assertIn("talks_every", Comparison([self.files[0], two]).shared)
        found = Comparison([self.files[0], three])
        self.assertNotIn("talks_every", found.shared)
        self.assertIn("no sign along talks_every: the values have no order", signs.text_of(found, False))


class Differing(OnKernels):
    def test_the_policy_that_is_read_is_the_first_unless_another_is_named(self):
        for policy in (0, 2):
            found = Comparison(self.files, policy)
            with h5py.File(self.files[1]) as file:
                expected = file["ending_settlement"][:, policy].mean()
            self.assertAlmostEqual(found.levels(found.headlines[0])[1].estimate.value, expected)
        self.assertIn("policy 2 (guarantee_a=0.6)", self.text(*self.files, policy=2)[1])

    def test_same_points_are_told_from_others(self):
        self.assertIn("3 kernels, the same 240 points, policy 0", self.text()[1])
        note = lambda found: " ".join(side_by_side.note(found, hollow=False))  # noqa: E731
        self.assertNotIn("Points differ", note(self.found))
        for how in ({"points": 200}, {"points": 240, "seed": 2}):
            found = Comparison([self.files[0], self.made("other", **how)])
            self.assertIn("2 kernels, each at points of its own", signs.text_of(found, False)[1])
            self.assertIn("Points differ between files: each kernel is averaged over its own.", note(found))

    def test_what_files_do_not_treat_alike_is_listed(self):
        self.assertNotIn("not the same", "\n".join(self.text()))

        def unlike(file):
            file["discount_rate"][...] = 0.02
            file["justice_anchor"].attrs["distribution"] = "uniform(0, 2)"
            file["guarantee_a"][0] = 0.1

        lines = self.text(self.files[0], self.files[1], self.changed("unlike.h5", unlike))
        at = next(i for i, line in enumerate(lines) if line.startswith("not the same in all files"))
        self.assertEqual(lines[at + 1:at + 4],
                         ["  justice_anchor: uniform(0, 1) in anchored_peace, forts; uniform(0, 2) in screening",
                          "  guarantee_a: 0 in anchored_peace, forts; 0.1 in screening",
                          "  discount_rate: 0.005 in anchored_peace, forts; 0.02 in screening"])
        self.assertIn("policy 0", lines[1])
        self.assertNotIn("guarantee_a", lines[1])

    def test_an_input_that_one_file_does_not_vary_has_no_effect_there(self):
        def fixed(file):
            del file["justice_anchor"]

        found = Comparison([*self.files[:2], self.changed("fixed.h5", fixed)])
        effects = found.effects["justice_anchor", "war months"]
        self.assertEqual([e.estimate is None for e in effects], [False, False, True])
        self.assertEqual(effects[2].verdict, "not varied")

    def test_kernels_and_their_colours_do_not_depend_on_the_company(self):
        order = [(k.name, k.slot) for k in Comparison(self.files[::-1]).kernels]
        self.assertEqual(order, [(n, kernel_files.KNOWN.index(n)) for n in SLOPES])
        self.assertEqual(kernel_files.slots_of(["zeta", "forts", "alpha"]), {"forts": 3, "alpha": 0, "zeta": 1})
        self.assertEqual(sorted(kernel_files.slots_of([*kernel_files.KNOWN[1:], "new"]).values()), list(range(6)))
        self.assertEqual(kernel_files.MOST, len(panels.COLOURS))

    def test_rows_that_are_runs_have_collapses_in_place_of_survival(self):
        files = [self.path(f"runs_{kernel}.h5") for kernel in ("forts", "screening")]
        for file in files:
            made_file.study_by_run(file, points=12)
            with h5py.File(file, "r+") as opened:
                opened.attrs["kernel"] = file[len(self.path("runs_")):-len(".h5")]
                opened["relapsed"] = (opened["replicate"][()] % 2).astype(float)
                opened["relapsed"].dims[0].attach_scale(opened["run"])
        labels = [what.label for what in Comparison(files).headlines]
        self.assertEqual(labels, ["ending: settlement", "war months", "relapsed"])


class Refusing(OnKernels):
    def refused(self, words, files, policy=0, along=()):
        with self.assertRaisesRegex(command.Problem, words):
            Comparison(files, policy).main_inputs(along)

    def test_what_cannot_be_compared(self):
        text = self.path("text.h5")
        pathlib.Path(text).write_text("not HDF5")
        self.refused("text.h5 does not open as HDF5", [self.files[0], text])
        self.refused("7 files are too many .*name at most 6", self.files[:1] * 7)
        self.refused("is of kernel forts, as is .*leave one out", [self.files[1], self.changed("twin.h5", as_forts)])
        one = self.path("one.h5")
        made_file.study_of_one_point(one)
        self.refused("vary no input in common .*autocracy_a", [self.files[0], one])
        self.refused(r"has no policy 3 \(they count from 0, and it has 3\); .*--policy", self.files, policy=3)
        self.refused("nothing is no input to compare along .*name one of autocracy_a, ", self.files, along=["nothing"])

    def test_kernels_without_a_common_outcome(self):
        def bare(file):
            for name in list(file):
                if name.endswith(("_var", "_survival")):
                    del file[name]

        self.refused("no headline outcome in common", [self.files[0], self.changed("bare.h5", bare)])

    def test_damaged_numbers_name_the_file(self):
        def short(file):
            del file["war_months"]
            file["war_months"] = [1.0, 2.0]
            file["war_months"].dims[0].attach_scale(file["point"])

        damaged = self.changed("short.h5", short)
        with self.assertRaisesRegex(command.Problem, "short.h5 cannot be read to the end"):
            Comparison([self.files[0], damaged]).effects

    def test_options(self):
        for words, *options in (("policy -1 is no policy", "--policy=-1"),
                                ("3 inputs to draw along are too many", *["--along", "autocracy_a"] * 3)):
            with self.assertRaisesRegex(command.Problem, words):
                compare.options_of([*self.files, *options])
        with self.assertRaisesRegex(command.Problem, "cannot be written .*--csv"):
            compare.write_table(self.found, self.path("none/signs.csv"))


def as_forts(file):
    file.attrs["kernel"] = "forts"


if __name__ == "__main__":
    unittest.main()
