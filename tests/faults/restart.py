#!/usr/bin/python3
"""A run of 32 blocks dies right after each of its commits; the next run computes the other blocks only, on any number of ranks."""
import random
import unittest

from fault_disk import FULL, Disk, FaultTest, Reference
from node_loss import frames_of

BLOCKS = 32
SLOW = ("--study.replicates=300000", "--instruction-set=plain")  # so that each rank has a part in the work


def after_commit(number, **more):
    return {"name": "fdatasync", "path": "rank-", "call": number, "kind": "after", **more}


def computed(done):
    return [unit for call in done.calls for unit in frames_of(call)]


class Restart(FaultTest):
    def test_after_each_commit_computes_the_other_blocks(self):
        reference = Reference()

        def trial(number):
            with Disk() as disk:
                if disk.run(fault=after_commit(number)).code != -9:
                    return "the run was not killed"
                done = disk.run()
                if len(computed(done)) != BLOCKS - number:
                    return f"{len(computed(done))} blocks are computed"
                return f"it ends {done.code}: {done.text}" if done.code else reference.fault_of(disk)

        self.survive("commit points", range(1, BLOCKS + 1), trial)

    def test_of_many_ranks_keeps_what_any_of_them_committed(self):
        reference = Reference(SLOW)
        chance = random.Random(5)
        killed = []

        def trial(case):
            ranks, victim, number, resume = case
            with Disk(SLOW) as disk:
                fault = after_commit(number, rank=victim)
                done = disk.run(fault=fault, launch=("mpirun", "-n", str(ranks)))
                killed.append(done.code != 0)
                disk.wait_for_the_lock()
                before = {unit for name in disk.folder.rglob("rank-*") for unit in units_in(name)}
                done = disk.run(launch=("mpirun", "-n", str(resume)))
                again = before & set(computed(done))
                return f"it ends {done.code}: {done.text}" if done.code else str(again or "") or reference.fault_of(disk)

        cases = [(ranks, chance.randrange(ranks), chance.randint(1, 2), chance.choice([1, 2, 3, 4]))
                 for ranks in (1, 2, 3, 4, 7) for _ in range(8 if FULL else 1)]
        self.survive("commit points of ranks", cases, trial)
        self.assertGreater(2 * sum(killed), len(killed), "most runs ended before their rank was killed")


def units_in(journal):
    """Of the whole frames of a file, found by their headers."""
    data, at = journal.read_bytes(), 0
    while data[at:at + 4] == b"TRCJ" and at + 64 + int.from_bytes(data[at + 48:at + 56], "little") <= len(data):
        first, count = (int.from_bytes(data[at + place:at + place + 8], "little") for place in (32, 40))
        yield from ((unit, data[at + 6]) for unit in range(first, first + count))
        at += 64 + int.from_bytes(data[at + 48:at + 56], "little")


if __name__ == "__main__":
    unittest.main(verbosity=2)
