"""The rivals by the engine against textbook programs of the same wars, in alternation: rivals_bench.py BUILD POINTS
[ROUNDS SECONDS].

Default inputs, one setting for each stage of peace, and the war alone. Programs of one model must agree in the means; that
for forts plays the war alone.
"""

import pathlib
import tempfile

import rows
from versions_bench import expect_agreement

REPLICATES = 20000
TARGETS = {"crisis_offer": 5e6, "shifting_power": 5e6, "forts": 1e6, "screening": 5e6, "war_of_nerves": 5e6}
TEXTBOOKS = {"crisis_offer": ["bench_textbook_offers", "crisis_offer"], "screening": ["bench_textbook_offers", "screening"],
             "shifting_power": ["bench_textbook_shifting"], "war_of_nerves": ["bench_textbook_nerves"]}
STAGES = {"band": {"durability": 0}, "hazard": {"durability": 1}, "enforcement": {"durability": 2}}
ALONE = {"war alone": {"horizon_months": 12, "guarantee_a": 0}}  # before peace has taken much time
FORTS_ALONE = {"war alone": {"talks_battles": 0, "change_hazard": 0, "battle_aid": 0}}


def changed(points, kernel, changes, into):
    """The default inputs of a kernel with some changed, as a file of points."""
    names, values = (line.split(",") for line in pathlib.Path(points, f"{kernel}.csv").read_text().split())
    for name, value in changes.items():
        values[names.index(name)] = str(value)
    into.write_text(",".join(names) + "\n" + ",".join(values) + "\n")


def programs(build, kernel, setting):
    listed = [line["code"] for line in rows.lines_of([f"{build}/bench_kernels", "list"]) if line["kernel"] == kernel]
    fastest = {}
    for code in listed:
        fastest.setdefault(code.split(".")[-1], code)
    found = {code: [f"{build}/bench_kernels", kernel, code] for code in fastest.values()}
    if kernel in TEXTBOOKS:
        program, *words = TEXTBOOKS[kernel]
        found["textbook"] = [f"{build}/{program}", *words]
    elif setting == "war alone":
        found["textbook"] = [f"{build}/bench_textbook_forts"]
    return found


def study(build, kernel, setting, file, rounds, seconds):
    measured, commands = {}, {}
    for _ in range(rounds):
        for name, command in programs(build, kernel, setting).items():
            own_numbers = command[0].endswith("_forts")
            commands[name] = [*command, *([] if own_numbers else [file]), REPLICATES, seconds]
            measured.setdefault(name, []).extend(rows.lines_of(commands[name]))
    for name, lines in measured.items():
        rows.same(f"the checksum of {name}", [line["checksum"] for line in lines])
    double = next(name for name in measured if name.endswith("double"))
    rates = {name: [line["runs"] / line["seconds"] for line in lines] for name, lines in measured.items()}
    for name, values in rates.items():
        target = f">= {TARGETS[kernel]:g}" if name == double else None
        rows.row(f"{kernel}, {setting}, {name}", rows.median(values), "runs/s a core", commands[name], target)
    if "textbook" in rates:
        ratio = rows.median([one / other for one, other in zip(rates[double], rates["textbook"])])
        rows.row(f"{kernel}, {setting}, {double} against textbook", ratio, "times", commands["textbook"])
        if kernel in TEXTBOOKS:
            means = measured[double][0]["means"]
            shared = {name: mean for name, mean in measured["textbook"][0]["means"].items() if name in means}
            expect_agreement(f"the textbook {kernel}", shared, means)


def main(build, points, rounds=3, seconds=0.5):
    with tempfile.TemporaryDirectory() as folder:
        for kernel in TARGETS:
            for setting, changes in (STAGES | (FORTS_ALONE if kernel == "forts" else ALONE)).items():
                file = pathlib.Path(folder, f"{kernel}.csv")
                changed(points, kernel, changes, file)
                study(build, kernel, setting, file, int(rounds), seconds)


if __name__ == "__main__":
    import sys

    main(*sys.argv[1:])
