#!/usr/bin/python3
"""Clocks that jump, by seconds or years, there and back: nothing hangs, and every run ends with the same bytes."""
import time
import unittest
from errno import ENOTSUP

from fault_disk import FULL, Disk, FaultTest, Reference

JUMPS = (-10**9, -4000, -61, 61, 4000, 10**9) if FULL else (-4000, 61, 10**9)
EVERY = (1, 2, 7, 50) if FULL else (1, 7)


class ClockJumps(FaultTest):
    def ends_well(self, what, clocks, words=(), **fault):
        reference = Reference()

        def trial(clock):
            with Disk(words) as disk:
                begun = time.monotonic()
                done = disk.run(fault={"clock": clock, **fault})
                if done.code != 0:
                    return f"it ends {done.code} after {time.monotonic() - begun:.0f} s: {done.text}"
                return reference.fault_of(disk)

        self.survive(what, clocks, trial)

    def test_of_the_time_of_day(self):
        self.ends_well("jumps of the time of day", [f"real {s} {every}" for s in JUMPS for every in EVERY])

    def test_of_the_steady_clock_as_after_a_suspend(self):
        clocks = [f"steady {s} {every}" for s in JUMPS if s > 0 for every in EVERY]
        self.ends_well("jumps of the steady clock", clocks)
        self.ends_well("jumps while the block is chosen", clocks, ("--store.block=auto",))

    def test_of_the_time_of_day_with_a_lock_by_age(self):
        """Without flock the age of a file decides; a lone run must keep its lock, however old that looks."""
        self.ends_well("jumps, no flock", [f"real {s} {every}" for s in JUMPS for every in EVERY], (), name="flock", call=1,
                       kind=ENOTSUP, on="flock")

    def test_past_the_time_limit_stop_a_run_that_continues(self):
        reference = Reference()
        with Disk() as disk:
            done = disk.run("--max-seconds=3600", fault={"clock": "steady 100000 40"})
            self.assertEqual(done.code, 75, done.text)
            self.assertIn("time limit", done.text)
            self.assertEqual(reference.fault_after(disk), "")


if __name__ == "__main__":
    unittest.main(verbosity=2)
