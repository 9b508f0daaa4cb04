# python3 analysis/examples/to_ema_workbench.py first.h5
"""Writes a result as an archive for the EMA Workbench (python3-pandas, python3-h5py), which then reads it with

    experiments, outcomes = ema_workbench.load_results("first.ema.tar.gz")
    prim.Prim(experiments.drop(columns="scenario"), outcomes["ending_settlement"] > 0.3)

An experiment is a point under a policy; outcomes are means over replicates, NaN where none defines them. The archive
follows what save_results of version 2.4 writes; the workbench itself is no package of Debian and was not run on it.
"""
import io
import json
import sys
import tarfile

import h5py
import numpy as np
import pandas


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def experiments_of(file):
    """A row per point and policy: inputs and levers, then scenario, policy and model, as the workbench names them."""
    points, policies = len(file["point"]), len(file["policy"]) if "policy" in file else 1
    shape = (points, policies)
    table = {}
    for name in file:
        role = text(file[name].attrs.get("role", ""))
        if role in ("uncertainty", "moved", "lever"):
            values = file[name][()]
            table[name] = np.broadcast_to(values if role == "lever" else values[:, None], shape).ravel()
            codes = text(file[name].attrs.get("flag_meanings", "")).split()
            if codes:
                table[name] = np.array(codes, object)[table[name].astype(int)]
    levers = [n for n in table if text(file[n].attrs["role"]) == "lever"]
    frame = pandas.DataFrame(table)
    frame["scenario"] = np.repeat(np.arange(points), policies)
    frame["policy"] = [", ".join(f"{n} = {frame[n][i]}" for n in levers) or "None" for i in range(policies)] * points
    frame["model"] = text(file.attrs["kernel"])
    return frame


def add(archive, name, content):
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def main(path):
    out = path.removesuffix(".h5") + ".ema.tar.gz"
    with h5py.File(path) as file:
        if "run" in file:
            sys.exit(f"to_ema_workbench: {path} has runs as rows (an experiment is a point); use `rows = point`")
        frame = experiments_of(file)
        outcomes = {n[:-4]: file[n[:-4]][()].ravel() for n in file
                    if n.endswith("_var") and not n.endswith("_diff_var")}
    with tarfile.open(out, "w:gz") as archive:
        add(archive, "experiments.csv", frame.to_csv(index=False).encode())
        for name, values in outcomes.items():
            add(archive, f"{name}.cls", "".join(f"{v!r}\n" for v in values.tolist()).encode())
        about = {"version": 0.1, "outcomes": [["ScalarOutcome", n, f"{n}.cls"] for n in outcomes],
                 "experiments": {n: str(t) for n, t in frame.dtypes.items()}}
        add(archive, "metadata.json", json.dumps(about).encode())
    print(f"{out}: {len(frame)} experiments, outcomes {', '.join(outcomes)}")


main(sys.argv[1])
