#!/usr/bin/env bash
# Builds the libFuzzer targets with clang, AddressSanitizer and UndefinedBehaviorSanitizer, and runs each for some seconds
# over its corpus. A crash is reported with the input that caused it; what was learnt stays in build/fuzz.
#   bash cmake/fuzz.sh [seconds]
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/packages.sh

seconds="${1:-60}"
install_packages build test fuzz
say "Configuring build/fuzz"
cmake --preset fuzz -DSSPROTECT_FUZZ_SECONDS="$seconds"
say "Building the fuzzers into build/fuzz"
cmake --build build/fuzz --target fuzzers
say "Fuzzing, $seconds s each"
ctest --test-dir build/fuzz -L fuzz --parallel "$(nproc)" --output-on-failure
