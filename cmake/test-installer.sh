#!/usr/bin/env bash
# Installs, uses, upgrades and removes the client in a Wine prefix of its own; called by test-windows.sh with a display.
#   bash cmake/test-installer.sh [folder of a build, default build/windows]
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/packages.sh

build="$(realpath "${1:-build/windows}")"
export WINEPREFIX="$build/wine-installer" WINEDEBUG=-all WINEDLLOVERRIDES="winemenubuilder.exe=d"
rm -rf "$WINEPREFIX"
trap 'wineserver -k 2>/dev/null || true' EXIT

fail() {
    echo "FAILED: $*" >&2
    exit 1
}
program_folder='C:\Program Files\SSProtect'
folder="$WINEPREFIX/drive_c/Program Files/SSProtect"
setup="$(ls "$build"/installer/SSProtect-*-setup.exe)"
package="$(ls "$build"/installer/SSProtect-*.msi)"
host="$build/bin/ssprotect-shell-host.exe"
run_key='HKLM\Software\Microsoft\Windows\CurrentVersion\Run'
overlay_key='HKLM\Software\Microsoft\Windows\CurrentVersion\Explorer\ShellIconOverlayIdentifiers'

wine_clean() { wine "$@" 2>/dev/null | tr -d '\r'; }
home="$WINEPREFIX/drive_c/home"
cli() { SSPROTECT_HOME='C:\home' wine "$folder/ssprotect.exe" "$@" 2>/dev/null | tr -d '\r'; }

installed_right() {
    for name in ssprotect-tray.exe ssprotect.exe ssprotect-shell.dll LICENSE.txt; do
        [ -s "$folder/$name" ] || fail "$name is not installed"
    done
    wine_clean reg query "$run_key" | grep -q 'ssprotect-tray.exe' || fail "no autostart"
    wine_clean reg query "$overlay_key" /s | grep -q 'SSProtect1Own' || fail "no overlay handler"
    printf 'plain' >"$WINEPREFIX/drive_c/plain.txt"
    wine_clean "$host" menu 'C:\plain.txt' | grep -q ssprotect.activate || fail "Explorer's menu has no Activate"
}

removed_right() {
    wineserver -w
    [ ! -e "$folder" ] || fail "left behind: $(ls "$folder")"
    ! grep -i -q -e ssprotect "$WINEPREFIX/system.reg" || fail "left in the registry: $(grep -i -m3 ssprotect "$WINEPREFIX/system.reg")"
    ! find "$WINEPREFIX/drive_c/ProgramData" "$WINEPREFIX/drive_c/users" -iname '*ssprotect*.lnk' | grep -q . || fail "a shortcut is left"
}

wait_for_tray() {
    local tries
    for tries in $(seq 1 60); do
        cli status --json | grep -q '"session"' && return
    done
    fail "the installed tray process does not serve"
}

say "Making the Wine prefix $WINEPREFIX"
wineboot --init >/dev/null 2>&1
wineserver -w
mkdir -p "$home"

say "Installing silently"
wine "$setup" /S >/dev/null 2>&1 || fail "the installer ended with $?"
installed_right

say "Activating from the command line and from Explorer"
SSPROTECT_HOME='C:\home' wine "$folder/ssprotect-tray.exe" --headless --second-factor allow >/dev/null 2>&1 &
tray=$!
wait_for_tray
printf 'correct horse battery\ncorrect horse battery\n' | cli --password-stdin account create --email anna@example.org >/dev/null
printf 'a passphrase for it\na passphrase for it\n' | cli --password-stdin keys export 'C:\anna.keys' >/dev/null
printf 'An offer' >"$WINEPREFIX/drive_c/offer.txt"
cli activate 'C:\offer.txt' >/dev/null
state() { cli status "$1" --json | grep -o '"state": *"[a-z]*"' | tail -1; }
[ "$(state 'C:\offer.txt')" = '"state":"protected"' ] || fail "activate: $(state 'C:\offer.txt')"
[ "$(SSPROTECT_HOME='C:\home' wine_clean "$host" overlay 'C:\offer.txt')" = red ] || fail "the overlay is not red"
SSPROTECT_HOME='C:\home' wine_clean "$host" double-click-menu 'C:\offer.txt' | grep -q default || fail "no default verb"
SSPROTECT_HOME='C:\home' wine_clean "$host" invoke ssprotect.activate 'C:\plain.txt' | grep -q 0x00000000 || fail "invoke"
for tries in $(seq 1 60); do
    [ "$(state 'C:\plain.txt')" != '"state":"protected"' ] || break
done
[ "$(state 'C:\plain.txt')" = '"state":"protected"' ] || fail "Explorer's Activate did nothing"

say "Upgrading over the running client"
wine "$setup" /S >/dev/null 2>&1 || fail "the upgrade ended with $?"
installed_right
cli status --json | grep -q logged-in || fail "the upgrade ended the session of a running client"
cli quit >/dev/null
wait "$tray" || true

say "Uninstalling"
wine "$folder/uninstall.exe" /S "_?=$program_folder" >/dev/null 2>&1 || fail "the uninstaller ended with $?"
rm -f "$folder/uninstall.exe"
rmdir "$folder" 2>/dev/null || true
removed_right
[ -e "$home/kodiac" ] || fail "the user's data is gone"

say "Installing and removing the MSI"
wine msiexec /i "$package" /qn >/dev/null 2>&1 || fail "msiexec /i ended with $?"
installed_right
wine msiexec /x "$package" /qn >/dev/null 2>&1 || fail "msiexec /x ended with $?"
[ ! -e "$folder/ssprotect-tray.exe" ] || fail "the MSI left its files"
say "The installers hold"
