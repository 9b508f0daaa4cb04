#!/usr/bin/python3
"""The verb `report` on results of this program: its page, the study that it gives back, a pair: report_verb_test.py TRUCE."""
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import unittest

from made_study import ELSEWHERE, SMALL, TRUCE, OnStudy, words_of

try:
    import h5py
    import numpy as np
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)


class Report(OnStudy):
    @classmethod
    def make(cls, made):
        made.write("study.ini", SMALL.replace("points = 32", "points = 1"))  # the page of one point has few figures
        made.run_study()

    def test_verb_writes_the_page_and_its_study_gives_the_same_numbers(self):
        if importlib.util.find_spec("jinja2") is None:
            self.skipTest(ELSEWHERE.format("jinja2"))
        self.assertEqual(self.call(TRUCE, "report", "study.h5"), "study.report.html\n")
        page = (self.folder / "study.report.html").read_text()
        stated = json.loads((self.folder / "study.manifest.json").read_text())
        self.assertIn(stated["content_hash"], page)
        commands = re.search(r"<pre><code>(truce run [^<]*)</code>", page)[1].splitlines()
        self.assertEqual(commands[0], "truce run study.report/study.study.ini --store.file=study.h5")
        again = self.folder / "again"
        again.mkdir()
        shutil.copytree(self.folder / "study.report", again / "study.report")
        done = subprocess.run([TRUCE, *commands[0].split()[1:], "--quiet"], cwd=again, capture_output=True, text=True)
        self.assertIn(stated["content_hash"], done.stdout, done.stderr)
        with h5py.File(again / "study.h5") as file:
            self.assertEqual(words_of(file.attrs["title"]), "every kind of input")

    def test_of_a_pair_tells_what_the_move_does(self):
        from pages import facts, outcomes
        from results import Result

        paired = SMALL.replace("method = sobol", "method = paired").replace("justice_anchor = uniform(0, 0.6)\n", "")
        self.write("paired.ini", paired.replace("[store]", "[pair]\njustice_anchor = 0 -> 0.6\n[store]"))
        self.call(TRUCE, "run", "paired.ini", "--quiet", "--store.file=paired.h5")
        result = Result(self.path("paired.h5"))
        move, what, estimate = next(m for m in outcomes.moves(result) if m[1].name == "war_months")
        self.assertEqual(move, "pair: justice_anchor = 0 -> 0.6")
        to = result.file["member"][()] == 1
        mean = np.average(result.file["war_months_diff"][to], weights=result.file["war_months_diff_n"][to])
        self.assertAlmostEqual(estimate.value, mean, 12)
        self.assertIn(("justice_anchor", "moved", "0 \u2192 0.6"), [row[:3] for row in facts.inputs(result)[1]])

    def test_verb_says_what_it_needs(self):
        (self.folder / "without").mkdir()
        (self.folder / "without" / "numpy.py").write_text("raise ImportError\n")
        done = subprocess.run([TRUCE, "report", "study.h5"], cwd=self.folder, capture_output=True, text=True,
                              env={**os.environ, "PYTHONPATH": str(self.folder / "without")})
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, "^truce: no python3 can import .*python3-jinja2\n$")
        for words, said in (((), "no result file is named"), (("none.h5",), "does not exist"),
                            (("study.ini",), "is a study"), (("study.h5", "--colour=red"), "not an option")):
            done = subprocess.run([TRUCE, "report", *words], cwd=self.folder, capture_output=True, text=True)
            self.assertEqual(done.returncode, 2)
            self.assertIn(said, done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
