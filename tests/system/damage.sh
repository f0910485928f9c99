#!/usr/bin/env bash
# A flipped bit, a truncation, a pasted body are refused with exit 5, an id that names nothing with 8; the file stays as it is.
. "$(dirname "$0")/lib.sh"

person anna
head -c 50000 /dev/urandom >"$work/original"
for name in a b; do
    cp "$work/original" "$work/$name"
    expect 0 as anna activate "$work/$name"
done
flip() { # FILE OFFSET
    local byte
    byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
    printf "\\$(printf '%03o' $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
refused() { # CODE WHAT
    cp "$work/victim" "$work/before"
    expect "$1" as anna release "$work/victim"
    cmp "$work/victim" "$work/before" || fail "$2: the refused file changed"
    expect "$1" as anna open "$work/victim" -- /bin/true
    cmp "$work/victim" "$work/before" || fail "$2: the file changed when opened"
    echo "refused with $1: $2"
}
size=$(stat -c %s "$work/a")

for offset in 10 12 35 40 50 70 90 100 103 110 120 200 230 256 300 320 17000 $((size - 1)); do
    cp "$work/a" "$work/victim"
    flip "$work/victim" "$offset"
    refused 5 "bit flipped at $offset"
done
for offset in 16 31; do
    cp "$work/a" "$work/victim"
    flip "$work/victim" "$offset"
    refused 8 "FileID changed at $offset"
done
for cut in 1 16 16400 $((size - 256)); do
    head -c $((size - cut)) "$work/a" >"$work/victim"
    refused 5 "cut by $cut bytes"
done
{ cat "$work/a"; printf x; } >"$work/victim"
refused 5 "one byte more"
{ head -c 256 "$work/a"; tail -c +257 "$work/b"; } >"$work/victim"
refused 5 "the body of another file"

step "The undamaged ones are still good"
for name in a b; do
    expect 0 as anna release "$work/$name"
    cmp "$work/$name" "$work/original" || fail "$name differs"
done
