# What other tools do with the files that the examples write for them, by their sources.
import json
import tarfile

import numpy as np
import pandas


def load_as_the_workbench(path):
    """What load_results of the EMA Workbench 2.4 does, by its source."""
    with tarfile.open(path, "r:gz", encoding="UTF8") as archive:
        metadata = json.loads(archive.extractfile("metadata.json").read().decode())
        experiments = pandas.read_csv(archive.extractfile("experiments.csv"), keep_default_na=False)
        for name, kind in metadata["experiments"].items():
            if pandas.api.types.is_object_dtype(np.dtype(kind)):
                experiments[name] = experiments[name].astype("category")
        outcomes = {}
        for kind, name, file in metadata["outcomes"]:
            assert (kind, file) == ("ScalarOutcome", f"{name}.cls")
            values = pandas.read_csv(archive.extractfile(file), index_col=False, header=None).values
            outcomes[name] = np.reshape(values, (values.shape[0],))
    return experiments, outcomes


def sobol_as_salib(y, inputs):
    """S1 and ST as sobol.analyze(..., calc_second_order=False) has them, by its source: rows A, AB_1 ... AB_d, B."""
    assert len(y) % (inputs + 2) == 0
    y = (y - y.mean()) / y.std()
    a, b, step = y[:: inputs + 2], y[inputs + 1 :: inputs + 2], inputs + 2
    variance = np.var(np.r_[a, b])
    ab = [y[j + 1 :: step] for j in range(inputs)]
    return ([np.mean(b * (x - a)) / variance for x in ab], [0.5 * np.mean((a - x) ** 2) / variance for x in ab])
