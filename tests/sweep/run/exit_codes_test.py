#!/usr/bin/python3
"""Every exit code of the table in sweep/README.md, met."""
import pathlib
import re
import resource
import shutil
import struct
import unittest

from study_folder import Folder

README = pathlib.Path(__file__).resolve().parents[3] / "sweep" / "README.md"


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


class ExitCodes(Folder):
    def test_are_documented(self):
        text = README.read_text()
        table = text[text.index("## Exit codes"):]
        documented = [int(code) for code in re.findall(r"^\| (\d+) \|", table, re.M)]
        self.assertEqual(documented, [0, 2, 4, 6, 7, 70, 75])
        printed = re.sub(r"\s+", " ", self.truce("--help").stdout)
        for code in documented:
            self.assertRegex(printed, rf"[:;] {code} ")

    def test_0_done(self):
        self.assertEqual(self.truce("kernels").returncode, 0)
        self.run_study()

    def test_2_usage_study_or_identity(self):
        self.refuses(2, ["rum"], "Did you mean run?")
        self.refuses(2, ["run", "study.ini", "--design.points=-1"], "design.points")
        self.run_study()
        self.refuses(2, ["run", "study.ini", "--study.seed=8"], "another study")

    def unsealed(self):
        """All blocks are committed; the result file did not fit."""
        self.run_study("--store.file=whole.h5")
        room = len(self.bytes_of("whole.h5")) - 1000

        def small_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

        self.refuses(6, ["run", "study.ini", "--quiet", "--store.block=64"], "study.h5", preexec_fn=small_files)

    def test_4_the_same_block_gave_different_bytes(self):
        self.unsealed()
        first = self.folder / "study.h5.journal" / "attempt-0001"
        second = first.with_name("attempt-0002")
        shutil.copytree(first, second)
        journal = next(second.iterdir())
        data = bytearray(journal.read_bytes())
        data[64 + 8] ^= 1  # a number, with checksums that agree
        payload = struct.unpack_from("<Q", data, 48)[0]
        struct.pack_into("<I", data, 56, crc32c(data[64:64 + payload]))
        struct.pack_into("<I", data, 60, crc32c(data[:60]))
        journal.write_bytes(data)
        for words in (["run", "study.ini", "--quiet"], ["seal", "study.ini"]):
            self.refuses(4, words, "not deterministic", "base points 0 to 63")
        shutil.rmtree(second)
        self.run_study()
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())

    def test_6_input_or_output(self):
        self.refuses(6, ["run", "study.ini", "--store.file=no/such/folder/x.h5"], "there is no folder")
        self.unsealed()

    def test_7_a_damaged_file(self):
        self.run_study()
        whole = self.bytes_of()
        (self.folder / "study.h5").write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        self.refuses(7, ["verify", "study.h5"], "SHA-256")
        self.refuses(7, ["run", "study.ini"], "changed after it was sealed")

    def test_70_internal(self):
        def at_most(megabytes):
            return lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

        enough = next((m for m in range(50, 1000, 50)
                       if self.truce("kernels", preexec_fn=at_most(m)).returncode == 0), None)
        if enough is None:
            self.skipTest("the program needs more memory than it should (a sanitizer?)")
        # a point of 500 policies has 114 MB of rows: allowed, but not there; that is no fault of the study
        words = ["run", "study.ini", "--quiet", "--store.rows=run", "--study.replicates=1024", "--store.block=1",
                 "--levers.guarantee_a=steps(0, 0.9, 500)"]
        self.refuses(70, words, "out of memory", preexec_fn=at_most(enough + 50))

    def test_75_incomplete(self):
        self.assertEqual(self.truce("status", "study.ini").returncode, 75)
        self.refuses(75, ["seal", "study.ini"], "run the study first")
        done = self.truce("run", "study.ini", "--study.replicates=100000", "--store.block=1", "--quiet",
                          "--max-seconds=1")
        self.assertEqual(done.returncode, 75, done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
