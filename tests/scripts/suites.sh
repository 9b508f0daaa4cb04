# The suites of `./truce.sh test`: what each installs, builds and runs, and what it counts. truce.sh sources this.
# shellcheck shell=bash disable=SC2154  # root, cores, build_packages and run_packages are those of truce.sh

extra_packages=(clang-14 clang-tidy-14 libclang-rt-14-dev shellcheck git python3-sklearn
  g++-aarch64-linux-gnu qemu-user-static
  slurmctld slurmd slurm-client munge iproute2 libhdf5-openmpi-dev
  chromium fonts-dejavu-core r-bioc-rhdf5 python3-openturns netcdf-bin)
endurance_packages=(e2fsprogs)

passed=0 failed=0 skipped=0 broken_tests=()

# count_tests PRESET [ctest options]: runs ctest and adds to passed, failed, skipped.
count_tests() {
  local log total broken skips
  log=$(mktemp)
  (cd "$root" && ctest --preset "$1" --parallel "$cores" "${@:2}") | tee "$log" || true
  # ctest keeps to itself what a skipped test says
  grep -h 'NOT.* TESTED' "$root/build/$1/Testing/Temporary/LastTest.log" 2>/dev/null || true
  read -r broken total < <(sed -n 's/.*, \([0-9]*\) tests\{0,1\} failed out of \([0-9]*\).*/\1 \2/p' "$log") || true
  if [[ -z ${total:-} ]]; then
    # No summary: nothing carries the label, or ctest itself broke.
    failed=$((failed + 1))
    rm -f "$log"
    return
  fi
  skips=$(grep -c -E '\*\*\*Skipped|\*\*\*Not Run \(Disabled\)' "$log" || true)
  note_broken "$1" <"$log"
  rm -f "$log"
  passed=$((passed + total - broken - skips)) failed=$((failed + broken)) skipped=$((skipped + skips))
}

# note_broken PRESET: keeps the names of the tests that ctest's output (standard input) says broke, each with the end of
# what it printed: an hour of other output may come before the last line.
note_broken() {
  local name
  while IFS= read -r name; do
    broken_tests+=("FAILED in $1: $name")
    broken_tests+=("$(awk -v begin="Testing: $name" '/ Testing: / { mine = 0 } substr($0, length($0) - length(begin) + 1) == begin { mine = 1 } mine' \
      "$root/build/$1/Testing/Temporary/LastTest.log" 2>/dev/null | tail -n 30)")
  done < <(awk '/Test +#[0-9]+: .*\*\*\*(Failed|Timeout|Exception|Not Run)/ { for (i = 1; i < NF; i++) if ($i ~ /^#/) print $(i + 1) }')
}

finish_tests() {
  ((${#broken_tests[@]} == 0)) || printf '%s\n' "${broken_tests[@]}"
  echo "$passed passed, $failed failed, $skipped skipped"
  ((failed == 0 && passed > 0))
}

all_sources() {
  git ls-files '*.cpp'
}

# Sources that changed since the branch left origin, else since the last commit, else all; of a changed header one source
# that includes it, since others show the same of it.
changed_sources() {
  local base header
  base=$(git merge-base HEAD origin/HEAD 2>/dev/null || true)
  if [[ -z $base || $base == $(git rev-parse HEAD) ]]; then
    base=$(git rev-parse -q --verify HEAD~1 || true)
  fi
  if [[ -z $base ]]; then
    all_sources
    return
  fi
  {
    git diff --name-only --diff-filter=d "$base" -- '*.cpp'
    while IFS= read -r header; do
      git grep -l -F "#include \"$header\"" -- '*.cpp' | sed -n 1p || true
    done < <(git diff --name-only --diff-filter=d "$base" -- '*.hpp')
  } | sort -u
}

# tidy LIST: clang-tidy on the sources that the function LIST names.
tidy() {
  local sources
  mapfile -t sources < <("$1")
  if ((${#sources[@]} == 0)); then
    echo "clang-tidy: no changed source"
    skipped=$((skipped + 1))
  elif printf '%s\0' "${sources[@]}" | xargs -0 -n 1 -P "$cores" clang-tidy-14 --quiet -p build/clang; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1)) broken_tests+=("FAILED: clang-tidy")
  fi
}

test_extra() {
  cd "$root" || return
  install_missing "${build_packages[@]}" "${run_packages[@]}" "${extra_packages[@]}"
  # all of the program by clang, and what it makes of the kernels: bits depend on compilers, and where they are the same the
  # statistics are, and what whole studies do; the other tests by clang are in the endurance suite
  build_preset clang kernel_tests -DTRUCE_WERROR=ON
  count_tests clang --label-regex core.kernels
  tidy changed_sources
  build_preset sanitize all -DTRUCE_WERROR=ON
  # the statistics say nothing more under sanitizers, and take twenty times as long; whole studies have a sample here, and
  # the rest in the endurance suite
  count_tests sanitize --label-regex core --label-exclude 'statistics|whole'
  build_preset fuzz fuzz -DTRUCE_WERROR=ON
  count_tests fuzz --label-regex extra
  build_preset release all -DTRUCE_WERROR=ON
  count_tests release --label-regex extra
  finish_tests
}

test_endurance() {
  cd "$root" || return
  install_missing "${build_packages[@]}" "${run_packages[@]}" "${extra_packages[@]}" "${endurance_packages[@]}"
  build_preset release all -DTRUCE_WERROR=ON
  count_tests release --label-regex endurance
  build_preset fuzz fuzz -DTRUCE_WERROR=ON
  count_tests fuzz --label-regex endurance
  build_preset sanitize all -DTRUCE_WERROR=ON
  count_tests sanitize --label-regex whole
  build_preset clang all -DTRUCE_WERROR=ON
  count_tests clang --label-regex core --label-exclude 'statistics|whole'
  tidy all_sources
  finish_tests
}

run_tests() {
  case ${1:-} in
    "")
      install_missing "${build_packages[@]}" "${run_packages[@]}"
      mpi_settings
      build_preset release all -DTRUCE_WERROR=ON
      count_tests release --label-regex core
      finish_tests
      ;;
    --extra)
      mpi_settings
      test_extra
      ;;
    --endurance)
      mpi_settings
      test_endurance
      ;;
    *) stop 2 "test does not know $1 (it takes --extra, --endurance or nothing); see ./truce.sh help" ;;
  esac
}
