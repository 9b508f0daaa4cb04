#!/usr/bin/python3
"""Takes the store's safeguards away, one at a time, in a copy of the sources: the short suite must fail for each of them.

FILE SHIM FOLDER [NAME]...: FOLDER is for the copy and its build; without names all mutants are tried. Prints a table.
"""
import os
import pathlib
import subprocess
import sys
import time

from mutations import MUTATIONS, TESTS

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = HERE.parents[1]


def copy_tree(tree):
    """The tracked files, newer only where they differ, so that a second start builds little."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=SOURCES, check=True, capture_output=True).stdout
    for name in filter(None, names.decode().split("\0")):
        if not (SOURCES / name).exists():
            continue
        data, copy = (SOURCES / name).read_bytes(), tree / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.exists() or copy.read_bytes() != data:
            copy.write_bytes(data)


def build(tree):
    """Empty if truce was built, else what the compiler says."""
    done = subprocess.run(["cmake", "--build", "--preset", "release", "--target", "truce", "-j", str(os.cpu_count())],
                          cwd=tree, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout if done.returncode else ""


def catcher(tree, shim, likely):
    """The first test of the short suite that fails, "" if none does."""
    for test in [likely, *(test for test in TESTS if test != likely)]:
        done = subprocess.run([sys.executable, "-B", HERE / f"{test}.py", tree / "build" / "release" / "truce", shim, "sample",
                               "--failfast"], capture_output=True, text=True)
        if done.returncode not in (0, 77):
            return test
    return ""


def changed(tree, edits):
    """Applies the edits; the texts as they were, by file."""
    before = {}
    for name, old, new in edits:
        text = (tree / name).read_text()
        before.setdefault(name, text)
        if text.count(old) != 1:
            raise SystemExit(f"{name} does not hold this text once; renew the mutation:\n{old}")
        (tree / name).write_text(text.replace(old, new))
    return before


def verdict(tree, shim, mutation):
    """What caught the mutation; begins with SURVIVED if nothing did."""
    before = changed(tree, mutation.edits)
    try:
        fault = build(tree)
        if fault:
            raise SystemExit(f"the mutation '{mutation.name}' does not compile:\n{fault}")
        return catcher(tree, shim, mutation.likely) or "SURVIVED"
    finally:
        for name, text in before.items():
            (tree / name).write_text(text)


def main(shim, folder, *wanted):
    tree = pathlib.Path(folder).resolve() / "tree"
    copy_tree(tree)
    subprocess.run(["cmake", "--preset", "release", "-DTRUCE_TESTS=OFF", "-DTRUCE_WERROR=ON"], cwd=tree, check=True,
                   stdout=subprocess.DEVNULL)
    fault = build(tree)
    if fault:
        raise SystemExit(f"the sources do not build:\n{fault}")
    survivors = []
    if not wanted and (test := catcher(tree, os.path.abspath(shim), TESTS[0])):
        raise SystemExit(f"{test} fails without any mutation; nothing can be said")
    print("| safeguard taken away | caught by | seconds |\n|---|---|---|", flush=True)
    for mutation in MUTATIONS:
        if wanted and mutation.name not in wanted:
            continue
        begun = time.monotonic()
        caught = verdict(tree, os.path.abspath(shim), mutation)
        print(f"| {mutation.name} | {caught} | {time.monotonic() - begun:.0f} |", flush=True)
        survivors += [mutation.name] if caught == "SURVIVED" else []
    print(f"{len(wanted) or len(MUTATIONS)} mutants, survivors: {survivors or 'none'}")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
