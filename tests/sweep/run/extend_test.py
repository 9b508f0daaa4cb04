#!/usr/bin/python3
"""A finished study with more points or replicates has the bytes of the larger one, and takes over what is there."""
import json
import os
import struct
import unittest

from study_folder import RUIN, Folder

QUICK = ("--quiet", "--json")
PRECISE = ("--study.precision_of=ending_settlement", "--study.precision=0.1", "--study.replicates_max=64")
DRAWN = ("--design.method=monte_carlo",)


class Growing(Folder):
    def extend(self, file, *words, ranks=0):
        done = self.truce("extend", file, *QUICK, *words, ranks=ranks)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout.splitlines()[-1])

    def grows(self, words, more, reused, ranks=0):
        """The study with `words` and then `more` is the study with both; `reused` runs are not made again."""
        (self.folder / "old.h5").unlink(missing_ok=True)
        (self.folder / "whole.h5").unlink(missing_ok=True)
        self.run_study("--store.file=old.h5", "--store.block=8", *words)
        before = self.bytes_of("old.h5")
        option, number = more
        name = {"points": "--design.points", "replicates": "--study.replicates"}[option]
        whole = self.run_study("--store.file=whole.h5", "--store.block=8", *words, f"{name}={number}")
        made = self.extend("old.h5", f"--{option}={number}", ranks=ranks)
        self.assertEqual(made["content_hash"], whole["content_hash"])
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of(f"old-{number}-{option}.h5"))
        self.assertEqual(self.bytes_of("old.h5"), before)
        self.assertEqual(made["runs"], whole["runs"] - reused)
        self.assertFalse((self.folder / f"old-{number}-{option}.h5.journal").exists())


class Extend(Growing):
    def test_points_of_sobol(self):
        self.grows((), ("points", 100), 1024)

    def test_points_with_rows_of_runs(self):
        self.grows(("--store.rows=run",), ("points", 65), 1024)

    def test_replicates_with_rows_of_runs(self):
        self.grows(("--store.rows=run",), ("replicates", 20), 1024)

    def test_replicates_with_rows_of_points_are_all_run(self):
        self.grows((), ("replicates", 20), 0)
        done = self.truce("extend", "old.h5", "--replicates=9")
        self.assertIn("every run is made again", done.stderr)

    def test_again_finds_nothing_to_do(self):
        self.run_study("--store.file=old.h5")
        first = self.extend("old.h5", "--points=80")
        again = self.extend("old.h5", "--points=80")
        self.assertEqual((again["runs"], again["content_hash"]), (0, first["content_hash"]))


class ExtendMore(Growing):
    def test_points_of_monte_carlo_on_ranks(self):
        self.grows(DRAWN, ("points", 100), 1024, ranks=2)

    def test_points_of_many_policies_with_quantiles(self):
        self.grows(("--store.quantiles=yes", "--levers.guarantee_a=steps(0, 0.9, 4)", "--levers.autocracy_d=list(0, 1)"),
                   ("points", 70), 4096)

    def test_points_in_float_with_common_random_numbers(self):
        self.grows(("--study.arithmetic=float", "--study.common_random_numbers=yes"), ("points", 70), 1024)

    def test_points_of_replicates_on_demand(self):
        old = self.run_study("--store.file=tally.h5", *PRECISE)
        self.grows(PRECISE, ("points", 70), old["runs"])

    def test_points_longer_than_a_chunk(self):
        self.write("study.ini", RUIN)
        self.grows((), ("points", 5), 15000)

    def test_replicates_beyond_a_chunk_with_rows_of_runs(self):
        self.write("study.ini", RUIN)  # 5,000 replicates: the last of five chunks is known in part
        self.grows(("--store.rows=run", "--levers.forts=list(6, 8)", "--inputs.forts_a=3"), ("replicates", 6200), 30000, ranks=2)

    def test_failed_runs_stay_failed(self):
        self.write("study.ini", RUIN.replace("[inputs]", "[inputs]\nforts = integer(4, 9)\nforts_a = 5")
                   .replace("replicates = 5000", "replicates = 20").replace("points = 3", "points = 40"))
        self.assertGreater(self.run_study("--store.file=tally.h5")["runs_failed"], 0)
        self.grows((), ("points", 50), 800)
        self.grows(("--store.rows=run",), ("replicates", 30), 800)

    def test_in_two_steps(self):
        self.run_study("--store.file=old.h5")
        self.extend("old.h5", "--points=80")
        self.extend("old-80-points.h5", "--points=96", "--out=end.h5")
        self.run_study("--store.file=whole.h5", "--design.points=96")
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of("end.h5"))

    def test_continues_what_stood_before(self):
        self.run_study("--store.file=old.h5")
        self.assertEqual(self.truce("run", "study.ini", "--quiet", "--design.points=96", "--store.file=new.h5",
                                    "--share=3/3").returncode, 0)
        self.assertEqual(self.extend("old.h5", "--points=96", "--out=new.h5")["runs"], 0)
        self.run_study("--store.file=whole.h5", "--design.points=96")
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of("new.h5"))


