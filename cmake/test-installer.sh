#!/usr/bin/env bash
# Installs, uses, upgrades and removes the client in a Wine prefix of its own; needs a display (test-windows.sh gives it
# one) and what installer.sh made.
#   bash cmake/test-installer.sh [folder of a build, default build/windows]
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/packages.sh

build="$(realpath "${1:-build/windows}")"
version="$(sed -n 's/^project(SSProtect VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)"
setup="$build/installer/SSProtect-$version-setup.exe"
package="$build/installer/SSProtect-$version.msi"
host="$build/bin/ssprotect-shell-host.exe"
editor='C:\editor.exe'

export WINEPREFIX="$build/wine-installer" WINEDEBUG=-all WINEDLLOVERRIDES="winemenubuilder.exe=d"
unset SSPROTECT_HOME
drive="$WINEPREFIX/drive_c"
folder="$drive/Program Files/SSProtect"
program_folder='C:\Program Files\SSProtect'
run_key='HKLM\Software\Microsoft\Windows\CurrentVersion\Run'
uninstall_key='HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\SSProtect'
overlay_key='HKLM\Software\Microsoft\Windows\CurrentVersion\Explorer\ShellIconOverlayIdentifiers'
tray=""

fail() {
    echo "FAILED: $*" >&2
    exit 1
}
# Whatever runs in this prefix, and nothing else.
trap 'wineserver -k 2>/dev/null || true' EXIT

# Whatever hangs fails.
wine() { timeout 300 wine "$@"; }
# grep that reads to the end: with -q, whoever writes into the pipe would fail
has() { grep "$@" >/dev/null; }
wine_clean() { wine "$@" 2>/dev/null | tr -d '\r'; }
cli() { wine "$folder/ssprotect.exe" "$@" 2>/dev/null | tr -d '\r'; }
# eventually COMMAND…: again and again until it succeeds
eventually() {
    local tries
    for tries in $(seq 150); do
        "$@" && return
        sleep 0.2
    done
    fail "never: $*"
}
state_is() { cli status "$1" --json | has "\"state\":\"$2\""; }
version_is() { cli status "$1" --json | has "\"version\":$2[,}]"; }
restart_windows() {
    wineserver -k || true
    wineserver -w
    wineboot --restart >/dev/null 2>&1
    wineserver -w
}

# explorer DEED…: what Explorer does; it stays until $drive/explorer-end is there, as its errands run in it
explorer() {
    rm -f "$drive/explorer-end"
    SSPROTECT_SHELL_AWAIT='C:\explorer-end' wine "$host" "$@" >"$drive/explorer-said" 2>/dev/null &
    explorer=$!
}
end_explorer() {
    touch "$drive/explorer-end"
    wait "$explorer" || fail "Explorer's deed failed"
    grep -q 0x00000000 "$drive/explorer-said" || fail "Explorer's deed came to $(cat "$drive/explorer-said")"
}

start_tray() {
    wine "$folder/ssprotect-tray.exe" --headless --second-factor allow >/dev/null 2>&1 &
    tray=$!
    eventually cli_serves
}
cli_serves() { cli status --json | has '"session"'; }
# open_document FILE: held open until close_document
open_document() {
    rm -f "$drive/signs/close" "$drive/signs/running"
    explorer double-click "$1"
    eventually test -e "$drive/signs/running"
    end_explorer
    state_is "$1" opened || fail "the default verb did not open $1 managed"
}
close_document() { touch "$drive/signs/close"; }

install_silently() { wine "$setup" /S "$@" >/dev/null 2>&1; }
# An uninstaller works on in a copy of itself.
uninstall_silently() {
    wine "$folder/uninstall.exe" /S "$@" >/dev/null 2>&1 || fail "the uninstaller ended with $?"
    eventually test ! -e "$folder/uninstall.exe"
}

