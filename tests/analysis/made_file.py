# Makes result files with known effects, laid out as the store lays them out, for the tests of analysis/.
"""Every number is made up on purpose, straight lines plus seeded noise, so that a test knows the truth."""

import hashlib
import json
import pathlib

import h5py
import numpy as np

SLOPE_AUTOCRACY, SLOPE_GUARANTEE, LEVEL = -0.45, 0.5, 0.5  # of the share of settlements
ENDINGS = ("settlement", "victory_a", "victory_d", "ongoing")
BLOCKED = {"rents": 0.0, "information": 9.0, "audience": 6.0, "indivisibility": 4.0, "commitment": 16.0}
MONTHS, WAR_MONTHS = (12.0, 60.0, 120.0, 240.0), (1.0, 3.0, 6.0, 12.0, 24.0, 36.0, 60.0, 120.0)
UNCERTAIN = ("autocracy_a", "justice_anchor", "balance_drift", "talks_every")


def seal(path, **entries):
    """Puts a manifest beside a file, as it is now; `entries` follow its hash. Returns its name."""
    manifest = pathlib.Path(path).with_suffix(".manifest.json")
    stated = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
    manifest.write_text(json.dumps({"file_hash": stated, **entries}))
    return manifest


class Writer:
    """Adds dimension scales and described variables to an open file."""

    def __init__(self, path, **attributes):
        self.file = h5py.File(path, "w", track_order=True)
        self.file.attrs.update({"file_type": "truce result", "format_version": 1, "kernel": "made_up", **attributes})

    def dimension(self, name, coordinates, units="1"):
        scale = self.file.create_dataset(name, data=coordinates)
        scale.make_scale(name)
        scale.attrs.update({"units": units, "long_name": f"number of the {name}"})

    def variable(self, name, values, over=(), units="1", meaning="", **attributes):
        variable = self.file.create_dataset(name, data=values)
        variable.attrs.update({"units": units, "long_name": meaning or name, **attributes})
        for i, dimension in enumerate(over):
            variable.dims[i].attach_scale(self.file[dimension])

    def outcome(self, name, values, variance, over, units="1", meaning=""):
        for suffix, column in (("", values), ("_var", variance)):
            self.variable(name + suffix, column, over, units, meaning)
        if "policy" in over:
            self.variable(name + "_diff", values - values[:, :1], over, units, meaning)
            self.variable(name + "_diff_var", variance, over, units, meaning)

    def counts(self, name, values, over):
        for suffix in ("_n", "_diff_n") if "policy" in over else ("_n",):
            self.variable(name + suffix, values.astype(np.int32), over)


def inputs(writer, points, guarantees, random):
    """Uncertainties over point, the lever over policy, one constant; returns what varies."""
    values = {
        "autocracy_a": (np.arange(points) + 0.5) / points,
        "justice_anchor": random.uniform(0, 0.6, points),
        "balance_drift": random.normal(0, 0.001, points),
        "talks_every": random.choice([1.0, 3.0, 6.0], points),
    }
    meanings = {"autocracy_a": "regime of A: 0 full democracy, 1 full autocracy",
                "justice_anchor": "how much a shared principle holds each side to a principled settlement"}
    units = {"balance_drift": "1/month", "talks_every": "month", "justice_anchor": "stake"}
    for name, column in values.items():
        writer.variable(name, column, ["point"], units.get(name, "1"),
                        meanings.get(name, ""), role="uncertainty", distribution="uniform(0, 1)")
    writer.variable("guarantee_a", guarantees, ["policy"], "stake", "guarantee that deters A", role="lever")
    writer.variable("discount_rate", 0.005, (), "1/month", "impatience of both sides", role="constant")
    return values


