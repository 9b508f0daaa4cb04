# Tests of the report: the page says what the files say, holds everything, and names the command for what is missing.
import csv
import html.parser
import os
import pathlib
import re
import shutil
import sys
import unittest
import xml.etree.ElementTree

from made_tests import OnFiles, script

try:
    import jinja2
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)

import h5py
import numpy as np

import command
import estimates
import made_answers
import made_file
from answers import Answers
from pages import boxes, companions, ledger, limits, outcomes, page, policies, rivals, sensitivity, wars
from results import Result

WITHOUT_END = {"meta", "link", "br", "hr", "img", "input"}


class Reader(html.parser.HTMLParser):
    """Reads a page: its tags in balance, ids, addresses, texts of table cells, what is visible."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.figures, self.heads, self.text = [], [], [], [], 0, ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in WITHOUT_END:
            self.open.append(tag)
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.links += [attributes[a] for a in ("href", "xlink:href", "src", "srcset", "data") if a in attributes]
        self.figures += [attributes] if tag == "svg" else []
        self.heads += tag == "th" and "scope" in attributes

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in WITHOUT_END:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> at {self.getpos()}"

    def handle_data(self, data):
        self.text += data


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class OnPages(OnFiles):
    @classmethod
    def render(cls, *names):
        """Text of the page of files, and the folder beside it."""
        folder = cls.path(names[0].removesuffix(".h5") + ".report")
        return page.render([Result(cls.path(n)) for n in names], folder), folder


class Page(OnPages):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with h5py.File(cls.levers, "r+") as file:
            file.attrs.update({"content_hash": "ab" * 32, "truce_version": "9.9.9", "kernel_version": 4, "seed": "1"})
        pathlib.Path(cls.path("levers.manifest.json")).write_text(
            '{"ranks": 7, "hosts": ["secret"], "last_attempt_begun": "2026-01-31T23:59:50Z", "sealed": "2026-02-01T00:01:00Z"}')
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
                policy = [f"guarantee_a = {g:g}" for g in file["guarantee_a"]].index(row["policy"])
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
        row = found["guarantee_a = 0.6 against guarantee_a = 0", "ending: settlement"]
        self.assertAlmostEqual(float(row["effect"]), difference, 12)
        self.assertIn(f"+{difference:.3f}", self.page.text)

    def test_heat_map_cells_are_means_over_their_points(self):
        with h5py.File(self.levers) as file:
            x, y, z = file["autocracy_a"][()], file["justice_anchor"][()], file["war_months"][:, 1]
        rows = [r for r in self.rows("heat_maps") if (r["outcome"], r["policy"]) == ("war months", "guarantee_a = 0.3")]
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
        self.assertEqual(outcomes.endings(runs).rows[0][:3], ("guarantee_a = 0", "settlement", 2 / 7))
        self.assertIn("failed (1)", " ".join(limits.limits([runs], False, False)))

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


class WithAnswers(OnPages):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        made_answers.write(cls.path("levers.analysis.h5"), {**made_answers.indices(), **made_answers.robustness(),
                                                            **made_answers.boxes()})
        made_answers.write(cls.path("levers.calibration.h5"), made_answers.calibration())
        cls.result = Result(cls.levers)
        cls.analysis, cls.calibration = (companions.answers_beside(cls.result, k)[0] for k in ("analysis", "calibration"))

    def test_tables_are_read_by_their_labels(self):
        table = Answers(self.path("levers.analysis.h5")).tables["sobol"]
        self.assertEqual(list(table.axes), ["outcome", "policy", "input", "reading"])
        labels = {"outcome": "war_months", "policy": "guarantee_a=0.6", "reading": "mean_response"}
        self.assertAlmostEqual(table.at("ST", input="talks_every", **labels), 0.3 + 0.01 + 0.002, 12)
        np.testing.assert_allclose(table.ends("ST", **labels)[1] - table.at("ST", **labels), 0.03)
        del table.answers["ST_low"]
        np.testing.assert_allclose(table.ends("ST", **labels)[1] - table.at("ST", **labels), 0.025)

    def test_bars_are_one_reading_of_the_indices(self):
        drawn = sensitivity.index_bars(self.result, self.analysis, "")
        rows = {row[:3]: row[3:] for row in drawn.rows}
        np.testing.assert_allclose(rows["war_months", "justice_anchor", "ST"], (0.41, 0.39, 0.44))
        np.testing.assert_allclose(rows["ending_settlement", "autocracy_a", "S1"], (0.45, 0.43, 0.48))
        self.assertIn("of the mean response, corrected for chance", drawn.caption)
        self.assertEqual(sensitivity.ranked_inputs(self.result, self.analysis), made_answers.INPUTS)
        only_common = self.analysis.tables["sobol"].answers["S1"].values.copy()
        only_common[..., 2], only_common[..., [0, 1, 3]] = 0.3, np.nan
        self.analysis.tables["sobol"].answers["S1"] = self.analysis.tables["sobol"].answers["S1"]._replace(values=only_common)
        self.assertEqual(sensitivity.reading_of(self.analysis.tables["sobol"], "S1"), "common_random_numbers")

    def test_chance_is_told_by_outcome(self):
        told = sensitivity.chance(self.result, self.analysis)
        self.assertEqual(told.table[1], [["ending_settlement", "0.6", "0.5 to 0.7"], ["war_months", "0.7", "0.6 to 0.8"]])

    def test_policies_are_compared_by_every_metric(self):
        bars, settlement, war = policies.parts(self.result, self.analysis)
        rows = {row[:4]: row[4:] for row in bars.rows}
        np.testing.assert_allclose(rows["ending_settlement", "higher", "guarantee_a=0.6", "best_share"], (0.7, 0.65, 0.75))
        self.assertIn("less being better", war.title)
        self.assertEqual(settlement.table[1], [
            ["maximin", ["0.3 (0.29 to 0.31)", "best"], ["0.2 (0.19 to 0.21)", ""], ["0.1 (0.09 to 0.11)", ""]],
            ["laplace", ["0.1 (0.09 to 0.11)", ""], ["0.2 (0.19 to 0.21)", ""], ["0.3 (0.29 to 0.31)", "best"]]])
        self.assertEqual([p.kind for p in policies.parts(self.result, None)], ["hint"])
        self.assertEqual(policies.parts(Result(self.one), None), [])

    def test_boxes_have_limits_density_and_doubt(self):
        picture, table = boxes.parts(self.result, self.analysis)
        self.assertEqual([row[:4] for row in picture.rows], [("ending_settlement", "higher", "autocracy_a", 0.0),
                                                             ("ending_settlement", "higher", "justice_anchor", 0.3)])
        title = " ".join(picture.figure.axes[0].get_title(loc="left").split())
        self.assertIn("density 0.8 (0.75 to 0.85) against 0.25 of all points, coverage 0.4, 12.5 % of the points", title)
        faces = [p.get_facecolor()[:3] for p in picture.figure.axes[0].patches]
        self.assertEqual([f == (1, 1, 1) for f in faces[1::2]], [False, True])  # hollow where chance could have made it
        self.assertEqual(len(table.rows), 1)

    def test_real_wars_are_told_with_what_they_cannot(self):
        told = wars.targets(self.result, self.calibration, "")
        self.assertIn("do not identify the effect of the regime", told.caption)
        self.assertIn("12.5 % (10 to 15)", told.caption)
        self.assertEqual(told.table[1][0], ["W30", "0.8 (0.7 to 0.9)", "0.95", "25 % (20 to 30)", "yes"])
        self.assertEqual(told.table[1][1][-1], "reported beside")
        drawn = wars.durations(self.result, self.calibration)
        rows = {row[:3]: row[3:] for row in drawn.rows}
        np.testing.assert_allclose(rows["war_survival", "points left", 60.0], np.exp(-2) ** np.array([1, 1, 0.5]) * [1, 0.8, 1])
        real = [row for row in drawn.rows if row[:2] == ("peace_survival", "real wars")]
        self.assertTrue(all(low <= share <= high for *_, share, low, high in real) and len(real) > 5)
        self.assertIn("do not identify the effect of the regime", drawn.caption)
        self.assertIsNone(wars.durations(self.result, None))
        told = wars.left_inputs(self.calibration)
        self.assertIn("1 of 2", told.caption)
        self.assertEqual(told.table[1], [["autocracy_a", "0.05 to 0.95", "0.4 to 0.99", "0.5"]])

    def test_an_analysis_of_other_numbers_is_not_taken(self):
        made_file.study_by_run(self.path("other.h5"))
        with h5py.File(self.path("other.h5"), "r+") as file:
            file.attrs["content_hash"] = "ab"
        made_answers.write(self.path("other.analysis.h5"), made_answers.indices(), content_hash_of_result="cd")
        found, why = companions.answers_beside(Result(self.path("other.h5")), "analysis")
        self.assertIsNone(found)
        self.assertIn("another result", why)
        pathlib.Path(self.path("other.analysis.h5")).write_text("no HDF5")
        with self.assertRaisesRegex(command.Problem, "does not open as HDF5"):
            companions.answers_beside(Result(self.path("other.h5")), "analysis")


class Ledger(OnPages):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tables, texts = made_answers.ledger()
        made_answers.write(cls.path("claims.claims.h5"), tables, **texts)
        cls.ledger = Answers(cls.path("claims.claims.h5"))

    def test_matrix_and_table_never_count_undecided_as_support(self):
        matrix, table, failing = ledger.parts(self.ledger)
        rows = {row[:3]: row[3:] for row in matrix.rows}
        self.assertEqual(rows["C1", "screening", "full"][:4], (0.1, 0.6, 0.1, 0.2))
        self.assertNotIn(("C2", "screening", "full"), rows)
        widths = [p.get_width() for p in matrix.figure.axes[0].patches[:4]]
        np.testing.assert_allclose(widths, np.multiply([0.7, 0.1, 0, 0.2], 0.9))
        self.assertEqual(table.table[1][0][1], ["holds 70 %, fails 10 %; \u22120.21 (\u22120.25 to \u22120.17)", "holds"])
        self.assertEqual([line[1:] for line in table.table[1]][1][0][1], "undecided")
        self.assertEqual(table.table[1][1][2], "not asked")
        self.assertIn("C2: screening: no peace_months", table.caption)
        self.assertEqual(failing.table[1], [["C1", "screening", "autocracy_a = uniform(0.5, 1)", "0.9", "0.5", "0.01"]])

    def test_is_found_beside_results_and_makes_a_page_of_its_own(self):
        for name in ("claims.C1.forts.h5", "other.h5"):
            shutil.copy(self.one, self.path(name))
        found = [companions.ledgers_beside([Result(self.path(n))]) for n in ("claims.C1.forts.h5", "other.h5")]
        self.assertEqual(found, [[self.path("claims.claims.h5")], []])
        self.assertFalse(companions.is_ledger(self.one))
        text = page.render([], self.path("claims.report"), [self.ledger])
        reader = Reader(text)
        for words in ("Claims of the memo", "Autocracy lowers settlement", "no forecast", "Version 9.9.9"):
            self.assertIn(words, reader.text)
        self.assertNotIn("How to repeat it", reader.text)


class Script(OnFiles):
    def test_names_its_page_and_ends_with_the_codes_of_truce(self):
        ended = script("report.py", self.one)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        self.assertEqual(ended.stdout.strip(), self.path("one.report.html"))
        Reader(pathlib.Path(self.path("one.report.html")).read_text())
        for code, words, arguments in ((2, "does not exist", ["none.h5"]), (2, "is no page", [self.one, "--out=a.txt"]),
                                       (6, "cannot be made", [self.one, "--out=" + self.path("none/a.html")])):
            ended = script("report.py", *arguments)
            self.assertEqual(ended.returncode, code, ended.stderr)
            self.assertRegex(ended.stderr, rf"^report: .*{words}.*\n$")


if __name__ == "__main__":
    unittest.main()
