# python3 analysis/examples/to_salib.py saltelli.h5
"""Writes the outcomes of a result of `method = saltelli` in the order of rows that SALib wants (python3-h5py).

`truce analyze saltelli.h5` writes the problem, with the true bounds and distributions; with both SALib does

    problem = json.load(open("saltelli.analysis.problem.json"))
    outputs = numpy.genfromtxt("saltelli.salib.outputs.txt", names=True)
    SALib.analyze.sobol.analyze(problem, outputs["war_months"], calc_second_order=False)

Rows are A, AB_1 ... AB_d, B of each base point, under the first policy. SALib knows nothing of chance: its indices are
those that truce calls uncorrected. The files follow SALib's documentation; SALib itself is no package of Debian and was
not run on them.
"""
import json
import os

import start

start.require("to_salib", "h5py", "numpy")

import h5py  # noqa: E402  (a missing library is told first)
import numpy as np  # noqa: E402

import files  # noqa: E402


def problem_of(path):
    """What `truce analyze` wrote beside the result."""
    beside = path.removesuffix(".h5") + ".analysis.problem.json"
    if not os.path.exists(beside):
        raise start.Problem(f"{beside} does not exist (it is the problem that goes with the outputs); run truce analyze "
                            f"{path}")
    with start.reading(beside), open(beside, encoding="utf-8") as file:
        return json.load(file)


def require_rows(path, file):
    """Refuses a result whose rows are not those that SALib would read with the problem, in their order."""
    members = files.text_of(file["member"].attrs["flag_meanings"]).split() if "member" in file else []
    if members[:1] != ["A"]:
        raise start.Problem(f"{path} has no rows A, AB_1 ... AB_d, B (SALib reads these); run a study with "
                            "`method = saltelli`")
    problem = problem_of(path)
    factors = list(dict.fromkeys(problem["groups"] or problem["names"]))
    if members != ["A", *(f"AB_{name}" for name in factors), "B"]:
        raise start.Problem(f"{path} has rows {', '.join(members)} (the problem beside it is of {', '.join(factors)}); "
                            f"run truce analyze {path} anew")


def main():
    path = start.result()
    out = path.removesuffix(".h5") + ".salib.outputs.txt"
    with start.reading(path), h5py.File(path) as file:
        require_rows(path, file)
        outcomes = start.outcomes_in(file)
        table = np.column_stack([file[n][()].reshape(len(file["point"]), -1)[:, 0] for n in outcomes])
    whole = np.isfinite(table).all(axis=0)  # SALib knows no missing values
    outcomes, table = [n for n, known in zip(outcomes, whole) if known], table[:, whole]
    files.free_for(out, b"# ", [path], option="")
    try:
        np.savetxt(out, table, fmt="%.17g", header=" ".join(outcomes))
    except OSError as error:
        raise files.written_to(out, error, option="") from error
    print(f"{out}: {len(table)} rows, columns {', '.join(outcomes)}")


start.run("to_salib", main)
