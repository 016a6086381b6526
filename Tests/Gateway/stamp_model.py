"""Puts the hash of a flow's specification into a model file: what a trainer that reads logs does.

    stamp_model.py MODEL HASH OUTPUT        HASH: 16 hexadecimal digits, as `picketd check` prints them

The places are those of export/FORMAT.md: checksum at 20, feature_hash at 24.
"""
import struct
import sys
import zlib

path, digits, output = sys.argv[1:]
file = bytearray(open(path, "rb").read())
struct.pack_into("<I", file, 20, 0)
struct.pack_into("<Q", file, 24, int(digits, 16))
struct.pack_into("<I", file, 20, zlib.crc32(file))
open(output, "wb").write(file)
