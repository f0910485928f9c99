#!/usr/bin/env bash
# Sizes at the edges, a name of 255 bytes, a full disk, a read-only folder, a file that changes meanwhile.
. "$(dirname "$0")/lib.sh"

person anna
round_trip() { # FILE
    sha256sum <"$1" >"$work/sum"
    expect 0 as anna activate "$1"
    is_container "$1" || fail "$1 is not protected"
    expect 0 as anna release "$1"
    sha256sum <"$1" | cmp - "$work/sum" || fail "$1 came back different"
}

step "0, 1, 16383, 16384, 16385 and 1 MiB bytes"
for size in 0 1 16383 16384 16385 1048576; do
    head -c "$size" /dev/urandom >"$work/document"
    round_trip "$work/document"
done

step "A name of 255 bytes"
long="$work/$(printf 'n%.0s' $(seq 255))"
printf 'long name\n' >"$long"
round_trip "$long"
expect 0 as anna activate "$long"
expect 0 as anna open "$long" -- sh -c 'echo more >>"$1"' sh
expect 0 as anna release "$long"
[ "$(tail -n 1 "$long")" = more ] || fail "the change is missing"

step "A full disk in the middle of Activate"
if [ "$(id -u)" -eq 0 ] && mkdir "$work/small" && mount -t tmpfs -o size=12m tmpfs "$work/small" 2>/dev/null; then
    mounts+=("$work/small")
    head -c 8000000 /dev/urandom >"$work/small/document"
    sha256sum <"$work/small/document" >"$work/sum"
    expect 1 as anna --json activate "$work/small/document"
    says disk-full
    sha256sum <"$work/small/document" | cmp - "$work/sum" || fail "the document changed"
    [ "$(ls -A "$work/small")" = document ] || fail "something was left on the full disk"
else
    echo "skipped: needs root and a mount"
fi

step "A read-only folder"
if [ "$(id -u)" -eq 0 ] && mkdir "$work/frozen" && mount -t tmpfs -o size=4m tmpfs "$work/frozen" 2>/dev/null; then
    mounts+=("$work/frozen")
    echo frozen >"$work/frozen/document"
    mount -o remount,ro "$work/frozen"
else
    mkdir -p "$work/frozen"
    echo frozen >"$work/frozen/document"
    chmod 555 "$work/frozen"
fi
expect 1 as anna --json activate "$work/frozen/document"
says access-denied
[ "$(cat "$work/frozen/document")" = frozen ] || fail "the document changed"

step "A file that changes while it is activated"
head -c 200000000 /dev/zero >"$work/moving"
( for _ in $(seq 400); do printf x | dd of="$work/moving" bs=1 seek=$((RANDOM * 1000)) conv=notrunc status=none; sleep 0.005; done ) &
writer=$!
as anna --json activate "$work/moving" >"$work/out" 2>"$work/err"
code=$?
wait "$writer"
case "$code" in
    0) is_container "$work/moving" || fail "done, but not protected" ;;
    7) says changed-meanwhile; is_container "$work/moving" && fail "refused, but replaced" ;;
    *) cat "$work/out"; fail "exit $code" ;;
esac
echo "ended with $code"
ls -A "$work" | grep -q '^\.ssp' && fail "something was left behind"

step "5 GiB"
if [ "${SSPROTECT_LARGE_TESTS:-1}" = 1 ] && [ "$(df --output=avail -B1 "$work" | tail -n 1)" -gt 12000000000 ]; then
    truncate -s 5G "$work/huge"
    printf 'the end' | dd of="$work/huge" bs=1 seek=5368709113 conv=notrunc status=none
    expect 0 as anna activate "$work/huge"
    is_container "$work/huge" || fail "not protected"
    expect 0 as anna release "$work/huge"
    [ "$(stat -c %s "$work/huge")" = 5368709120 ] || fail "wrong size"
    [ "$(tail -c 7 "$work/huge")" = 'the end' ] || fail "wrong content"
    cmp -n 1073741824 "$work/huge" /dev/zero || fail "wrong content"
else
    echo "skipped: SSPROTECT_LARGE_TESTS=0, or less than 12 GB free"
fi
