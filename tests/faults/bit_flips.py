#!/usr/bin/python3
"""One flipped bit anywhere in a journal, plan, result or manifest: never a wrong result, never silent, no crash, no hang."""
import random
import shutil
import unittest

from fault_disk import FULL, Disk, FaultTest, Reference
from node_loss import frames_of

FLIPS = 500 if FULL else 60


def flip(file, place):
    """Flips bit number `place` of a file."""
    data = bytearray(file.read_bytes())
    data[place // 8] ^= 1 << place % 8
    file.write_bytes(data)


class BitFlips(FaultTest):
    def setUp(self):
        self.reference = Reference()

    def places(self, file, flips=FLIPS):
        """The same places at every run of the test."""
        return random.Random(6).sample(range(8 * file.stat().st_size), flips)

    def flipped(self, source, name, place):
        """A copy of the disk with one bit of one file flipped."""
        disk = Disk()
        shutil.copytree(source.folder, disk.folder, dirs_exist_ok=True)
        flip(disk.folder / name, place)
        return disk

    def found(self, source, name, commands, allowed=(7,)):
        """All `commands` end as allowed with any bit of the file `name` flipped."""
        def trial(place):
            with self.flipped(source, name, place) as disk:
                for words in commands:
                    done = disk.truce(*words, log=False)
                    if done.code not in allowed or (done.code != 0 and "study." not in done.text):
                        return f"{words} ends {done.code}: {done.text}"
            return ""

        self.survive(f"bits of {name}", self.places(source.folder / name), trial)

    def sealed(self):
        disk = Disk()
        self.addCleanup(disk.__exit__)
        self.assertEqual(disk.run().code, 0)
        return disk

    def test_of_a_result_are_found_by_verify_and_by_run(self):
        self.found(self.sealed(), "study.h5", [("verify", "study.h5", "--points=0"), ("run", "../study.ini", "--quiet")])

    def test_of_a_manifest_are_found_by_verify_and_by_run(self):
        self.found(self.sealed(), "study.manifest.json",
                   [("verify", "study.h5", "--points=0"), ("run", "../study.ini", "--quiet")])

    def test_of_a_result_without_its_manifest_crash_nothing(self):
        """Without the hash of the bytes flips in what no checksum covers are silent, but HDF5's parser must stand the others."""
        disk = self.sealed()
        (disk.folder / "study.manifest.json").unlink()
        self.found(disk, "study.h5", [("verify", "study.h5", "--points=2"), ("status", "study.h5")], (0, 2, 6, 7))

    def stopped(self):
        """Two attempts with 12 and 8 blocks, the second one with a torn tail."""
        disk = Disk()
        self.addCleanup(disk.__exit__)
        for commits, kind in ((13, "crash"), (9, "torn")):
            fault = {"call": commits if kind == "crash" else 2 * commits, "kind": kind, "path": "rank-",
                     "name": "fdatasync" if kind == "crash" else "write"}
            self.assertEqual(disk.run(fault=fault).code, -9)
        return disk

    def test_of_journals_cost_at_most_the_rest_of_their_file(self):
        source = self.stopped()
        for attempt in (1, 2):
            name = f"study.h5.journal/attempt-000{attempt}/rank-000000.journal"
            data = (source.folder / name).read_bytes()
            starts = [at for at in range(len(data)) if data[at:at + 4] == b"TRCJ"]

            def trial(place):
                with self.flipped(source, name, place) as disk:
                    done = disk.run()
                    again = [unit for call in done.calls for unit in frames_of(call)]
                    whole = 8 * (attempt == 1) + 12 * (attempt == 2) + sum(end <= place // 8 for end in starts[1:])
                    if done.code == 0 and len(again) > 32 - whole:
                        return f"{len(again)} blocks are computed where {whole} are whole"
                    return f"it ends {done.code}: {done.text}" if done.code else self.reference.fault_of(disk)

            self.survive(f"bits of the journal of attempt {attempt}", self.places(source.folder / name, FLIPS // 2), trial)

    def test_of_the_plan_never_give_wrong_results(self):
        source, name = self.stopped(), "study.h5.journal/plan"

        def trial(place):
            with self.flipped(source, name, place) as disk:
                done = disk.run()
                if done.code == 7:
                    if "plan is damaged" not in done.text:
                        return done.text
                    (disk.folder / name).unlink()  # as the message says
                    done = disk.run()
                return f"it ends {done.code}: {done.text}" if done.code else self.reference.fault_of(disk)

        self.survive("bits of the plan", self.places(source.folder / name), trial)

    def test_of_the_lock_file_do_no_harm(self):
        source, name = self.stopped(), "study.h5.journal/live"

        def trial(place):
            with self.flipped(source, name, place) as disk:
                return self.reference.fault_after(disk)

        self.survive("bits of the lock file", self.places(source.folder / name, 20), trial)


if __name__ == "__main__":
    unittest.main(verbosity=2)
