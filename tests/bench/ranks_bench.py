"""`truce run configs/first.ini` on 1 against 2 ranks in alternation, then on up to 64: ranks_bench.py BUILD.

Processor time is that of mpirun and all ranks, start-up included; a machine that is busy otherwise stretches wall time.
The study keeps its points and policies; its replicates are as many as it needs to last.
"""

import math
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

import rows

STUDY = pathlib.Path(__file__).parents[2] / "configs" / "first.ini"
ROUNDS = 5
FEWEST = 32  # replicates
LEAST = 12.0  # processor seconds of one run on one rank: beside less, starting MPI would count
MANY_SHARE = 2  # the runs on many ranks take half of the replicates


def run(build, ranks, replicates):
    """One run in a folder of its own: wall and processor seconds, runs, content hash, command."""
    command = ["mpirun", "-n", str(ranks), f"{build}/truce", "run", str(STUDY), "--quiet"]
    command.append(f"--study.replicates={replicates}")
    with tempfile.TemporaryDirectory() as folder:
        before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False,
                              env=os.environ | rows.MPI_SETTINGS)
        wall, after = time.monotonic() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    said = re.search(r"([\d,]+) runs, .* content (\w+)", done.stdout)
    if done.returncode != 0 or not said:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stdout}{done.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": cpu, "runs": int(said[1].replace(",", "")), "content": said[2], "command": command}


def replicates_that_last(build):
    """FEWEST, or so many times two of them that one rank needs LEAST seconds."""
    needed = LEAST / run(build, 1, FEWEST)["cpu"]
    return FEWEST * 2 ** max(0, math.ceil(math.log2(needed)))


def one_against_two(build, replicates):
    pairs = [(run(build, 1, replicates), run(build, 2, replicates)) for _ in range(ROUNDS)]
    content = rows.same("the content hash", [each["content"] for pair in pairs for each in pair])
    command = f"alternating, {ROUNDS} rounds: " + " ".join(pairs[0][1]["command"])
    for what, target in (("cpu", ">= 1.95"), ("wall", None)):
        # n ranks do n times the work in the processor time of one each
        ratios = [(2 if what == "cpu" else 1) * one[what] / two[what] for one, two in pairs]
        unit = f"times ({min(ratios):.3f} to {max(ratios):.3f})"
        name = "processor time" if what == "cpu" else "wall time"
        rows.row(f"2 ranks against 1 by {name}", rows.median(ratios), unit, command, target, content)


def many(build, replicates):
    runs = {ranks: run(build, ranks, replicates) for ranks in (1, 2, 4, 8, 16, 32, 64)}
    content = rows.same("the content hash", [each["content"] for each in runs.values()])
    for ranks, each in runs.items():
        relative = runs[2]["wall"] / each["wall"]
        title = f"{ranks} ranks on {os.cpu_count()} cores, throughput against 2 ranks"
        rows.row(title, relative, "times (wall, with start-up)", each["command"], checksum=content)


def main(build):
    replicates = replicates_that_last(build)
    one_against_two(build, replicates)
    many(build, replicates // MANY_SHARE)


if __name__ == "__main__":
    main(*sys.argv[1:])
