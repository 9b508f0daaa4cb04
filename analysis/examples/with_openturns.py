# python3 analysis/examples/with_openturns.py first.h5 ending_settlement
"""Gives a result to OpenTURNS as samples: rank correlations and a linear model (python3-openturns, python3-h5py)."""
import sys

import h5py
import numpy as np
import openturns

with h5py.File(sys.argv[1]) as file:
    def attribute(name, what):
        value = file[name].attrs.get(what, b"")
        return value.decode() if isinstance(value, bytes) else value

    inputs = [n for n in file if attribute(n, "role") == "uncertainty"]
    outcome = sys.argv[2] if len(sys.argv) > 2 else "ending_settlement"
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
