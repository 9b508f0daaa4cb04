# Draws result files of several kernels side by side and says where they disagree: compare.py FILE FILE... [--out PNG].
import argparse
import csv

import command

command.require("compare", "numpy", "h5py", "matplotlib")

import numpy as np  # noqa: E402  (a missing library is told first)

import draw  # noqa: E402
import files  # noqa: E402
import signs  # noqa: E402
from comparison import Comparison  # noqa: E402
from results import results_among  # noqa: E402

COLUMNS = ("input", "outcome", "kernel", "effect", "error", "points", "verdict")
HEAD = ",".join(COLUMNS) + "\n"


def default_picture(kernels):
    """rivals.png for rivals.<kernel>.h5, else compare.png in the current folder."""
    endings = [f".{k.name}.h5" for k in kernels]
    stems = {k.result.path.removesuffix(e) for k, e in zip(kernels, endings) if k.result.path.endswith(e)}
    return f"{stems.pop()}.png" if len(stems) == 1 else "compare.png"


def write_table(comparison, path):
    """Every effect as a row; numbers to their last digit, empty where there is none."""
    try:
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for name in comparison.shared:
                for what in comparison.headlines:
                    for e in comparison.effects[name, what.label]:
                        numbers = e.estimate or ("", "", "")
                        known = [v if v == "" or np.isfinite(v) else "" for v in numbers]
                        writer.writerow((name, what.label, e.kernel.name, *known, e.verdict))
    except OSError as error:
        raise files.written_to(path, error, "--csv") from error


def options_of(words=None):
    parser = argparse.ArgumentParser(description="Draw truce results of several kernels side by side and say about "
                                                 "which signs they disagree.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="result files (HDF5), one per kernel")
    parser.add_argument("--out", help="picture to write (.png, .pdf or .svg); default: rivals.png for "
                                      "rivals.<kernel>.h5, else compare.png")
    parser.add_argument("--along", action="append", default=[], metavar="INPUT",
                        help="shared input to draw along, up to twice; default: autocracy_a and what moves most")
    parser.add_argument("--policy", type=int, default=0, help="number of the policy that is read (default: 0, the first)")
    parser.add_argument("--csv", help="file for the table of signs, a row per input, outcome and kernel")
    parser.add_argument("--all", action="store_true", help="print every shared input")
    options = parser.parse_args(words)
    if len(options.along) > 2:
        raise command.Problem(f"{len(options.along)} inputs to draw along are too many (there is room for two); "
                              "name --along once or twice")
    if options.policy < 0:
        raise command.Problem(f"--policy {options.policy} is no policy (they count from 0); name another")
    return options


def compare():
    options = options_of()
    results = results_among(options.files, "compare")
    with command.reading(", ".join(results)):
        comparison = Comparison(results, options.policy)
        inputs = comparison.main_inputs(options.along)
        out = draw.picture_name(options.out or default_picture(comparison.kernels), options.files)
        if options.csv:
            files.free_for(options.csv, HEAD.encode(), [*options.files, out], "--csv")
        lines = signs.text_of(comparison, options.all)
        import side_by_side  # matplotlib is slow to load: what is wrong with the files is told first

        drawn = side_by_side.draw(comparison, inputs)
    draw.save(drawn, out)
    if options.csv:
        write_table(comparison, options.csv)
    print("\n".join([*lines, out]))


if __name__ == "__main__":
    command.run("compare", compare)
