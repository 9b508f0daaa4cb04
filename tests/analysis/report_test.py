# Tests of the report: the page says what the files say, holds everything, and names the command for what is missing.
import os
import pathlib
import re
import shutil
import unittest
import xml.etree.ElementTree

from made_tests import OnFiles, script
from made_pages import OnPages, Reader

import h5py
import numpy as np

import command
import estimates
import made_answers
import made_file
import report
from pages import companions, limits, outcomes, rivals, svg
from results import Result
from tables import rows_of


class Page(OnPages):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with h5py.File(cls.levers, "r+") as file:
            file.attrs.update({"content_hash": "ab" * 32, "truce_version": "9.9.9", "kernel_version": 4, "seed": "1"})
        made_file.seal(cls.levers, ranks=7, hosts=["secret"], last_attempt_begun="2026-01-31T23:59:50Z",
                       sealed="2026-02-01T00:01:00Z")
        cls.text, cls.folder_of_page = cls.render("levers.h5")
        cls.page = Reader(cls.text)

    def rows(self, name):
        return rows_of(os.path.join(self.folder_of_page, name + ".csv"))

    def test_holds_question_design_run_limits_citation_and_commands(self):
        for words in ("Does the refusal of shared principles shorten peace?", "made_up version 4", "ab" * 32, "9.9.9",
                      "512", "98,304", "70 s", "1 February 2026", "uniform(0, 1)", "regime of A: 0 full democracy",
                      "What this cannot tell you", "no forecast", "Troitskiy (2023)", "How to repeat it",
                      "truce run levers.report/levers.study.ini --store.file=levers.h5", "truce report levers.h5"):
            self.assertIn(words, self.page.text)
        self.assertNotIn("secret", self.text)

    def test_is_whole_and_asks_nothing_of_a_network(self):
        self.assertEqual(self.page.open, [])
        self.assertEqual(len(self.page.ids), len(set(self.page.ids)))
        for link in self.page.links:
            self.assertRegex(link, r"^(#.|data:|levers\.report/[\w.]+$)")
            if link.startswith("#"):
                self.assertIn(link[1:], self.page.ids)
            elif not link.startswith("data:"):
                self.assertTrue(os.path.exists(self.path(link)), link)
        self.assertNotRegex(self.text, r"@import|<script|url\((?!#)|@font-face")

    def test_every_figure_has_words_two_pictures_and_data(self):
        names = re.findall(r'<figure>\s*<svg[^>]*aria-label="([^"]{40,})"', self.text)
        self.assertEqual(len(names), len(self.page.figures))
        self.assertEqual(self.text.count("<figcaption>"), len(self.page.figures))
        figures = [n[:-4] for n in os.listdir(self.folder_of_page) if n.endswith(".svg")]
        self.assertEqual(len(figures), len(self.page.figures))
        for name in figures:
            xml.etree.ElementTree.parse(os.path.join(self.folder_of_page, name + ".svg"))
            self.assertTrue(pathlib.Path(self.folder_of_page, name + ".png").read_bytes().startswith(b"\x89PNG"))
            self.assertGreater(len(self.rows(name)), 2, name)
        self.assertGreater(self.page.heads, 10)

    def test_colours_follow_the_theme(self):
        css = (companions.HERE / "pages" / "report.css").read_text()
        inline = "".join(re.findall(r"<svg.*?</svg>", self.text, re.S))
        for name in set(re.findall(r"var\(--([\w-]+)\)", inline + css)):
            self.assertEqual(len(re.findall(rf"--{name}:", css)), 3, name)  # light, dark, paper
        self.assertNotRegex(inline, "#000000|#ffffff|#0072b2")

    def test_survival_is_that_of_the_file(self):
        with h5py.File(self.levers) as file:
            for row in self.rows("survival"):
                months = list(file["peace_month" if row["curve"] == "peace_survival" else "war_month"])
                policy = [f"guarantee_a={g:g}" for g in file["guarantee_a"]].index(row["policy"])
                weights = file["peace_months_n" if row["curve"] == "peace_survival" else "war_months_n"][:, policy]
                values = file[row["curve"]][:, policy, months.index(float(row["month"]))]
                known = weights > 0
                mean = np.average(values[known], weights=weights[known])
                self.assertAlmostEqual(float(row["value"]), mean, 12)
                self.assertLessEqual(float(row["low_95"]), mean)
        self.assertEqual(len(self.rows("survival")), 3 * (8 + 4))

    def test_effects_are_those_of_the_file_with_verdicts(self):
        found = {(r["move"], r["outcome"]): r for r in self.rows("effects")}
        row = found["autocracy_a: highest third against lowest", "ending: settlement"]
        self.assertAlmostEqual(float(row["effect"]), made_file.SLOPE_AUTOCRACY * 2 / 3, 1)
        self.assertEqual(row["verdict"], "falls")
        self.assertEqual(found["justice_anchor: highest third against lowest", "war months"]["verdict"], "undecided")
        with h5py.File(self.levers) as file:
            difference = file["ending_settlement_diff"][:, 2].mean()
        row = found["guarantee_a=0.6 against guarantee_a=0", "ending: settlement"]
        self.assertAlmostEqual(float(row["effect"]), difference, 12)
        self.assertIn(f"+{difference:.3f}", self.page.text)

    def test_heat_map_cells_are_means_over_their_points(self):
        with h5py.File(self.levers) as file:
            x, y, z = file["autocracy_a"][()], file["justice_anchor"][()], file["war_months"][:, 1]
        rows = [r for r in self.rows("heat_maps") if (r["outcome"], r["policy"]) == ("war months", "guarantee_a=0.3")]
        self.assertEqual(sum(int(r["points"]) for r in rows), 512)
        for r in rows[:5] + rows[-1:]:
            last = [float(r[f"{n}_high"]) == v.max() for n, v in (("autocracy_a", x), ("justice_anchor", y))]
            inside = [(v >= float(r[f"{n}_low"])) & ((v < float(r[f"{n}_high"])) | at_end)
                      for n, v, at_end in (("autocracy_a", x, last[0]), ("justice_anchor", y, last[1]))]
            cell = z[inside[0] & inside[1]]
            self.assertEqual(len(cell), int(r["points"]))
            if len(cell) >= estimates.FEWEST:
                self.assertAlmostEqual(float(r["mean"]), cell.mean(), 9)
            else:
                self.assertEqual(r["mean"], "")

    def test_what_is_missing_names_the_command_that_makes_it(self):
        hints = re.findall(r'<div class="hint" role="note">(.*?)</div>', self.text, re.S)
        for verb, file in (("analyze", "levers.analysis.h5"), ("calibrate", "levers.calibration.h5")):
            hint = [h for h in hints if file in h]
            self.assertEqual(len(hint), 1, verb)
            self.assertIn(f"<code>truce {verb} {self.levers}</code>", hint[0])