class Refusals(Folder):
    def refused(self, words, *expected, code=2):
        self.refuses(code, ["extend", "old.h5", *words], *expected)
        self.assertEqual([name for name in os.listdir(self.folder) if "points" in name or "journal" in name], [])

    def test_of_points_that_move(self):
        for method, word in (("latin_hypercube", "strata"), ("grid", "levels")):
            grid = ("--inputs.autocracy_a=steps(0, 1, 64)",) if method == "grid" else ()
            self.run_study("--store.file=old.h5", f"--design.method={method}", *grid)
            self.refused(["--points=128"], "cannot have more points", f"method = {method}", word)
            (self.folder / "old.h5").unlink()
        self.write("l.csv", "autocracy_a\n0.25\n0.75\n")
        study = (self.folder / "study.ini").read_text().replace("method = sobol\npoints = 64", "method = list\nfile = l.csv")
        self.write("list.ini", study.replace("autocracy_a = uniform(0, 1)\n", ""))
        self.run_study("--store.file=old.h5", study="list.ini")
        self.refused(["--points=128"], "method = list", "CSV")
        done = self.truce("extend", "old.h5", "--replicates=9", "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_of_what_is_not_more_or_not_one_thing(self):
        self.run_study("--store.file=old.h5")
        self.refused(["--points=64"], "--points: 64 is not more than the 64")
        self.refused(["--points=63"], "not more")
        self.refused(["--replicates=8"], "--replicates: 8 is not more than the 8")
        self.refused([], "one of --points N and --replicates R")
        self.refused(["--points=128", "--replicates=16"], "both given")
        self.refused(["--points=many"], "--points: many is not a whole number")
        self.refused(["--points=128", "--out=old.h5"], "is the file that is extended")
        self.refused(["--points=128", "--instruction-set=none"], "none")
        self.refuses(2, ["extend", "no.h5", "--points=128"], "no.h5 does not exist")

    def test_of_replicates_on_demand(self):
        self.run_study("--store.file=old.h5", *PRECISE)
        self.refused(["--replicates=128"], "precision_of", "decides itself")

    def test_of_a_file_that_was_changed(self):
        self.run_study("--store.file=old.h5")
        data = bytearray(self.bytes_of("old.h5"))
        data[data.index(struct.pack("<d", 0.6))] ^= 1  # a small column: HDF5 keeps no checksum of it
        (self.folder / "old.h5").write_bytes(data)
        self.refused(["--points=128"], "changed after it was sealed", "SHA-256", code=7)
        (self.folder / "old.manifest.json").unlink()
        self.refused(["--points=128"], "changed after it was sealed", "content hash", code=7)

    def test_of_a_file_that_is_another_studys(self):
        self.run_study("--store.file=old.h5")
        self.run_study("--store.file=other.h5", "--study.seed=8")
        self.refuses(2, ["extend", "old.h5", "--points=128", "--out=other.h5"], "belongs to another study", "seed")


if __name__ == "__main__":
    unittest.main(verbosity=2)
