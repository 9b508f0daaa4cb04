# Spack recipe for truce. Never run with Spack: checked is that it compiles as Python, that it names what CMake looks for,
# and that these packages and variants are in Spack's repository or in recipes that build on it. To try it, put it into
# packages/truce/ of a Spack repository, then `spack develop --path /path/to/the/clone truce@main` in an environment.
from spack.package import *


class Truce(CMakePackage):
    """Parameter sweeps of models of war termination, over MPI, into HDF5."""

    license("MIT")

    version("main", branch="main")

    variant("analysis", default=True, description="Python libraries for the figures of analysis/")
    variant("tests", default=False, description="Build the tests")

    depends_on("c", type="build")
    depends_on("cxx", type="build")
    depends_on("cmake@3.25:", type="build")
    depends_on("ninja", type="build")
    depends_on("random123", type="build")
    depends_on("mpi")
    depends_on("hdf5+hl")  # serial or +mpi: the files have the same bytes
    depends_on("boost@1.74:+program_options+math+random")
    depends_on("googletest", type="build", when="+tests")
    depends_on("eigen@3.4:", type="build")
    with when("+analysis"):
        depends_on("python@3.9:", type="run")
        for library in ("numpy", "h5py", "xarray", "h5netcdf", "netcdf4", "matplotlib", "pandas", "jinja2"):
            depends_on("py-" + library, type="run")

    conflicts("%gcc@:11", msg="truce needs C++20 as g++ 12 has it")
    conflicts("%clang@:13", msg="truce needs C++20 as clang 14 has it")

    generator("ninja")

    def cmake_args(self):
        return [
            self.define_from_variant("TRUCE_TESTS", "tests"),
            self.define("RANDOM123_INCLUDE_DIR", self.spec["random123"].prefix.include),
            self.define("HDF5_PREFER_PARALLEL", self.spec.satisfies("^hdf5+mpi")),
        ]
