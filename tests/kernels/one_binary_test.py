#!/usr/bin/python3
"""One binary for all processors: code for an instruction set is reached through the catalogue alone.

one_binary_test.py symbols NM NAMESPACE=OBJECT...   what other objects could pick up from an object
one_binary_test.py registers OBJDUMP PROGRAM ISA... where the linked program uses which registers; it has objects for ISA...
"""
import os
import re
import shutil
import subprocess
import sys

LEVELS = {"v3": 3, "v4": 4}  # of AVX and of AVX-512, by the namespaces that may use them
SANITIZER = re.compile(r"__(asan|ubsan|odr_asan|sanitizer)|\.?(asan|ubsan)\.|DW\.ref\.__gxx_personality_v0$")
IN_TRUCE = re.compile(r"_Z(?:Z|GV)*NK?5truce(\d+)(.*)")
# an entry takes references or pointers to structs of the tests or of the contract: no number type crosses
ENTRY = re.compile(r"\w+\((truce::(testing::)?\w+[&*](, )?)+\)")


def output_of(*words):
    return subprocess.run(words, check=True, text=True, capture_output=True, env={**os.environ, "LC_ALL": "C"}).stdout


def namespace_of(mangled):
    """The namespace inside truce:: that a symbol belongs to, "" if none."""
    found = IN_TRUCE.match(mangled)
    return found[2][:int(found[1])] if found else ""


def external_symbols(nm, path):
    """[(kind, mangled, readable)] of what the object defines for others; weak kinds among them."""
    lines = [output_of(nm, "-p", "-g", "--defined-only", *more, path).splitlines() for more in ((), ("-C",))]
    return [(*raw.split()[1:3], readable.split(maxsplit=2)[2]) for raw, readable in zip(*lines) if raw]


def faults_in_object(nm, namespace, path):
    symbols = [s for s in external_symbols(nm, path) if not SANITIZER.match(s[1])]
    faults = [f"{path}: {readable} ({kind}) is outside truce::{namespace}::" for kind, mangled, readable in symbols
              if namespace_of(mangled) != namespace]
    strong = [readable.removeprefix(f"truce::{namespace}::") for kind, _, readable in symbols if kind not in "WVu"]
    if len(strong) != 1 or not ENTRY.fullmatch(strong[0]):
        faults.append(f"{path}: one entry of plain types expected, but its strong symbols are {strong}")
    return faults


def level_of(instruction):
    """The instruction set that an instruction needs: 0 plain, 3 AVX, 4 AVX-512."""
    if re.search(r"%zmm|%[xy]mm(1[6-9]|2\d|3[01])|%k[0-7]\b", instruction):
        return 4
    return 3 if re.match(r"v(?!err|erw|m\w*$)", instruction) or "%ymm" in instruction else 0


def faults_in_program(objdump, program, *instruction_sets):
    """An instruction beyond plain outside its namespace is a fault, and so is a set of which nothing is seen."""
    function, faults = "", {}
    seen = {LEVELS[name]: 0 for name in instruction_sets if name != "plain"}
    for line in output_of(objdump, "-d", "--no-show-raw-insn", program).splitlines():
        if header := re.fullmatch(r"[0-9a-f]+ <(.+)>:", line):
            function = header[1]
            allowed = LEVELS.get(namespace_of(function), 0)
        elif match := re.match(r"\s*[0-9a-f]+:\s+(.*)", line):
            level = level_of(match[1])
            if level > allowed:
                faults.setdefault(function, match[1])
            elif level:
                seen[level] = seen.get(level, 0) + 1
    for name, level in LEVELS.items():
        if seen.get(level, 1) == 0:
            faults[f"truce::{name}::"] = "none of the instructions that it is compiled for"
    return [f"{program}: {name} has {instruction}" for name, instruction in faults.items()]


def main(what, tool, *rest):
    if shutil.which(tool) is None:
        print(f"NOT RUN: there is no {tool or 'tool'} (binutils) to read objects with")
        return 77
    if what == "symbols":
        faults = [fault for one in rest for fault in faults_in_object(tool, *one.split("=", 1))]
    else:
        faults = faults_in_program(tool, *rest)
    print("\n".join(faults) or "no fault")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
