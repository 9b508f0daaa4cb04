# A second opinion on scenario discovery: rules of a regression tree with coverage and density: cart.py FILE --outcome X.
"""CART (Breiman, Friedman, Olshen & Stone 1984) by scikit-learn, on shares of replicates as `truce analyze` has them.

A leaf is a box. Those denser than all points are told, the densest first, with intervals from a bootstrap over points
(of the leaf as it is: the tree is not grown anew). Codes of choices are taken as numbers."""
import argparse
import csv
import pathlib

import command

command.require("cart", "numpy", "h5py", "sklearn")

import numpy as np  # noqa: E402  (a missing library is told first)
from sklearn.tree import DecisionTreeRegressor  # noqa: E402

import files  # noqa: E402
from results import Result  # noqa: E402

RESAMPLES = 200
COLUMNS = ["outcome", "policy", "goal", "leaf", "input", "low", "high", "coverage", "coverage_low", "coverage_high",
           "density", "density_low", "density_high", "mass", "points", "base_rate"]


def arguments():
    parser = argparse.ArgumentParser(description="Rules of a regression tree for one outcome of a truce result.")
    parser.add_argument("file")
    parser.add_argument("--outcome", required=True, help="such as ending_settlement")
    parser.add_argument("--policy", type=int, default=0, help="number of the policy (default 0)")
    parser.add_argument("--lower", action="store_true", help="where the outcome is low instead of high")
    parser.add_argument("--threshold", type=float, help="of an outcome that is no share (default: its median)")
    parser.add_argument("--leaves", type=int, default=8, help="at most (default 8)")
    parser.add_argument("--least-mass", type=float, default=0.05, help="share of the points in a leaf (default 0.05)")
    return parser.parse_args()


def asked(result, options):
    """Whether the outcome and the policy are there."""
    if options.outcome not in result.outcomes:
        known = ", ".join(sorted(result.outcomes))
        raise command.Problem(f"{result.path} has no outcome {options.outcome} (it has {known}); name one of them")
    if not 0 <= options.policy < result.policies:
        raise command.Problem(f"{result.path} has no policy {options.policy} (it has {result.policies}, numbered from 0)"
                              "; name another")
    if not result.varied:
        raise command.Problem(f"{result.path} varies no input (a tree splits inputs); vary some")


def shares(result, options):
    """(points x inputs, shares in [0, 1]) of the points where the outcome is defined; of members the first alone."""
    values = result.values(options.outcome)[:, options.policy]
    inputs = np.column_stack([result.input(name) for name in result.varied])
    kept = ~np.isnan(values)
    values, inputs = values[kept], inputs[kept]
    if len(values) < 40:
        raise command.Problem(f"{options.outcome} is defined at {len(values)} points (a tree needs 40); run more points")
    if options.threshold is None and values.min() >= 0 and values.max() <= 1:
        return inputs, 1 - values if options.lower else values
    threshold = np.median(values) if options.threshold is None else options.threshold
    return inputs, (values < threshold if options.lower else values > threshold).astype(float)


def leaves(tree):
    """(number of the leaf, {input: [low, high]}) of every leaf; limits are None where a side is free."""
    found, open_nodes = [], [(0, {})]
    while open_nodes:
        node, limits = open_nodes.pop()
        if tree.children_left[node] < 0:
            found.append((node, limits))
            continue
        feature, cut = int(tree.feature[node]), float(tree.threshold[node])
        low, high = limits.get(feature, (None, None))
        open_nodes.append((tree.children_right[node], limits | {feature: (cut, high)}))
        open_nodes.append((tree.children_left[node], limits | {feature: (low, cut)}))
    return found


def measured(at, share):
    """{leaf: coverage and density with their intervals, mass, points}; `at` is the leaf of each point."""
    random, held, points = np.random.default_rng(0), [], []
    for _ in range(RESAMPLES):
        weights = random.poisson(1, len(share)).astype(float)
        held.append(np.bincount(at, weights * share))
        points.append(np.bincount(at, weights))
    held, points, found = np.array(held), np.array(points), {}
    with np.errstate(invalid="ignore", divide="ignore"):
        coverage, density = held / held.sum(axis=1, keepdims=True), held / points
    for leaf in np.unique(at):
        inside = at == leaf
        total, ends = share[inside].sum(), [0.025, 0.975]
        found[leaf] = [total / share.sum(), *np.nanquantile(coverage[:, leaf], ends), total / inside.sum(),
                       *np.nanquantile(density[:, leaf], ends), inside.mean(), int(inside.sum())]
    return found


def rules(result, options):
    """Rows of the table, the densest leaf first."""
    asked(result, options)
    inputs, share = shares(result, options)
    if share.min() == share.max():
        return []
    grown = DecisionTreeRegressor(max_leaf_nodes=options.leaves, random_state=0,
                                  min_samples_leaf=max(20, int(np.ceil(options.least_mass * len(share)))))
    at = grown.fit(inputs, share).apply(inputs)
    measures = measured(at, share)
    found = [(limits, measures[leaf]) for leaf, limits in leaves(grown.tree_)]
    found = sorted((each for each in found if each[1][3] > share.mean()), key=lambda each: -each[1][3])
    policy, goal = result.policy_labels()[options.policy], "lower" if options.lower else "higher"
    return [[options.outcome, policy, goal, number, result.varied[feature], low, high, *numbers, share.mean()]
            for number, (limits, numbers) in enumerate(found, 1) for feature, (low, high) in sorted(limits.items())]


def told(row):
    name, low, high = row[4:7]
    return (f"{low:.4g} < {name} <= {high:.4g}" if low is not None and high is not None
            else f"{name} > {low:.4g}" if low is not None else f"{name} <= {high:.4g}")


def print_rules(table):
    if not table:
        print("no rule: no leaf is denser than all points")
        return
    print(f"{table[0][0]} {table[0][2]}, policy {table[0][1]}, in all points {table[0][-1]:.3f}:")
    for leaf in dict.fromkeys(row[3] for row in table):
        mine = [row for row in table if row[3] == leaf]
        coverage, low, high, density, density_low, density_high, mass = mine[0][7:14]
        print(f"  {' and '.join(told(row) for row in mine)}: density {density:.3f} ({density_low:.3f} to "
              f"{density_high:.3f}), coverage {coverage:.3f} ({low:.3f} to {high:.3f}), mass {mass:.3f}")


def write_table(table, path):
    try:
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(["" if value is None else value for value in row] for row in table)
    except OSError as error:
        raise files.written_to(path, error, option="") from error


def main():
    options = arguments()
    path = pathlib.Path(options.file).with_suffix(".analysis.cart.csv")
    files.free_for(path, ",".join(COLUMNS).encode(), [options.file], option="")
    with command.reading(options.file):
        table = rules(Result(options.file), options)
    print_rules(table)
    write_table(table, path)
    print(path)


if __name__ == "__main__":
    command.run("cart", main)
