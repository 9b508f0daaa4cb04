#!/usr/bin/python3
"""Studies of several kernels: a sealed file for each, at the same points, whatever interrupts or parts the run."""
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import time
import unittest

from study_folder import MPI, TRUCE, Folder

RIVALS = """[study]
kernel = anchored_peace, gamblers_ruin
seed = 7
replicates = 8
[design]
method = sobol
points = 32
[inputs]
autocracy_a = uniform(0, 1)
win_probability = uniform(0.4, 0.6)
[inputs.gamblers_ruin]
forts_a = integer(3, 6)
[levers.anchored_peace]
guarantee_a = list(0, 0.6)
[store]
file = rivals.h5
"""
PEACE, RUIN = "rivals.anchored_peace.h5", "rivals.gamblers_ruin.h5"
FILES = (PEACE, RUIN)
# The plain code needs half a minute for anchored_peace, far more than a test takes until its first block.
LONG = ("--study.replicates=2000", "--store.block=1")
SLOW = (*LONG, "--instruction-set=plain")
RUIN_FIRST = "--study.kernel=gamblers_ruin, anchored_peace"


class Rivals(Folder):
    def setUp(self):
        super().setUp()
        self.write("rivals.ini", RIVALS)

    def run_all(self, *words, ranks=0):
        """The last lines, one a kernel."""
        done = self.truce("run", "rivals.ini", "--json", "--quiet", *words, ranks=ranks)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def all_bytes(self, start="rivals"):
        return [self.bytes_of(name.replace("rivals", start)) for name in FILES]

    def left(self):
        return sorted(p.name for p in self.folder.glob("*.journal"))


