#!/usr/bin/python3
"""The process dies at every call of a whole run in turn, between calls and in the middle of writes; the same command then ends
with the same bytes and leaves nothing behind."""
import random
import unittest

from fault_disk import FULL, VARIANTS, Disk, FaultTest, Reference

READS = ("open", "read", "close", "flock", "futimens")  # to die before one is to die before the next that changes something


def cuts(reference, torn=True):
    """Orders to the shim: every place at which the files differ from those at the place before."""
    for call in reference.calls:
        if call.name not in READS:
            yield {"call": call.number, "kind": "crash"}
        if torn and call.name == "write":
            yield {"call": call.number, "kind": "torn"}


class CrashSweep(FaultTest):
    def sweep(self, variant):
        reference = Reference(VARIANTS[variant])

        def trial(cut):
            with Disk(reference.words) as disk:
                done = disk.run(fault=cut)
                return f"it ends {done.code}: {done.text}" if done.code != -9 else reference.fault_after(disk)

        cases = list(cuts(reference))
        self.survive(f"crashes, {variant}", cases if FULL or variant == "points" else cases[::7], trial)

    def test_points(self):
        self.sweep("points")

    def test_runs(self):
        self.sweep("runs")

    def test_accumulators(self):
        self.sweep("chunks")

    def test_a_crash_while_the_block_size_is_chosen(self):
        words = ("--store.block=auto",)
        reference = Reference(words)
        first_journal = next(c.number for c in reference.calls if "rank-" in c.path)

        def trial(cut):
            with Disk(words) as disk:
                disk.run(fault=cut)
                return reference.fault_after(disk)

        self.survive("crashes, block = auto", [c for c in cuts(reference) if c["call"] <= first_journal + 3], trial)

    def test_a_second_crash_during_the_resume(self):
        reference = Reference()
        chance = random.Random(4)
        all_cuts = list(cuts(reference))

        def trial(pair):
            with Disk() as disk:
                for cut in pair:
                    done = disk.run(fault=cut)
                    if done.code not in (0, -9):  # the second run may be shorter than its cut
                        return f"it ends {done.code}: {done.text}"
                return reference.fault_after(disk)

        count = 2000 if FULL else 80
        self.survive("double crashes", [chance.choices(all_cuts, k=2) for _ in range(count)], trial)


if __name__ == "__main__":
    unittest.main(verbosity=2)
