"""Sobol' indices of `truce analyze` against OpenTURNS (and the formulas as SALib has them in numpy) on the same rows:
openturns_test.py TRUCE. Skipped (77) where openturns is not installed.
"""
import sys
import unittest

from made_study import OnStudy, analysed

try:
    import h5py
    import numpy as np
    import openturns as ot
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(77)

STUDY = """[study]
kernel = gamblers_ruin
seed = 861
replicates = 4
[design]
method = saltelli
points = 512
[inputs]
forts_a = integer(1, 9)
forts = integer(10, 20)
win_probability = uniform(0.4, 0.6)
"""
FACTORS = ["forts_a", "forts", "win_probability"]
POINTS, OUTCOME = 512, "war_months"


class SameRows(OnStudy):
    @classmethod
    def make(cls, made):
        tables = {name: [row for row in rows if row["outcome"] == OUTCOME]
                  for name, rows in analysed(made, STUDY, "--parts=sobol").items()}
        with h5py.File(cls.folder / "study.h5") as result:
            cls.means = result[OUTCOME][:].reshape(POINTS, len(FACTORS) + 2)  # [point][member]
        plain = {row["input"]: row for row in tables["sobol"] if row["reading"] == "uncorrected"}
        cls.first = np.array([float(plain[f]["S1"]) for f in FACTORS])
        cls.total = np.array([float(plain[f]["ST"]) for f in FACTORS])
        cls.variance = float(tables["sobol_variance"][0]["sobol_variance_of_means"])

    def open_turns(self, algorithm):
        """OpenTURNS wants the rows of A, then B, then each AB."""
        order = [0, len(FACTORS) + 1, *range(1, len(FACTORS) + 1)]
        outputs = ot.Sample(self.means[:, order].T.reshape(-1, 1))
        inputs = ot.Sample(len(outputs), len(FACTORS))
        return algorithm(inputs, outputs, POINTS)

    def rescaled(self, indices, share):
        """OpenTURNS takes the variance of A alone, and sums over N - 1 (Jansen's over 2 N - 1); truce that of A
        and B, and means: `share` is the one divisor by the other."""
        return np.array(indices) * self.means[:, 0].var(ddof=1) * share / self.variance

    def test_first_order_is_that_of_mauntz_and_kucherenko(self):
        found = self.open_turns(ot.MauntzKucherenkoSensitivityAlgorithm).getFirstOrderIndices()
        np.testing.assert_allclose(self.first, self.rescaled(found, 1 - 1 / POINTS), rtol=0, atol=1e-9)

    def test_total_is_that_of_jansen(self):
        found = self.open_turns(ot.JansenSensitivityAlgorithm).getTotalOrderIndices()
        np.testing.assert_allclose(self.total, self.rescaled(found, 1 - 1 / (2 * POINTS)), rtol=0, atol=1e-9)

    def test_both_are_those_of_salib(self):
        y = (self.means - self.means.mean()) / self.means.std()
        a, b = y[:, 0], y[:, -1]
        variance = np.r_[a, b].var()
        for i in range(len(FACTORS)):
            ab = y[:, 1 + i]
            self.assertAlmostEqual(self.first[i], np.mean(b * (ab - a)) / variance, delta=1e-9)
            self.assertAlmostEqual(self.total[i], 0.5 * np.mean((a - ab) ** 2) / variance, delta=1e-9)


if __name__ == "__main__":
    unittest.main()
