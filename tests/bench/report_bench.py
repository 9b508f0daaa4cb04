#!/usr/bin/python3
"""A report of 2^20 points: report_bench.py BUILD. The study runs first and is not counted; it takes 1 GB of disk."""
import os
import sys
import tempfile

import rows

STUDY = """[study]
kernel = anchored_peace
seed = 861
replicates = 1
[design]
method = sobol
points = 1048576
[inputs]
all = range
"""


def main(build):
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "many.ini"), "w", encoding="utf-8") as study:
            study.write(STUDY)
        truce = os.path.join(os.path.abspath(build), "truce")
        made = rows.lines_of([truce, "run", "many.ini", "--quiet", "--json"], cwd=folder)[-1]
        processor, held, took = rows.spent([truce, "report", "many.h5"], folder)
    command, content = "truce report many.h5", made["content_hash"][:12]
    rows.row("report of 2^20 points", took, "s", command, "<= 30", content)
    rows.row("report of 2^20 points, processor", processor, "s", command, None, content)
    rows.row("report of 2^20 points, memory", held, "MB", command, None, content)


main(sys.argv[1])