class OtherResults(OnPages):
    def test_runs_one_point_and_odd_titles(self):
        with h5py.File(self.one, "r+") as file:
            file.attrs["title"] = '<script>alert("1")</script> $x_{ & `b`'
        text, _ = self.render("one.h5")
        self.assertNotIn("<script>", text)
        self.assertIn("&lt;script&gt;", text)
        self.assertIn("0.25", Reader(text).text)
        runs = Result(self.runs)
        self.assertIn("rows = point", outcomes.survival(runs).command)
        self.assertEqual(outcomes.endings(runs).rows[0][:3], ("guarantee_a=0", "settlement", 2 / 7))
        self.assertIn("failed (1)", " ".join(limits.limits([runs], False, False)))

    def test_equal_pictures_in_a_figure_keep_ids_apart(self):
        text = svg.inlined('<svg><image id="a" href="data:,x"/><image id="a" href="data:,x"/><path id="b"/></svg>', "map", "")
        self.assertEqual(re.findall(r'\bid="([^"]*)"', text), ["map-b"])

    def test_the_same_files_give_the_same_bytes(self):
        def everything():
            text, folder = self.render("one.h5")
            return text, {p.name: p.read_bytes() for p in pathlib.Path(folder).iterdir()}
        self.assertEqual(everything(), everything())

    def test_kernels_on_one_page_have_names_of_their_own(self):
        for kernel in ("forts", "screening"):
            shutil.copy(self.one, self.path(f"r.{kernel}.h5"))
            with h5py.File(self.path(f"r.{kernel}.h5"), "r+") as file:
                file.attrs["kernel"] = kernel
        text, folder = self.render("r.forts.h5", "r.screening.h5")
        reader = Reader(text)
        self.assertEqual(len(reader.ids), len(set(reader.ids)))
        self.assertIn("vary no input in common", reader.text)
        self.assertTrue({"forts.endings.csv", "screening.endings.csv"} <= set(os.listdir(folder)))

    def test_several_kernels_are_compared(self):
        for kernel, slope in (("forts", 0.45), ("screening", -0.3)):
            made_file.study_with_levers(self.path(f"s.{kernel}.h5"), points=120, kernel=kernel, slope=slope)
        results = [Result(self.path(f"s.{kernel}.h5")) for kernel in ("forts", "screening")]
        self.assertEqual(companions.shared_stem(results), self.path("s"))
        picture, table = rivals.side_by_side_parts(results)
        self.assertEqual({row[1] for row in picture.rows}, {"forts", "screening"})
        signs = {row[:3]: row[-1] for row in table.rows}
        self.assertEqual(signs["autocracy_a", "ending: settlement", "forts"], "rises")
        self.assertEqual(signs["autocracy_a", "ending: settlement", "screening"], "falls")
        line = next(line for line in table.table[1] if line[0] == "autocracy_a: ending: settlement")
        self.assertEqual((line[1][1], line[2][1], line[3]), ("rises", "falls", "disagree"))


class Script(OnFiles):
    def test_passes_over_what_lies_beside_results_and_tells_it(self):
        beside = [self.path(f"levers.{kind}.h5") for kind in ("analysis", "calibration")]
        made_answers.write(beside[0], made_answers.boxes())
        made_answers.write(beside[1], made_answers.calibration())
        ended = script("report.py", self.levers, *beside)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertEqual(ended.stderr, f"report: passed over as no result: {beside[0]} and 1 more\n")
        self.assertEqual(ended.stdout.strip(), self.path("levers.report.html"))
        ended = script("report.py", *beside)
        self.assertEqual(ended.returncode, 2)
        self.assertRegex(ended.stderr, rf"{beside[0]} is an analysis .a result is wanted.; name a file that truce run wrote\n$")

    def test_takes_one_result_of_a_kernel(self):
        with self.assertRaisesRegex(command.Problem, f"{self.one} is of kernel made_up, as is {self.levers} .*; leave one out"):
            report.report([self.levers, self.one])

    def test_names_its_page_and_ends_with_the_codes_of_truce(self):
        ended = script("report.py", self.one)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        self.assertEqual(ended.stdout.strip(), self.path("one.report.html"))
        Reader(pathlib.Path(self.path("one.report.html")).read_text())
        for code, words, arguments in ((2, "does not exist", ["none.h5"]), (2, "is no page", [self.one, "--out=a.txt"]),
                                       (6, "cannot be made", [self.one, "--out=" + self.path("none/a.html")])):
            with self.assertRaisesRegex(command.Problem, words) as refused:
                report.report(arguments)
            self.assertEqual(refused.exception.code, code)


if __name__ == "__main__":
    unittest.main()
