#!/usr/bin/python3
"""Damaged results: what verify says is lost, and that repair gives the bytes back."""
import os
import random
import resource
import signal
import unittest

from studies import ruin
from study_folder import Folder


class Damaged(Folder):
    """A sealed study whose file can be damaged and must come back as it was."""

    def setUp(self):
        super().setUp()
        self.content = self.run_study()["content_hash"]
        self.whole = self.bytes_of()
        self.manifest = (self.folder / "study.manifest.json").read_bytes()

    def damage(self, *flips):
        data = bytearray(self.whole)
        for at in flips:
            data[at] ^= 4
        (self.folder / "study.h5").write_bytes(data)
        (self.folder / "study.manifest.json").write_bytes(self.manifest)

    def repaired(self, *words, **more):
        done = self.truce("repair", "study.h5", "--quiet", *words, **more)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.bytes_of(), self.whole)
        self.assertEqual(sorted(os.listdir(self.folder)),
                         ["study.codebook.md", "study.h5", "study.ini", "study.manifest.json"])
        self.assertEqual(self.truce("verify", "study.h5").returncode, 0)
        return done.stderr

    def without_room(self, *words):
        """Ends as on a disk that is full when the result is written: all rows are in a journal by then."""
        room = len(self.whole) - 3000

        def small_files():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

        self.refuses(6, [*words, "--quiet"], "study.h5", preexec_fn=small_files)
        self.assertFalse((self.folder / "study.h5").exists())

    def cut_off_repair(self):
        self.without_room("repair", "study.h5")
        self.assertTrue((self.folder / "study.h5.damaged").exists())

    def place_of(self, column):
        """Where the numbers of a column begin in the file."""
        import h5py
        with h5py.File(self.folder / "study.h5") as file:
            data = file[column].id
            return data.get_chunk_info(0).byte_offset if file[column].chunks else data.get_offset()


