#!/usr/bin/python3
"""The table of kernels/README.md against the kernels and the tests. FILE TRUCE SOURCES

Each mechanism of the memo that a kernel declares has its off inputs in a row, and each test that a row names exists.
"""
import pathlib
import re
import subprocess
import sys
import unittest

TRUCE, SOURCES = sys.argv.pop(1), pathlib.Path(sys.argv.pop(1))


def rows():
    text = (SOURCES / "kernels/README.md").read_text()
    table = text[text.index("| memo section"):].splitlines()[2:]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table if line.startswith("|")]


def declared():
    """(kernel, mechanism, off inputs as 'name = value', memo section) of every mechanism of the memo."""
    names = [line.split()[0] for line in told("kernels").splitlines()]
    for kernel in names:
        for line in told("describe", kernel).splitlines():
            found = re.match(r"  (\w+): .*\(off: (.*)\)  memo: (.+)", line)
            if found:
                yield kernel, found[1], re.findall(r"\w+ = \S+", found[2]), found[3]


def told(*words):
    return subprocess.run([TRUCE, *words], capture_output=True, text=True, check=True).stdout


class MemoTable(unittest.TestCase):
    def test_every_mechanism_of_every_kernel_has_a_row_that_switches_it_off(self):
        off = [set(re.findall(r"`(\w+ = [\d.]+)`", row[4])) for row in rows()]
        seen = 0
        for kernel, mechanism, inputs, _ in declared():
            self.assertTrue(any(set(inputs) <= switches for switches in off), (kernel, mechanism, inputs))
            seen += 1
        self.assertGreater(seen, 60)

    def test_rows_switch_off_by_inputs_that_exist(self):
        known = "\n".join(told("describe", line.split()[0]) for line in told("kernels").splitlines())
        for row in rows():
            for name in re.findall(r"`(\w+) = ", row[4]):
                self.assertIn(f"\n  {name} [", known)

    def test_tests_that_rows_name_exist(self):
        sources = "\n".join(f.read_text() for f in (SOURCES / "tests/kernels").rglob("*.cpp"))
        for row in rows():
            tests = re.findall(r"`(\w+)\.(\w+)`", row[5])
            self.assertGreaterEqual(len(tests), 2, row[1])
            for suite, name in tests:
                self.assertIn(f"TEST({suite}, {name})", sources)

    def test_every_row_has_a_term_in_two_kinds_of_model_or_four_rivals(self):
        for row in rows():
            self.assertTrue(row[3] not in ("", "-") and (row[2] != "-" or "home" in row[3]), row[1])


if __name__ == "__main__":
    unittest.main()
