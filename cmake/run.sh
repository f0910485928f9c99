#!/usr/bin/env bash
# Installs what is needed (Debian 12), builds, starts the tray process and protects a real document with the embedded
# KODiAC, showing each step. Everything it makes lies in build/demo and is made anew each time.
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/packages.sh

install_packages build
configure_and_build native -DSSPROTECT_TESTS=OFF

bin="$PWD/build/native/bin"
demo="$PWD/build/demo"
document="$demo/documents/Offer to the museum.txt"
export SSPROTECT_HOME="$demo/home"
export PATH="$bin:$PATH"

rm -rf "$demo"
mkdir -p "$demo/documents"
printf 'Offer to the museum\n\nWe lend the collection for ninety days.\n' >"$document"

tray=""
stop_tray() {
    if [ -n "$tray" ]; then
        kill -TERM "$tray" 2>/dev/null || true
        wait "$tray" 2>/dev/null || true
    fi
}
trap stop_tray EXIT

show() {
    printf '\n$'
    printf ' %q' "$@"
    printf '\n'
    "$@"
}

say "Starting the tray process, headless, with its own home in build/demo/home"
echo "(--second-factor allow answers its prompts: you would be asked to acknowledge each operation)"
ssprotect-tray --headless --second-factor allow &
tray=$!
for _ in $(seq 100); do
    ssprotect status >/dev/null 2>&1 && break
    kill -0 "$tray"
    sleep 0.1
done

say "An Individual Account, and its keys exported: the first session asks for that"
printf 'correct horse battery\ncorrect horse battery\n' |
    show ssprotect --password-stdin account create --email anna@example.org
printf 'a passphrase for the safe\na passphrase for the safe\n' |
    show ssprotect --password-stdin keys export "$demo/anna.keys"

say "Activate: the document is encrypted where it lies, same name, same folder"
show ssprotect activate "$document"
show ssprotect status "$document"
echo
head -c 48 "$document" | od -A d -t x1z

say "Open: decrypted for its application only, and protected again as v2 when that closes"
cat >"$demo/editor.sh" <<'EDITOR'
#!/bin/sh
printf 'For one hundred days, if the climate is controlled.\n' >>"$1"
EDITOR
chmod +x "$demo/editor.sh"
show ssprotect open "$document" -- "$demo/editor.sh"
show ssprotect versions "$document"

say "Release: the plaintext is back in place"
show ssprotect release "$document"
show cat "$document"
grep -q 'one hundred days' "$document"

say "All of it worked."
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    stop_tray
    tray=""
    unset SSPROTECT_HOME
    nohup "$bin/ssprotect-tray" >/dev/null 2>&1 &
    echo "The tray icon stands in the tray now, with a home of your own: its first-run wizard makes your account."
else
    echo "There is no display, so no tray icon: with one, this script leaves it standing in the tray."
fi
echo "The command line: $bin/ssprotect --help    The user guide: docs/user-guide.md"
