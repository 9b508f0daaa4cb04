# Tests of what the report takes from analyses, calibrations and ledgers: their numbers, and their doubts.
import pathlib
import shutil
import unittest

from made_pages import OnPages, Reader

import h5py
import numpy as np

import command
import made_answers
import made_file
from answers import Answers
from pages import boxes, companions, ledger, page, policies, sensitivity, wars
from results import Result


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

    def test_a_wrong_name_is_told_with_those_there_are(self):
        table = Answers(self.path("levers.analysis.h5")).tables["sobol"]
        for words, name, labels in (("table sobol has no answer S9 .it has S1, S1_low", "S9", {}),
                                    ("no axis output .it has outcome, policy, input, reading.", "ST",
                                     {"output": "war_months"}),
                                    ("no outcome war_month .it has ending_settlement, war_months, failed.; name one", "ST",
                                     {"outcome": "war_month"})):
            with self.assertRaisesRegex(command.Problem, words):
                table.at(name, **labels)

    def test_policies_are_named_as_in_the_tables(self):
        file = self.path("two.analysis.h5")
        names = ["guarantee_a=0 autocracy_d=1", "guarantee_a=0.6 autocracy_d=1"]
        made_answers.write(file, made_answers.indices(names))
        self.assertEqual(Answers(file).tables["sobol"].labels("policy"), names)

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


if __name__ == "__main__":
    unittest.main()
