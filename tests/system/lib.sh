# Sourced by the system tests: a tray process of its own home, the command line against it, and checks that say what failed.
# Usage of a test: NAME.sh FOLDER-OF-THE-PROGRAMS
# The programs of Windows need more than their names: what starts them, how they end, and what comes before our paths.

set -uo pipefail

bin="$1"
starter=${starter:-}
suffix=${suffix:-}
drive=${drive:-}
[ -x "$bin/ssprotect$suffix" ] || { echo "no ssprotect$suffix in $bin"; exit 2; }
work="$(mktemp -d "${TMPDIR:-/tmp}/ssprotect-system.XXXXXX")"
trays=()
mounts=()

cleanup() {
    local pid mount
    for pid in "${trays[@]}"; do kill -TERM "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; done
    for mount in "${mounts[@]}"; do umount "$mount" 2>/dev/null; done
    chmod -R u+rwX "$work" 2>/dev/null
    rm -rf "$work"
}
trap cleanup EXIT

fail() {
    echo "FAILED: $*"
    exit 1
}
step() { echo "-- $*"; }

# start_tray HOME: starts it and waits until it answers
start_tray() {
    SSPROTECT_HOME="$drive$1" $starter "$bin/ssprotect-tray$suffix" --headless --second-factor "${2:-allow}" &
    trays+=($!)
    tray=$!
    local tries
    for tries in $(seq 300); do
        SSPROTECT_HOME="$drive$1" $starter "$bin/ssprotect$suffix" status >/dev/null 2>&1 && return
        kill -0 "$tray" 2>/dev/null || fail "the tray process of $1 ended"
        sleep 0.1
    done
    fail "the tray process of $1 does not answer"
}

# person NAME: a home with an account whose keys are exported; afterwards `as NAME command…` runs the command line for it
person() {
    local home="$work/home-$1"
    mkdir -m 700 "$home"
    start_tray "$home"
    printf 'password of %s\npassword of %s\n' "$1" "$1" |
        as "$1" --password-stdin account create --email "$1@example.org" >/dev/null || fail "no account for $1"
    printf 'passphrase of %s\npassphrase of %s\n' "$1" "$1" |
        as "$1" --password-stdin keys export "$drive$work/$1.keys" >/dev/null || fail "no exported keys for $1"
}
as() {
    local name="$1"
    shift
    SSPROTECT_HOME="$drive$work/home-$name" $starter "$bin/ssprotect$suffix" "$@"
}

# expect CODE command…: runs it, its output in $work/out and $work/err
expect() {
    local code="$1"
    shift
    "$@" >"$work/out" 2>"$work/err"
    local got=$?
    [ "$got" -eq "$code" ] || { cat "$work/out" "$work/err"; fail "exit $got instead of $code: $*"; }
}
says() { grep -qi -- "$1" "$work/out" "$work/err" || { cat "$work/out" "$work/err"; fail "nothing says '$1'"; }; }
is_container() { [ "$(head -c 4 "$1" | od -An -tx1 | tr -d ' \n')" = 89535350 ]; }
