#!/usr/bin/env bash
# Builds the libFuzzer targets with clang and runs each for some seconds on its corpus (tests/fuzz/corpus).
#   bash cmake/fuzz.sh [seconds]
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/packages.sh

seconds="${1:-60}"
install_packages build test fuzz
cmake -S . -B build/fuzz -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_C_COMPILER=clang-14 \
    -DCMAKE_CXX_COMPILER=clang++-14 -DSSPROTECT_FUZZ=ON -DSSPROTECT_TRAY=OFF -DSSPROTECT_PCH=OFF
cmake --build build/fuzz --target fuzzers

for fuzzer in build/fuzz/bin/*_fuzzer; do
    name="$(basename "$fuzzer" _fuzzer)"
    say "Fuzzing $name for $seconds s"
    mkdir -p "build/fuzz/found/$name"
    "$fuzzer" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 -print_final_stats=0 \
        -artifact_prefix="build/fuzz/found/$name/" "build/fuzz/found/$name" "tests/fuzz/corpus/$name" 2>&1 | tail -n 2
done