class Repair(Damaged):
    def test_computes_again_what_no_checksum_vouches_for(self):
        try:
            import h5py  # noqa: F401
        except ImportError:
            self.skipTest("no h5py")
        for column, said, kept in (("war_months", "war_months, rows 0 to 63 (base points 0 to 63)", "0 of 64"),
                                   ("autocracy_a", "autocracy_a, rows 0 to 63", "64 of 64"),
                                   ("guarantee_a", "guarantee_a, rows 0 to 1", "64 of 64"),
                                   ("policy", "policy, rows 0 to 1", "64 of 64")):
            with self.subTest(column):
                self.damage(self.place_of(column) + 8)
                self.refuses(7, ["verify", "study.h5"], said, "truce repair study.h5")
                self.assertIn(said, self.truce("repair", "study.h5", "--quiet").stderr)
                self.assertEqual(self.bytes_of(), self.whole)
                self.damage(self.place_of(column) + 8)
                text = self.repaired()
                self.assertEqual("base points are good and kept" in text, not kept.startswith("0 "), text)

    def test_needs_the_study_where_nothing_can_be_read(self):
        for content in (b"", self.whole[: len(self.whole) // 2], os.urandom(3000), bytes(512) + self.whole[512:]):
            (self.folder / "study.h5").write_bytes(content)
            (self.folder / "study.manifest.json").write_bytes(self.manifest)
            self.refuses(7, ["verify", "study.h5"], "nothing of it can be used")
            self.refuses(7, ["repair", "study.h5"], "--study=STUDY")
            self.refuses(2, ["repair", "study.h5", "--study=study.ini", "--study.seed=8"], "is of another study")
            self.assertEqual(self.bytes_of(), content)
            self.repaired("--study=study.ini")

    def test_leaves_alone_what_is_not_named_as_a_result(self):
        text = (self.folder / "study.ini").read_bytes()
        (self.folder / "study").write_bytes(text)  # its manifest would be that of study.h5
        self.refuses(2, ["repair", "study", "--study=study.ini"], "study does not end in .h5")
        self.assertEqual(self.bytes_of("study"), text)

    def test_finds_numbers_that_were_changed_with_their_checksums(self):
        try:
            import h5py
        except ImportError:
            self.skipTest("no h5py")
        with h5py.File(self.folder / "study.h5", "r+") as file:
            file["war_months_var"][3, 1] += 1e-9
        self.refuses(7, ["verify", "study.h5"], "changed with their checksums")
        text = self.repaired()
        self.assertIn("rows that looked good were not; computing all of them", text)

    def test_goes_on_after_it_was_cut_off_anywhere(self):
        for written in (None, ["study.h5", "study.manifest.json"], ["study.h5"]):
            with self.subTest(written=written):
                self.damage(len(self.whole) // 2)
                self.cut_off_repair()
                # the new file is there, the damaged one not gone yet; with and without its manifest
                for name in written or []:
                    whole = self.whole if name == "study.h5" else self.manifest
                    (self.folder / name).write_bytes(whole)
                self.repaired()

    def test_writes_a_damaged_manifest_again(self):
        for content in (self.manifest[:-20], b"", None):
            if content is None:
                (self.folder / "study.manifest.json").unlink()
            else:
                (self.folder / "study.manifest.json").write_bytes(content)
                self.refuses(7, ["verify", "study.h5"], "study.manifest.json")
            self.repaired()

    def test_has_nothing_to_do_with_a_sound_file_or_none(self):
        self.assertIn("nothing to repair", self.truce("repair", "study.h5").stdout)
        self.refuses(2, ["repair", "nowhere.h5"], "nowhere.h5 does not exist")
        self.refuses(2, ["repair", "study.h5", "--study.seed=8"], "without --study")


class EveryForm(Damaged):
    """Longer."""

    def test_mends_a_file_whatever_byte_was_hit(self):
        dice = random.Random(4)
        for _ in range(25):
            at = dice.randrange(len(self.whole))
            with self.subTest(at=at):
                self.damage(at)
                self.refuses(7, ["verify", "study.h5"], "SHA-256")
                done = self.truce("repair", "study.h5", "--quiet")
                if done.returncode == 7:
                    self.assertIn("--study=STUDY", done.stderr)
                    self.repaired("--study=study.ini")
                self.assertEqual(self.bytes_of(), self.whole)

    def test_keeps_the_good_base_points_of_a_large_file(self):
        words = ("--design.points=70000", "--study.replicates=1", "--study.kernel=gamblers_ruin")
        self.write("study.ini", ruin(1, 70000))
        (self.folder / "study.h5").unlink()
        (self.folder / "study.manifest.json").unlink()
        self.run_study(*words)
        self.whole, self.manifest = self.bytes_of(), (self.folder / "study.manifest.json").read_bytes()
        try:
            self.damage(self.place_of("war_months") + 70)
        except ImportError:
            self.skipTest("no h5py")
        self.refuses(7, ["verify", "study.h5"], "war_months, rows 0 to 65535 (base points 0 to 65535)")
        self.assertIn("4464 of 70000 base points are good and kept", self.repaired())

    def test_in_all_forms_of_results(self):
        for words in (("--store.rows=run",), ("--study.replicates=2050", "--store.block=1", "--design.points=4"),
                      ("--store.quantiles=yes",), ("--study.precision_of=war_months", "--study.precision=9",
                                                   "--study.replicates_max=64")):
            with self.subTest(words=words):
                for name in ("study.h5", "study.manifest.json"):
                    (self.folder / name).unlink()
                self.run_study(*words)
                self.whole, self.manifest = self.bytes_of(), (self.folder / "study.manifest.json").read_bytes()
                for at in (len(self.whole) // 3, len(self.whole) - 100):
                    self.damage(at)
                    self.repaired("--study=study.ini", *words)


if __name__ == "__main__":
    unittest.main(verbosity=2)
