#!/usr/bin/env bash
# The same bits on aarch64, under emulation: run.sh BUILD_FOLDER FOLDER_WITH_RANDOM123. Exit code 77 if it cannot run.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$1 headers=$2

for program in aarch64-linux-gnu-g++ qemu-aarch64-static; do
  if ! command -v "$program" >/dev/null; then
    echo "NOT RUN: there is no $program; install g++-aarch64-linux-gnu and qemu-user-static"
    exit 77
  fi
done

# Random123 is headers alone, but beside it may stand others, of this machine's own architecture.
mkdir -p "$build/include"
cp -r "$headers/Random123" "$build/include/"
cmake -S "$here" -B "$build" -G Ninja -DCMAKE_TOOLCHAIN_FILE="$here/toolchain.cmake" -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_CXX_FLAGS_RELEASE="-O2 -DNDEBUG" -DRANDOM123_INCLUDE_DIR="$build/include"
cmake --build "$build" --target bits --parallel "$(nproc)"
# the catalogue's codes, then those of the matrix
for argument in "" --matrix; do
  cmake -D program="$build/bin/bits" -D launcher=qemu-aarch64-static -D argument=$argument -D once=TRUE \
    -D golden="$here/../bits/golden_bits.txt" -P "$here/../bits/same_bits.cmake"
done
echo "the same bits on aarch64"
