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
        made_answers.write(cls.path("levers.calibration.h5"), made_answers.calibration(), discrepancy=0.05, cutoff=3.0,
                           quantity_W30=np.bytes_("wars longer than 30 days"))
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
        np.testing.assert_allclose(rows["war_months", "justice_anchor", "ST"], (0.41, 0.39, 0.44, 508, 1))
        np.testing.assert_allclose(rows["ending_settlement", "autocracy_a", "S1"], (0.45, 0.43, 0.48, 508, 1))
        self.assertIn("war months (n = 508)", drawn.figure.axes[1].get_xlabel())
        self.assertNotIn("Left out", drawn.caption)
        self.assertIn("of the mean response, corrected for chance", drawn.caption)
        self.assertEqual(sensitivity.ranked_inputs(self.result, self.analysis), made_answers.INPUTS)
        only_common = Answers(self.path("levers.analysis.h5")).tables["sobol"]
        only_common.at("S1")[..., 2], only_common.at("S1")[..., [0, 1, 3]] = 0.3, np.nan
        self.assertEqual(sensitivity.reading_of(only_common, "S1"), "common_random_numbers")

    def test_chance_is_told_by_outcome(self):
        told = sensitivity.chance(self.result, self.analysis)
        self.assertEqual(told.table[1], [["ending_settlement", "0.6", "0.5 to 0.7", "512"],
                                         ["war_months", "0.7", "0.6 to 0.8", "512"]])

    def changed(self, table, answer, value, **labels):
        """An analysis as the class has it, with one answer changed at some labels of one outcome."""
        made = Answers(self.path("levers.analysis.h5"))
        made.tables[table].at(answer, **labels)[...] = value
        return made

    def test_indices_that_mean_nothing_are_left_out_and_told(self):
        months = {"outcome": "war_months"}
        made = self.changed("sobol", "sobol_told", 0, **months)
        made.tables["sobol"].at("sobol_n", **months)[...] = 16
        made.tables["sobol_variance"].at("response_variance_low", **months)[...] = -1
        drawn = sensitivity.index_bars(self.result, made, "")
        self.assertEqual({row[0] for row in drawn.rows}, {"ending_settlement"})
        why = "Left out, as an index would mean nothing: war months (16 base points; variance of its mean \u22121 to 3)"
        self.assertIn(why, drawn.caption)
        told = sensitivity.chance(self.result, made)
        self.assertEqual([line[0] for line in told.table[1]], ["ending_settlement"])
        self.assertIn("war_months", [row[0] for row in told.rows])  # the data have it, with the variance that tells why
        self.assertIn(why, told.caption)
        nothing = self.changed("sobol", "sobol_told", 0)
        self.assertIn("No outcome has indices", sensitivity.index_bars(self.result, nothing, "").why)
        self.assertEqual(sensitivity.ranked_inputs(self.result, nothing), [])

    def test_a_group_ranks_its_inputs(self):
        made = Answers(self.path("levers.analysis.h5"))
        made.tables["sobol"].axes["input"][:] = ["both", "autocracy_a", "none"]
        shutil.copy(self.levers, self.path("group.h5"))
        with h5py.File(self.path("group.h5"), "r+") as file:
            for name in ("justice_anchor", "talks_every"):
                file[name].attrs["group"] = "both"
        result = Result(self.path("group.h5"))
        self.assertEqual(sensitivity.ranked_inputs(result, made), ["justice_anchor", "talks_every", "autocracy_a", "none"])

    def test_an_input_whose_index_is_not_told_has_hollow_bars(self):
        made = self.changed("sobol", "sobol_told", 0, outcome="war_months", input="talks_every")
        drawn = sensitivity.index_bars(self.result, made, "")
        self.assertIn("Hollow: not told.", drawn.caption)
        self.assertEqual({row[:2] for row in drawn.rows if not row[-1]}, {("war_months", "talks_every")})
        hollow = [[p.get_facecolor()[:3] == (1, 1, 1) for p in axes.patches] for axes in drawn.figure.axes]
        self.assertEqual(hollow, [[False] * 6, [False, False, True] * 2])

    def test_policies_are_compared_by_every_metric(self):
        def place(text, rank, mark=""):
            return [f"{text}, rank\u00a0{rank}\u00a0in\u00a090\u00a0%", mark]

        bars, settlement, war = policies.parts(self.result, self.analysis)
        rows = {row[:4]: row[4:] for row in bars.rows}
        np.testing.assert_allclose(rows["ending_settlement", "higher", "guarantee_a=0.6", "best_share"], (0.7, 0.65, 0.75))
        self.assertIn("less being better", war.title)
        self.assertEqual(settlement.table[1], [
            ["maximin [share]", place("0.3 (0.29 to 0.31), corrected\u00a00.175", 1, "best"),
             place("0.2 (0.19 to 0.21), corrected\u00a00.075", 2), place("0.1 (0.09 to 0.11), corrected\u00a0\u22120.025", 3)],
            ["laplace [share]", place("0.1 (0.09 to 0.11)", 3), place("0.2 (0.19 to 0.21)", 2),
             place("0.3 (0.29 to 0.31)", 1, "best")],
            ["starr [share]", place("0.5 (0.49 to 0.51)", 2, "tie"), place("0.515 (0.505 to 0.525)", 1, "tie"),
             place("0.4 (0.39 to 0.41)", 3)]])
        self.assertEqual([line[0] for line in war.table[1]], ["maximin [month]", "laplace [month]", "starr [share]"])
        self.assertEqual([p.kind for p in policies.parts(self.result, None)], ["hint"])
        self.assertEqual(policies.parts(Result(self.one), None), [])

    def test_a_metric_that_is_mostly_noise_calls_no_policy_the_best(self):
        made = self.changed("robustness", "robustness_told", 0, outcome="war_months", metric="laplace", policy="guarantee_a=0.3")
        told = policies.metrics_table(self.result, made.tables["robustness"], "war_months")
        self.assertEqual([[cell[1] for cell in line[1:]] for line in told.table[1]],
                         [["best", "", ""], ["", "not told", ""], ["tie", "tie", ""]])
        rows = {(row[2], row[4]): dict(zip(told.columns, row)) for row in told.rows}
        row = rows["laplace", "guarantee_a=0.3"]
        self.assertEqual([row[n] for n in ("mark", "corrected", "noise_bias", "told")], ["not told", 0.2, 0, 0])
        self.assertIn("of the sampling of points", told.caption)
        self.assertNotIn("not known", told.caption)
        unknown = self.changed("robustness", "robustness_told", np.nan)
        self.assertIn("noise of replicates adds is not known",
                      policies.metrics_table(self.result, unknown.tables["robustness"], "war_months").caption)

    def test_corrected_shares_that_leave_the_range_of_shares_are_drawn_whole(self):
        made = self.changed("best_policy", "best_chance_low", -0.25, outcome="war_months", policy="guarantee_a=0")
        bars = policies.best_bars(made.tables["best_policy"], ["ending_settlement", "war_months"])
        self.assertEqual([axes.get_xlim()[0] < -0.25 for axes in bars.figure.axes], [False, True])
        self.assertIn("corrected for noise, which is an estimate and may lie below 0", bars.caption)

    def test_boxes_have_limits_density_and_doubt(self):
        picture, table = boxes.parts(self.result, self.analysis)
        self.assertEqual([row[:4] for row in picture.rows], [("ending_settlement", "higher", "autocracy_a", 0.0),
                                                             ("ending_settlement", "higher", "justice_anchor", 0.3)])
        title = " ".join(picture.figure.axes[0].get_title(loc="left").split())
        self.assertIn("density 0.8 (0.75 to 0.85) against 0.25 of all points, coverage 0.4, 12.5 % of the points, p 0.01", title)
        faces = [p.get_facecolor()[:3] for p in picture.figure.axes[0].patches]
        self.assertEqual([f == (1, 1, 1) for f in faces[1::2]], [False, True])  # hollow where chance could have made it
        self.assertEqual([row[:4] for row in table.rows], [("ending_settlement", "guarantee_a=0", "higher", "1")])
        self.assertEqual(table.table[1][0][-1], "0.01")
        self.assertIn("Of 2 searches (outcomes, policies, high and low) that found a box, 1 is not told", table.caption)

    def test_boxes_that_new_points_do_not_confirm_are_not_told(self):
        told = boxes.parts(self.result, self.changed("prim", "prim_p_new", 0.05))
        self.assertEqual([part.kind for part in told], ["hint"])
        self.assertIn("Of 2 searches (outcomes, policies, high and low) that found a box, 2 are not told", told[0].why)

    def test_real_wars_are_told_with_what_they_cannot(self):
        told = wars.targets(self.result, self.calibration, "")
        self.assertIn("do not identify the effect of the regime", told.caption)
        self.assertIn("12.5 % (10 to 15)", told.caption)
        self.assertIn("an implausibility of 3 or more, at a discrepancy of 0.05", told.caption)
        self.assertEqual(told.table[1][0], ["W30 wars longer than 30 days", "0.8 (0.7 to 0.9)", "0.95", "25 % (20 to 30)", "yes"])
        self.assertEqual(told.table[1][1][-1], "reported beside")
        drawn = wars.durations(self.result, self.calibration)
        rows = {row[:3]: row[3:] for row in drawn.rows}
        np.testing.assert_allclose(rows["war_survival", "points left", 60.0], np.exp(-2) ** np.array([1, 1, 0.5]) * [1, 0.8, 1])
        real = [row for row in drawn.rows if row[:2] == ("peace_survival", "real wars")]
        self.assertTrue(all(low <= share <= high for *_, share, low, high in real) and len(real) > 5)
        self.assertIn("do not identify the effect of the regime", drawn.caption)
        self.assertIsNone(wars.durations(self.result, None))
        told = wars.left_inputs(self.result, self.calibration)
        self.assertIn("1 of 2", told.caption)
        self.assertEqual(told.table[1], [["autocracy_a", "0.05 to 0.95", "0.4 to 0.99", "1", "0.5"]])

    def test_what_is_left_is_told_by_discrepancy(self):
        told = wars.discrepancies([("forts", self.calibration), ("screening", None)])
        self.assertEqual(told.table, (("kernel", "discrepancy 0", "discrepancy 0.05", "discrepancy 0.1", "discrepancy 0.15"),
                                      [["forts", "0 % (0 to 1)", "12.5 % (10 to 15)", "25 % (20 to 30)", "50 % (40 to 60)"]]))
        self.assertNotIn("ranks", told.caption)
        self.assertIn("no share ranks", wars.discrepancies([("a", self.calibration), ("b", self.calibration)]).caption)
        self.assertIn("cut-off of 3,", told.caption)
        self.assertIsNone(wars.discrepancies([("screening", None)]))

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

    def test_matrix_never_counts_undecided_as_support_nor_undefined_as_undecided(self):
        matrix = ledger.parts(self.ledger)[0]
        rows = {row[:3]: dict(zip(matrix.columns, row)) for row in matrix.rows}
        row = rows["C1", "screening", "full"]
        self.assertEqual([row[n] for n in ("holds", "fails", "no_effect", "undecided", "verdict")], [0.1, 0.6, 0.1, 0.2, "fails"])
        row = rows["C2", "forts", "full"]
        self.assertEqual((row["undefined"], row["unit"], row["expected"]), (0.6, "month", -1))
        self.assertNotIn(("C2", "screening", "full"), rows)
        widths = [p.get_width() for p in matrix.figure.axes[0].patches]
        np.testing.assert_allclose(widths[:5], np.multiply([0.7, 0.1, 0, 0.2, 0], 0.9))
        np.testing.assert_allclose(widths[10:], np.multiply([0.2, 0.1, 0, 0.1, 0.6], 0.9))

    def test_agreement_counts_what_is_so_by_construction_apart_and_names_one_sided_signs(self):
        matrix, told = ledger.parts(self.ledger)[:2]
        self.assertEqual([line[1:] for line in told.table[1]], [
            ["", *["holds in 0, fails in 1 (1 one-sided) of 1; by construction in 1"] * 2],
            ["extension", *["holds in 0, fails in 0 of 1; one shared part"] * 2]])
        for words in ("counted apart", "not that so many models of it agree", "says more than its source"):
            self.assertIn(words, told.caption)
        for words in ("`*` by construction, as the study says", "`!` one-sided: no point goes the other way"):
            self.assertIn(words, matrix.caption)
        self.assertEqual([t.get_text() for t in matrix.figure.axes[0].texts], ["*", "!", "", "\u2013"])

    def test_each_claim_says_what_was_asked_and_what_its_numbers_rest_on(self):
        _, _, one, two, _ = ledger.parts(self.ledger)
        self.assertEqual(one.title, "C1 Autocracy lowers settlement")
        self.assertEqual(one.table[1][0], [
            "forts", "full", ["", "holds *"], "70 (66 to 74)", "10 (6 to 14)", "0 (-4 to 4)", "20 (16 to 24)", "0", "400:60",
            "3.1", "\u22120.21 (\u22120.25 to \u22120.17)"])
        self.assertEqual([one.table[1][2][n] for n in (0, 2, 8)], ["screening", ["", "fails !"], "400:0"])
        for words in ("Extension of its source: all of it; the memo does not say so.", "One shared part (durability, holds)"):
            self.assertIn(words, two.caption)
            self.assertNotIn(words[:9], one.caption)
        for words in ("Move `autocracy_a = 0 -> 1`, under `balance_drift = 0 -> 0.003` (how much larger its effect",
                      "where `guarantee_a = 0`", "outcome `peace_months` [month]; expected sign \u2212 (it falls)",
                      "Section of the memo: Theory and Practice.", "Not asked: screening: no peace_months"):
            self.assertIn(words, two.caption)
        self.assertEqual([line[:3] + line[7:8] + line[9:] for line in two.table[1]], [
            ["forts", ranges, ["", "undecided"], "60", "\u2013",
             "\u22120.21 month (\u22120.25 to \u22120.17), worth 112 of 512\u00a0points"]
            for ranges in ("full", "inner")])

    def test_boxes_of_failure_need_new_points_that_confirm_them(self):
        failing = ledger.parts(self.ledger)[-1]
        self.assertEqual(failing.table[1], [["C1", "screening", "full", "autocracy_a = uniform(0.5, 1); "
                                             "war_cost_a = uniform(0.002346, 0.01)", "0.9", "0.6", "0.5", "0.01"]])
        self.assertEqual(len(failing.rows), 1)
        self.assertIn("Of 2 boxes that were found, 1 is not told: p of 0.05 or more", failing.caption)

    def test_a_page_of_a_ledger_alone_has_its_limits_and_its_hashes(self):
        text = Reader(page.render([], self.path("claims.report"), [self.ledger])).text
        for words in ("Kernels that agree are no proof", "Lengths of peace are those of settlements", "cd" * 32,
                      "claims.claims.h5", "The 6 results from which", "claims.C1.screening.h5", "does not lie beside the ledger"):
            self.assertIn(words, text)

    def test_is_found_beside_results_and_makes_a_page_of_its_own(self):
        for name in ("claims.C1.forts.h5", "other.h5"):
            shutil.copy(self.one, self.path(name))
        found = [companions.ledgers_beside([Result(self.path(n))]) for n in ("claims.C1.forts.h5", "other.h5")]
        self.assertEqual(found, [[self.path("claims.claims.h5")], []])
        text = page.render([], self.path("claims.report"), [self.ledger])
        reader = Reader(text)
        for words in ("Claims of the memo", "Autocracy lowers settlement", "no forecast", "Version 9.9.9"):
            self.assertIn(words, reader.text)
        self.assertNotIn("How to repeat it", reader.text)


if __name__ == "__main__":
    unittest.main()
