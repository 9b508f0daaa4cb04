# Opens a report in headless Chromium: no complaint, no request, nothing cut off, light, dark and on paper.
"""The pictures stay in the folder that is named as the argument, to be looked at."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

KEPT = pathlib.Path(sys.argv.pop(1)).resolve() if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else None
from made_tests import OnFiles  # noqa: E402  (it skips where h5py is missing)

import made_answers  # noqa: E402
import matplotlib.image  # noqa: E402

BROWSER = shutil.which("chromium")
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
         "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--virtual-time-budget=5000", "--enable-logging=stderr", "--log-level=0")
DARK = "--blink-settings=preferredColorScheme=0"
BAD = '<script>console.error("broken")</script><img src="http://127.0.0.1:9/x.png">'


def browse(page, *options):
    """What the browser printed, what its console said, and which addresses beyond files and data were asked for."""
    with tempfile.TemporaryDirectory() as profile:
        log = os.path.join(profile, "net.json")
        command = [BROWSER, *QUIET, f"--user-data-dir={profile}/user", f"--log-net-log={log}", *options,
                   pathlib.Path(page).resolve().as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
        text = pathlib.Path(log).read_text() if os.path.exists(log) else ""
    # what the browser asks for itself (updates) belongs to no site; what the page asks for belongs to a file
    started = [e["params"] for e in json.loads(text)["events"] if "url" in e.get("params", {})]
    asked = {p["url"] for p in started if "site=file:" in p.get("site_for_cookies", "")}
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line], asked


class Browser(OnFiles):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        from answers import Answers
        from pages import page
        from results import Result

        made_answers.write(cls.path("levers.analysis.h5"), {**made_answers.indices(), **made_answers.robustness(),
                                                            **made_answers.boxes()})
        made_answers.write(cls.path("levers.calibration.h5"), made_answers.calibration(), discrepancy=0.05, cutoff=3.0)
        tables, texts = made_answers.ledger()
        made_answers.write(cls.path("levers.claims.h5"), tables, **texts)
        cls.text = page.render([Result(cls.levers)], cls.path("levers.report"), [Answers(cls.path("levers.claims.h5"))])
        cls.page = cls.written("levers.report.html", cls.text)

    @classmethod
    def written(cls, name, text):
        pathlib.Path(cls.path(name)).write_text(text, encoding="utf-8")
        return cls.path(name)

    def picture(self, name, *options):
        out = str(KEPT / name) if KEPT else self.path(name)
        said = browse(self.page, f"--screenshot={out}", "--window-size=1280,10000", *options)
        self.assertEqual(said[1:], ([], set()))
        return matplotlib.image.imread(out)[..., :3]

    def test_light_and_dark_are_legible(self):
        light, dark = self.picture("light.png"), self.picture("dark.png", DARK)
        for shown, ground in ((light, 1.0), (dark, 0.1)):
            self.assertEqual(shown.shape[1], 1280)
            self.assertAlmostEqual(shown[5, 5].mean(), ground, delta=0.05)
            # ink on ground: enough of it, and as far from it as letters must be
            far = abs(shown.mean(axis=2) - shown[5, 5].mean()) > 0.55
            self.assertGreater(far.mean(), 0.004)
        self.assertGreater((abs(light - dark).max(axis=2) > 0.5).mean(), 0.5)

    def test_paper(self):
        out = KEPT / "paper.pdf" if KEPT else pathlib.Path(self.path("paper.pdf"))
        self.assertEqual(browse(self.page, f"--print-to-pdf={out}", "--no-pdf-header-footer")[1:], ([], set()))
        pages = len(re.findall(rb"/Type\s*/Page\b", out.read_bytes()))
        self.assertTrue(5 <= pages <= 25, pages)

    def test_nothing_is_cut_off(self):
        measure = "<script>document.title = document.documentElement.scrollWidth + ' of ' + innerWidth</script></body>"
        wide = self.written("wide.html", self.text.replace("</body>", measure))
        for width in (1280, 700):
            printed = browse(wide, "--dump-dom", f"--window-size={width},900")[0]
            needed, given = map(int, re.search(r"<title>(\d+) of (\d+)</title>", printed).groups())
            self.assertLessEqual(needed, given)

    def test_would_see_a_complaint_and_a_request(self):
        bad = self.written("bad.html", self.text.replace("</body>", BAD + "</body>"))
        _, complaints, asked = browse(bad, "--dump-dom")
        self.assertTrue(any("broken" in line for line in complaints), complaints)
        self.assertIn("http://127.0.0.1:9/x.png", asked)


if __name__ == "__main__":
    if BROWSER is None:
        print("NOT TESTED: there is no chromium to open the report with")
        sys.exit(77)
    unittest.main()
