#!/usr/bin/python3
"""The recipes for Spack and conda name what CMake looks for: recipes_test.py SOURCE. They cannot be run here."""
import pathlib
import re
import sys
import unittest

SOURCE = pathlib.Path(sys.argv.pop(1)).resolve()
RECIPES = SOURCE / "slurm" / "install"
NAMES = {  # of find_package: in Spack, in conda
    "Boost": ("boost", "libboost-devel"), "HDF5": ("hdf5", "hdf5"), "MPI": ("mpi", "openmpi"),
    "GTest": ("googletest", "gtest"), "Eigen3": ("eigen", "eigen"), "Threads": ("cxx", "cxx-compiler")}


class Recipes(unittest.TestCase):
    def setUp(self):
        texts = (SOURCE / "sweep" / "CMakeLists.txt", SOURCE / "tests" / "CMakeLists.txt")
        self.looked_for = {name for text in texts for name in re.findall(r"find_package\((\w+)", text.read_text())}

    def test_spack_compiles_and_names_all(self):
        text = (RECIPES / "package.py").read_text()
        compile(text, "package.py", "exec")
        named = set(re.findall(r'depends_on\("([\w-]+)', text))
        self.assertLessEqual({NAMES[name][0] for name in self.looked_for} | {"random123", "cmake"}, named)

    def test_conda_parses_and_names_all(self):
        lines = [line for line in (RECIPES / "environment.yml").read_text().splitlines() if not line.startswith("#")]
        try:
            import yaml
        except ImportError:  # what the file uses of YAML: keys, and lists of words
            self.assertTrue(all(re.fullmatch(r"[a-z]+:( [a-z]+)?|  - \S+", line) for line in lines))
        else:
            self.assertEqual(set(yaml.safe_load("\n".join(lines))), {"name", "channels", "dependencies"})
        named = {re.match(r"[\w-]+", line[4:])[0] for line in lines if line.startswith("  - ")}
        self.assertLessEqual({NAMES[name][1] for name in self.looked_for} | {"cmake"}, named)

    def test_conda_has_what_the_figures_import(self):
        text = (RECIPES / "environment.yml").read_text()
        for name in ("h5py", "xarray", "matplotlib-base", "numpy", "jinja2"):
            self.assertIn(f"  - {name}\n", text)


if __name__ == "__main__":
    unittest.main(verbosity=2)
