"""anchored_peace by the engine against textbook C++, numba and numpy, in alternation: versions_bench.py BUILD POINTS.

The headline is the study of all inputs over their ranges. Programs that play the same model must agree in the means.
"""

import math
import os
import pathlib
import sys

import rows

HERE = pathlib.Path(__file__).parent
ROUNDS = 5
SECONDS = 1.0
STUDIES = {"ranges": "all inputs over their ranges", "defaults": "default inputs"}
REPLICATES = {"ranges": {"numpy": 4, "": 24}, "defaults": {"numpy": 8192, "": 20000}}
AGREEMENT = 5  # standard errors


def programs(build):
    """{name: command without its study}: the fastest code of each precision, then the others."""
    listed = [line["code"] for line in rows.lines_of([f"{build}/bench_kernels", "list"])
              if line["kernel"] == "anchored_peace"]
    fastest = {}
    for code in listed:
        fastest.setdefault(code.split(".")[-1], code)
    found = {code: [f"{build}/bench_kernels", "anchored_peace", code] for code in fastest.values()}
    found["textbook"] = [f"{build}/bench_textbook"]
    for library in ("numba", "numpy"):
        # Debian's numba serves Debian's interpreter only
        found[library] = ["/usr/bin/python3", "-B", HERE / f"anchored_peace_{library}.py"]
    return found


def expect_agreement(name, means, reference):
    for outcome, (count, mean, error) in means.items():
        other_count, other, other_error = reference[outcome]
        # a rare event of which one program saw none shows no spread there
        allowed = AGREEMENT * math.hypot(error, other_error) + 1e-9
        if count > 1000 and other_count > 1000 and abs(mean - other) > allowed + 20 / min(count, other_count):
            sys.exit(f"{name} gives {outcome} {mean}, not {other} (they play the same model); see cases_test.py")


def play(found, points, study):
    """{name: its measurements, one a round}, programs taking turns; one that cannot run here is left out."""
    measured = {}
    for _ in range(ROUNDS):
        for name, command in found.items():
            replicates = REPLICATES[study].get(name, REPLICATES[study][""])
            whole = [*command, f"{points}/{study}.csv", replicates, SECONDS]
            for line in rows.lines_of(whole):
                measured.setdefault(name, []).append(line | {"rate": line["runs"] / line["seconds"], "command": whole})
    reference = next(iter(measured.values()))[0]["means"]
    for name, lines in measured.items():
        rows.same(f"the checksum of {name}", [line["checksum"] for line in lines])
        expect_agreement(name, lines[0]["means"], reference)
    return measured


def targets(code):
    """What the engine should reach: {other: target}."""
    wide = "avx512f" in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").split()
    if code.endswith(".float"):
        return {"textbook": 15 if wide else 8}
    return {"textbook": 8 if wide else 4, "numba": 10}


def report(measured, study):
    title = STUDIES[study] + (" (headline)" if study == "ranges" else "")
    for name, lines in measured.items():
        rates = [line["rate"] for line in lines]
        rows.row(f"anchored_peace by {name}, {STUDIES[study]}", rows.median(rates), "runs/s a core", lines[0]["command"],
                 checksum=lines[0]["checksum"])
    for code in (name for name in measured if "." in name):
        for other in (name for name in measured if "." not in name):
            ratios = [a["rate"] / b["rate"] for a, b in zip(measured[code], measured[other])]
            target = targets(code).get(other) if study == "ranges" else None
            rows.row(f"{code} against {other}, {title}", rows.median(ratios), f"times ({min(ratios):.2f} to {max(ratios):.2f})",
                     "truce.sh bench versions", f">= {target}" if target else None)


def main(build, points):
    os.environ.setdefault("NUMBA_CACHE_DIR", f"{build}/numba")
    found = programs(build)
    for study in STUDIES:
        report(play(found, points, study), study)


if __name__ == "__main__":
    main(*sys.argv[1:])