class Files(Rivals):
    def test_one_for_each_kernel_with_all_that_belongs_to_it(self):
        last = self.run_all()
        self.assertEqual([line["file"] for line in last], list(FILES))
        self.assertEqual([line["runs"] for line in last], [32 * 2 * 8, 32 * 8])
        for line in last:
            self.assertIn(line["content_hash"], self.truce("verify", line["file"], "--points=32").stdout)
        self.assertEqual(sorted(os.listdir(self.folder)), sorted(
            ["rivals.ini", "study.ini"] + [name[:-2] + end for name in FILES for end in
                                           ("h5", "manifest.json", "codebook.md")]))
        self.assertEqual([line["runs"] for line in self.run_all()], [0, 0])
        before = self.all_bytes()
        self.run_all("--store.file=ranks.h5", "--store.block=3", ranks=3)
        self.assertEqual(self.all_bytes("ranks"), before)

    def test_are_those_of_the_kernels_alone(self):
        both = self.run_all()
        self.write("peace.ini", RIVALS.replace(", gamblers_ruin", "").replace("win_probability", "# ")
                   .replace("[inputs.gamblers_ruin]\nforts_a", "# "))
        self.assertEqual(self.run_study(study="peace.ini")["content_hash"], both[0]["content_hash"])
        ruin = RIVALS.replace("anchored_peace, ", "").replace("autocracy_a", "# ").split("[levers")[0]
        self.write("ruin.ini", ruin)
        self.write("there.ini", ruin + "[dimensions]\nforts_a = 45\nwin_probability = 47\n")
        self.assertNotEqual(self.run_study("--store.file=a.h5", study="ruin.ini")["study_id"], both[1]["study_id"])
        there = self.run_study("--store.file=b.h5", study="there.ini")
        self.assertEqual([there[key] for key in ("content_hash", "study_id")],
                         [both[1][key] for key in ("content_hash", "study_id")])

    def test_have_the_same_values_where_they_share_an_input(self):
        try:
            import h5py
        except ImportError:
            self.skipTest("no h5py")
        names = [line.split()[0] for line in self.truce("kernels").stdout.splitlines() if line and line[0] != " "]
        inputs = {name: set(re.findall(r"^#? ?(\w+) +=", self.truce("describe", name, "--ini").stdout, re.M))
                  for name in names}
        text = "[study]\nkernel = %s\nreplicates = 1\n[design]\nmethod = %s\npoints = 8\n[inputs]\nall = range\n"
        for method in ("sobol", "latin_hypercube", "monte_carlo"):
            self.write("all.ini", text % (", ".join(names), method))
            done = self.truce("run", "all.ini", "--quiet", f"--store.file={method}.h5")
            self.assertEqual(done.returncode, 0, done.stderr)
            files = {name: h5py.File(self.folder / f"{method}.{name}.h5") for name in names}
            for one, other in itertools.combinations(names, 2):
                for shared in inputs[one] & inputs[other] & set(files[one]) & set(files[other]):
                    a, b = files[one][shared], files[other][shared]
                    if a.attrs.get("distribution", b"") == b.attrs.get("distribution", b""):
                        self.assertEqual(list(a[...].flat), list(b[...].flat), f"{shared} of {one} and {other}")
            for name in names:
                varied = [v for v in files[name].values() if v.attrs.get("role") == b"uncertainty"]
                self.assertGreater(len(varied), 1)

    def test_are_extended_and_repaired_one_by_one(self):
        self.run_all()
        self.run_all("--design.points=64", "--store.file=more.h5")
        done = self.truce("extend", RUIN, "--points=64", "--out=x.h5", "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.bytes_of("x.h5"), self.bytes_of("more.gamblers_ruin.h5"))
        whole = self.bytes_of(RUIN)
        (self.folder / RUIN).write_bytes(b"")  # tells nothing of itself any more
        self.refuses(7, ["status", "rivals.ini"], RUIN)
        done = self.truce("repair", RUIN, "--study=rivals.ini", "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.bytes_of(RUIN), whole)
        shutil.copy(self.folder / RUIN, self.folder / "other.h5")
        self.refuses(2, ["repair", "other.h5", "--study=rivals.ini"], "none of the results of the study", PEACE, RUIN)


class Verbs(Rivals):
    def test_check_and_slurm_add_up(self):
        text = self.truce("check", "rivals.ini", "--cores=2").stdout
        self.assertRegex(text, r"\nkernel anchored_peace [\s\S]*\nkernel gamblers_ruin ")
        self.assertRegex(text, r"\nall 2 studies: 768 runs, .*core-hours, .* on 2 cores\n$")
        script = self.truce("slurm", "rivals.ini", "--nodes=1", "--time=10").stdout
        self.assertIn("\n# gamblers_ruin: 32 points x 1 policy x 8 replicates = 256 runs", script)
        self.assertIn("\n# all kernels, one after another: 768 runs, ", script)

    def test_status_seal_and_gc_look_at_all(self):
        self.assertEqual(self.truce("status", "rivals.ini").returncode, 75)
        for number in (1, 2):
            done = self.truce("run", "rivals.ini", "--quiet", "--store.block=4", f"--share={number}/2")
            self.assertEqual((done.returncode, done.stdout.count(f"share {number}/2 is committed")), (0, 2), done.stderr)
        self.assertEqual(self.left(), [name + ".journal" for name in FILES])
        shutil.rmtree(self.folder / (PEACE + ".journal") / "attempt-0002.share-2-of-2")
        states = self.truce("status", "rivals.ini", "--json")
        self.assertEqual(([json.loads(line)["state"] for line in states.stdout.splitlines()], states.returncode),
                         (["unfinished", "complete"], 75))
        text = self.refuses(75, ["seal", "rivals.ini"], f"{PEACE} cannot be sealed (base points 16..31 of 32")
        self.assertNotIn(RUIN, text)
        self.assertTrue((self.folder / RUIN).exists(), "what is complete is sealed all the same")
        self.refuses(75, ["gc", "rivals.ini"], PEACE)
        self.run_all()
        sealed = self.truce("status", "rivals.ini", "--json")
        self.assertEqual([json.loads(line)["state"] for line in sealed.stdout.splitlines()], ["sealed"] * 2)
        self.assertEqual([self.truce(verb, "rivals.ini").returncode for verb in ("status", "seal", "gc")], [0, 0, 0])
        self.run_all("--store.file=whole.h5")
        self.assertEqual(self.all_bytes("whole"), self.all_bytes())

    def test_shares_without_a_common_disk_are_copied_together(self):
        for number in (2, 1):
            (self.folder / "disk").mkdir()
            subprocess.run([TRUCE, "run", "../rivals.ini", "--quiet", f"--share={number}/2"], cwd=self.folder / "disk",
                           check=True, stdout=subprocess.DEVNULL)
            subprocess.run("cp -r disk/*.journal . && rm -r disk", shell=True, cwd=self.folder, check=True)
        self.assertEqual(self.truce("seal", "rivals.ini").returncode, 0)
        self.run_all("--store.file=whole.h5", "--join")
        self.assertEqual(self.all_bytes("whole"), self.all_bytes())

    def test_a_file_of_another_study_is_refused_before_anything_is_run(self):
        self.write("seed8.ini", RIVALS.replace("seed = 7", "seed = 8"))
        self.assertEqual(self.truce("run", "seed8.ini", "--quiet").returncode, 0)
        (self.folder / PEACE).unlink()
        self.refuses(2, ["run", "rivals.ini"], f"{RUIN} belongs to another study", "study.seed: 8 against 7")
        self.assertFalse((self.folder / PEACE).exists())
        self.assertEqual(self.left(), [])
        self.assertEqual(self.truce("status", "rivals.ini").returncode, 2, "the worst of both")

    def test_another_order_of_the_kernels_is_told_as_such(self):
        self.run_all()
        before = self.all_bytes()
        self.refuses(2, ["run", "rivals.ini", RUIN_FIRST], f"{RUIN} belongs to another study",
                     "dimensions.forts_a: 45 against (not given)", "in the same order, and new ones behind them")
        self.assertEqual((self.all_bytes(), self.left()), (before, []))
        self.write("seed8.ini", RIVALS.replace("seed = 7", "seed = 8"))
        self.assertNotIn("[dimensions]", self.refuses(2, ["run", "seed8.ini"], "study.seed: 7 against 8"))


class Interrupted(Rivals):
    def stopped(self, file, *words, ranks=0):
        """Runs until the kernel of `file` has committed a block, then asks to stop; the last lines."""
        launch = ["mpirun", "-n", str(ranks)] if ranks else []
        process = subprocess.Popen([*launch, TRUCE, "run", "rivals.ini", "--json", "--quiet", *SLOW, *words],
                                   cwd=self.folder, env={**os.environ, **MPI}, text=True, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        self.addCleanup(process.kill)
        deadline = time.monotonic() + 120
        journal = self.folder / (file + ".journal")
        while process.poll() is None and time.monotonic() < deadline and not any(
                f.stat().st_size for f in journal.glob("attempt-*/*")):
            time.sleep(0.005)
        self.assertIsNone(process.poll(), "it ended before it was asked to")
        process.send_signal(signal.SIGUSR1 if ranks else signal.SIGTERM)  # mpirun ends with 1 after the latter
        out, text = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 75, out + text)
        self.assertEqual(text.count("the same command continues"), 1, text)
        return [json.loads(line) for line in out.splitlines()]

    def continues(self, *words):
        last = self.run_all(*LONG, *words)
        self.run_all(*LONG, *words, "--store.file=whole.h5")
        self.assertEqual(self.all_bytes("whole"), self.all_bytes())
        self.assertEqual(self.left(), [])
        return last

    def test_in_the_second_kernel_continues_there(self):
        for ranks in (0, 2):
            with self.subTest(ranks=ranks):
                ruin, peace = self.stopped(PEACE, RUIN_FIRST, ranks=ranks)
                self.assertEqual((ruin["file"], ruin["runs"], len(ruin["content_hash"])), (RUIN, 64000, 64))
                self.assertEqual((peace["file"], peace["content_hash"]), (PEACE, "incomplete"))
                again = self.continues(RUIN_FIRST)
                self.assertEqual([line["runs"] for line in again], [0, 128000 - peace["runs"]])
                for name in FILES:
                    (self.folder / name).unlink()

    def test_in_the_first_kernel_does_not_begin_the_second(self):
        peace, ruin = self.stopped(PEACE)
        self.assertEqual((ruin["file"], ruin["runs"], ruin["content_hash"]), (RUIN, 0, "incomplete"))
        self.assertEqual(self.left(), [PEACE + ".journal"])
        again = self.continues()
        self.assertEqual([line["runs"] for line in again], [128000 - peace["runs"], 64000])

    def test_between_two_kernels_does_not_begin_the_second(self):
        self.run_all()
        (self.folder / RUIN).unlink()

        def asked_before_it_starts():
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
            os.kill(os.getpid(), signal.SIGUSR1)

        done = self.truce("run", "rivals.ini", "--json", preexec_fn=asked_before_it_starts)
        self.assertEqual(done.returncode, 75, done.stderr)
        self.assertIn("stopped (signal SIGUSR1)", done.stderr)
        self.assertEqual([json.loads(line)["runs"] for line in done.stdout.splitlines()], [0, 0])
        self.assertEqual(self.left(), [])

    def test_by_a_time_limit_does_not_begin_the_second(self):
        done = self.truce("run", "rivals.ini", "--quiet", "--max-seconds=1", *SLOW)
        self.assertEqual(done.returncode, 75, done.stderr)
        self.assertIn("stopped (the time limit of --max-seconds)", done.stderr)
        self.assertRegex(done.stdout.splitlines()[-1], rf"^0 runs, .*left for the next run .*, {RUIN}$")
        self.assertEqual(self.left(), [PEACE + ".journal"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
