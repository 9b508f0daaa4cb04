# Writes a report of results as one HTML page, with its figures and their data beside it: report.py FILE... [--out HTML].
import argparse
import contextlib
import os
import shutil
import sys

import command

command.require("report", "numpy", "h5py", "matplotlib", "jinja2")

import files  # noqa: E402  (a missing library is told first)
import kernel_files  # noqa: E402
from answers import Answers  # noqa: E402
from manifests import stem_of  # noqa: E402
from pages import companions  # noqa: E402
from results import Result, results_among  # noqa: E402


def options_of(words=None):
    parser = argparse.ArgumentParser(prog="truce report",
                                     description="Write a report of truce results as one HTML page.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="result files (HDF5) that truce sealed, one per kernel; ledgers that "
                                                          "truce claims wrote; analyses and calibrations among them are "
                                                          "passed over")
    parser.add_argument("--out", help="page to write; default: first.report.html beside first.h5, its figures and data "
                                      "in first.report/")
    return parser.parse_args(words)


def place_of(results, out):
    """The page and the folder of its pictures and data; `results`: or ledgers, where there is no result."""
    if not out:
        stem = stem_of(results[0].path).removesuffix(".claims")
        if len(results) > 1:
            stem = companions.shared_stem(results) or "results"
        out = f"{stem}.report.html"
    if not out.endswith(".html"):
        raise command.Problem(f"{out} is no page (its name does not end in .html); name another with --out")
    return out, out.removesuffix(".html").removesuffix(".report") + ".report"


@contextlib.contextmanager
def nothing_left_of(folder):
    """Takes a folder away again that was made for a page which could not be: what is in it would seem whole."""
    was_there = os.path.isdir(folder)
    try:
        yield
    except BaseException:
        if not was_there:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def read(paths):
    """Results and names of ledgers among the files; one result per kernel.

    Analyses and calibrations match first.*.h5 as results do: they are passed over."""
    named = results_among(dict.fromkeys(paths), "report", kept=[files.LEDGER])
    ledgers = [p for p in named if files.kind_of(p) == files.LEDGER]
    if len(named) - len(ledgers) > kernel_files.MOST:
        raise command.Problem(f"{len(named) - len(ledgers)} results are too many for one page (only {kernel_files.MOST} have a "
                              f"colour); name at most {kernel_files.MOST}")
    results = []
    for path in named:
        if path not in ledgers:
            with command.reading(path):
                results.append(Result(path))
    kernel_files.by_kernel((r.attribute("kernel", otherwise="?"), r.path, r) for r in results)
    return results, ledgers


def report(words=None):
    options = options_of(words)
    results, ledger_paths = read(options.files)
    ledgers = [Answers(p) for p in dict.fromkeys([*ledger_paths, *companions.ledgers_beside(results)])]
    out, folder = place_of(results or ledgers, options.out)
    files.free_for(out, files.BEGINNINGS[".html"], options.files)
    from pages import page  # matplotlib is slow to load: a bad file name is told first

    with nothing_left_of(folder):
        text = page.render(results, folder, ledgers)
    try:
        with open(out, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise files.written_to(out, error) from error
    print(out)


if __name__ == "__main__":
    command.run("report", report)
