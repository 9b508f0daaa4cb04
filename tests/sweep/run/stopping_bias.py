#!/usr/bin/python3
"""What replicates on demand save, and what stopping early does to means and intervals: stopping_bias.py TRUCE.

Each case runs a study with precision_of, and the same one with replicates = replicates_max on the same random numbers.
The truth is a closed form (gamblers_ruin), or 4 * replicates_max runs on other random numbers (anchored_peace), whose
error is then added to the interval. Needs numpy, h5py and some minutes; the numbers in FORMAT.md come from it.
"""
import pathlib
import subprocess
import sys
import tempfile

import h5py
import numpy as np

Z = 1.959963984540054
FIRST, MOST = 16, 1024

RUIN = """kernel = gamblers_ruin
[design]
method = grid
[inputs]
win_probability = steps(0.3, 0.7, 4000)
"""
PEACE = """kernel = anchored_peace
[design]
method = grid
[inputs]
autocracy_a = steps(0, 1, 40)
justice_anchor = steps(0, 0.6, 25)
horizon_months = 120
"""


def run(folder, truce, name, model, replicates, seed=1, asked=""):
    file = folder / f"{name}.h5"
    (folder / f"{name}.ini").write_text(f"[study]\nseed = {seed}\nreplicates = {replicates}\n{asked}{model}")
    subprocess.run([truce, "run", folder / f"{name}.ini", "--quiet", f"--store.file={file}"], check=True,
                   stdout=subprocess.DEVNULL)
    return h5py.File(file)


def ruin_truth(file, outcome):
    """Chance of victory, or mean length, from 5 of 10 forts (Feller 1968, ch. XIV)."""
    p = file["win_probability"][()]
    wins = 1 / (1 + ((1 - p) / p) ** 5)
    even = np.abs(p - 0.5) < 1e-9
    months = np.where(even, 25, (5 - 10 * wins) / np.where(even, 1, 1 - 2 * p))
    return wins if outcome == "ending_victory_a" else months


def interval(file, outcome):
    """Mean, centre and half-width of the 95 % interval of each point."""
    mean, n = file[outcome][()], file[("ending" if outcome.startswith("ending") else outcome) + "_n"][()]
    if not outcome.startswith("ending"):
        degrees = np.maximum(n - 1, 1)
        t = Z + (Z**3 + Z) / (4 * degrees) + (5 * Z**5 + 16 * Z**3 + 3 * Z) / (96 * degrees**2)
        return mean, mean, t * np.sqrt(file[outcome + "_var"][()] / n)
    half = Z * np.sqrt(mean * (1 - mean) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
    return mean, (mean + Z**2 / (2 * n)) / (1 + Z**2 / n), half


def coverage(file, outcome, truth, error):
    _, centre, half = interval(file, outcome)
    return np.mean(np.abs(truth - centre) <= np.sqrt(half**2 + (Z * error) ** 2))


def mean_and_error(values):
    return f"{values.mean():+.4f} (se {values.std(ddof=1) / np.sqrt(len(values)):.4f})"


def worst_tenth(bias):
    """The largest mean bias among tenths of the points along the first input that varies (an order free of chance)."""
    tenths = np.array_split(bias, 10)
    return mean_and_error(max(tenths, key=lambda tenth: abs(tenth.mean())))


def report(folder, truce, name, model, outcome, precision, fixed, truth, error):
    asked = f"precision_of = {outcome}\nprecision = {precision}\nreplicates_max = {MOST}\n"
    staged = run(folder, truce, f"{name}_{outcome}", model, FIRST, asked=asked)
    used, stopped, whole = staged["replicates"][()], staged[outcome][()], fixed[outcome][()]
    against_fixed = (stopped - whole) / precision
    against_truth = (stopped - truth) / precision
    print(f"{name}, {outcome} within {precision}, {FIRST} to {MOST} replicates, {len(used):,} points: "
          f"{100 * (1 - used.sum() / (MOST * len(used))):.1f} % of the runs saved, "
          f"{100 * np.mean(interval(staged, outcome)[2] <= precision):.1f} % of the points reach it\n"
          f"  bias in units of the precision: {mean_and_error(against_fixed)} against fixed replicates; against the "
          f"truth {mean_and_error(against_truth)}, worst tenth of the points {worst_tenth(against_truth)}\n"
          f"  coverage of the 95 % interval: {100 * coverage(staged, outcome, truth, error):.1f} %, with fixed replicates "
          f"{100 * coverage(fixed, outcome, truth, error):.1f} %", flush=True)


def main():
    truce = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="truce-test-") as name:
        folder = pathlib.Path(name)
        fixed = run(folder, truce, "ruin", RUIN, MOST)
        for outcome, precision in (("ending_victory_a", 0.05), ("war_months", 2)):
            report(folder, truce, "gamblers_ruin", RUIN, outcome, precision, fixed, ruin_truth(fixed, outcome), 0)
        fixed = run(folder, truce, "peace", PEACE, MOST)
        other = run(folder, truce, "other", PEACE, 4 * MOST, seed=2)
        for outcome, precision in (("ending_settlement", 0.05), ("war_months", 4)):
            error = np.sqrt(other[outcome + "_var"][()] / (4 * MOST))
            report(folder, truce, "anchored_peace", PEACE, outcome, precision, fixed, other[outcome][()], error)


if __name__ == "__main__":
    main()
