# Sourced by the scripts beside it: installs the Debian 12 packages of the named sets, only those that are missing.

packages_build="g++ cmake ninja-build ccache mold pkg-config libssl-dev libsqlite3-dev libpq-dev libboost-dev
    nlohmann-json3-dev libspdlog-dev libcli11-dev qt6-base-dev libglib2.0-dev libcurl4-openssl-dev
    libarchive-dev"
packages_test="libgtest-dev libgmock-dev zlib1g-dev python3-aiosmtpd postgresql openssl curl"
packages_fuzz="clang-14 libclang-rt-14-dev"
packages_bench="libbenchmark-dev age gnupg openssl hyperfine strace"
packages_windows="g++-mingw-w64-x86-64-posix cmake ninja-build ccache libboost-dev nlohmann-json3-dev libspdlog-dev
    libcli11-dev qt6-base-dev qt6-base-dev-tools googletest libz-mingw-w64-dev wine wine64 xvfb xauth xdotool
    imagemagick fonts-liberation fonts-wine nsis wixl openssl osslsigncode"
packages_windows_sources="dpkg-dev perl make python3 tclsh gcc"

say() { printf '\n== %s\n' "$*"; }

install_packages() {
    local set name missing=""
    for set in "$@"; do
        local list="packages_$set"
        for name in ${!list}; do
            dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing="$missing $name"
        done
    done
    if [ -z "$missing" ]; then
        say "Packages: everything needed is installed"
        return
    fi
    say "Packages: installing$missing"
    local root=""
    [ "$(id -u)" -eq 0 ] || root="sudo"
    $root env DEBIAN_FRONTEND=noninteractive apt-get update -q
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
}

# configure_and_build PRESET [cmake options]: into build/PRESET
configure_and_build() {
    local preset="$1"
    shift
    say "Configuring the preset '$preset'"
    cmake --preset "$preset" "$@"
    say "Building into build/$preset"
    cmake --build --preset "$preset"
}
