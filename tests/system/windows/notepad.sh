#!/usr/bin/env bash
# Managed access as a person uses it on Windows: the associated program (Wine's notepad, Wine's wordpad) opens a protected
# document, somebody types, saves and closes, and what was typed is protected again. On a display and in a Wine prefix of
# its own, so that nobody else's windows get the keys.
starter=wine
suffix=.exe
drive=Z:
. "$(dirname "$0")/../lib.sh"

for tool in wine wineserver Xvfb xdotool; do
    command -v "$tool" >/dev/null || fail "$tool is not installed"
done

screen=
leave() {
    wineserver -k 2>/dev/null
    [ -n "$screen" ] && kill "$screen" 2>/dev/null && wait "$screen" 2>/dev/null
    cleanup
}
trap leave EXIT

step "A display and a Wine prefix"
export WINEPREFIX="$work/prefix" WINEDEBUG=-all WINEDLLOVERRIDES="winemenubuilder.exe=d"
mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 1280x960x24 3>"$work/display" 2>/dev/null &
screen=$!
read -r -t 60 number <"$work/display" || fail "no display"
export DISPLAY=":$number"
wineboot --init >/dev/null 2>&1 || fail "no Wine prefix"

person anna

# use DOCUMENT KEYS-FOR-SAVING: types in the program that opens, saves and closes it; the result is in $work/out
use() {
    as anna --json open "$drive$1" >"$work/out" 2>"$work/err" &
    local opening=$! window
    window="$(timeout 120 xdotool search --sync --onlyvisible --name "$(basename "$1")" | head -n 1)"
    [ -n "$window" ] || { cat "$work/out" "$work/err"; fail "no program showed $(basename "$1")"; }
    xdotool windowfocus --sync "$window"
    xdotool key ctrl+End
    xdotool type --delay 20 ' and more'
    xdotool key ctrl+s
    xdotool key alt+F4
    wait "$opening" || { cat "$work/out" "$work/err"; fail "open ended with $?"; }
}

step "Programs without a signature are refused (PROT-11)"
document="$work/letter.txt"
printf 'first words' >"$document"
expect 0 as anna activate "$drive$document"
is_container "$document" || fail "the letter is not protected"
as anna open "$drive$document" >"$work/out" 2>"$work/err" && fail "a program without a signature got the letter"
says signed
expect 0 as anna account set --unsigned-apps on

step "Notepad, by the association"
use "$document"
says '"version":2'
says '"changed":true'
is_container "$document" || fail "the letter is not protected any more"
expect 0 as anna release "$drive$document"
[ "$(cat "$document")" = 'first words and more' ] || fail "the letter says: $(cat "$document")"

step "Wordpad, by the association"
document="$work/report.rtf"
printf '{\\rtf1\\ansi first words}' >"$document"
expect 0 as anna activate "$drive$document"
use "$document"
says '"version":2'
says '"changed":true'
is_container "$document" || fail "the report is not protected any more"
expect 0 as anna release "$drive$document"
grep -q 'and more' "$document" || fail "the report says: $(cat "$document")"

step "Nothing is left"
[ -z "$(ls -A "$work/home-anna/workspace" "$work/home-anna/managed" | grep -v ':$')" ] || fail "something is left of the documents"
echo "passed"
