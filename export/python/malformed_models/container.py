"""Faults of header, sections and checksum: checks 2 to 15."""

import struct
import zlib

import picket_format as pf
from golden_models.dense import one_number
from picket_format import BIG, LITTLE
from .drafts import Reader, full, patched, small, u16, u32
from .layout import ALL


def container():
    good = small().data()
    size = len(good)
    table = {kind: 64 + 16 * i for i, (kind, _) in enumerate(small().sections)}
    start = {kind: struct.unpack_from(Reader.order + "I", good, at + 4)[0] for kind, at in table.items()}
    rich_file = full().data()

    yield 2, "empty", b""
    yield 2, "63-bytes", good[:63]
    yield 3, "first-byte", patched(good, (0, b"\x88"))
    yield 3, "line-ends-changed", patched(good, (4, b"\n\x1a\n\n"))
    yield 3, "another-format", patched(good, (0, b"PK\x03\x04"))
    yield 4, "little-endian" if Reader.order == BIG else "big-endian", write_other()
    yield 4, "mixed", patched(good, (8, bytes([0x0B, 0x0A, 0x0D, 0x0C])))
    yield 5, "major-0", patched(good, (12, u16(0)))
    yield 5, "major-2", patched(good, (12, u16(2)))
    yield 5, "major-257", patched(good, (12, u16(257)))
    yield 6, "half", good[:size // 2]
    yield 6, "header-only", good[:64]
    yield 6, "last-byte-missing", good[:-1]
    yield 6, "file-bytes-4-gib", patched(good, (16, u32(ALL)))
    yield 7, "one-byte-more", good + b"\0"
    yield 7, "64-bytes-more", good + bytes(64)
    yield 7, "not-a-multiple-of-64", patched(good + b"\0", (16, u32(size + 1)))
    yield 7, "file-bytes-0", patched(good, (16, u32(0)))
    yield 8, "file-of-16-mib-and-64", patched(good + bytes(16777280 - size), (16, u32(16777280)))
    flipped = small()["weights"]
    at = good.index(bytes(flipped))
    yield 9, "weight-bit", patched(good, (at, bytes([good[at] ^ 1])), sign=False)
    yield 9, "checksum-0", patched(good, (20, u32(0)), sign=False)
    yield 9, "checksum-of-all-bytes", patched(good, (20, u32(zlib.crc32(good))), sign=False)
    yield 10, "first-reserved", patched(good, (36, b"\1"))
    yield 10, "last-reserved", patched(good, (63, b"\x80"))
    yield 11, "8-sections", patched(good, (32, u32(8)))
    yield 11, "17-sections", patched(good, (32, u32(17)))
    yield 11, "0-sections", patched(good, (32, u32(0)))
    yield 11, "4-gi-sections", patched(good, (32, u32(ALL)))
    yield 11, "table-wraps", patched(good, (32, u32(0x10000009)))
    yield 11, "table-beyond-file", patched(good[:128], (16, u32(128)))
    yield 12, "kind-0", patched(good, (table[1], u32(0)))
    yield 12, "swapped", patched(good, (table[3], u32(4)), (table[4], u32(3)))
    yield 12, "twice", patched(good, (table[9], u32(8)))
    for label, kinds in (("kind-10", (10, 300)), ("kind-255", (255, 300)),
                         ("optional-twice", (256, 256)), ("optional-descending", (300, 256))):
        draft = full()
        draft.sections[9][0], draft.sections[10][0] = kinds
        yield 12, label, draft.data()
    yield 13, "starts-late", patched(good, (table[9] + 4, u32(start[9] + 64)))
    yield 13, "overlaps", patched(good, (table[3] + 4, u32(start[2])))
    yield 13, "not-aligned", patched(good, (table[2] + 4, u32(start[2] + 1)))
    yield 13, "first-in-table", patched(good, (table[1] + 4, u32(192)))
    yield 13, "ends-beyond-file", patched(good, (table[9] + 8, u32(65)))
    yield 13, "end-wraps", patched(good, (table[1] + 8, u32(ALL - 255 + 64)))
    yield 13, "4-gib", patched(good, (table[9] + 8, u32(ALL)))
    yield 13, "rounding-wraps", patched(good, (table[8] + 8, u32(ALL - start[8])))
    yield 14, "64-zeros-more", patched(good + bytes(64), (16, u32(size + 64)))
    yield 14, "last-section-short", patched(rich_file + bytes(128), (16, u32(len(rich_file) + 128)))
    yield 15, "table-reserved", patched(good, (table[1] + 12, b"\1"))
    yield 15, "table-reserved-last", patched(rich_file, (64 + 16 * 10 + 15, b"\1"))
    yield 15, "after-table", patched(good, (208, b"\1"))
    yield 15, "before-first-section", patched(good, (255, b"\1"))
    yield 15, "after-strings", patched(good, (start[2] + 3, b"\1"))
    yield 15, "before-calibration-ends", patched(good, (start[9] - 1, b"\1"))
    yield 15, "last-byte", patched(good, (size - 1, b"\1"))


def write_other():
    model = one_number()[0]
    model.order = LITTLE if Reader.order == BIG else BIG
    return pf.write(model)
