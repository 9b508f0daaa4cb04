# python3 analysis/examples/to_ema_workbench.py first.h5
"""Writes a result as an archive for the EMA Workbench (python3-pandas, python3-h5py), which then reads it with

    experiments, outcomes = ema_workbench.load_results("first.ema.tar.gz")
    prim.Prim(experiments.drop(columns="scenario"), outcomes["ending_settlement"] > 0.3)

An experiment is a point under a policy; outcomes are means over replicates, NaN where none defines them. The archive
follows what save_results of version 2.4 writes; the workbench itself is no package of Debian and was not run on it.
"""
import io
import json
import tarfile

import start

start.require("to_ema_workbench", "h5py", "numpy", "pandas")

import h5py  # noqa: E402  (a missing library is told first)
import numpy as np  # noqa: E402
import pandas  # noqa: E402

import files  # noqa: E402
from files import text_of  # noqa: E402
from results import Result  # noqa: E402


def experiments_of(file, labels):
    """A row per point and policy: inputs and levers, then scenario, policy and model, as the workbench names them."""
    points, policies = len(file["point"]), len(file["policy"]) if "policy" in file else 1
    shape = (points, policies)
    table = {}
    for name in file:
        role = text_of(file[name].attrs.get("role", ""))
        if role in ("uncertainty", "moved", "lever"):
            values = file[name][()]
            table[name] = np.broadcast_to(values if role == "lever" else values[:, None], shape).ravel()
            codes = text_of(file[name].attrs.get("flag_meanings", "")).split()
            if codes:
                table[name] = np.array(codes, object)[table[name].astype(int)]
    frame = pandas.DataFrame(table)
    frame["scenario"] = np.repeat(np.arange(points), policies)
    frame["policy"] = [label or "None" for label in labels] * points
    frame["model"] = text_of(file.attrs["kernel"])
    return frame


def add(archive, name, content):
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def write_archive(out, frame, outcomes):
    with tarfile.open(out, "w:gz") as archive:
        add(archive, "experiments.csv", frame.to_csv(index=False).encode())
        for name, values in outcomes.items():
            add(archive, f"{name}.cls", "".join(f"{v!r}\n" for v in values.tolist()).encode())
        about = {"version": 0.1, "outcomes": [["ScalarOutcome", n, f"{n}.cls"] for n in outcomes],
                 "experiments": {n: str(t) for n, t in frame.dtypes.items()}}
        add(archive, "metadata.json", json.dumps(about).encode())


def main():
    path = start.result()
    out = path.removesuffix(".h5") + ".ema.tar.gz"
    with start.reading(path), h5py.File(path) as file:
        frame = experiments_of(file, Result(path).policy_labels())
        outcomes = {n: file[n][()].ravel() for n in start.outcomes_in(file)}
    files.free_for(out, files.BEGINNINGS[".tar.gz"], [path], option="")
    try:
        write_archive(out, frame, outcomes)
    except OSError as error:
        raise files.written_to(out, error, option="") from error
    print(f"{out}: {len(frame)} experiments, outcomes {', '.join(outcomes)}")


start.run("to_ema_workbench", main)
