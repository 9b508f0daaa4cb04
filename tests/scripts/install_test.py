#!/usr/bin/python3
"""What `cmake --install` makes works wherever it is moved: install_test.py CMAKE BUILD_FOLDER [Class[.test]]"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

CMAKE, BUILD = sys.argv.pop(1), pathlib.Path(sys.argv.pop(1)).resolve()
SMALL = ("--design.points=64", "--study.replicates=8", "--quiet")
SRUN = '#!/bin/bash\nwhile [[ $1 == -* ]]; do shift; done\nexec "$@"\n'


class Moved(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="truce-install-")
        cls.addClassCleanup(folder.cleanup)
        cls.root = pathlib.Path(folder.name)
        subprocess.run([CMAKE, "--install", BUILD, "--prefix", cls.root / "first"], check=True, capture_output=True)
        (cls.root / "first").rename(cls.root / "moved tree")
        cls.tree, cls.work = cls.root / "moved tree", cls.root / "work"
        cls.work.mkdir()
        cls.share = cls.tree / "share" / "truce"

    def call(self, *words, **variables):
        done = subprocess.run(list(map(str, words)), cwd=self.work, text=True, capture_output=True, timeout=120,
                              env={**os.environ, **variables})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_holds_program_scripts_studies_and_documents(self):
        for name in ("bin/truce", "share/truce/slurm/chain.sbatch", "share/truce/slurm/job.sh", "share/truce/slurm/README.md",
                     "share/truce/analysis/draw.py", "share/truce/analysis/pages/report.html",
                     "share/truce/analysis/examples/with_r.R", "share/truce/configs/first.ini", "share/doc/truce/LICENSE",
                     "share/doc/truce/README.md", "share/doc/truce/FORMAT.md"):
            self.assertTrue((self.tree / name).is_file(), name)
        strays = [p for p in self.tree.rglob("*") if p.suffix in (".o", ".a", ".cmake", ".pyc", ".hpp")]
        self.assertEqual(strays, [])

    def test_names_no_other_place(self):
        self.assertNotRegex(self.call("readelf", "-d", self.tree / "bin" / "truce"), r"R(UN)?PATH.*\[/")
        for file in self.tree.rglob("*"):
            if file.is_file():
                for place in (self.root / "first", BUILD):
                    self.assertNotIn(str(place).encode(), file.read_bytes(), file)

    def test_runs_a_study_and_draws_its_figure(self):
        self.call(self.tree / "bin" / "truce", "run", self.share / "configs" / "first.ini", *SMALL)
        self.call(sys.executable, "-B", self.share / "analysis" / "draw.py", "first.h5")
        self.assertGreater((self.work / "first.png").stat().st_size, 10000)
        self.assertEqual(self.call(self.tree / "bin" / "truce", "report", "first.h5"), "first.report.html\n")
        self.assertIn("The truce authors", (self.work / "first.report.html").read_text())
        self.assertIn("1,536 runs", self.call(sys.executable, "-B", self.share / "analysis" / "findings.py", "first.h5"))

    def test_job_scripts_find_their_program(self):
        bin = self.root / "bin"
        bin.mkdir()
        record = f"   Command={self.share}/slurm/one_job.sbatch study.ini"
        for name, text in (("srun", SRUN), ("scontrol", f"#!/bin/bash\necho '{record}'\n")):
            (bin / name).write_text(text)
            (bin / name).chmod(0o755)
        copy = self.root / "slurm_script"
        copy.write_bytes((self.share / "slurm" / "one_job.sbatch").read_bytes())
        self.call("env", "-u", "TRUCE", "bash", copy, self.share / "configs" / "first.ini", *SMALL,
                  "--store.file=by_script.h5", PATH=f"{bin}:{os.environ['PATH']}", SLURM_JOB_ID="1", SLURM_SUBMIT_DIR="/")
        self.assertTrue((self.work / "by_script.h5").exists())

    def test_printed_job_scripts_name_the_program_that_printed_them(self):
        told = self.call(self.tree / "bin" / "truce", "slurm", self.share / "configs" / "first.ini", "--nodes=1", "--time=10")
        self.assertEqual(re.search(r"^TRUCE=\$\{TRUCE:-'(.*)'\}$", told, re.M)[1], str(self.tree / "bin" / "truce"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
