"""Holds a program that plays anchored_peace to the whole-model cases: cases_test.py POINTS_PROGRAM HISTORIES COMMAND...

COMMAND POINTS_FILE HISTORIES must print one line of JSON with `means`: {outcome: [count, mean, standard error]}. Every
mean must lie within 4.5 standard errors (of both programs together) of the printed figure. Exit code 77: cannot run.
"""

import csv
import json
import math
import pathlib
import subprocess
import sys
import tempfile

BOUND = 4.5
FIGURES_FROM = 1_000_000  # histories behind the printed figures


def deviation(figure, measured, histories):
    """Distance in standard errors, rounding allowed for. A rare event may show no spread: the other program's stands in."""
    printed, printed_error = float(figure["mean"]), float(figure["standard_error"])
    _, mean, error = measured
    error = max(error, printed_error * math.sqrt(FIGURES_FROM / histories))
    error = math.hypot(error, printed_error)
    beyond = abs(mean - printed) - 0.5 * 10.0 ** -int(figure["decimals"])
    if beyond <= 0:
        return 0.0
    return beyond / error if error > 0 else math.inf


def main(points_program, histories, *command):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([points_program, folder], check=True)
        figures = list(csv.DictReader(open(pathlib.Path(folder) / "figures.csv", encoding="utf-8")))
        wrong = 0
        for case in sorted({figure["case"] for figure in figures}):
            played = subprocess.run([*command, f"{folder}/{case}.csv", histories], stdout=subprocess.PIPE, check=False)
            if played.returncode != 0:
                return played.returncode
            means = json.loads(played.stdout)["means"]
            worst = 0.0
            for figure in (f for f in figures if f["case"] == case):
                far = deviation(figure, means[figure["outcome"]], int(histories))
                worst = max(worst, far)
                if far > BOUND:
                    wrong += 1
                    print(f"case {case}: {figure['outcome']} is {means[figure['outcome']]}, not {figure['mean']}")
            print(f"case {case}: largest deviation {worst:.2f} standard errors")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
