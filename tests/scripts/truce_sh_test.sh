#!/usr/bin/env bash
# Tests the parts of truce.sh that need neither apt nor a build: truce_sh_test.sh SOURCE_DIR
set -uo pipefail
source_dir=$1
failures=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# expect NAME WANTED GOT
expect() {
  [[ $2 == "$3" ]] && return
  echo "FAILED $1: wanted '$2', got '$3'"
  failures=$((failures + 1))
}

# Runs a command in a shell that has sourced truce.sh.
sourced() {
  (
    # shellcheck source=/dev/null
    source "$source_dir/truce.sh"
    "$@"
  )
}

refuses() {
  local said code=0
  said=$(bash "$source_dir/truce.sh" "${@:2}" 2>&1) || code=$?
  expect "exit code of ${*:2}" 2 "$code"
  [[ $said == *"$1"* ]]
  expect "message of ${*:2}" 0 $?
}

refuses "benches is not a verb" benches
refuses "does not know --everything" test --everything
refuses "cannot be read" run "$folder/none.ini"

# bench: what it asks for, with the installing, building and running parts replaced by words
# shellcheck disable=SC2317
bench_asks() {
  # shellcheck source=/dev/null
  source "$source_dir/truce.sh"
  install_missing() { [[ " $* " == *" python3-numba "* ]] && echo "numba"; }
  build_preset() { echo "$*"; }
  /usr/bin/python3() { echo "${2##*/} ${3##*/} ${*:4}"; }
  main bench "$@"
}
expect "bench installs, builds and collects" $'numba\nrelease bench\ncollect.py release ranks dispatch' \
  "$(bench_asks ranks dispatch)"
expect "help names bench" 1 "$(sourced usage | grep -c '^  bench \[NAME\]\.\.\. ')"

# test --endurance: the same way
# shellcheck disable=SC2317
endurance_asks() {
  # shellcheck source=/dev/null
  source "$source_dir/truce.sh"
  install_missing() { [[ " $* " == *" libclang-rt-14-dev "*" e2fsprogs "* ]] && echo "e2fsprogs"; }
  build_preset() { echo "${*:1:2}"; }
  tidy() { echo "tidy $1"; }
  count_tests() { echo "$*" && passed=1; }
  main test --endurance
}
expect "test --endurance installs, builds and tests" \
  $'e2fsprogs\nrelease all\nrelease --label-regex endurance\nfuzz fuzz\nfuzz --label-regex endurance\nsanitize all\nsanitize --label-regex whole\nclang all\nclang --label-regex core --label-exclude statistics|whole\ntidy all_sources\n1 passed, 0 failed, 0 skipped' "$(endurance_asks)"

# test --extra: the same way
# shellcheck disable=SC2317
extra_asks() {
  # shellcheck source=/dev/null
  source "$source_dir/truce.sh"
  install_missing() { :; }
  build_preset() { echo "${*:1:2}"; }
  tidy() { echo "tidy $1"; }
  count_tests() { echo "$*" && passed=1; }
  main test --extra
}
expect "test --extra builds and tests" \
  $'clang kernel_tests\nclang --label-regex core.kernels\ntidy changed_sources\nsanitize all\nsanitize --label-regex core --label-exclude statistics|whole\nfuzz fuzz\nfuzz --label-regex extra\nrelease all\nrelease --label-regex extra\n1 passed, 0 failed, 0 skipped' "$(extra_asks)"

