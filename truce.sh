#!/usr/bin/env bash
# Sets up, builds, runs and tests truce on Debian 12 with one command: ./truce.sh help
set -euo pipefail
root=$(dirname "${BASH_SOURCE[0]}")

build_packages=(g++ cmake ninja-build libopenmpi-dev openmpi-bin libhdf5-dev libboost-program-options-dev
  libboost-random-dev libboost-math-dev libeigen3-dev libgtest-dev librandom123-dev)
run_packages=(python3 python3-numpy python3-h5py python3-xarray python3-h5netcdf python3-netcdf4 python3-matplotlib
  python3-pandas python3-jinja2)
bench_packages=(python3-numba)

cores=$(nproc)
# shellcheck source=tests/scripts/suites.sh
source "$root/tests/scripts/suites.sh"

usage() {
  cat <<'TEXT'
usage: ./truce.sh VERB

  run [STUDY] [options]  install what is missing, build, run STUDY (default configs/first.ini) on all cores with
                         mpirun, draw the result and say what it shows; options go to `truce run`
  test                   install what is missing, build, run the core tests
  test --extra           what the core leaves out: the kernels by clang, sanitizers, fuzz targets, clang-tidy on changed
                         files, aarch64 under emulation, jobs on a Slurm cluster made here, the parallel HDF5, long samples
  test --endurance       the long suites, some hours: every fault of the store, hundreds of kill campaigns, fuzz targets, lost
                         nodes under Slurm, mutants, the core tests by clang, clang-tidy on all files
  build                  install what is missing, configure, build to build/release/truce
  bench [NAME]...        install what is missing, build and run the benches (all, or those named), print a table and
                         write bench.json to the current folder; a target that is missed is no failure
  help                   this text

Exit codes: those of truce for run; 1 if a test fails or a bench breaks; 2 for a wrong command line; 6 if something cannot be installed.
TEXT
}

# stop CODE "problem (why it is one); what to do"
stop() {
  echo "truce.sh: $2" >&2
  exit "$1"
}

# Asks dpkg first: where nothing is missing, no apt runs and no network is needed.
install_missing() {
  local package missing=() as_root=()
  command -v dpkg-query >/dev/null ||
    stop 6 "this is not Debian (there is no dpkg-query to ask); build with the CMake presets, see README.md"
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      stop 6 "missing packages: ${missing[*]} (installing needs root, and there is no sudo); install them first"
    as_root=(sudo)
  fi
  echo "Installing ${missing[*]}"
  "${as_root[@]}" apt-get update -q ||
    stop 6 "apt-get update failed (without package lists nothing can be installed); check the network and /etc/apt"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" ||
    stop 6 "apt-get install failed (see its message above); install ${missing[*]} by hand, then try again"
}

# The first python3 on PATH may be a build of its own without h5py; Debian's packages serve Debian's interpreter.
python_with_h5py() {
  local candidate
  for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import h5py, xarray, matplotlib' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  stop 6 "no python3 can import h5py, xarray and matplotlib (the figure needs them); install ${run_packages[*]}"
}

# build_preset PRESET TARGET [cmake options]: TARGET all includes the tests, truce alone takes a fraction of that.
build_preset() {
  local preset=$1 target=$2
  shift 2
  (
    cd "$root"
    cmake --preset "$preset" "$@"
    cmake --build --preset "$preset" --target "$target" --parallel "$cores"
  )
}

mpi_settings() {
  if ((EUID == 0)); then
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
  fi
  export OMPI_MCA_rmaps_base_oversubscribe=1
  # Containers forbid process_vm_readv; and two runs on one machine must not be bound to the same core.
  export OMPI_MCA_btl_vader_single_copy_mechanism=none OMPI_MCA_hwloc_base_binding_policy=none
}

# result_file_in LINE: the sealed file that a last line of truce names, as words or as JSON; nothing if none is sealed.
result_file_in() {
  if [[ $1 =~ ,\ content\ [0-9a-f]{64},\ (.*)$ || $1 =~ \"content_hash\":\ \"[0-9a-f]{64}\".*\"file\":\ \"(.*)\"\}$ ]]; then
    echo "${BASH_REMATCH[1]}"
  fi
}

run() {
  local study=$root/configs/first.ini told line file files=() python code=0
  if (($#)) && [[ $1 != -* ]]; then
    study=$1
    shift
  fi
  [[ -r $study ]] ||
    stop 2 "$study cannot be read (it is the study to run); name a study file, such as configs/first.ini"
  install_missing "${build_packages[@]}" "${run_packages[@]}"
  build_preset release truce
  mpi_settings
  # what truce says is seen as it comes, and its last lines are kept: one for each kernel of the study
  { told=$(mpirun -n "$cores" "$root/build/release/truce" run "$study" "$@" | tee /dev/fd/3); } 3>&1 || code=$?
  ((code == 0)) || exit "$code"
  while IFS= read -r line; do
    file=$(result_file_in "$line")
    [[ -z $file ]] || files+=("$file")
  done <<<"$told"
  if ((${#files[@]} == 0)); then
    echo "No figure yet: nothing is sealed"
    return
  fi
  python=$(python_with_h5py)
  for file in "${files[@]}"; do
    show "$python" "$file"
  done
  ((${#files[@]} < 2)) || show_together "$python" "${files[@]}"
}

# show PYTHON FILE: figure, findings, and where they are.
show() {
  local stem=${2%.*}
  "$1" -B "$root/analysis/draw.py" "$2" >/dev/null
  echo
  "$1" -B "$root/analysis/findings.py" "$2"
  echo "result $2, figure $stem.png, codebook ${2%.h5}.codebook.md"
}

# show_together PYTHON FILES...: models that share no varied input, or more than fit on a page, have no figure in common.
show_together() {
  echo
  "$1" -B "$root/analysis/compare.py" "${@:2}" || true # it says why
}

bench() {
  install_missing "${build_packages[@]}" "${run_packages[@]}" "${bench_packages[@]}"
  build_preset release bench
  # Debian's numba serves Debian's interpreter only
  /usr/bin/python3 -B "$root/tests/bench/collect.py" "$(realpath "$root")/build/release" "$@"
}

main() {
  local verb=${1:-help}
  (($# == 0)) || shift
  case $verb in
    run) run "$@" ;;
    bench) bench "$@" ;;
    test) run_tests "$@" ;;
    build)
      install_missing "${build_packages[@]}"
      build_preset release truce
      echo "build/release/truce"
      ;;
    help | --help | -h) usage ;;
    *) stop 2 "$verb is not a verb (run, test, build, bench and help are); see ./truce.sh help" ;;
  esac
}

# Sourcing defines the functions, so that tests can call them.
if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  main "$@"
fi
