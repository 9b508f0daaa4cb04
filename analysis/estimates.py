# Means over points with their Monte Carlo errors: pooled, by bins of an input, between thirds, between policies.
"""The unit of chance is the point: its policies and replicates share random numbers, so errors come from the
spread between points. On a Sobol' design that spread overstates the error: the intervals are on the safe side."""

from collections import namedtuple

import numpy as np

# `error`: one standard error (NaN from fewer than two points); `points`: how many stand behind it.
Estimate = namedtuple("Estimate", "value error points")
Bin = namedtuple("Bin", "x value error points")

Z95 = 1.959963984540054  # the normal quantile of a 95 % interval
DECIDED = 3.0  # standard errors an effect must exceed before its sign is named
FEWEST = 10  # points below which a spread is too uncertain itself to decide a sign or to draw an interval
UNDECIDED, TOO_FEW, UNDEFINED = "undecided", "too few points", "not defined"


def pooled(values, weights):
    """Weighted mean of (points, policies) or (points), and each weighing point's part in its error."""
    values, weights = (np.asarray(v, float).reshape(len(v), -1) for v in (values, weights))
    weights = np.where(np.isfinite(values), weights, 0.0)
    numerator, weight = np.sum(np.nan_to_num(values) * weights, 1), np.sum(weights, 1)
    if weight.sum() <= 0:
        return np.nan, np.empty(0)
    mean_value = numerator.sum() / weight.sum()
    return mean_value, ((numerator - mean_value * weight) / weight.sum())[weight > 0]


def from_parts(value, parts):
    """An estimate whose error is the spread of its parts by point."""
    n = len(parts)
    return Estimate(value, np.sqrt(np.sum(parts**2) * n / (n - 1)) if n > 1 else np.nan, n)


def of_runs(value, variance, runs):
    """An estimate at one point, whose error is the spread of its runs; `points` then counts runs."""
    return Estimate(value, np.sqrt(variance / runs) if runs > 1 else np.nan, int(runs))


def half_width(error, points):
    """Half of the 95 % interval: Student's quantile times the error (NaN below FEWEST points); arrays or numbers.

    The quantile is Fisher's expansion about the normal one: within 0.004 of the exact value from 9 degrees on.
    """
    points = np.asarray(points, float)
    degrees = np.maximum(points - 1, 1)
    quantile = Z95 + (Z95**3 + Z95) / (4 * degrees) + (5 * Z95**5 + 16 * Z95**3 + 3 * Z95) / (96 * degrees**2)
    return np.where(points >= FEWEST, quantile * np.asarray(error, float), np.nan)


def mean(values, weights):
    return from_parts(*pooled(values, weights))


def contrast(values, weights, reference_values, reference_weights):
    """Difference of two means over the same points, point by point (policies against each other).

    Both get the smaller of the two weights: else a policy that brings settlements at harder points would look worse.
    """
    known = np.isfinite(values) & np.isfinite(reference_values)
    weights = np.where(known, np.minimum(weights, reference_weights), 0.0)
    return mean(np.where(known, values, 0.0) - np.where(known, reference_values, 0.0), weights)


def thirds(x, values, weights):
    """Mean in the highest third of x less that in the lowest; None where x has fewer than two values there."""
    low, high = np.quantile(x, [1 / 3, 2 / 3])
    below, above = x <= low, x >= high
    if low == high:
        below, above = x == x.min(), x == x.max()
    if x.min() == x.max():
        return None
    one, two = mean(values[above], weights[above]), mean(values[below], weights[below])
    return Estimate(one.value - two.value, np.hypot(one.error, two.error), min(one.points, two.points))


def bins(x, values, weights, count=12):
    """Means over bins of equal size along x; one bin per value where x takes at most eight values."""
    levels = np.unique(x)
    if len(levels) <= 8:
        groups = [x == level for level in levels]
    else:
        count = max(2, min(count, len(x) // FEWEST))
        groups = [np.sort(part) for part in np.array_split(np.argsort(x, kind="stable"), count)]
    return Bin(*np.array([(x[g].mean(), *mean(values[g], weights[g])) for g in groups]).T)


def verdict(estimate, up="rises", down="falls"):
    """The sign of an effect, or why none is named: chance alone could have made it, or too little is known."""
    if not np.isfinite(estimate.value):
        return UNDEFINED
    if estimate.points < FEWEST:
        return TOO_FEW
    if abs(estimate.value) <= DECIDED * estimate.error:
        return UNDECIDED
    return up if estimate.value > 0 else down
