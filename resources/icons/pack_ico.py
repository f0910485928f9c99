#!/usr/bin/env python3
"""pack_ico.py OUT.ico FRAME…: a Windows icon of PNG files named …-SIZE.png. A frame given as bmp:FILE is stored plain, as the
oldest readers want the usual sizes; the others stay compressed."""
import struct
import subprocess
import sys


def plain(path, size):
    pixels = subprocess.run(["convert", path, "-depth", "8", "BGRA:-"], check=True, capture_output=True).stdout
    rows = [pixels[row * size * 4:(row + 1) * size * 4] for row in range(size)]
    mask_row = (size + 31) // 32 * 4
    header = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, size * size * 4 + mask_row * size, 0, 0, 0, 0)
    return header + b"".join(reversed(rows)) + bytes(mask_row * size)


def frame(argument):
    path = argument.removeprefix("bmp:")
    size = int(path.rsplit("-", 1)[1].removesuffix(".png"))
    if argument.startswith("bmp:"):
        return size, plain(path, size)
    with open(path, "rb") as file:
        return size, file.read()


frames = [frame(argument) for argument in sys.argv[2:]]
at = 6 + 16 * len(frames)
directory = struct.pack("<HHH", 0, 1, len(frames))
for size, data in frames:
    directory += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(data), at)
    at += len(data)
with open(sys.argv[1], "wb") as out:
    out.write(directory + b"".join(data for _, data in frames))
