# Opens the HDF5 files of truce, tells their kinds apart, and lets nothing be written over what would be lost.
import os

import h5py

from command import Problem
from manifests import require_unchanged

RESULT, ANALYSIS, LEDGER, CALIBRATION = "result", "analysis", "ledger of claims", "calibration"
# How a file begins that a script may write over: only one of the same kind.
BEGINNINGS = {".png": b"\x89PNG", ".pdf": b"%PDF", ".svg": b"<?xml", ".html": b"<!doctype html", ".tar.gz": b"\x1f\x8b"}


def text_of(value):
    """An attribute as one printable line: control characters would reach terminals and stop the font."""
    text = value.decode(errors="replace") if isinstance(value, bytes) else value
    return "".join(c if c.isprintable() else " " for c in text) if isinstance(text, str) else text


def opened(path, problem=Problem):
    """An open HDF5 file; `problem`: the error to raise, with code 2 for a wrong name and 7 for a damaged file.

    A file that is not as its manifest states is damaged, whatever HDF5 says of it."""
    if not os.path.exists(path):
        raise problem(f"{path} does not exist (there is nothing to read); run the study first, or name another")
    if os.path.isdir(path):
        raise problem(f"{path} is a folder (a file is wanted); name a file in it")
    try:
        require_unchanged(path, problem)
        return h5py.File(path, "r")
    except OSError as error:
        # The library's own words hold addresses and the time.
        known = {"truncated": "it was cut off", "signature": "it has not the signature of HDF5"}
        reason = next((said for word, said in known.items() if word in str(error)), error.strerror or "it is damaged")
        raise problem(f"{path} does not open as HDF5 ({reason}); check it with `truce verify`", code=7) from error


def kind_in(file):
    """What an open file holds: RESULT, ANALYSIS, LEDGER or CALIBRATION; "" where it is not by truce."""
    stated = text_of(file.attrs.get("file_type", ""))
    if stated == "truce result":
        return RESULT
    if stated != "truce analysis":
        return ""
    return LEDGER if "claim" in file else CALIBRATION if "left_points" in file else ANALYSIS


def kind_of(path):
    """The kind of a file by its name; "" for what does not open."""
    try:
        with opened(path) as file:
            return kind_in(file)
    except Problem:
        return ""


def source_of(path, file):
    """Name of the result that an open analysis or calibration is of: beside it where it is there; "" for a ledger."""
    stated = str(text_of(file.attrs.get("result", "")))
    beside = os.path.join(os.path.dirname(path), os.path.basename(stated))
    return beside if stated and os.path.exists(beside) else stated


def same_file(one, two):
    """Whether two names mean one file, which need not be there yet."""
    if os.path.exists(one) and os.path.exists(two):
        return os.path.samefile(one, two)
    return os.path.abspath(one) == os.path.abspath(two)


def free_for(path, beginning, inputs=(), option="--out"):
    """The path, if writing there loses nothing: it is free, or holds a file of the same kind, and is none of `inputs`.

    `beginning`: bytes with which files of the kind begin; what is empty, a pipe or a device may be written to."""
    other = f"name another with {option}" if option else "move it away"
    if any(same_file(path, name) for name in inputs):
        raise Problem(f"{path} is already an input or output of this command (it would be lost); {other}")
    if os.path.isdir(path):
        raise Problem(f"{path} is a folder (a file is to be written); {other}")
    if os.path.isfile(path):
        try:
            with open(path, "rb") as file:
                found = file.read(1024).lstrip()[: len(beginning)]
        except OSError as error:
            raise Problem(f"{path} is there and cannot be looked at ({error.strerror}); {other}", code=6) from error
        if found and found.lower() != beginning.lower():
            raise Problem(f"{path} is there and was not written by this script (it would be lost); {other}")
    return path


def written_to(path, error, option="--out"):
    """The Problem of a file that cannot be written."""
    remedy = f"name another with {option}" if option else "make room there, or copy the result elsewhere"
    return Problem(f"{path} cannot be written ({error.strerror or error}); {remedy}", code=6)
