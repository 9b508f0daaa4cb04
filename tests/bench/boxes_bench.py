"""One PRIM box of 10^6 points x 10 inputs, one replicate each: boxes_bench.py BUILD. bench_boxes prints the rows."""

import pathlib
import subprocess
import sys
import tempfile

INPUTS = ("autocracy_a", "justice_anchor", "cynicism", "war_cost_a", "war_cost_d", "audience_cost_a", "audience_cost_d",
          "indivisibility", "cost_insulation", "territorial_boost")
STUDY = """[study]
kernel = anchored_peace
seed = 861
replicates = 1
[design]
method = monte_carlo
points = 1000000
[inputs]
{inputs}
[store]
file = boxes.h5
"""


def main(build):
    build = pathlib.Path(build).resolve()
    described = subprocess.run([build / "truce", "describe", "anchored_peace", "--ini"], check=True, text=True,
                               capture_output=True).stdout
    lines = {line.split("=")[0].strip(): line for line in described.splitlines() if "=" in line}
    with tempfile.TemporaryDirectory() as folder:
        study = STUDY.format(inputs="\n".join(lines[name] for name in INPUTS))
        pathlib.Path(folder, "boxes.ini").write_text(study, encoding="utf-8")
        subprocess.run([build / "truce", "run", "boxes.ini", "--quiet"], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)
        sys.exit(subprocess.run([build / "bench_boxes", "boxes.h5", "ending_settlement"], cwd=folder,
                                check=False).returncode)


if __name__ == "__main__":
    main(sys.argv[1])
