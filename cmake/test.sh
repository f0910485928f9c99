#!/usr/bin/env bash
# Installs what the build and the tests need (Debian 12), builds the preset and runs every test.
#   bash cmake/test.sh [native|asan|tsan] [ctest options]
# native and asan run every test; tsan those of the rooms that have threads, but for the crash suites, which have one.
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/packages.sh
. cmake/postgres.sh

preset="${1:-native}"
[ $# -eq 0 ] || shift
install_packages build test
configure_and_build "$preset"

if [ -z "${SSPROTECT_VECTORS:-}" ]; then
    say "SSPROTECT_VECTORS is not set: tests that read published vector files are skipped and say so"
fi
say "Starting a PostgreSQL server for the tests"
# They kill daemons, never this server or the machine: its syncs would prove nothing and cost minutes.
start_postgres "fsync = off" "full_page_writes = off"
say "Testing build/$preset"
QT_QPA_PLATFORM=offscreen ctest --preset "$preset" --parallel "$(nproc)" "$@"