entered_right() {
    local name
    for name in ssprotect-tray.exe ssprotect.exe ssprotect-shell.dll LICENSE.txt; do
        [ -s "$folder/$name" ] || fail "$name is not installed"
    done
    wine_clean reg query "$run_key" | has -F "\"$program_folder\\ssprotect-tray.exe\"" || fail "no autostart"
    wine_clean reg query "$overlay_key" /s | has 'SSProtect1Own' || fail "no overlay handler"
    find "$drive/ProgramData" "$drive/users" -iname 'ssprotect*.lnk' | has . || fail "no shortcut"
    printf 'plain' >"$drive/plain.txt"
    wine_clean "$host" menu 'C:\plain.txt' | has ssprotect.activate || fail "Explorer's menu has no Activate"
}
installed_right() {
    entered_right
    wine_clean reg query "$uninstall_key" /v DisplayVersion | has -F "$version" || fail "not entered as $version"
    bash cmake/installer.sh --verify "$folder/uninstall.exe"
    cmp -s LICENSE "$folder/LICENSE.txt" || fail "an older file is left"
}
removed_right() {
    restart_windows # what was in use goes then
    [ ! -e "$folder" ] || fail "left behind: $(ls "$folder")"
    ! grep -i -q ssprotect "$WINEPREFIX/system.reg" "$WINEPREFIX/user.reg" ||
        fail "left in the registry: $(grep -i -h -m3 ssprotect "$WINEPREFIX/system.reg" "$WINEPREFIX/user.reg")"
    ! find "$drive/ProgramData" "$drive/users" -iname '*ssprotect*.lnk' | has . || fail "a shortcut is left"
}
data() { find "$drive/users" -maxdepth 4 -type d -path '*/AppData/Local/SSProtect*'; }

say "Verifying the signatures"
if [ -z "${SSPROTECT_SIGNING_P12:-}" ]; then
    export SSPROTECT_SIGNING_ROOTS="$build/installer/test.pem"
fi
for file in "$setup" "$package" "$build"/installer/bin/ssprotect{-tray.exe,.exe,-shell.dll}; do
    bash cmake/installer.sh --verify "$file"
done
sed 's/SSProtect/SSPretext/' "$build/installer/bin/ssprotect.exe" >"$build/installer/tampered.exe"
! bash cmake/installer.sh --verify "$build/installer/tampered.exe" 2>/dev/null || fail "a changed program passes for signed"
rm "$build/installer/tampered.exe"

say "Making the Wine prefix $WINEPREFIX"
wineserver -k 2>/dev/null || true
rm -rf "$WINEPREFIX"
wineboot --init >/dev/null 2>&1
wineserver -w
mkdir "$drive/signs"
cp "$build/bin/ssprotect-test-editor.exe" "$drive/editor.exe"

say "Refusing a Windows that is too old"
winecfg -v win7 >/dev/null 2>&1
! install_silently || fail "the installer takes Windows 7"
[ ! -e "$folder" ] || fail "a refused installation left $(ls "$folder")"
winecfg -v win10 >/dev/null 2>&1

say "Installing silently"
install_silently || fail "the installer ended with $?"
installed_right

say "Activating from the command line and from Explorer"
wine reg add 'HKLM\Software\Classes\.offer' /ve /d OfferDocument /f >/dev/null 2>&1
wine reg add 'HKLM\Software\Classes\OfferDocument\shell\open\command' /ve /f \
    /d "\"$editor\" hold C:\\signs \" And more.\" \"%1\"" >/dev/null 2>&1
start_tray
printf 'correct horse battery\ncorrect horse battery\n' |
    cli --password-stdin account create --email anna@example.org >/dev/null
