#!/usr/bin/python3
"""A build against the parallel HDF5 writes what one against the serial writes: FILE CMAKE SOURCE BUILD [Class[.test]]

BUILD holds write_sample and truce of the serial build. Ends with 77 where Debian's libhdf5-openmpi-dev is not installed.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

CMAKE, SOURCE, BUILD = sys.argv.pop(1), pathlib.Path(sys.argv.pop(1)).resolve(), pathlib.Path(sys.argv.pop(1)).resolve()
SMALL = ("--design.points=16", "--study.replicates=4", "--quiet")


class Parallel(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="truce-parallel-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def build(self, target):
        """The folder of a fresh build of one target with HDF5_PREFER_PARALLEL."""
        build = self.folder / "build"
        for words in (["--preset", "release", "-B", build, "-DHDF5_PREFER_PARALLEL=ON", "-DTRUCE_WERROR=ON"],
                      ["--build", build, "--target", target, "--parallel", "2"]):
            done = subprocess.run([CMAKE, *words], cwd=SOURCE, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        linked = subprocess.run(["ldd", build / target], capture_output=True, text=True, check=True).stdout
        self.assertIn("libhdf5_openmpi.so", linked)
        self.assertNotIn("libhdf5_serial", linked)
        return build

    def files(self, name, *words):
        """What the program `name` writes in both builds; FILE in its arguments is the file to write."""
        files = []
        for number, build in enumerate((BUILD, self.build(name))):
            files.append(self.folder / f"{number}.h5")
            subprocess.run([build / name, *(word.replace("FILE", str(files[-1])) for word in words)], check=True,
                           cwd=self.folder, stdout=subprocess.DEVNULL)
        return files


class Store(Parallel):
    def test_the_store_alone(self):
        first, second = self.files("write_sample", "FILE")
        self.assertEqual(first.read_bytes(), second.read_bytes())


class Whole(Parallel):
    def test_the_whole_program(self):
        # not the bytes: each file names the commit at which its build was configured
        hashes = [json.loads(file.with_suffix(".manifest.json").read_text())["content_hash"] for file in
                  self.files("truce", "run", str(SOURCE / "configs" / "first.ini"), "--store.file=FILE", *SMALL)]
        self.assertEqual(hashes[0], hashes[1])


if __name__ == "__main__":
    if not shutil.which("h5pcc"):
        print("SKIPPED, NOT TESTED: no build against the parallel HDF5 (apt-get install libhdf5-openmpi-dev)")
        sys.exit(77)
    unittest.main(verbosity=2)