def study_with_levers(path, points=512, replicates=64, guarantees=(0.0, 0.3, 0.6), seed=1, kernel="made_up",
                      slope=SLOPE_AUTOCRACY):
    """A point-row file with the inputs and outcomes of the first study; `slope`: of settlements along autocracy_a.

    Files of the same number of points and the same seed have the same points."""
    random = np.random.default_rng(seed)
    writer = Writer(path, title="Does the refusal of shared principles shorten peace?", study="[study]\nseed = 1\n",
                    kernel=kernel)
    writer.dimension("point", np.arange(points))
    writer.dimension("policy", np.arange(len(guarantees)))
    writer.dimension("peace_month", np.array(MONTHS), "month")
    writer.dimension("war_month", np.array(WAR_MONTHS), "month")
    x = inputs(writer, points, np.array(guarantees), random)
    over, shape = ["point", "policy"], (points, len(guarantees))
    regime = np.broadcast_to(x["autocracy_a"][:, None], shape)
    chance = np.clip(LEVEL + slope * regime + SLOPE_GUARANTEE * np.array(guarantees), 0, 1)
    settled = random.binomial(replicates, chance)
    shares = [settled / replicates] + [(1 - settled / replicates) * s for s in (0.3, 0.6, 0.1)]
    for ending, share in zip(ENDINGS, shares):
        writer.outcome(f"ending_{ending}", share, share * (1 - share), over, "1",
                       f"share of runs: how the first war ended: {ending}")
    writer.counts("ending", np.full(shape, replicates), over)
    months = 40 + 25 * regime + random.normal(0, 2, shape)
    writer.outcome("war_months", months, np.full(shape, 256.0), over, "month", "mean: length of the first war")
    writer.counts("war_months", np.full(shape, replicates), over)
    writer.outcome("war_months_total", 1.5 * months, np.full(shape, 300.0), over, "month", "mean: all months of war")
    writer.counts("war_months_total", np.full(shape, replicates), over)
    for name, level in BLOCKED.items():
        rounds = level * (0.6 + 0.8 * regime) + random.normal(0, 0.2, shape) * (level > 0)
        writer.outcome(f"blocked_{name}", rounds, np.full(shape, 4.0), over, "1", f"mean: failed rounds: {name}")
        writer.counts(f"blocked_{name}", np.full(shape, replicates), over)
    peace = np.where(settled > 0, 200 - 80 * regime, np.nan)
    writer.outcome("peace_months", peace, np.full(shape, 900.0), over, "month", "mean: length of the peace")
    writer.counts("peace_months", settled, over)
    base = np.exp(-np.array(MONTHS) * 0.004 * (0.5 + regime[..., None]))
    writer.variable("peace_survival", np.where(settled[..., None] > 0, base, np.nan), over + ["peace_month"], "1",
                    "share of first settlements that last longer than this (Kaplan-Meier)")
    writer.variable("war_survival", np.exp(-np.array(WAR_MONTHS) / months[..., None]), over + ["war_month"], "1",
                    "share of first wars that last longer than this (Kaplan-Meier)")
    writer.variable("replicates", np.full(shape, replicates, np.int32), over)
    writer.variable("runs_failed", np.zeros(shape, np.int32), over)
    writer.file.close()


def study_of_one_point(path, replicates=1000, blocked=None):
    """A point-row file in which nothing varies; `blocked`: mean and variance of the failed rounds by obstacle."""
    writer = Writer(path, title="One point")
    writer.dimension("point", np.arange(1))
    writer.variable("discount_rate", 0.005, (), "1/month", "impatience", role="constant")
    writer.outcome("war_months", np.array([60.0]), np.array([0.1875]), ["point"], "1", "war_months")
    writer.outcome("ending_settlement", np.array([0.25]), np.array([0.1875]), ["point"], "1", "share of runs: settled")
    blocked = blocked or {}
    for name, moments in blocked.items():
        value, variance = (np.array([m]) for m in moments)
        writer.outcome(f"blocked_{name}", value, variance, ["point"], "1", "mean: failed rounds")
    for name in ("war_months", "ending", *(f"blocked_{name}" for name in blocked)):
        writer.counts(name, np.array([replicates]), ["point"])
    writer.variable("replicates", np.array([replicates], np.int32), ["point"])
    writer.file.close()


def study_by_run(path, points=2, replicates=4):
    """A run-row file with two policies: endings and months that sum by hand; the first run failed."""
    writer = Writer(path, title="Every run")
    point, policy, replicate = np.indices((points, 2, replicates)).reshape(3, -1)
    writer.dimension("run", np.arange(2 * points * replicates))
    writer.dimension("point", np.arange(points))
    writer.dimension("policy", np.arange(2))
    writer.variable("autocracy_a", np.linspace(0.2, 0.8, points), ["point"], role="uncertainty")
    writer.variable("guarantee_a", np.array([0.0, 0.6]), ["policy"], "stake", role="lever")
    for name, column in (("run_point", point), ("run_policy", policy), ("replicate", replicate)):
        writer.variable(name, column, ["run"])
    ending = np.where(replicate % 4 == 3, 0.0, 1.0)
    ending[0] = np.nan
    writer.variable("ending", ending, ["run"], "1", "how the first war ended", flag_values=np.arange(4, dtype=np.uint8),
                    flag_meanings=" ".join(ENDINGS))
    writer.variable("war_months", 10.0 * point + policy + replicate, ["run"], "month", "length of the first war")
    status = np.zeros(len(point), np.uint8)
    status[0] = 1
    writer.variable("status", status, ["run"])
    writer.file.close()
