#!/usr/bin/env bash
# Measures KODiAC beside the limits of its databases in one run, and prints a table of figures and ratios: `kodiacd` over
# HTTPS on PostgreSQL beside `pgbench -N`, KODiAC in process on SQLite beside a bare loop of one-row commits, and batches of
# 1,000 files beside one. What makes a ratio runs alternately; the median of the rounds counts.
#   bash cmake/bench-kodiac.sh [rounds [clients [seconds [milliseconds]]]]
# With milliseconds, each sync of both databases takes so much longer, as on a disk that does not answer from a cache.
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/packages.sh
. cmake/postgres.sh

rounds="${1:-5}"
clients="${2:-16}"
seconds="${3:-6}"
slower="${4:-0}"
install_packages build test bench
say "Building kodiacd and kodiacd-benchmark into build/native"
cmake --preset native >/dev/null
cmake --build build/native --target kodiacd kodiacd-benchmark slow-sync

bin="$PWD/build/native/bin"
slow_sync="$PWD/build/native/tests/kodiacd/benchmark/libslow-sync.so"
work="$PWD/build/bench-kodiac"
rm -rf "$work"
mkdir -p "$work/embedded"

median() { sort -g | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
# column FILE NUMBER: the median of one column
column() { awk -v n="$2" '{ print $n }' "$1" | median; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
round() { awk -v a="$1" -v n="$2" 'BEGIN { printf "%.*f", n, a }'; }
row() { printf '| %s | %s | %s | %s |\n' "$@" | tee -a "$work/table"; }
sql() { psql -q -A -t -v ON_ERROR_STOP=1 -d "$SSPROTECT_TEST_POSTGRES" -c "$1"; }

daemon=""
finish() {
    [ -z "$daemon" ] || { kill -TERM "$daemon" && wait "$daemon"; } 2>/dev/null || true
    stop_postgres
}
if [ "$slower" != 0 ]; then
    say "Each sync takes $slower ms longer"
    as_postgres test -r "$slow_sync"
    export LD_PRELOAD="$slow_sync" SSPROTECT_SYNC_MICROSECONDS=$((slower * 1000))
fi
start_postgres
trap finish EXIT

say "The server as it comes: every commit is on the disk before it is acknowledged"
for setting in fsync synchronous_commit full_page_writes; do
    printf '%s = %s\n' "$setting" "$(sql "SHOW $setting")"
    [ "$(sql "SHOW $setting")" = on ]
done
[ "$(stat -f -c %T "$postgres_folder")" != tmpfs ] # in memory there is nothing to wait for
[ "$(stat -f -c %T "$work")" != tmpfs ]

say "kodiacd with $clients workers and connections; limits lifted, since all clients come from one address"
"$bin/kodiacd" init --data "$work/data" --database "$SSPROTECT_TEST_POSTGRES" --host 127.0.0.1 --individuals >/dev/null
sed -i -E -e 's/("(requests|burst)_per_(account|address)": )[0-9.]+/\11000000.0/' \
    -e "s/(\"(workers|connections)\": )(8|12)(,?)\$/\1$clients\4/" "$work/data/kodiacd.json"
"$bin/kodiacd" serve --data "$work/data" --listen 127.0.0.1:0 --port-file "$work/port" >"$work/daemon.out" 2>"$work/daemon.log" &
daemon=$!
for _ in $(seq 100); do
    [ ! -s "$work/port" ] || break
    sleep 0.1
done
pgbench -i -s 10 -q "$SSPROTECT_TEST_POSTGRES" >/dev/null 2>&1

# benchmark NAME COMMAND…: starts one; `ask NAME LINE` gives its answer
benchmark() {
    local name="$1"
    shift
    mkfifo "$work/$name.in" "$work/$name.out"
    "$bin/kodiacd-benchmark" "$@" <"$work/$name.in" >"$work/$name.out" &
    eval "exec {${name}_in}>'$work/$name.in' {${name}_out}<'$work/$name.out'"
    read -r _ <&"$(eval echo "\$${name}_out")"
}
ask() {
    local in="${1}_in" out="${1}_out" line
    echo "$2" >&"${!in}"
    read -r line <&"${!out}"
    echo "$line"
}
benchmark remote remote "https://127.0.0.1:$(cat "$work/port")" "$work/data/ca.pem" "$clients"
benchmark embedded embedded "$work/embedded"

say "$rounds rounds of $seconds s each: pgbench -N, and single operations over HTTPS, $clients connections"
for _ in $(seq "$rounds"); do
    pgbench -N -c "$clients" -j 2 -T "$seconds" "$SSPROTECT_TEST_POSTGRES" 2>/dev/null |
        awk '/^tps/ { t = $3 } /^latency average/ { l = $4 } END { print t, l }' >>"$work/pgbench"
    for kind in show store next open; do ask remote "rate $kind $seconds" >>"$work/remote-$kind"; done
done

say "$rounds rounds: a bare loop of one-row commits, and single operations in process on SQLite"
for _ in $(seq "$rounds"); do
    for kind in bare show store next open; do ask embedded "rate $kind $seconds" >>"$work/embedded-$kind"; done
done

say "Batches: one file, and 1,000"
for where in remote embedded; do
    for _ in $(seq "$((rounds * 3))"); do
        for kind in store next open; do
            for count in 1 1000; do ask "$where" "batch $kind $count" >>"$work/$where-$kind-$count"; done
        done
    done
done

say "Result ($(nproc) cores, $(date -u +%Y-%m-%d), $clients clients$([ "$slower" = 0 ] || echo ", each sync $slower ms longer"))"
printf '| what | figure | target | ratio to |\n|---|---|---|---|\n' >"$work/table"
name_of() {
    case "$1" in
    show) echo '`account.show`' ;;
    store) echo '`file.begin`, `file.commit`, new files' ;;
    next) echo '`file.begin`, `file.commit`, next versions' ;;
    open) echo '`file.open`' ;;
    esac
}
{
    limit=$(column "$work/pgbench" 1)
    row "PostgreSQL: \`pgbench -N\`" "$(round "$limit" 0)/s, mean $(round "$(column "$work/pgbench" 2)" 1) ms" "—" "—"
    for kind in show store next open; do
        rate=$(column "$work/remote-$kind" 1)
        row "over HTTPS: $(name_of $kind)" "$(round "$rate" 0)/s, median $(round "$(column "$work/remote-$kind" 2)" 1) ms, 99 % $(round "$(column "$work/remote-$kind" 3)" 1) ms" \
            "≥ 0.3 × pgbench, 99 % < 100 ms" "$(ratio "$rate" "$limit") × pgbench"
    done
    # One client, whose own work (signing, reading answers) is no part of what is measured: by the mean of its calls.
    a_second() { awk -v mean="$(column "$1" 4)" 'BEGIN { print 1000 / mean }'; }
    limit=$(a_second "$work/embedded-bare")
    row "SQLite: one row a commit" "$(round "$limit" 0)/s" "—" "—"
    for kind in show store next open; do
        rate=$(a_second "$work/embedded-$kind")
        row "in process on SQLite: $(name_of $kind)" "$(round "$rate" 0)/s, 99 % $(round "$(column "$work/embedded-$kind" 3)" 1) ms" "≥ 0.5 × bare" "$(ratio "$rate" "$limit") × bare"
    done
    for where in remote embedded; do
        for kind in store next open; do
            one=$(column "$work/$where-$kind-1" 1) many=$(column "$work/$where-$kind-1000" 1)
            row "$([ $where = remote ] && echo 'over HTTPS' || echo 'in process on SQLite'): $(name_of $kind), 1,000 files" "$(round "$many" 1) ms (one: $(round "$one" 1) ms)" "≤ 20 × one" "$(ratio "$many" "$one") × one"
        done
    done
} >/dev/null
cat "$work/table"
