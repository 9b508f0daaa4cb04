#!/usr/bin/python3
"""Memory of a rank against the number of points: one varied input of gamblers_ruin, one replicate, a row a point.

    tests/bench/memory.py build/release/truce [--large] [--ranks N] [--folder DIR]

One JSON line a number: the most that any process held (wait4's ru_maxrss), for 10^4, 10^6 and 10^7 points, and 10^8 with
--large, which needs 40 GB of disk in DIR for some minutes; then by how many percent the largest differs from 10^6 points.
The checksum is the head of the study's content hash.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

import rows

STUDY = """[study]
kernel = gamblers_ruin
seed = 861
[design]
method = sobol
points = 1
[inputs]
win_probability = uniform(0.4, 0.6)
"""
BYTES_A_POINT = 400  # journal and result file together
TARGET_MB, TARGET_PERCENT = "<= 200", "<= 5"
COMMAND = "tests/bench/memory.py build/release/truce"


def megabytes(truce, points, ranks, parent):
    """Most resident memory of a process of the study, and the head of its content hash."""
    if shutil.disk_usage(parent).free < points * BYTES_A_POINT:
        sys.exit(f"{parent}: no room for {points} points ({points * BYTES_A_POINT} bytes are needed); name another "
                 "folder with --folder")
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        with open(os.path.join(folder, "memory.ini"), "w") as study:
            study.write(STUDY)
        start = ["mpirun", "-n", str(ranks)] if ranks > 1 else []
        process = subprocess.Popen([*start, truce, "run", "memory.ini", "--quiet", "--json", f"--design.points={points}"],
                                   cwd=folder, stdout=subprocess.PIPE, text=True)
        text = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"truce run of {points} points ended with {process.returncode}")
        return usage.ru_maxrss / 1024, json.loads(text.splitlines()[-1])["content_hash"][:12]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("truce")
    arguments.add_argument("--large", action="store_true")
    arguments.add_argument("--ranks", type=int, default=1)
    arguments.add_argument("--folder", default=tempfile.gettempdir())
    given = arguments.parse_args()
    command = COMMAND + " --large" * given.large
    held = {}
    for power in [4, 6, 7] + [8] * given.large:
        held[power], checksum = megabytes(os.path.abspath(given.truce), 10**power, given.ranks, given.folder)
        rows.row(f"memory.1e{power}_points", held[power], "MB", command, TARGET_MB, checksum)
    rise = abs(held[max(held)] / held[6] - 1)
    rows.row(f"memory.1e{max(held)}_over_1e6_points", 100 * rise, "%", command, TARGET_PERCENT, checksum)


if __name__ == "__main__":
    main()