printf 'a passphrase for it\na passphrase for it\n' | cli --password-stdin keys export 'C:\anna.keys' >/dev/null
cli account set --unsigned-apps on >/dev/null
printf 'An offer.' >"$drive/new.offer"
cli activate 'C:\new.offer' >/dev/null
state_is 'C:\new.offer' protected || fail "activate: $(cli status 'C:\new.offer')"
[ "$(wine_clean "$host" overlay 'C:\new.offer')" = red ] || fail "the overlay is not red"
explorer invoke ssprotect.activate 'C:\plain.txt'
eventually state_is 'C:\plain.txt' protected
end_explorer

say "Opening it with a double-click"
open_document 'C:\new.offer'
close_document
eventually version_is 'C:\new.offer' 2

say "Upgrading over the running client with a document open"
open_document 'C:\new.offer'
wine reg add "$uninstall_key" /v DisplayVersion /d 0.0.1 /f >/dev/null 2>&1
echo "an older file" >"$folder/LICENSE.txt"
install_silently || fail "the upgrade ended with $?"
installed_right
cli status --json | has logged-in || fail "the upgrade ended the session of a running client"
state_is 'C:\new.offer' opened || fail "the upgrade closed a document"
close_document
eventually version_is 'C:\new.offer' 3

say "Uninstalling under the running client"
uninstall_silently
wait "$tray" || fail "the tray process did not end well"
removed_right
[ -n "$(data)" ] || fail "the user's data is gone"

say "Installing again: the user's data serves"
install_silently || fail "the installer ended with $?"
installed_right
start_tray
echo 'correct horse battery' | cli --password-stdin login --email anna@example.org >/dev/null
cli release 'C:\new.offer' >/dev/null
[ "$(cat "$drive/new.offer")" = "An offer. And more. And more." ] || fail "Release gives $(cat "$drive/new.offer")"

say "Keeping the user's data from being removed under an open document"
cli activate 'C:\new.offer' >/dev/null
open_document 'C:\new.offer'
uninstall_silently /REMOVEDATA
eventually test ! -e "$folder/ssprotect-tray.exe"
[ -n "$(data)" ] || fail "the data went while a document was open"
close_document
wait "$tray" || fail "the tray process did not end well after the document was closed"
removed_right
[ "$(head -c 4 "$drive/new.offer" | od -An -tx1 | tr -d ' \n')" = 89535350 ] || fail "the document is not protected again"

say "Removing the user's data when asked to, from a folder of one's own"
folder="$drive/Other" # Wine would put a name with spaces into quotes, which /D may not have
program_folder='C:\Other'
install_silently "/D=$program_folder" || fail "the installer ended with $?"
[ -s "$folder/ssprotect.exe" ] || fail "not installed where it was asked to be"
uninstall_silently /REMOVEDATA
wineserver -w
removed_right
[ -z "$(data)" ] || fail "left of the user's data: $(data)"

say "Installing, upgrading and removing the MSI"
folder="$drive/Program Files/SSProtect"
program_folder='C:\Program Files\SSProtect'
wine msiexec /i "$package" /qn >/dev/null 2>&1 || fail "msiexec /i ended with $?"
entered_right
newer="$build/installer/newer.msi"
(cd "$build/installer" && wixl -a x64 -D Version=99.0.0 -D Bin=bin -D License=LICENSE.txt -o newer.msi ssprotect.wxs)
wine msiexec /i "$newer" /qn >/dev/null 2>&1 || fail "msiexec of a newer version ended with $?"
entered_right
[ "$(wine_clean reg query "${uninstall_key%\\*}" /s | grep -c 'DisplayName.*SSProtect')" = 1 ] ||
    fail "the older version is still entered"
wine msiexec /x "$newer" /qn >/dev/null 2>&1 || fail "msiexec /x ended with $?"
rm "$newer"
[ ! -e "$folder/ssprotect-tray.exe" ] || fail "the MSI left its files"
! wine_clean reg query "$overlay_key" /s | has SSProtect || fail "the MSI left its overlay handlers"
! wine_clean reg query "$run_key" | has ssprotect || fail "the MSI left its autostart"
say "The installers hold"
