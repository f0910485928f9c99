#!/usr/bin/env bash
# An account whose codes come from an OATH token (TFA-5), simulated here: what a person does takes one of its codes,
# closing takes none, a wrong one is refused, and a token that was pressed too often comes back in step.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/organization_lib.sh"

seed=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ # RFC 4226, appendix D
pressed=0
# press: the token's next code in $shown
press() {
    shown="$(/usr/bin/python3 - "$seed" "$pressed" <<'PYTHON'
import base64, hashlib, hmac, struct, sys
mac = hmac.new(base64.b32decode(sys.argv[1]), struct.pack(">Q", int(sys.argv[2])), hashlib.sha1).digest()
at = mac[-1] & 15
print(f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 10**6:06}")
PYTHON
    )" || fail "the token is broken"
    pressed=$((pressed + 1))
}
# with_code command…: of Ulf's, with the next code on standard input; with_lines TEXT command…: with these lines
with_lines() {
    local lines="$1"
    shift
    printf "$lines" | as ulf --password-stdin "$@"
}
with_code() {
    press
    with_lines "$shown\n" "$@"
}

new_kodiac
listen=0
start_daemon one
urls=("$url_one")
administrator ada "$("$bin/kodiacd" org create --data "$work/kodiac" --name "Example Works" --admin ada@example.org \
    --seats 4 --quota 9000)"
member ulf ada
printf 'text\n' >"$work/report.txt"
printf 'text\n' >"$work/kept.txt"

step "The token takes the place of this host's codes; a code that is none of its changes nothing"
expect 6 with_lines "$seed\n000000\n" token use-oath
expect 6 with_lines "$seed\n" token use-oath
press
expect 0 with_lines "$seed\n$shown\n" token use-oath
expect 0 as ulf host list
says "with a token"

step "What is done takes one code; without one, or with a wrong one, nothing happens (exit 6)"
expect 6 as ulf activate "$work/report.txt"
says "second-factor-missing\|nobody to ask"
expect 6 with_lines "000000\n" activate "$work/report.txt"
[ "$(cat "$work/report.txt")" = text ] || fail "the refused file changed"
expect 0 with_code activate "$work/report.txt"
is_container "$work/report.txt" || fail "not protected"
expect 6 with_lines "$shown\n" activate "$work/kept.txt" # was used

step "It opens with a code and closes without one, after a logout too"
cat >"$work/append" <<APPEND
#!/bin/sh
echo "one line more" >> "\$1"
while [ -e "$work/hold" ]; do sleep 0.1; done
APPEND
chmod +x "$work/append"
expect 6 as ulf open "$work/report.txt" -- "$work/append"
expect 0 with_code open "$work/report.txt" -- "$work/append"
expect 0 as ulf versions "$work/report.txt"
says "v2"
touch "$work/hold"
expect 0 with_code open "$work/report.txt" --no-wait -- "$work/append"
expect 0 as ulf logout
says "still open"
rm "$work/hold"
for _ in $(seq 300); do
    as ulf --json opened 2>/dev/null | grep -q '"opened":\[\]' && break
    sleep 0.1
done
expect 6 with_lines 'password of ulf\n' login
press
expect 0 with_lines "password of ulf\n$shown\n" login
expect 0 as ulf versions "$work/report.txt"
says "v3"

step "Pressed too often it is out of step; two of its codes bring it back, once somebody has permitted it"
pressed=$((pressed + 50))
expect 6 with_code refresh
press
first="$shown"
press
expect 4 with_lines "$first\n$shown\n" sync-2factor
expect 0 as ada users sync-2factor ulf@example.org
expect 6 with_lines "$first\n" sync-2factor
expect 0 with_lines "$first\n$shown\n" sync-2factor
expect 0 with_code refresh
expect 0 with_code release "$work/report.txt"
[ "$(tail -n 1 "$work/report.txt")" = "one line more" ] || fail "not what was written"

step "Back to codes that this host makes"
expect 6 as ulf token use-software
expect 0 with_code token use-software
expect 0 as ulf activate "$work/kept.txt"
echo "all as it should be"
