#!/bin/sh
# Brings the translations up to date with the texts of tray/ and compiles them (Debian: qt6-l10n-tools). The compiled
# ones are committed, so that a build needs no Qt tools for them; run this after changing a text or a translation.
set -eu
cd "$(dirname "$0")"
PATH="/usr/lib/qt6/bin:$PATH"
for language in de; do
  lupdate ../../tray -locations none -no-obsolete -source-language en -target-language $language -ts ssprotect_$language.ts
  lrelease ssprotect_$language.ts -qm ssprotect_$language.qm
done
