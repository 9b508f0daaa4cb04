"""Requests a second that rank 0 serves: its books, its loop with simulated ranks, over MPI: dispatch_bench.py BUILD."""

import sys

import rows

BLOCK_SECONDS = 2.0
MPI_SECONDS = 2.0
MPI_ROUNDS = 5


def main(build):
    program = f"{build}/bench_dispatch"
    for ranks in (64, 1000, 10_000, 100_000):
        for part, title in (("books", "dispatcher alone"), ("lead", "work loop of rank 0, simulated ranks")):
            command = [program, part, ranks]
            line = rows.lines_of(command)[0]
            rate = line["requests"] / line["seconds"]
            rows.row(f"{title}, {ranks:,} ranks", rate, "requests/s", command, checksum=line["checksum"])
        share = ranks / BLOCK_SECONDS / rate
        # the row of the largest crew carries the target: rank 0 must not be the limit
        target = "<= 1" if ranks == 100_000 else None
        rows.row(f"share of rank 0 that {ranks:,} ranks at 2 s blocks take", share, "1", command, target, line["checksum"])
    for ranks in (2, 4, 8, 16):
        command = ["mpirun", "-n", ranks, program, "mpi", MPI_SECONDS]
        lines = [rows.lines_of(command)[0] for _ in range(MPI_ROUNDS)]
        for clock in ("wall", "seconds"):
            rate = rows.median([line["requests"] / line[clock] for line in lines])
            unit = "requests/s" if clock == "wall" else "requests/s of rank 0's processor time"
            rows.row(f"over MPI, {ranks} ranks, blocks of no time", rate, unit, command, checksum=lines[0]["checksum"])


if __name__ == "__main__":
    main(*sys.argv[1:])
