# python3 analysis/examples/to_salib.py saltelli.h5
"""Writes a result of `method = saltelli` as the files that SALib reads (python3-h5py).

    salib analyze sobol -p saltelli.salib.txt -Y saltelli.salib.outputs.txt -c 0 --max-order 1
or, in Python, numpy.loadtxt of the outputs with sobol.analyze(problem, Y, calc_second_order=False), the problem being
that of saltelli.salib.json. Rows are in SALib's order: A, AB_1 ... AB_d, B of each base point. SALib knows nothing of
chance: its indices are those that truce calls uncorrected. The files follow SALib's documentation; SALib itself is no
package of Debian and was not run on them.
"""
import json
import sys

import h5py
import numpy as np


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def main(path):
    stem = path.removesuffix(".h5") + ".salib"
    with h5py.File(path) as file:
        role = {n: text(file[n].attrs.get("role", "")) for n in file}
        names = [n for n in file if role[n] == "uncertainty"]
        members = int(file["member"][()].max()) + 1 if "member" in file else 1
        groups = [text(file[n].attrs.get("group", n)) for n in names]
        if members != len(set(groups)) + 2:
            sys.exit(f"to_salib: {path} has no rows A, AB_1 ... AB_d, B (it has {members} members for {len(set(groups))} "
                     "inputs or groups); run a study with `method = saltelli`")
        # in the order of AB_1 ... AB_d, which is not that of the alphabet
        order = text(file["member"].attrs["flag_meanings"]).split()[1:-1]
        pairs = sorted(zip(names, groups), key=lambda pair: order.index("AB_" + pair[1]))
        names, groups = [n for n, _ in pairs], [g for _, g in pairs]
        # An analysis does not use bounds; what was sampled lies between these.
        bounds = [[float(file[n][()].min()), float(file[n][()].max())] for n in names]
        outcomes = [n[:-4] for n in file if n.endswith("_var") and not n.endswith("_diff_var")]
        table = np.column_stack([file[n][()].reshape(len(file["point"]), -1)[:, 0] for n in outcomes])
    whole = np.isfinite(table).all(axis=0)  # SALib knows no missing values
    outcomes, table = [n for n, known in zip(outcomes, whole) if known], table[:, whole]
    problem = {"num_vars": len(names), "names": names, "bounds": bounds, "outputs": outcomes}
    if groups != names:
        problem["groups"] = groups
    with open(stem + ".json", "w", encoding="utf-8") as out:
        json.dump(problem, out, indent=1)
        out.write("\n")
    with open(stem + ".txt", "w", encoding="utf-8") as out:
        for name, (low, high), group in zip(names, bounds, groups):
            out.write(f"{name},{low!r},{high!r}{',' + group if groups != names else ''}\n")
    np.savetxt(stem + ".outputs.txt", table, fmt="%.17g", header=" ".join(outcomes))
    print(f"{stem}.txt, {stem}.json, {stem}.outputs.txt: {len(table)} rows, columns {', '.join(outcomes)}")


main(sys.argv[1])
