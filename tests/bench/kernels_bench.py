"""Every code of every kernel through the engine, one core: kernels_bench.py BUILD POINTS_FOLDER.

Standard inputs, and for anchored_peace all inputs over their ranges. All codes of one precision must give the same bits.
"""

import sys

import rows

STUDIES = {"defaults": "standard inputs", "ranges": "all inputs over their ranges"}
REPLICATES = {"defaults": 20000, "ranges": 24}
SECONDS = 1.0


def months(measured):
    """Months of all runs: exact where a code has one lane and gives the same bits, else those of all lanes."""
    one_lane = [m for m in measured if m["lanes"] == 1]
    return {m["checksum"]: m["steps"] for m in measured} | {m["checksum"]: m["steps"] for m in one_lane}


def study(build, points, kernel, codes, name):
    points_file = f"{points}/ranges.csv" if name == "ranges" else "defaults"
    measured = []
    for code in codes:
        command = [f"{build}/bench_kernels", kernel, code, points_file, REPLICATES[name], SECONDS]
        measured.append(rows.lines_of(command)[0] | {"code": code, "command": command})
    for precision in {code.split(".")[-1] for code in codes}:
        of_precision = [m["checksum"] for m in measured if m["code"].endswith(f".{precision}")]
        rows.same(f"the checksum of {kernel} in {precision}", of_precision)
    steps = months(measured)
    for m in measured:
        title = f"{kernel}, {m['code']}, lanes {m['lanes']}, {STUDIES[name]}"
        for what, amount in (("runs/s", m["runs"]), ("steps/s", steps[m["checksum"]])):
            rows.row(title, amount / m["seconds"], f"{what} a core", m["command"], checksum=m["checksum"])


def main(build, points):
    codes = {}
    for line in rows.lines_of([f"{build}/bench_kernels", "list"]):
        codes.setdefault(line["kernel"], []).append(line["code"])
    for kernel, names in codes.items():
        for name in STUDIES if kernel == "anchored_peace" else ["defaults"]:
            study(build, points, kernel, names, name)


if __name__ == "__main__":
    main(*sys.argv[1:])
