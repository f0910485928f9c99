#!/usr/bin/env bash
# What Windows protected opens on Linux for the same account, and the other way round: exported keys and a backup carry the
# account over, the containers go as plain files, with versions made on both sides.
# Usage: both_ways.sh FOLDER-OF-THE-WINDOWS-PROGRAMS FOLDER-OF-THE-NATIVE-PROGRAMS
# Runs in the Wine prefix of $WINEPREFIX.

set -uo pipefail
export LC_ALL=C.UTF-8 # names of files are UTF-8 on both sides

windows="$1"
native="${2:-}"
if [ ! -x "$native/ssprotect" ] || [ ! -x "$native/ssprotect-tray" ]; then
    echo "skipped: no native programs in '$native' (build the preset 'native' or name their folder)"
    exit 77
fi
wine="${WINE:-wine}"
work="$(mktemp -d "${TMPDIR:-/tmp}/ssprotect-both-ways.XXXXXX")"
sides=()

cleanup() {
    local side
    for side in "${sides[@]}"; do on "$side" quit --protect >/dev/null 2>&1; done
    wait
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 143' TERM INT

fail() {
    echo "FAILED: $*"
    exit 1
}
step() { echo "-- $*"; }

# A side is SYSTEM-NAME: a home of its own with a tray process of its own.
program() { # SIDE PROGRAM [ARGUMENT…]
    local side="$1" name="$2"
    shift 2
    case "$side" in
    linux-*) SSPROTECT_HOME="$work/home-$side" "$native/$name" "$@" ;;
    windows-*) SSPROTECT_HOME="$(seen_by "$side" "$work/home-$side")" "$wine" "$windows/$name.exe" "$@" ;;
    esac
}
on() { # SIDE COMMAND…
    local side="$1"
    shift
    program "$side" ssprotect "$@"
}
# seen_by SIDE PATH: the path as that side names it
seen_by() {
    case "$1" in
    linux-*) printf '%s' "$2" ;;
    windows-*) printf 'Z:%s' "${2//\//\\}" ;;
    esac
}
serves() { on "$1" status >/dev/null 2>&1; }
start() { # SIDE
    mkdir -m 700 "$work/home-$1"
    program "$1" ssprotect-tray --headless --second-factor allow >"$work/tray-$1.log" 2>&1 &
    sides+=("$1")
    local tries
    for tries in $(seq 300); do
        serves "$1" && return
        sleep 0.1
    done
    cat "$work/tray-$1.log"
    fail "the tray process of $1 does not answer"
}
must() { # SIDE COMMAND…
    local code=0
    on "$@" >"$work/out" 2>"$work/err" || code=$?
    [ "$code" -eq 0 ] || { cat "$work/out" "$work/err"; fail "exit $code: $*"; }
}
says() { grep -q -- "$1" "$work/out" || { cat "$work/out"; fail "nothing says '$1'"; }; }
is_container() { [ "$(head -c 4 "$1" | od -An -tx1 | tr -d ' \n')" = 89535350 ]; }

# The program that opens documents there: adds a line and ends.
open_with_change() { # SIDE FILE TEXT
    local document
    document="$(seen_by "$1" "$2")"
    case "$1" in
    linux-*)
        printf '#!/bin/sh\nprintf %%s "$1" >>"$2"\n' >"$work/append"
        chmod +x "$work/append"
        must "$1" open "$document" -- "$work/append" "$3"
        ;;
    windows-*) must "$1" open "$document" -- "$(seen_by "$1" "$windows/ssprotect-test-editor.exe")" append "$3" ;;
    esac
}

# from A to B: an account made on side A goes on on side B
carry_over() {
    local a="$1" b="$2" folder="$work/$1-to-$2"
    mkdir "$folder"
    step "An account on $a with two documents, one of them changed there"
    start "$a"
    printf 'a password for it\na password for it\n' |
        must "$a" --password-stdin account create --email anna@example.org
    printf 'a passphrase for it\na passphrase for it\n' |
        must "$a" --password-stdin keys export "$(seen_by "$a" "$folder/anna.keys")"
    must "$a" account set --unsigned-apps on
    printf 'An offer.' >"$folder/offer.txt"
    head -c 3000001 /dev/urandom >"$folder/Übersicht — 概要.bin"
    cp "$folder/Übersicht — 概要.bin" "$work/big.original"
    must "$a" activate "$(seen_by "$a" "$folder/offer.txt")" "$(seen_by "$a" "$folder/Übersicht — 概要.bin")"
    open_with_change "$a" "$folder/offer.txt" " Changed on $a."
    must "$a" backup "$(seen_by "$a" "$folder/kodiac.sspbackup")"
    must "$a" quit

    step "The same account on $b, from the exported keys and the backup"
    start "$b"
    echo 'a passphrase for it' |
        must "$b" --password-stdin restore-backup "$(seen_by "$b" "$folder/kodiac.sspbackup")" \
            --keys "$(seen_by "$b" "$folder/anna.keys")"
    echo 'a password for it' | must "$b" --password-stdin login --email anna@example.org
    must "$b" --json status "$(seen_by "$b" "$folder/offer.txt")"
    says '"ownership":"own"'
    says '"overlay":"red"'
    says '"version":2'
    must "$b" --json versions "$(seen_by "$b" "$folder/offer.txt")"
    says '"version":1'

    step "Its documents open, go on with the next version, and are released on $b"
    open_with_change "$b" "$folder/offer.txt" " Changed on $b."
    is_container "$folder/offer.txt" || fail "the document is not protected again"
    must "$b" --json status "$(seen_by "$b" "$folder/offer.txt")"
    says '"version":3'
    must "$b" release "$(seen_by "$b" "$folder/offer.txt")" "$(seen_by "$b" "$folder/Übersicht — 概要.bin")"
    [ "$(cat "$folder/offer.txt")" = "An offer. Changed on $a. Changed on $b." ] ||
        fail "Release on $b gives: $(cat "$folder/offer.txt")"
    cmp "$folder/Übersicht — 概要.bin" "$work/big.original" || fail "Übersicht — 概要.bin came back changed"

    step "On $b the keys alone set a new password"
    must "$b" logout
    printf 'a passphrase for it\nanother password\nanother password\n' |
        must "$b" --password-stdin keys import "$(seen_by "$b" "$folder/anna.keys")" --email anna@example.org
    must "$b" logout
    echo 'another password' | must "$b" --password-stdin login --email anna@example.org
    must "$b" quit
}

carry_over windows-a linux-b
carry_over linux-c windows-d
echo "Both ways hold"
