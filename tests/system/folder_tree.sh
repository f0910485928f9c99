#!/usr/bin/env bash
# Activate over a copy of /usr/share/doc and Release: identical content, modes, times and links; every refusal has its reason.
. "$(dirname "$0")/lib.sh"

step "A tree with thousands of files, links, odd names, read-only and empty files"
tree="$work/tree"
cp -a /usr/share/doc "$tree"
printf 'new\nline' >"$tree/"$'name with\nnewline'
printf 'bytes' >"$tree/"$'not-utf8-\xff\xfe'
printf 'quote' >"$tree/'quoted\" \$name"
printf 'dash' >"$tree/-dash"
: >"$tree/empty"
printf 'locked' >"$tree/read-only" && chmod 0444 "$tree/read-only"
printf 'hidden' >"$tree/.hidden"
mkdir "$tree/ordner äöü" && printf 'umlaut' >"$tree/ordner äöü/größe.txt"
ln -s read-only "$tree/soft-link"
ln -s nowhere "$tree/broken-link"
printf 'twice' >"$tree/hard-a" && ln "$tree/hard-a" "$tree/hard-b"
mkfifo "$tree/fifo"

listing() { (cd "$tree" && find . -printf '%p\t%y\t%m\t%l\t%U:%G\t%T@\n' | LC_ALL=C sort); }
contents() { (cd "$tree" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum); }
listing | awk -F'\t' '$2 != "d"' >"$work/listing-before"
contents >"$work/contents-before"
files=$(find "$tree" -type f | wc -l)
echo "$files files"

person anna
step "Activate"
expect 1 as anna --json activate --recursive "$tree"
failed=$(grep -o '"failed":[0-9]*' "$work/out" | head -n 1 | cut -d: -f2)
hard=$(find "$tree" -type f -links +1 | wc -l)
[ "$failed" -ge "$hard" ] || fail "$failed refusals, but $hard files have several links"
plain=0
while IFS= read -r -d '' file; do is_container "$file" || plain=$((plain + 1)); done < <(find "$tree" -type f -links 1 -print0)
[ "$plain" -eq 0 ] || fail "$plain files with one link are still plain"
for word in hard-linked; do says "$word"; done

step "Once more: all are protected already"
expect 1 as anna --json activate --recursive "$tree"
says already-protected

step "Release"
as anna --json release --recursive "$tree" >"$work/out" 2>"$work/err"
contents >"$work/contents-after"
cmp "$work/contents-before" "$work/contents-after" || fail "contents differ"
listing | awk -F'\t' '$2 != "d"' >"$work/listing-after"
diff "$work/listing-before" "$work/listing-after" >"$work/diff" || { head -20 "$work/diff"; fail "modes, links or times differ"; }
find "$tree" -name '.ssp*' | grep -q . && fail "something was left behind"
echo "identical: $files files"
