#!/usr/bin/env bash
# Two daemons on one PostgreSQL behind the client's two addresses, one of them killed in between: nothing acknowledged is
# lost, nobody notices more than a moment. Needs SSPROTECT_TEST_POSTGRES (a server where databases may be made).
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/organization_lib.sh"

use_postgres
new_kodiac
start_daemon one
start_daemon two
urls=("$url_one" "$url_two")

step "An Organization through both"
new_organization 5
administrator ada "$code"
member dora ada --delegate
member ulf dora

step "Files protected while one daemon is killed: what was acknowledged is there"
mkdir "$work/files"
for number in $(seq 40); do printf 'file %s\n' "$number" >"$work/files/$number.txt"; done
(
    sleep 0.5
    kill -KILL "$pid_one"
) &
killer=$!
for number in $(seq 40); do
    as ulf activate "$work/files/$number.txt" >/dev/null 2>"$work/err" && echo "$number" >>"$work/acknowledged"
done
wait "$killer"
wait "$pid_one" 2>/dev/null
[ "$(wc -l <"$work/acknowledged")" -eq 40 ] || { cat "$work/err"; fail "not every file could be protected through the other daemon"; }
while read -r number; do
    as ada versions "$work/files/$number.txt" >"$work/out" 2>&1 || { cat "$work/out"; fail "version of file $number is lost"; }
    says "v1"
done <"$work/acknowledged"
expect 0 as ada release "$work/files/7.txt"
[ "$(cat "$work/files/7.txt")" = "file 7" ] || fail "file 7 is not what it was"

step "The locks live on in the other daemon"
expect 0 as ada lock request users
expect 7 as dora users edit ulf@example.org --quota 5
expect 0 as ada lock release users
expect 0 as dora users edit ulf@example.org --quota 5

step "The killed one comes back; the other goes"
start_daemon one
kill_daemon two
expect 0 as ulf release "$work/files/8.txt"
expect 0 as ada users list
says "ulf@example.org"
