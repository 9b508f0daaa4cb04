#!/usr/bin/python3
"""Cost of `truce analyze`: processor time and the most memory that it holds, of one process, reading the file included.

    tests/bench/analysis_bench.py BUILD [--large] [--folder DIR]

Sobol' indices with 1,000 resamples of 51 outcomes (17 under three policies) of 131,072 base points of 12 members; --large
also analyses 10^8 rows (one input, one outcome, all parts), which needs 30 GB of disk in DIR and some minutes.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

import h5py

import rows

MANY = """[study]
kernel = anchored_peace
seed = 861
replicates = 8
[design]
method = saltelli
points = 131072
[inputs]
autocracy_a = uniform(0, 1)
autocracy_d = uniform(0, 1)
cynicism = uniform(0, 1)
patron_support = uniform(0, 1)
patron_floor = uniform(0, 1)
just_share = uniform(0, 1)
cost_insulation = uniform(0, 1)
audience_cost_a = uniform(0, 1)
audience_cost_d = uniform(0, 1)
territorial_boost = uniform(0, 1)
[levers]
guarantee_a = list(0, 0.3, 0.6)
"""
LARGE = """[study]
kernel = gamblers_ruin
seed = 861
replicates = 8
[design]
method = saltelli
points = 33554432
[inputs]
win_probability = uniform(0.4, 0.6)
"""
COMMAND = "tests/bench/analysis_bench.py build/release"


def made(build, folder, study):
    """A result file of a study, not run but made up."""
    with open(os.path.join(folder, "study.ini"), "w", encoding="utf-8") as file:
        file.write(study)
    subprocess.run([os.path.join(build, "bench_made_result"), "study.ini"], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL)
    return os.path.join(folder, "study.h5")


def spent(build, file, *options):
    """(seconds of processor time, most MB) of truce analyze."""
    return rows.spent([os.path.join(build, "truce"), "analyze", file, "--quiet", *options])[:2]


def series_of(file):
    """Names of the first 17 series."""
    with h5py.File(file) as result:
        return [name[:-4] for name in result if name.endswith("_var") and not name.endswith("_diff_var")][:17]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("build")
    arguments.add_argument("--large", action="store_true")
    arguments.add_argument("--folder", default=tempfile.gettempdir())
    given = arguments.parse_args()
    build, command = os.path.abspath(given.build), COMMAND + " --large" * given.large
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        file = made(build, folder, MANY)
        names = series_of(file)
        if len(names) < 17:
            sys.exit(f"{file} has {len(names)} outcomes (17 are wanted); change the study of this bench")
        seconds, held = spent(build, file, "--parts", "sobol", "--outcomes", ",".join(names))
        rows.row("analysis.sobol_51_outcomes_1.57M_rows", seconds, "CPU-s", command, "<= 10")
        rows.row("analysis.sobol_51_outcomes_1.57M_rows.memory", held, "MB", command, "<= 1000")
    if not given.large:
        return
    if shutil.disk_usage(given.folder).free < 30e9:
        sys.exit(f"{given.folder}: no room for 30 GB; name another folder with --folder")
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        file = made(build, folder, LARGE)
        seconds, held = spent(build, file, "--outcomes", "war_months")
        rows.row("analysis.1e8_rows", seconds, "CPU-s", command)
        rows.row("analysis.1e8_rows.memory", held, "MB", command, "<= 2000")


if __name__ == "__main__":
    main()