# clang-tidy sees changed sources, and of a changed header the first source that includes it
sources_after() {
  # shellcheck source=/dev/null
  source "$source_dir/truce.sh"
  local here=$folder/changes
  rm -rf "$here"
  mkdir "$here"
  cd "$here" || return
  git init -q . && git config user.email a@b && git config user.name a
  echo 1 >x.hpp
  echo 1 >lone.hpp
  for name in a b c; do echo '#include "x.hpp"' >"$name.cpp"; done
  echo '#include "y.hpp"' >d.cpp
  git add . && git commit -q -m first
  if (($#)); then
    for name in "$@"; do echo 2 >>"$name"; done
    git commit -q -a -m second
  fi
  changed_sources | paste -s -d ' '
}
if command -v git >/dev/null; then
  expect "tidy: of one commit alone all" "a.cpp b.cpp c.cpp d.cpp" "$(sources_after)"
  expect "tidy: a source" "b.cpp" "$(sources_after b.cpp)"
  expect "tidy: a header by one that includes it" "a.cpp d.cpp" "$(sources_after x.hpp d.cpp)"
  expect "tidy: a header that nobody includes" "" "$(sources_after lone.hpp)"
else
  echo "NOT RUN: which sources clang-tidy sees (there is no git)"
fi

hash=$(printf '%064d' 7)
expect "file of the last line" "out/a, content b.h5" \
  "$(sourced result_file_in "9 runs, 5 runs/s per core, 1 s on 2 ranks, content $hash, out/a, content b.h5")"
expect "file of the last line as JSON" "x y.h5" \
  "$(sourced result_file_in "{\"runs\": 9, \"content_hash\": \"$hash\", \"study_id\": \"a\", \"file\": \"x y.h5\"}")"
expect "no file where nothing is sealed" "" "$(sourced result_file_in "9 runs, 1 s on 2 ranks, content incomplete, x.h5")"
expect "no file where nothing is sealed, as JSON" "" \
  "$(sourced result_file_in "{\"runs\": 9, \"content_hash\": \"incomplete\", \"file\": \"x.h5\"}")"

# run: the last line of truce leads to the figure, a run that was cut to its exit code
# shellcheck disable=SC2034,SC2317
run_says() {
  # shellcheck source=/dev/null
  source "$source_dir/truce.sh"
  said=$1 ended=$2
  install_missing() { :; }
  build_preset() { :; }
  python_with_h5py() { echo python; }
  show() { echo "shows $2"; }
  show_together() { echo "shows ${*:2} together"; }
  mpirun() { echo "$said"; return "$ended"; }
  main run
  echo "code $?"
}
expect "run shows what truce made" $'9 runs, content '"$hash"$', a.h5\nshows a.h5\ncode 0' \
  "$(run_says "9 runs, content $hash, a.h5" 0)"
expect "run shows the result of each kernel" \
  $'9 runs, content '"$hash"$', a.x.h5\n9 runs, content '"$hash"$', a.y.h5\nshows a.x.h5\nshows a.y.h5\nshows a.x.h5 a.y.h5 together\ncode 0' \
  "$(run_says $'9 runs, content '"$hash"$', a.x.h5\n9 runs, content '"$hash"', a.y.h5' 0)"
expect "run draws no figure of nothing" $'content incomplete, a.h5\nNo figure yet: nothing is sealed\ncode 0' \
  "$(run_says "content incomplete, a.h5" 0)"
expect "run ends as truce does" $'content incomplete, a.h5' "$(run_says "content incomplete, a.h5" 75)"
expect "installed packages need no apt" "" "$(sourced install_missing bash 2>&1)"

for study in "$source_dir"/configs/*.ini; do
  read -r first <"$study"
  [[ $first == "# "*"truce run configs/$(basename "$study")" ]]
  expect "first line of $study is the command that runs it" 0 $?
done

# Counts from ctest's own words. The names that shellcheck misses are those of truce.sh.
# shellcheck disable=SC2034,SC2154,SC2317
ctest_says() {
  # shellcheck source=/dev/null
  source "$source_dir/truce.sh"
  root=$folder
  said=$1
  ctest() { echo "$said"; }
  count_tests any >"$folder/counted"
  echo "$passed $failed $skipped"
}
one_skipped=$'3/12 Test #3: r ....***Skipped\n100% tests passed, 0 tests failed out of 12'
expect "all well" "11 0 1" "$(ctest_says "$one_skipped")"
mkdir -p "$folder/build/any/Testing/Temporary"
printf 'some\nSKIPPED, NOT TESTED: a cluster (not root)\n' >"$folder/build/any/Testing/Temporary/LastTest.log"
expect "all well, and one tells why it was skipped" "11 0 1" "$(ctest_says "$one_skipped")"
expect "what was not tested is said" "SKIPPED, NOT TESTED: a cluster (not root)" "$(tail -n 1 "$folder/counted")"
expect "two broken" "10 2 0" "$(ctest_says $'83% tests passed, 2 tests failed out of 12')"
expect "one broken" "11 1 0" "$(ctest_says $'92% tests passed, 1 tests failed out of 12')"
# shellcheck disable=SC2034,SC2317
broken_says() {
  # shellcheck source=/dev/null
  source "$source_dir/truce.sh"
  root=$folder
  printf '%s\n' '3/12 Testing: a.b' 'why' '4/12 Testing: c' 'how' '5/12 Testing: d' 'fine' \
    >"$folder/build/any/Testing/Temporary/LastTest.log"
  ctest() {
    printf '%s\n' ' 3/12 Test  #3: a.b ....***Failed    0.1 sec' ' 4/12 Test #14: c ....***Timeout 9 sec' \
      ' 5/12 Test #5: d ......   Passed' '83% tests passed, 2 tests failed out of 12'
  }
  count_tests any >/dev/null
  finish_tests || true
}
named=$'FAILED in any: a.b\n3/12 Testing: a.b\nwhy\nFAILED in any: c\n4/12 Testing: c\nhow\n10 passed, 2 failed, 0 skipped'
expect "what broke is named before the last line, with what it said" "$named" "$(broken_says)"
expect "none there is a failure" "0 1 0" "$(ctest_says 'No tests were found!!!')"
expect "ctest broke" "0 1 0" "$(ctest_says 'CMake Error: no such preset')"

((failures == 0)) && echo "all well"
exit $((failures > 0))
