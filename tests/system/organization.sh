#!/usr/bin/env bash
# An Organization from its first mail to its edit-lock fights: Administrator, Delegate and user in three homes. One daemon
# on SQLite, or with 'postgres' two on one PostgreSQL; again and again one is killed.
#   organization.sh BIN [postgres]
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/organization_lib.sh"

[ "${2:-}" != postgres ] || use_postgres
new_kodiac
start_daemon one
urls=("$url_one")
if [ -n "${schema:-}" ]; then
    start_daemon two
    urls+=("$url_two")
fi

step "The operator makes the Organization; the mail brings the Administrator's code"
new_organization 4
[ "$(code_for ada@example.org)" = "$code" ] || fail "the mailed code is another than the operator's"
administrator ada "$code"
tray_ada="$tray"
expect 0 as ada account show
says "administrator\|Example Works"

step "A wrong, a foreign and a used code each name their cause"
home stranger
expect 8 register stranger AAAA-AAAA-AAAA-AAAA-AAAA-AAAA
expect 4 register stranger "$code"
says "used\|address"

step "Provisioned, registered, validated after comparing the code: a Delegate and a user"
member dora ada --delegate
member ulf dora
expect 0 as dora users list
says "D\\*"
says "ulf@example.org"
mail_to ulf@example.org 2 >/dev/null
expect 4 as ulf users list
says "not-privileged\|Administrator"

step "A code that differs is refused, and nothing is sealed"
expect 0 as ada users new vera@example.org
home vera
expect 0 register vera "$(code_for vera@example.org)"
vera="$(field comparison_code)"
expect 4 as ada users validate vera@example.org --code "AAAA AAAA AAAA AAAA AAAA AAAA AAAA AAAA"
expect 0 as ada users validate vera@example.org --code "$vera"
expect 0 log_in vera

step "The last seat is taken: the next Validation is refused and names the rule"
expect 0 as ada users new late@example.org
home late
expect 0 register late "$(code_for late@example.org)"
late="$(field comparison_code)"
expect 4 as ada users validate late@example.org --code "$late"
says "seat"
expect 0 as ada users dismiss late@example.org
expect 4 log_in late

jolt
step "Ulf opens and changes what Ada protected; the chain goes on; a stranger cannot"
printf 'for all of us\n' >"$work/report.txt"
expect 0 as ada activate "$work/report.txt"
is_container "$work/report.txt" || fail "not protected"
cat >"$work/append" <<'APPEND'
#!/bin/sh
echo "and from Ulf" >> "$1"
APPEND
chmod +x "$work/append"
expect 0 as ulf open "$work/report.txt" -- "$work/append"
expect 0 as ada versions "$work/report.txt"
says "v2"
says "ulf@example.org"
as ulf --json status "$work/report.txt" >"$work/out"
says '"overlay":"yellow"'
expect 0 as ada release "$work/report.txt"
[ "$(tail -n 1 "$work/report.txt")" = "and from Ulf" ] || fail "not what Ulf wrote"
expect 0 as ada activate "$work/report.txt"

step "Policies: Rel Protections off is felt at once; back on"
expect 0 as ada users edit ulf@example.org --rel-protections off
expect 4 as ulf release "$work/report.txt"
expect 0 as ada users edit ulf@example.org --rel-protections on

