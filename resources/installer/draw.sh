#!/bin/sh
# Draws the picture at the side of the installer's last page from the shield; committed, so that a build needs neither
# rsvg-convert nor ImageMagick.
set -eu
cd "$(dirname "$0")"
rsvg-convert -w 240 -h 240 ../icons/logged-in.svg -o shield.png
convert -size 328x628 'gradient:#f7fafd-#d5e4f5' shield.png -gravity north -geometry +0+110 -composite \
    -font Liberation-Sans-Bold -pointsize 40 -fill '#1b4f91' -annotate +0+380 SSProtect \
    -colors 255 -type palette BMP3:side.bmp
rm shield.png
