# python3 analysis/examples/with_openturns.py first.h5 ending_settlement
"""Gives a result to OpenTURNS as samples: rank correlations and a linear model (python3-openturns, python3-h5py)."""
import sys

import start

start.require("with_openturns", "h5py", "openturns")

import h5py  # noqa: E402  (a missing library is told first)
import numpy as np  # noqa: E402
import openturns  # noqa: E402


def main():
    outcome = sys.argv[2] if len(sys.argv) > 2 else "ending_settlement"
    with h5py.File(start.result(outcome)) as file:
        inputs = [n for n in file if file[n].attrs.get("role") == b"uncertainty"]
        values = file[outcome][()]
        values = values[:, 0] if values.ndim > 1 else values  # the first policy
        points = np.column_stack([file[n][()] for n in inputs])

    known = np.isfinite(values)  # OpenTURNS knows no missing values
    x, y = openturns.Sample(points[known]), openturns.Sample(values[known][:, None])
    x.setDescription(inputs)
    y.setDescription([outcome])

    ranks = openturns.CorrelationAnalysis(x, y).computeSpearmanCorrelation() \
        if hasattr(openturns.CorrelationAnalysis, "computeSpearmanCorrelation") \
        else [openturns.CorrelationAnalysis.SpearmanCorrelation(x.getMarginal(i), y) for i in range(len(inputs))]
    linear = openturns.LinearModelAlgorithm(x, y).getResult()
    print(f"{outcome}: {len(y)} points, R2 of a linear model {linear.getRSquared():.4f}")
    for name, rank in zip(inputs, np.ravel(ranks)):
        print(f"  {name:<24} rank correlation {float(rank):+.9f}")


start.run("with_openturns", main)
