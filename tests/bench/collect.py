"""Runs the benches, prints one table and writes bench.json to the current folder: collect.py BUILD [NAME...].

Exit code 1 if a bench breaks; a target that is missed is a result (`met`). rows.py says what a bench prints.
"""

import json
import operator
import pathlib
import shlex
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
PYTHON = [sys.executable, "-B"]

# name: command; {build}, {points} (the folder of the shared studies) and {here} are filled in. A new bench is one line.
BENCHES = {
    "floor": ["{build}/bench_floor", "{points}/ranges.csv"],
    "kernels": [*PYTHON, "{here}/kernels_bench.py", "{build}", "{points}"],
    "rivals": [*PYTHON, "{here}/rivals_bench.py", "{build}", "{points}"],
    "versions": [*PYTHON, "{here}/versions_bench.py", "{build}", "{points}"],
    "ranks": [*PYTHON, "{here}/ranks_bench.py", "{build}"],
    "dispatch": [*PYTHON, "{here}/dispatch_bench.py", "{build}"],
    "overhead": ["{build}/overhead"],
    "analysis": [*PYTHON, "{here}/analysis_bench.py", "{build}"],
    "boxes": [*PYTHON, "{here}/boxes_bench.py", "{build}"],
    "report": [*PYTHON, "{here}/report_bench.py", "{build}"],
    "memory": [*PYTHON, "{here}/memory.py", "{build}/truce"],
}
KEYS = ("name", "value", "unit", "target", "met", "command")
SKIPPED = 77


def judged(row):
    """The row with `met`: whether value fulfils target ("OPERATOR NUMBER"), None without a target."""
    compare = {">=": operator.ge, "<=": operator.le}
    target, met = row.get("target"), None
    if target is not None:
        sign, bound = target.split()
        met = compare[sign](row["value"], float(bound))
    return row | {"target": target, "met": met}


def run(name, command):
    """(rows, None), or the rows until then and why there are no more."""
    print(f"bench {name}: {shlex.join(command)}", file=sys.stderr, flush=True)
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    try:
        found = [judged(json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]
    except (KeyError, ValueError, TypeError) as error:
        return [], f"printed a row that cannot be read ({error})"
    if done.returncode == SKIPPED:
        return found, None
    if done.returncode != 0:
        return found, f"ended with {done.returncode}"
    return found, None if found else "printed no row"


def printed(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def table(rows):
    cells = [("bench", "value", "unit", "target", "met", "checksum")]
    for row in rows:
        met = {True: "yes", False: "no", None: ""}[row["met"]]
        checksum = (row.get("checksum") or "")[:12]
        cells.append((row["name"], printed(row["value"]), row["unit"], row["target"] or "", met, checksum))
    widths = [max(map(len, column)) for column in zip(*cells)]
    for line in cells:
        padded = [cell.rjust(w) if i == 1 else cell.ljust(w) for i, (cell, w) in enumerate(zip(line, widths))]
        print("  ".join(padded).rstrip())


def main(build, *names):
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"{unknown[0]} is not a bench; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    rows, broken = [], []
    with tempfile.TemporaryDirectory() as points:
        subprocess.run([f"{build}/bench_points", points], check=True)
        for name in names or BENCHES:
            command = [word.format(build=build, points=points, here=HERE) for word in BENCHES[name]]
            found, why = run(name, command)
            rows += found
            if why:
                broken.append(f"bench {name} {why}")
    table(rows)
    with open("bench.json", "w", encoding="utf-8") as file:
        json.dump([{key: row[key] for key in KEYS} for row in rows], file, indent=1)
        file.write("\n")
    print(f"{len(rows)} rows in bench.json")
    for text in broken:
        print(text, file=sys.stderr)
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
