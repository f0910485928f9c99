#!/usr/bin/env bash
# Lays what the cross-build for Windows links into a folder: qt, openssl, sqlite (static, for mingw-w64) and headers (the
# libraries that are nothing but headers, from Debian's packages for this machine).
#   bash cmake/windows-sdk.sh [folder]      default: build/windows-sdk
# With $SSPROTECT_WINDOWS_SDK naming a folder that holds windows-sdk.tar.xz, that archive is unpacked; else all is built
# from Debian's source packages, which takes about an hour on two cores. What is there already stays.
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/packages.sh

sdk="$(realpath -m "${1:-build/windows-sdk}")"
work="$sdk/.work"
host=x86_64-w64-mingw32
toolchain="$PWD/cmake/mingw-w64.cmake"
jobs="$(nproc)"

install_packages windows

# take_headers: links, because /usr/include itself must stay out of a cross compiler's sight
take_headers() {
    local name
    mkdir -p "$sdk/headers"
    for name in boost nlohmann spdlog fmt CLI; do
        ln -sfn "/usr/include/$name" "$sdk/headers/$name"
    done
}

unpack_ready_one() {
    local archive="$SSPROTECT_WINDOWS_SDK/windows-sdk.tar.xz"
    say "Unpacking $archive"
    if [ -f "$SSPROTECT_WINDOWS_SDK/SHA256SUMS" ]; then
        (cd "$SSPROTECT_WINDOWS_SDK" && sha256sum --check --quiet --ignore-missing SHA256SUMS)
    fi
    tar -C "$sdk" -xf "$archive"
}

# source_of PACKAGE: the unpacked Debian source package, fetched with apt lists of our own, so that the machine's package
# sources stay as they are. The newest version whose files the archive hands out.
source_of() {
    local options=(-q -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null
                   -o "Dir::State::lists=$work/lists")
    local version
    mkdir -p "$work/lists/partial"
    if [ ! -f "$work/sources.list" ]; then
        apt-get indextargets --format 'deb-src $(SITE) $(RELEASE) $(COMPONENT)' 'Identifier: Packages' |
            sort -u >"$work/sources.list"
        apt-get "${options[@]}" update >&2
    fi
    for version in $(apt-cache "${options[@]}" showsrc "$1" | sed -n 's/^Version: //p' | sort -rVu); do
        rm -rf "${work:?}/$1"
        mkdir -p "$work/$1"
        if (cd "$work/$1" && apt-get "${options[@]}" source "$1=$version" >&2); then
            find "$work/$1" -mindepth 1 -maxdepth 1 -type d
            return
        fi
        say "The source of $1 $version cannot be had; trying an older one" >&2
    done
    say "No source of $1 can be had from the configured archives" >&2
    return 1
}

build_openssl() {
    say "OpenSSL"
    local source
    source="$(source_of openssl)"
    (
        cd "$source"
        ./Configure mingw64 --cross-compile-prefix=$host- --prefix="$sdk/openssl" --libdir=lib no-shared no-tests no-legacy \
            no-engine no-dso CC=gcc-posix CXX=g++-posix AR=ar RANLIB=ranlib RC=windres
        make build_generated
        make -j"$jobs" libcrypto.a
        make -j"$jobs" libssl.a
        mkdir -p "$sdk/openssl/lib"
        cp libcrypto.a libssl.a "$sdk/openssl/lib/"
        cp -r include "$sdk/openssl/"
    )
}

build_sqlite() {
    say "SQLite"
    local source
    source="$(source_of sqlite3)"
    mkdir -p "$sdk/sqlite/lib" "$sdk/sqlite/include"
    (
        cd "$source"
        ./configure
        make sqlite3.c
        $host-gcc-posix -O2 -DSQLITE_THREADSAFE=1 -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_COLUMN_METADATA -c sqlite3.c -o sqlite3.o
        $host-ar rcs "$sdk/sqlite/lib/libsqlite3.a" sqlite3.o
        cp sqlite3.h src/sqlite3ext.h "$sdk/sqlite/include/"
    )
}

build_qt() {
    say "Qt: the longest part"
    local source
    source="$(source_of qt6-base)"
    # tabletevent needs a header that Debian leaves out; without direct2d there would be no font database.
    cmake -S "$source" -B "$work/qt-build" -G Ninja -DCMAKE_TOOLCHAIN_FILE="$toolchain" \
        -DSSPROTECT_WINDOWS_LIBRARIES="$sdk" -DCMAKE_INSTALL_PREFIX="$sdk/qt" -DCMAKE_BUILD_TYPE=MinSizeRel \
        -DQT_HOST_PATH=/usr -DQT_HOST_PATH_CMAKE_DIR=/usr/lib/x86_64-linux-gnu/cmake -DBUILD_SHARED_LIBS=OFF \
        -DQT_BUILD_EXAMPLES=OFF -DQT_BUILD_TESTS=OFF -DFEATURE_dbus=OFF -DFEATURE_sql=OFF -DFEATURE_opengl=OFF \
        -DINPUT_opengl=no -DFEATURE_xml=OFF -DFEATURE_system_zlib=OFF -DFEATURE_pkg_config=OFF -DFEATURE_vulkan=OFF \
        -DFEATURE_tabletevent=OFF
    cmake --build "$work/qt-build" --parallel "$jobs"
    cmake --install "$work/qt-build"
}

mkdir -p "$sdk"
if [ ! -f "$sdk/.complete" ]; then
    if [ -f "${SSPROTECT_WINDOWS_SDK:-/nonexistent}/windows-sdk.tar.xz" ]; then
        unpack_ready_one
    else
        install_packages windows_sources
        mkdir -p "$work"
        # No "||": what stands behind it goes on after a failure.
        if [ ! -f "$sdk/openssl/lib/libssl.a" ]; then build_openssl; fi
        if [ ! -f "$sdk/sqlite/lib/libsqlite3.a" ]; then build_sqlite; fi
        if [ ! -f "$sdk/qt/lib/cmake/Qt6/Qt6Config.cmake" ]; then build_qt; fi
        rm -rf "$work"
    fi
    touch "$sdk/.complete"
fi
take_headers
say "The libraries for Windows are in $sdk"
