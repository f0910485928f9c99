#!/usr/bin/env bash
# Two homes on one machine are two people: neither opens the other's files, nor uses the other's pipe under another uid.
. "$(dirname "$0")/lib.sh"

person anna
person bert

step "A document of Anna's is closed to Bert"
printf 'for Anna only\n' >"$work/letter"
expect 0 as anna activate "$work/letter"
cp "$work/letter" "$work/as-protected"
expect 4 as bert open "$work/letter" -- /bin/true
expect 4 as bert release "$work/letter"
cmp "$work/letter" "$work/as-protected" || fail "the refused file changed"
as bert --json status "$work/letter" >"$work/out"
says '"ownership":"foreign"'
as anna --json status "$work/letter" >"$work/out"
says '"ownership":"own"'
says '"overlay":"red"'

step "Anna's pipe does not answer under another uid"
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
    # Everything but the peer check is opened up, so that only the check is left to refuse.
    chmod 755 "$work" "$work/home-anna" "$work/home-anna/run"
    chmod 666 "$work/home-anna/run/tray.sock"
    SSPROTECT_HOME="$work/home-anna" setpriv --reuid 65534 --clear-groups "$bin/ssprotect" --json status "$work/letter" \
        >"$work/out" 2>"$work/err" && fail "another user was served"
    cat "$work/out" "$work/err"
else
    echo "skipped: needs root and setpriv to become another user"
fi

step "Anna's is still hers"
expect 0 as anna release "$work/letter"
[ "$(cat "$work/letter")" = "for Anna only" ] || fail "not what Anna wrote"
