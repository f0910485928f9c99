#!/usr/bin/env bash
# Installs mingw-w64 and Wine (Debian 12), cross-builds everything for Windows with its installers, and runs all tests in
# Wine, on a display of their own (Xvfb) and in Wine prefixes of their own (build/wine, build/windows/wine-installer).
#   bash cmake/test-windows.sh [ctest options]
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/packages.sh

stop_wine() { wineserver -k 2>/dev/null || true; }

run_tests() {
    export WINEPREFIX="$PWD/build/wine" WINEDEBUG=-all WINEDLLOVERRIDES="winemenubuilder.exe=d"
    if [ -n "${SSPROTECT_VECTORS:-}" ]; then
        SSPROTECT_VECTORS="Z:$(realpath "$SSPROTECT_VECTORS")"
        export SSPROTECT_VECTORS
    else
        say "SSPROTECT_VECTORS is not set: tests that read published vector files are skipped and say so"
    fi
    trap stop_wine EXIT
    say "Making the Wine prefix $WINEPREFIX"
    wineboot --init >/dev/null 2>&1
    wineserver -w
    wineserver -p
    wine cmd /c exit >/dev/null 2>&1 # Wine's services keep the output of whoever comes first open: not that of a test
    say "Testing build/windows in $(wine --version)"
    # Twice what fails: Wine has faults of its own. CTest says so, and what fails twice failed.
    ctest --preset windows --parallel "$(nproc)" --repeat until-pass:2 "$@"
    if [ $# -eq 0 ]; then
        bash cmake/test-installer.sh build/windows
    fi
}

if [ "${1:-}" = --on-this-display ]; then
    shift
    run_tests "$@"
else
    bash cmake/windows-sdk.sh build/windows-sdk
    configure_and_build windows
    bash cmake/installer.sh build/windows
    xvfb-run --auto-servernum --server-args="-screen 0 1280x960x24" bash "$0" --on-this-display "$@"
fi