jolt
step "Edit-lock fight: a holder, a forced-out holder whose save changes nothing, who waits first is served first"
expect 0 as ada lock request users
expect 7 as dora users edit ulf@example.org --quota 7
says "lock-held\|held by"
expect 7 as dora lock request users
expect 0 as dora lock force users
jolt
users() { as ada --json users list | sed 's/"access":"[a-z-]*",//'; }
users >"$work/before"
expect 7 as ada --json users edit ulf@example.org --quota 9
says "lock-lost"
users >"$work/after"
cmp "$work/before" "$work/after" || fail "the forced-out holder's save changed something"
expect 0 as dora users edit ulf@example.org --quota 11
expect 0 as dora lock release users
as ada --json users list >"$work/before"
expect 0 as ada lock status users
expect 7 as ada --json users edit ulf@example.org --quota 77
says "lock-lost"
says "lock request users"
as ada --json users list >"$work/after"
cmp "$work/before" "$work/after" || fail "a lost lock's save went through once nobody had the lock"
expect 0 as ada lock request users
expect 0 as ada users edit ulf@example.org --quota 12
expect 0 as ada lock release users
expect 0 as ada users edit vera@example.org --delegate on
expect 0 log_in vera
expect 0 as ada lock request users
: >"$work/served"
wait_in_line() {
    as "$1" lock request users --wait >/dev/null 2>&1 || return
    echo "$1" >>"$work/served"
    as "$1" lock release users >/dev/null 2>&1
}
line_is() {
    local tries
    for tries in $(seq 100); do
        as ada --json lock status users 2>/dev/null | grep -q "\"waiting\":$1" && return
        sleep 0.1
    done
    fail "the line has not $1 in it"
}
wait_in_line dora &
first=$!
line_is 1
wait_in_line vera &
second=$!
line_is 2
expect 0 as ada lock release users
wait "$first" "$second"
[ "$(tr '\n' ' ' <"$work/served")" = "dora vera " ] || { cat "$work/served"; fail "the line was not served in order"; }

jolt
step "A holder that vanished: its lock expires by itself"
expect 0 as ada lock request users
kill -KILL "$tray_ada" && wait "$tray_ada" 2>/dev/null
expect 7 as dora users edit ulf@example.org --quota 13
for tries in $(seq 50); do
    as dora users edit ulf@example.org --quota 13 >/dev/null 2>&1 && break
    sleep 1
done
expect 0 as dora users edit ulf@example.org --quota 14
start_tray "$work/home-ada"
expect 0 log_in ada

step "The last Privileged User cannot be lost, whatever the path"
expect 4 as ada users edit ada@example.org --disabled
expect 4 as ada users remove ada@example.org
expect 4 as dora users remove ada@example.org

jolt
step "Who leaves: the access ends at once, seat and address are free, the key is rotated, files can still be read"
expect 0 as ulf activate "$work/append"
expect 0 as ada users remove ulf@example.org
expect 3 as ulf open "$work/report.txt" -- /bin/true
expect 0 as ada release "$work/append"
expect 0 as ada refresh
as ada --json users list >"$work/out"
says '"rotation_pending":false'
expect 0 as ada users new ulf@example.org
expect 0 as ada users dismiss ulf@example.org
member uwe ada

step "Import and export: a dry run, row-numbered errors, a round trip"
expect 0 as ada users export "$work/users.csv"
expect 0 as ada users import "$work/users.csv"
says "0 accounts"
printf 'email,quota_mb\nuwe@example.org,33\nnobody,1\n' >"$work/bad.csv"
expect 1 as ada users import "$work/bad.csv"
says "3 "
printf 'email,recover,double,quota_mb\nuwe@example.org,,,34\nnew@example.org,off,on,5\n' >"$work/refused.csv"
expect 2 as ada users import "$work/refused.csv"
says "line 3: new@example.org: "
expect 0 as ada users export "$work/users2.csv"
cmp -s "$work/users.csv" "$work/users2.csv" || fail "a refused import changed something"
printf 'email,quota_mb,int_override\nuwe@example.org,33,on\nnew@example.org,5,\n' >"$work/good.csv"
expect 0 as ada users import "$work/good.csv" --dry-run
says "would be"
expect 0 as ada users import "$work/good.csv"
expect 0 as ada users export "$work/users3.csv"
grep -q '^uwe@example.org,.*,33' "$work/users3.csv" || fail "the quota was not imported"
grep -q '^new@example.org,provisioned' "$work/users3.csv" || fail "the new account was not imported"

jolt
step "The Administrator role goes to the Delegate"
expect 0 as ada users transfer-admin dora@example.org
expect 0 as dora refresh
expect 0 as dora account show
says "administrator"
expect 0 as uwe refresh
expect 0 as uwe open "$work/report.txt" -- /bin/true
expect 4 as ada users transfer-admin vera@example.org

step "KODiAC out of reach says so and does not hang"
stop_daemons
daemons=()
expect 9 as uwe open "$work/report.txt" -- /bin/true
start_daemon one
expect 0 as uwe open "$work/report.txt" -- /bin/true
