#!/usr/bin/python3
"""Frames that are whole but do not belong: of another study, of units that there are not, of sizes that no disk holds."""
import struct
import unittest

from fault_disk import FULL, Disk, FaultTest, Reference

EDGES = (0, 1, 31, 32, 2**31, 2**62, 2**63 - 1, -1, -2**63)
SIZES = (0, 1, 161, 2**32, 2**63, 2**64 - 64, 2**64 - 1)


def crc32c(data):
    crc = 0xffffffff
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
    return crc ^ 0xffffffff


def frame(study_id, first, count, size, payload=b""):
    """A frame whose every checksum holds (of a payload that may be shorter than its header says)."""
    head = b"TRCJ" + struct.pack("<HH", 1, 1) + study_id + struct.pack("<IIqqQI", 1, 0, first, count, size, crc32c(payload))
    return head + struct.pack("<I", crc32c(head)) + payload


class ForeignFrames(FaultTest):
    def setUp(self):
        self.reference = Reference()
        self.study_id = bytes.fromhex(self.reference.manifest["study_id"])[:16]

    def begun(self, *words):
        """A study with 20 of its blocks committed."""
        disk = Disk(words)
        self.assertEqual(disk.run(fault={"name": "fdatasync", "path": "rank-", "call": 20, "kind": "after"}).code, -9)
        return disk

    def put(self, disk, data, attempt="attempt-0002"):
        folder = disk.folder / "study.h5.journal" / attempt
        folder.mkdir(exist_ok=True)
        (folder / "rank-000000.journal").write_bytes(data)

    def test_of_units_and_sizes_that_are_not_there_are_left_out(self):
        cases = [(first, count, size) for first in EDGES for count in EDGES for size in SIZES]

        def trial(case):
            first, count, size = case
            if 0 <= first < 32 and 0 < count <= 32 - first and size in (0, 1, 161):
                return ""  # a block of this study; its size is the next test's matter
            with self.begun() as disk:
                self.put(disk, frame(self.study_id, *case, bytes(min(size, 161))))
                return self.reference.fault_after(disk)

        self.survive("frames beyond the study", cases if FULL else cases[::11], trial)

    def test_of_this_study_with_a_wrong_size_are_damage(self):
        with self.begun() as disk:
            self.put(disk, frame(self.study_id, 25, 1, 160, bytes(160)))
            done = disk.run()
            self.assertEqual(done.code, 7, done.text)
            self.assertIn("attempt-0002", done.text)

    def test_of_another_study_are_refused_even_if_the_plan_is_lost(self):
        with self.begun() as disk:
            (disk.folder / "study.h5.journal" / "plan").unlink()
            done = disk.run("--study.seed=8")
            self.assertEqual(done.code, 2, done.text)
            self.assertIn("another study", done.text)
            (disk.folder / "study.h5.journal" / "plan").unlink(missing_ok=True)  # that of seed 8
            self.assertEqual(self.reference.fault_after(disk), "")

    def test_a_plan_of_another_study_is_refused_with_what_differs(self):
        with self.begun() as disk:
            done = disk.run("--study.seed=8")
            self.assertEqual(done.code, 2, done.text)
            self.assertIn("seed", done.text)
            self.assertEqual(self.reference.fault_after(disk), "")

    def test_that_contradict_each_other_are_a_conflict(self):
        with self.begun() as disk:
            self.put(disk, frame(self.study_id, 3, 1, 161, bytes(161)))
            done = disk.run()
            self.assertEqual(done.code, 4, done.text)
            self.assertIn("not deterministic", done.text)


if __name__ == "__main__":
    unittest.main(verbosity=2)
