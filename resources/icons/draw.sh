#!/bin/sh
# Draws the PNG and ICO files from the SVG ones. They are committed, so that a build needs
# neither rsvg-convert nor ImageMagick; run this after changing a drawing.
set -eu
cd "$(dirname "$0")"
for name in logged-in logged-out busy; do
  for size in 16 22 24 32 48 64 128; do
    rsvg-convert -w $size -h $size $name.svg -o $name-$size.png
  done
done
convert logged-in-16.png logged-in-24.png logged-in-32.png logged-in-48.png logged-in-64.png ssprotect.ico
