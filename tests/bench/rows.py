"""What the benches share: running a program, medians, and the rows that they print for collect.py.

A bench is a command that prints one JSON object a line: a row with name, value, unit, command and, where there is one,
target (">= 8", "<= 2": compared with value) and checksum. Exit code 77: cannot run here; any other but 0: broken.
"""

import json
import os
import shlex
import statistics
import subprocess
import sys
import time

MPI_SETTINGS = {
    "OMPI_MCA_rmaps_base_oversubscribe": "1",
    "OMPI_MCA_btl_vader_single_copy_mechanism": "none",
    "OMPI_MCA_hwloc_base_binding_policy": "none",
}
if os.geteuid() == 0:
    MPI_SETTINGS |= {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}


def row(name, value, unit, command, target=None, checksum=None):
    """Prints one row; `command` is a list of words or text."""
    text = command if isinstance(command, str) else shlex.join(map(str, command))
    print(json.dumps({"name": name, "value": value, "unit": unit, "target": target, "command": text, "checksum": checksum}),
          flush=True)


def spent(command, cwd=None):
    """Runs a command that prints nothing of interest: seconds of processor time, most MB, seconds on the clock."""
    begun = time.monotonic()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{shlex.join(map(str, command))} ended with {process.returncode}; run it by hand")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, took


def lines_of(command, **options):
    """Runs a program and returns its lines of JSON; ends this bench as broken if it fails."""
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, env=os.environ | MPI_SETTINGS, check=False,
                          **options)
    if done.returncode not in (0, 77):
        sys.exit(f"{shlex.join(map(str, command))} ended with {done.returncode} (a bench must not fail); run it by hand")
    return [json.loads(line) for line in done.stdout.decode().splitlines() if line.startswith("{")]


def same(what, values):
    """The one value of all; ends this bench as broken if they differ."""
    if len(set(values)) != 1:
        sys.exit(f"{what} differs: {sorted(set(values))} (equal work must give equal bits); find out why")
    return values[0]


def median(values):
    return statistics.median(values)
