# A second implementation: robustness metrics by numpy from the result file against those of `truce analyze`.
# robustness_numpy_test.py TRUCE
import sys
import unittest

from made_study import OnStudy, analysed

try:
    import h5py
    import numpy as np
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)

STUDY = """[study]
kernel = anchored_peace
seed = 5
replicates = 8
[design]
method = sobol
points = 512
[inputs]
autocracy_a = uniform(0, 1)
balance_drift = normal(0, 0.001)
[levers]
guarantee_a = list(0, 0.3, 0.6)
"""
OUTCOMES = ("ending_settlement", "war_months", "peace_months")


def quantile(values, p):
    return np.quantile(values, p, axis=0, method="hazen")


def departures(f, baseline):
    """NaN where the baseline point has no value, and under a policy where it is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ninety = quantile(np.abs(f - baseline) / np.abs(baseline), 0.9)
    return np.where(np.isfinite(ninety), ninety, np.nan)


def expected(f, higher, threshold, baseline):
    """{metric: [policy]} of f[point, policy]."""
    best = (f.max if higher else f.min)(axis=1)[:, None]
    regret = best - f if higher else f - best
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(regret == 0, 0, regret / np.abs(best))
        q10, q25, q50, q75, q90 = quantile(f, [0.1, 0.25, 0.5, 0.75, 0.9])
        relative = quantile(np.minimum(relative, 1e100), 0.9)
    worst, most = (f.min(axis=0), f.max(axis=0)) if higher else (f.max(axis=0), f.min(axis=0))
    mean, sd = f.mean(axis=0), f.std(axis=0, ddof=1)
    satisfied = (f >= threshold if higher else f <= threshold).mean(axis=0)
    return {
        "maximin": worst, "maximax": most, "hurwicz": (worst + most) / 2, "laplace": mean,
        "minimax_regret": regret.max(axis=0), "regret_q90": quantile(regret, 0.9),
        "mean_variance": (mean + 1) / (sd + 1) if higher else (mean + 1) * (sd + 1),
        "undesirable_deviations": np.maximum(0, q50 - f if higher else f - q50).mean(axis=0),
        "percentile_skewness": ((q90 + q10) / 2 - q50) / ((q90 - q10) / 2),
        "percentile_kurtosis": (q90 - q10) / (q75 - q25),
        "starr": satisfied, "satisficing_1": satisfied, "regret_1": departures(f, baseline),
        "regret_2": np.where(relative < 1e50, relative, np.nan),
    }


class AgainstNumpy(OnStudy):
    @classmethod
    def make(cls, made):
        cls.tables = analysed(made, STUDY, "--parts=robustness", "--resamples=20", "--outcomes=" + ",".join(OUTCOMES))

    def test_every_metric(self):
        told, basis = self.tables["robustness"], {row["outcome"]: row for row in self.tables["robustness_basis"]}
        with h5py.File(self.path("study.h5")) as file:
            values = {name: file[name][()] for name in OUTCOMES}
        compared = 0
        for name, f in values.items():
            stands_on = {key: float(basis[name]["robustness_" + key]) for key in ("threshold", "bin", "baseline")}
            baseline = f[int(stands_on["baseline"])]
            f = f[~np.isnan(f).any(axis=1)]
            self.assertEqual(float(basis[name]["robustness_points"]), len(f))
            for goal in ("higher", "lower"):
                want = expected(f, goal == "higher", stands_on["threshold"], baseline)
                for metric, by_policy in want.items():
                    rows = [row for row in told if (row["outcome"], row["goal"], row["metric"]) == (name, goal, metric)]
                    got = [float(row["robustness"] or "nan") for row in rows] or [np.nan] * 3
                    unit = stands_on["bin"] * (5 if metric.startswith("percentile") else 1)
                    np.testing.assert_allclose(got, by_policy, rtol=2e-3, atol=unit, err_msg=f"{name} {goal} {metric}")
                    compared += len(rows)
        self.assertGreater(compared, 200)


if __name__ == "__main__":
    unittest.main()
