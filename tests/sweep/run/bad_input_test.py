#!/usr/bin/python3
"""Bad input gets a clear error, the right exit code, and loses nothing."""
import json
import os
import resource
import signal
import subprocess
import time
import unittest

from study_folder import Folder, STUDY, TRUCE


class BadInput(Folder):
    def edited(self, old, new):
        self.write("study.ini", STUDY.replace(old, new))

    def test_all_problems_at_once_with_line_key_and_nearest_name(self):
        self.edited("autocracy_a = uniform(0, 1)", "autocrcy_a = uniform(0, 1)\npoints = 3\n[desing]\nx = 1")
        text = self.refuses(2, ["run", "study.ini"], "study.ini:11", "autocracy_a", "design")
        self.assertGreaterEqual(len(text.splitlines()), 3)

    def test_bad_values_name_file_line_and_key(self):
        cases = {"points = 64": ["points = -5", "points = 0", "points = 1e400", "points = nan", "points ="],
                 "method = sobol": ["method = sobool"], "kernel = anchored_peace": ["kernel = anchored_piece"],
                 "autocracy_a = uniform(0, 1)": ["autocracy_a = uniform(1, 0)", "autocracy_a = uniform(0.5, 0.5)",
                                                 "autocracy_a = uniform(0, 2)", "autocracy_a = unifrm(0, 1)",
                                                 "autocracy_a = 7", "autocracy_a = uniform(0)"]}
        for old, news in cases.items():
            for new in news:
                with self.subTest(new):
                    self.edited(old, new)
                    line = STUDY[: STUDY.index(old)].count("\n") + 1
                    self.refuses(2, ["run", "study.ini"], f"study.ini:{line}", old.split(" = ")[0])

    def test_duplicate_key_and_option(self):
        self.edited("points = 64", "points = 64\npoints = 32")
        self.refuses(2, ["run", "study.ini"], "study.ini:10", "first on line 9", "points")
        self.refuses(2, ["run", "study.ini", "--design.pionts=4"], "points")
        self.refuses(2, ["run", "study.ini", "--quit"], "--quiet")

    def test_grid_of_1e20_points(self):
        inputs = "\n".join(f"{n} = steps(0, 1, 100000)" for n in ("autocracy_a", "autocracy_d", "cynicism", "patron_floor"))
        self.edited("method = sobol\npoints = 64\n[inputs]\nautocracy_a = uniform(0, 1)", f"method = grid\n[inputs]\n{inputs}")
        self.refuses(2, ["run", "study.ini"], "grid")

    def test_a_result_is_no_study(self):
        self.run_study()
        for words in (["run"], ["check"], ["slurm", "--nodes=1", "--time=60"], ["seal"]):
            text = self.refuses(2, [words[0], "study.h5", *words[1:]], "study.h5 is a result, not a study (it begins with "
                                "the signature of HDF5); give the study file, or see truce status study.h5")
            self.assertEqual(text.count("\n"), 1)

    def test_of_many_complaints_ten_are_told(self):
        self.write("study.ini", STUDY + "".join(f"[wrong{i}]\n" for i in range(13)))
        lines = self.refuses(2, ["run", "study.ini"]).splitlines()
        self.assertEqual((len(lines), lines[-1]), (11, "... and 3 more"))
        self.write("list.csv", "autocracy_a\n" + "x\n" * 30)
        self.edited("method = sobol\npoints = 64\n[inputs]\nautocracy_a = uniform(0, 1)", "method = list\nfile = list.csv\n[inputs]")
        lines = self.refuses(2, ["run", "study.ini"]).splitlines()
        self.assertEqual(len(lines), 10)
        self.assertIn("has further faults (only 9 are shown)", lines[-1])

    def test_a_folder_is_no_result_file(self):
        (self.folder / "sub").mkdir()
        self.refuses(2, ["run", "study.ini", "--store.file=sub"], "--store.file: sub is a folder; name a file in it")
        self.assertEqual(list((self.folder).glob("*.journal")), [])

    def test_a_result_is_named_as_one_and_not_too_long(self):
        self.refuses(2, ["run", "study.ini", "--store.file=study"], "--store.file: study does not end in .h5", "write study.h5")
        self.refuses(2, ["run", "study.ini", "--store.file=.h5"], ".h5 does not end in .h5")
        self.refuses(2, ["run", "study.ini", f"--store.file={'a' * 158}.h5"], "has 161 bytes", "at most 160")
        self.edited("[inputs]", "[store]\nfile = out.nc\n[inputs]")
        self.refuses(2, ["check", "study.ini"], "study.ini:", "store.file: out.nc does not end in .h5")

    def test_a_link_to_nothing_is_no_result_file(self):
        (self.folder / "link.h5").symlink_to("real/no.h5")
        for words in ([], ["--share=1/2"]):
            self.refuses(2, ["run", "study.ini", "--store.file=link.h5", *words],
                         "link.h5 is a link to real/no.h5, which does not exist", "--store.file")
        self.assertEqual(list(self.folder.glob("*.journal")), [])

    def test_folders_with_numbers_that_no_attempt_has_are_not_counted(self):
        for number in (4294967295, 4294967296, 1000001):
            (self.folder / f"study.h5.journal/attempt-{number}").mkdir(parents=True)
        self.write("study.h5.journal/attempt-4294967295/rank-000000.journal", "mine")
        self.refuses(75, ["status", "study.ini"])  # and does not count down from there
        self.run_study()
        manifest = json.loads((self.folder / "study.manifest.json").read_text())
        self.assertEqual(manifest["attempts"], 1)

    def test_missing_files_and_folders(self):
        self.refuses(2, ["run", "nowhere.ini"], "nowhere.ini")
        self.refuses(2, ["run", "."], "it is a folder")
        self.refuses(6, ["run", "study.ini", "--store.file=no/such/folder/x.h5"], "there is no folder no/such/folder")
        self.refuses(6, ["run", "study.ini", "--store.file=study.ini/x.h5"], "there is no folder study.ini")

    def test_what_may_not_be_read_or_written(self):
        if os.geteuid() == 0:  # to whom nothing is forbidden
            other = {"user": 65534, "group": 65534, "extra_groups": []}
            try:
                subprocess.run([TRUCE, "--version"], cwd="/", check=True, capture_output=True, **other)
            except (PermissionError, subprocess.CalledProcessError):
                self.skipTest("the program is not there for other users")
        else:
            other = {}
        self.folder.chmod(0o555)
        self.addCleanup(self.folder.chmod, 0o755)
        text = self.refuses(6, ["run", "study.ini", "--quiet"], "study.h5", **other)
        self.assertIn("ermission", text)
        (self.folder / "study.ini").chmod(0)
        self.refuses(6, ["status", "study.ini"], "study.ini (Permission denied)", **other)
        self.refuses(2, ["run", "study.ini"], "study.ini: cannot be read (Permission denied)", **other)

    def test_pipes_and_loops_do_not_hang(self):
        os.mkfifo(self.folder / "pipe.ini")
        self.refuses(2, ["run", "pipe.ini"], "pipe.ini: cannot be read (a pipe or device")
        os.symlink("loop.ini", self.folder / "loop.ini")
        self.refuses(2, ["run", "loop.ini"], "loop.ini: cannot be read", "symbolic links")

    def test_options_are_told_how_they_are_written(self):
        for words, said in ((["--seed=3"], "did you mean --study.seed?"), (["--points=10"], "did you mean --design.points?"),
                            (["--study.seed", "=", "3"], "--study.seed has a blank before its ="),
                            (["--study.seed=", "3"], "--study.seed has no value (nothing follows its =)"),
                            (["--study.seed"], "--study.seed has no value"), (["--share", ""], "--share has an empty value"),
                            (["--max-seconds", ""], "--max-seconds has an empty value"), (["--max-seconds", "--quiet"], "no value"),
                            (["--instruction-set=v9"], "v9 is not here (this processor and build run "),
                            (["--study.precision=float"], "write arithmetic = float"),
                            (["--cynicism=0.1"], "did you mean --inputs.cynicism=...?"),
                            (["--halp"], "--halp is not an option of this verb; its options: --max-seconds "),
                            (["--halp"], "--SECTION.KEY=V; did you mean --help?"), (["--JSON"], "did you mean --json?"),
                            (["-share=1/2"], "options begin with two dashes; did you mean --share?"),
                            (["-x"], "a file of this name is written ./-x"),
                            (["--share=1/2", "--share", "2/2"], "option --share: given a second time"),
                            (["two.ini"], "given: study.ini, two.ini (one is expected); quote a path with blanks")):
            self.refuses(2, ["run", "study.ini", *words], said)
        self.assertNotIn("inputs", self.refuses(2, ["run", "study.ini", "--xyzzy=3"]))

    def test_an_edited_study_is_told_what_differs_from_its_journal(self):
        done = self.truce("run", "study.ini", "--quiet", "--share=1/2")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.edited("seed = 7", "seed = 8")
        for words in (["run", "study.ini"], ["seal", "study.ini"], ["run", "study.ini", "--share=2/2"], ["status", "study.ini"]):
            self.refuses(2, words, "there: seed = 7\n  now  : seed = 8")

    def test_an_unsealed_result_is_told_from_one_that_is_not_there(self):
        done = self.truce("run", "study.ini", "--quiet", "--share=1/2")
        self.assertEqual(done.returncode, 0, done.stderr)
        for words in (["verify", "study.h5"], ["gc", "study.h5"], ["extend", "study.h5", "--points=128"],
                      ["diff", "study.h5", "study.h5"]):
            self.refuses(2, words, "study.h5 is not sealed yet (its journal is there); truce status study.h5")
        self.refuses(2, ["diff", "no.h5", "study.h5"], "no.h5 does not exist")
        for name in ("study.h5.journal", "study.h5.journal/"):
            self.refuses(2, ["status", name], f"{name} is the journal of study.h5; name study.h5 or the study")

    def test_verify_says_what_never_was_a_result(self):
        self.write("text.h5", "hello")
        for name in ("text.h5", "/dev/null", "."):
            self.refuses(2, ["verify", name], f"{name} is no truce result")

    def test_a_study_is_no_result_and_not_to_be_repaired(self):
        before = self.bytes_of("study.ini")
        for words in (["replay", "study.ini"], ["export", "study.ini", "--csv"], ["extend", "study.ini", "--points=128"],
                      ["diff", "study.ini", "study.ini"]):
            text = self.refuses(2, words, "study.ini is a study (this verb reads a result)", "truce status study.ini")
            self.assertNotIn("repair", text)
        self.run_study()
        (self.folder / "study.h5").write_bytes(before)  # with its manifest beside it, it was a result
        self.refuses(7, ["replay", "study.h5"], "was changed after it was sealed", "repair")

    def test_extend_names_its_own_option(self):
        self.run_study()
        (self.folder / "sub").mkdir()
        for code, out, told in ((6, "no/such/x.h5", "there is no folder no/such"), (2, "sub", "sub is a folder; name a file")):
            text = self.refuses(code, ["extend", "study.h5", "--points=128", f"--out={out}"], "option --out: ", told)
            self.assertNotIn("store.file", text)

    def test_result_of_another_study_is_kept_and_the_difference_shown(self):
        self.run_study()
        before = self.bytes_of()
        self.refuses(2, ["run", "study.ini", "--study.seed=8"], "study.h5 belongs to another study", "study.seed: 7 against 8")
        self.assertEqual(before, self.bytes_of())

    def test_foreign_and_truncated_files(self):
        self.run_study()
        whole = self.bytes_of()
        for content in (b"not HDF5", b"", whole[:1000], whole[: len(whole) // 2]):
            (self.folder / "study.h5").write_bytes(content)
            for words in (["run", "study.ini"], ["status", "study.h5"], ["verify", "study.h5"], ["export", "study.h5", "--csv"]):
                self.refuses(7, words, "study.h5")
            self.assertEqual(self.bytes_of(), content)

    def test_list_files(self):
        self.edited("method = sobol\npoints = 64\n[inputs]\nautocracy_a = uniform(0, 1)", "method = list\nfile = list.csv\n[inputs]")
        self.refuses(2, ["run", "study.ini"], "list.csv")
        for text, where in (("autocracy_a,cynicism\n0.1,0.2\n0.3\n", "list.csv:3"), ("autocracy\n0.1\n", "autocracy"),
                            ("autocracy_a\nmuch\n", "list.csv:2"), ("autocracy_a\n7\n", "list.csv:2")):
            self.write("list.csv", text)
            self.refuses(2, ["run", "study.ini"], where)
        self.write("list.csv", "autocracy_a,cynicism\n0.1,0.2\n0.3,0.4\n")
        self.run_study()
        self.assertEqual(self.truce("verify", "study.h5").returncode, 0)

    def test_a_full_disk_loses_no_committed_block(self):
        self.run_study("--store.file=whole.h5")

        def small_files():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000))

        self.refuses(6, ["run", "study.ini", "--quiet", "--store.block=1"], "study.h5", preexec_fn=small_files)
        self.run_study()
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())

    def test_two_runs_at_once(self):
        words = [TRUCE, "run", "study.ini", "--quiet", "--study.replicates=20000", "--store.block=1"]
        first = subprocess.Popen(words, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while first.poll() is None and not list((self.folder / "study.h5.journal").glob("attempt-*/*")):
                time.sleep(0.01)
            self.assertIsNone(first.poll(), "the first run ended before the second began")
            self.refuses(2, words[1:], str(first.pid))
        finally:
            first.kill()
            first.wait()

    def test_an_error_on_many_ranks_is_said_once_and_ends(self):
        text = self.refuses(2, ["run", "study.ini", "--design.points=-5"], "points", ranks=3)
        self.assertEqual(text.count("design.points"), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
