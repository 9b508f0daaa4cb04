#!/usr/bin/python3
"""That repair destroys nothing that is not its own, and that no row which only looks good is ever sealed."""
import json
import shutil
import unittest

from repair_test import Damaged

try:
    import h5py
except ImportError:
    h5py = None


class Safety(Damaged):
    def all_files(self):
        return {str(path.relative_to(self.folder)): path.read_bytes() if path.is_file() else None
                for path in self.folder.rglob("*")}

    def refused(self, words, *expected):
        """With exit 2, and nothing has changed."""
        before = self.all_files()
        self.refuses(2, words, *expected)
        self.assertEqual(self.all_files(), before)

    def without_manifest(self, content):
        (self.folder / "study.h5").write_bytes(content)
        (self.folder / "study.manifest.json").unlink(missing_ok=True)

    def other_study(self):
        """A whole result of another seed, as bytes."""
        self.run_study("--study.seed=8", "--store.file=other.h5")
        return self.bytes_of("other.h5")


class Foreign(Safety):
    def test_files_that_are_no_results_are_refused(self):
        self.write("notes.txt", "my notes\n")
        for words in (["notes.txt"], ["notes.txt", "--study=study.ini"]):
            self.refused(["repair", *words], "notes.txt is no truce result and has no manifest; nothing was changed",
                         "truce run STUDY")

    def test_folders_and_links_are_refused(self):
        (self.folder / "study.h5.journal").mkdir()
        (self.folder / "study.h5.journal" / "plan").write_text("live")
        (self.folder / "link.h5").symlink_to("study.h5")
        for name in ("study.h5.journal", ".", "link.h5"):
            self.refused(["repair", name, "--study=study.ini"], "is no ordinary file")

    @unittest.skipUnless(h5py, "no h5py")
    def test_hdf5_files_of_other_programs_are_refused(self):
        for bounds in ("earliest", "latest"):
            with h5py.File(self.folder / "theirs.h5", "w", libver=bounds) as file:
                file["group/measured"] = range(1000)
                file.attrs["title"] = "theirs"
            self.refused(["repair", "theirs.h5", "--study=study.ini"], "theirs.h5 is no truce result")

    def test_results_of_other_studies_are_refused(self):
        other = self.other_study()
        self.without_manifest(other)
        self.refused(["repair", "study.h5", "--study=study.ini"], "study.h5 is of another study")
        (self.folder / "study.manifest.json").write_bytes(self.manifest)  # and copied over a result
        self.refused(["repair", "study.h5", "--study=study.ini"], "study.h5 is of another study")

    def test_damaged_files_of_others_are_refused(self):
        self.write("study.h5.damaged", "mine")
        self.damage(len(self.whole) // 2)
        self.refused(["repair", "study.h5"], "study.h5.damaged is there already", "Move it away")
        (self.folder / "study.h5").unlink()
        self.refused(["repair", "study.h5"], "study.h5.damaged is there already")
        self.damage()
        self.assertIn("nothing to repair", self.truce("repair", "study.h5").stdout)
        self.assertEqual(self.bytes_of("study.h5.damaged"), b"mine")
        # also one that took the place of the file that a repair moved there
        (self.folder / "study.h5.damaged").unlink()
        self.damage(len(self.whole) // 2)
        self.cut_off_repair()
        self.write("study.h5.damaged", "mine")
        self.refused(["repair", "study.h5"], "study.h5.damaged is there already")
        self.run_study()
        self.assertEqual((self.bytes_of(), self.bytes_of("study.h5.damaged")), (self.whole, b"mine"))

    def test_journals_of_other_studies_are_left_alone(self):
        (self.folder / "study.h5").unlink()
        (self.folder / "study.manifest.json").unlink()
        self.without_room("run", "study.ini", "--study.seed=8")
        self.damage(len(self.whole) // 2)
        before = self.all_files()
        self.refuses(2, ["repair", "study.h5"], "study.h5.journal belongs to another study")
        self.assertEqual({**self.all_files(), "study.h5.journal/live": None}, {**before, "study.h5.journal/live": None})

    def test_what_nothing_but_the_study_vouches_for_is_kept(self):
        for content in (b"", self.whole[:5], self.whole[: len(self.whole) // 2]):
            with self.subTest(bytes=len(content)):
                self.without_manifest(content)
                self.refuses(7, ["verify", "study.h5"], "truce repair study.h5 --study=STUDY")
                self.refuses(7, ["repair", "study.h5"], "truce repair study.h5 --study=STUDY")
                done = self.truce("repair", "study.h5", "--study=study.ini")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("study.h5.damaged is kept", done.stderr)
                self.assertEqual((self.bytes_of(), self.bytes_of("study.h5.damaged")), (self.whole, content))
                self.assertIn("nothing to repair", self.truce("repair", "study.h5").stdout)
                (self.folder / "study.h5.damaged").unlink()
                self.assertFalse((self.folder / "study.h5.damaged.manifest.json").exists())

    def test_needs_one_process(self):
        self.damage(len(self.whole) // 2)
        for words in (["repair", "study.h5"], ["seal", "study.ini"], ["gc", "study.ini"]):
            done = self.truce(*words, ranks=2)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(words[0] + " works as one process", done.stderr)
            self.assertFalse((self.folder / "study.h5.damaged").exists())
        self.repaired()


class Manifests(Safety):
    def test_a_damaged_one_leads_to_repair(self):
        for content in (self.manifest[:-20], self.manifest.replace(b'"bytes": ', b'"bytes": 1'), b"{}"):
            (self.folder / "study.manifest.json").write_bytes(content)
            for words in (["run", "study.ini"], ["status", "study.h5"], ["verify", "study.h5"]):
                self.refuses(7, words, "truce repair FILE write it anew")
            self.repaired()

    def test_one_of_another_study_is_written_anew_beside_a_good_file_only(self):
        self.other_study()
        theirs = (self.folder / "other.manifest.json").read_bytes()
        for name in ("other.h5", "other.manifest.json", "other.codebook.md"):
            (self.folder / name).unlink()
        (self.folder / "study.manifest.json").write_bytes(theirs)
        self.repaired()
        self.damage(self.place_of("war_months") + 8) if h5py else self.skipTest("no h5py")
        (self.folder / "study.manifest.json").write_bytes(theirs)
        self.refused(["repair", "study.h5"], "study.h5 is of another study", "remove ./study.manifest.json")


class CutOff(Safety):
    def test_run_ends_a_repair_and_removes_the_damaged_file(self):
        for finish in (["run", "study.ini"], ["seal", "study.ini"]):
            self.damage(len(self.whole) // 2)
            self.cut_off_repair()
            for words in (["status", "study.ini"], ["status", "study.h5"], ["verify", "study.h5"]):
                self.assertIn("study.h5 is being repaired (study.h5.damaged is the old one); truce repair study.h5 ends it",
                              self.truce(*words).stderr)
            self.assertEqual(self.truce(*finish).returncode, 0)
            self.repaired_already()

    def repaired_already(self):
        self.assertEqual(self.bytes_of(), self.whole)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()),
                         ["study.codebook.md", "study.h5", "study.ini", "study.manifest.json"])

    def journals(self):
        """Those with rows: their bytes by path."""
        sizes = {path: path.stat().st_size for path in self.folder.glob("study.h5.journal/*/*")}
        return {path: size for path, size in sizes.items() if size}

    @unittest.skipUnless(h5py, "no h5py")
    def test_every_further_round_keeps_what_the_journals_hold(self):
        self.damage(self.place_of("autocracy_a") + 8)  # all rows are good
        self.cut_off_repair()
        first = self.journals()
        self.assertGreater(sum(first.values()), len(self.whole) // 8)
        for _ in range(2):
            self.without_room("repair", "study.h5")
            self.assertEqual(self.journals(), first)
        self.repaired()

    @unittest.skipUnless(h5py, "no h5py")
    def test_the_next_round_takes_what_the_journals_lack(self):
        self.damage(self.place_of("autocracy_a") + 8)
        self.cut_off_repair()
        journal, = self.journals()
        journal.write_bytes(journal.read_bytes()[:-1])  # as if a signal had come before its last frame
        self.assertIn("64 of 64 base points are good and kept", self.repaired())

    def test_gc_ends_a_repair_whose_new_file_is_sealed(self):
        for with_journal in (True, False):
            self.damage(len(self.whole) // 2)
            self.cut_off_repair()
            self.damage()
            if not with_journal:
                shutil.rmtree(self.folder / "study.h5.journal")
            done = self.truce("gc", "study.ini")
            self.assertIn("removed study.h5.damaged", done.stdout, done.stderr)
            self.assertEqual("removed study.h5.journal" in done.stdout, with_journal)
            self.repaired_already()

    def test_a_new_file_that_is_damaged_again_is_repaired_in_its_turn(self):
        self.damage(len(self.whole) // 2)
        self.cut_off_repair()
        self.damage(len(self.whole) // 3)
        self.repaired()

    def test_a_stated_hash_that_cannot_be_had_keeps_both_files(self):
        stated = json.loads(self.manifest)
        first_version = {key: stated[key] for key in ("file_hash", "bytes", "study_id")}
        self.damage(len(self.whole) // 2)
        damaged = self.bytes_of()
        self.write("study.manifest.json", json.dumps({**first_version, "content_hash": 64 * "0"}))
        for _ in range(2):
            self.refuses(4, ["repair", "study.h5"], 64 * "0", "the damaged file is kept")
            self.assertEqual((self.bytes_of(), self.bytes_of("study.h5.damaged")), (self.whole, damaged))

    def changed_with_its_checksum(self):
        """A number changed by HDF5 itself, so that its checksum holds, and a byte hit in another column."""
        with h5py.File(self.folder / "study.h5", "r+") as file:
            file["war_months_var"][3, 1] += 1e-9
        data = bytearray(self.bytes_of())
        data[self.place_of("autocracy_a") + 8] ^= 4
        (self.folder / "study.h5").write_bytes(data)

    @unittest.skipUnless(h5py, "no h5py")
    def test_rows_that_only_look_good_are_never_sealed(self):
        for words in (["run", "study.ini"], ["seal", "study.ini"]):
            self.changed_with_its_checksum()
            self.cut_off_repair()
            for _ in range(2):
                self.refuses(7, words, "are not good", "truce repair study.h5 computes all of them again")
                self.assertFalse((self.folder / "study.h5").exists())
            self.assertIn("rows that looked good were not; computing all of them", self.repaired())

    @unittest.skipUnless(h5py, "no h5py")
    def test_nor_if_the_new_file_was_written_but_has_no_manifest(self):
        self.changed_with_its_checksum()
        self.cut_off_repair()
        # the same wrong rows, sealed: what a seal leaves that is ended between the file and its manifest
        shutil.move(self.folder / "study.h5.damaged.manifest.json", self.folder / "away.json")
        self.run_study()
        shutil.move(self.folder / "away.json", self.folder / "study.h5.damaged.manifest.json")
        (self.folder / "study.manifest.json").unlink()
        self.assertNotEqual(self.bytes_of(), self.whole)
        self.refuses(7, ["run", "study.ini"], "are not good")
        self.repaired()


if __name__ == "__main__":
    unittest.main(verbosity=2)
