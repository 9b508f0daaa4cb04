# Reads the manifest beside a result, and refuses a result whose bytes are no longer those that it states.
import functools
import hashlib
import json
import os

from command import Problem


def stem_of(path):
    """out/first.h5 -> out/first; any other ending stays in the name, as in the files that truce puts beside it."""
    return path.removesuffix(".h5")


def manifest_of(path):
    """The manifest beside a file, a dictionary; empty where there is none. Problem for one that is damaged."""
    beside = stem_of(path) + ".manifest.json"
    try:
        with open(beside, encoding="utf-8") as file:
            found = json.load(file)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Problem(f"{beside} cannot be read ({error.strerror}); make it readable", code=6) from error
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("file_hash"), str):
        raise Problem(f"{beside} is damaged (no file_hash can be read from it); restore it from a copy, or let "
                      f"truce repair {path} write it anew", code=7)
    return found


@functools.lru_cache(maxsize=None)
def hash_of(path, state):
    """SHA-256 of a file's bytes, in hex; read once, however often a script opens the file in this `state`."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def require_unchanged(path, problem=Problem):
    """Raises `problem`, code 7, for a file whose bytes are not those of its manifest; one without a manifest passes.

    HDF5 keeps no sums of most bytes: it would give changed numbers as if they were those of the study."""
    stated = manifest_of(path).get("file_hash")
    if stated is None:
        return
    now = os.stat(path)
    found = hash_of(os.path.abspath(path), (now.st_ino, now.st_size, now.st_mtime_ns))
    if found != stated:
        raise problem(f"{path} has SHA-256 {found}, its manifest says {stated}; the file was changed after it was sealed; "
                      f"truce verify {path} says what is damaged", code=7)
