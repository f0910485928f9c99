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

# Lies over the icons of protected files: only the lower left corner is drawn.
for name in overlay-red overlay-yellow; do
  for size in 16 20 24 32 40 48 64; do
    rsvg-convert -w $size -h $size $name.svg -o $name-$size.png
  done
  convert $name-16.png $name-20.png $name-24.png $name-32.png $name-40.png $name-48.png $name-64.png $name.ico
  rm $name-*.png
done
