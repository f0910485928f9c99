#!/usr/bin/env bash
# SIGKILL of the real tray process at varied moments of Activate, open and Release: after each restart every file is whole,
# old or new, nothing of the attempt is left beside it, and no plaintext lies in the home or its workspaces.
# SSPROTECT_KILL_ROUNDS: how many (24)
. "$(dirname "$0")/lib.sh"

rounds="${SSPROTECT_KILL_ROUNDS:-24}"
marker="plain words that no container and no home may hold"
export XDG_RUNTIME_DIR="$work/runtime"
mkdir -m 700 "$XDG_RUNTIME_DIR"
documents="$work/documents"
mkdir "$documents"
person anna

for name in $(seq 12); do
    { for _ in $(seq $((name * name))); do echo "$marker in $name"; done; } >"$documents/$name"
    cp "$documents/$name" "$work/content-$name"
done
{ yes "$marker in a big one" | head -c 12000000; } >"$documents/big"
cp "$documents/big" "$work/content-big"

cat >"$work/editor" <<'EDITOR'
#!/bin/sh
# Appends a line, by temp and rename as many editors do.
cp "$2" "$2.tmp" && echo "$1" >>"$2.tmp" && mv "$2.tmp" "$2"
EDITOR
chmod +x "$work/editor"

kill_tray() {
    kill -KILL "$tray"
    wait "$tray" 2>/dev/null
    unset 'trays[-1]'
}
log_in() { printf 'password of anna\n' | as anna --password-stdin login --email anna@example.org >/dev/null || fail "no login"; }

# whole NAME: plain it is what it should be; protected its chain says so once it is released
whole() {
    local name="$1" path="$documents/$1"
    [ -e "$path" ] || fail "$name is gone"
    is_container "$path" || cmp -s "$path" "$work/content-$name" || cmp -s "$path" "$work/newer-$name" ||
        fail "$name is neither old nor new"
}
nothing_left_beside() {
    local left
    left=$(ls -A "$documents" | grep -v -x -e '[0-9]*' -e big)
    [ -z "$left" ] || fail "left beside the documents: $left"
}
no_plaintext() {
    if grep -rqF "$marker" "$work/home-anna" "$XDG_RUNTIME_DIR"; then
        grep -rlF "$marker" "$work/home-anna" "$XDG_RUNTIME_DIR"
        fail "plaintext was left"
    fi
}
wait_until_closed() {
    local tries
    for tries in $(seq 300); do
        as anna --json opened >"$work/opened" && grep -q '"opened":\[\]' "$work/opened" && return
        sleep 0.1
    done
    cat "$work/opened"
    fail "documents stay open"
}
settle() {
    start_tray "$work/home-anna"
    log_in
    wait_until_closed
    no_plaintext
    nothing_left_beside
    local each
    for each in $(seq 12) big; do whole "$each"; done
}

RANDOM=20240229
for round in $(seq "$rounds"); do
    delay="0.$(printf '%03d' $((RANDOM % 400)))"
    case $((round % 3)) in
        1) operation=activate; as anna activate --recursive "$documents" >/dev/null 2>&1 & ;;
        2)
            operation=open
            name=$((RANDOM % 12 + 1))
            as anna activate "$documents/$name" >/dev/null 2>&1
            { cat "$work/content-$name"; echo "line of round $round"; } >"$work/newer-$name"
            as anna open "$documents/$name" -- "$work/editor" "line of round $round" >/dev/null 2>&1 &
            ;;
        0) operation=release; as anna release --recursive "$documents" >/dev/null 2>&1 & ;;
    esac
    command=$!
    sleep "$delay"
    kill_tray
    wait "$command" 2>/dev/null
    settle
    if [ "$operation" = open ]; then
        # Which of the two it is shows when it is released.
        expect 0 as anna release "$documents/$name"
        cmp -s "$documents/$name" "$work/newer-$name" && mv "$work/newer-$name" "$work/content-$name"
        cmp -s "$documents/$name" "$work/content-$name" || fail "$name is neither old nor new after open"
        rm -f "$work/newer-$name"
    fi
    echo "round $round: $operation killed after $delay s"
done

step "All is released: byte for byte what it was"
as anna release --recursive "$documents" >/dev/null 2>&1
for name in $(seq 12) big; do
    cmp "$documents/$name" "$work/content-$name" || fail "$name differs"
done
nothing_left_beside
