#!/usr/bin/python3
"""truce selftest passes at any number of ranks, tells what it compared, and leaves nothing behind."""
import re
import unittest

from study_folder import Folder

QUANTITY = r"^  (S1|ST|chance_share|response_variance)\b.*  (inside|near|OUTSIDE)$"


class SelfTest(Folder):
    def passes(self, *words, **more):
        done = self.truce("selftest", *words, **more)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertTrue(done.stdout.splitlines()[-1].endswith("passed"), done.stdout)
        return done.stdout.splitlines()

    def test_passes_on_one_rank_and_leaves_nothing_behind(self):
        lines = self.passes()
        self.assertEqual(len(re.findall(QUANTITY, "\n".join(lines), re.M)), 56)
        self.assertEqual(sum("the same everywhere" in line for line in lines), 4)
        inert = {line.split()[2]: line.split()[-4:] for line in lines if line.startswith("  ST inert")}
        _, low, high, verdict = inert["mean_response"]
        self.assertEqual(verdict, "inside")
        self.assertTrue(float(low) <= 0 <= float(high))
        self.assertGreater(float(inert["uncorrected"][0]), 0.5)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["study.ini"])

    def test_passes_on_two_ranks_and_keeps_its_folder_on_request(self):
        (self.folder / "disk").mkdir()
        [line] = self.passes("--quiet", "--keep", "--folder", "disk", ranks=2)
        self.assertIn(" 0 outside; 4 of 4 contents as everywhere; on 2 ranks", line)
        [kept] = (self.folder / "disk").iterdir()
        self.assertEqual(len(list(kept.glob("*.analysis.h5"))), 4)

    def test_says_what_it_does_not_take(self):
        self.refuses(6, ["selftest", "--folder=nowhere"], "no folder can be made in nowhere", "--folder DIR")
        self.refuses(2, ["selftest", "study.ini"], "takes no file")
        self.refuses(2, ["selftest", "--instruction-set=v9"], "v9")
        self.assertEqual([p.name for p in self.folder.iterdir()], ["study.ini"])


if __name__ == "__main__":
    unittest.main()
