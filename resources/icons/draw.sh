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
./pack_ico.py ssprotect.ico bmp:logged-in-16.png bmp:logged-in-24.png bmp:logged-in-32.png bmp:logged-in-48.png logged-in-64.png

# Lies over the icons of protected files: only the lower left corner is drawn.
for name in overlay-red overlay-yellow; do
  for size in 16 20 24 32 40 48 64; do
    rsvg-convert -w $size -h $size $name.svg -o $name-$size.png
  done
  ./pack_ico.py $name.ico bmp:$name-16.png $name-20.png $name-24.png bmp:$name-32.png $name-40.png $name-48.png $name-64.png
  rm $name-*.png
done
