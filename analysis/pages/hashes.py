# Which files a page was made from, with their content hashes: who cites its numbers must say which they are.
import os

import h5py

from pages import companions
from pages.ledger_lines import Lines
from results import text_of

KINDS = ("analysis", "calibration")
HEADS = ("file", "what it is", "content hash")


def files(results, ledgers):
    """Heads and rows of the files that were read: results, what lies beside them, ledgers."""
    rows = []
    for result in results:
        rows.append(row_of(result, "result"))
        beside = [(kind, companions.answers_beside(result, kind)[0]) for kind in KINDS]
        rows += [row_of(answers, kind) for kind, answers in beside if answers]
    return HEADS, rows + [row_of(ledger, "ledger of claims") for ledger in ledgers]


def row_of(source, what):
    return os.path.basename(source.path), what, source.attribute("content_hash") or "not stated"


def judged(ledgers):
    """Heads and rows of the results from which ledgers were made; a ledger names them and does not keep their hashes."""
    rows = []
    for ledger in ledgers:
        lines = Lines(ledger)
        for line in lines:
            name = lines.text("result", *line)
            if name:
                rows.append((name, " ".join(line), hash_in(os.path.join(os.path.dirname(ledger.path), name))))
    return HEADS, rows


def hash_in(path):
    """The content hash that a file states; what keeps it from doing so, else."""
    if not os.path.exists(path):
        return "does not lie beside the ledger"
    try:
        with h5py.File(path, "r") as file:
            return text_of(file.attrs.get("content_hash", "not stated"))
    except OSError:
        return "does not open as HDF5"
