"""Header, sections and checksum: checks 2 to 15."""

import struct

import numpy as np

from .bytes import checksum, order_of, up
from .constants import BYTE_ORDER, FIRST_OPTIONAL, MAGIC, SECTIONS
from .refusals import Refused


def require(holds, check, why):
    if not holds:
        raise Refused(check, why)


def finite(*numbers):
    return all(np.isfinite(number) for number in numbers)


def read_container(data, order):
    require(len(data) >= 64, 2, f"{len(data)} bytes")
    require(data[:8] == MAGIC, 3, "magic")
    o = order_of(data) if order is None else order
    require(struct.unpack_from(o + "I", data, 8)[0] == BYTE_ORDER, 4, "byte order")
    major, _, file_bytes, stored, _, count = struct.unpack_from(o + "HHIIQI", data, 12)
    require(major == 1, 5, f"major {major}")
    require(len(data) >= file_bytes, 6, f"{len(data)} of {file_bytes} bytes")
    require(len(data) == file_bytes and file_bytes % 64 == 0, 7, f"{len(data)} bytes")
    require(file_bytes <= 16777216, 8, f"{file_bytes} bytes")
    require(checksum(data) == stored, 9, f"{stored:08x}, should be {checksum(data):08x}")
    require(not any(data[36:64]), 10, "reserved bytes of the header")
    require(9 <= count <= 16 and 64 + 16 * count <= file_bytes, 11, f"{count} sections")

    table = [struct.unpack_from(o + "IIII", data, 64 + 16 * i) for i in range(count)]
    kinds = [entry[0] for entry in table]
    optional = [FIRST_OPTIONAL - 1] + kinds[9:]
    require(kinds[:9] == list(range(1, 10)), 12, f"kinds {kinds}")
    require(all(a < b for a, b in zip(optional, optional[1:])), 12, f"kinds {kinds}")
    end = 64 + 16 * count
    gaps = []
    for kind, offset, size, _ in table:
        require(offset == up(end, 64) and offset + size <= file_bytes, 13,
                f"section {kind} at {offset}, {size} bytes")
        gaps.append((end, offset))
        end = offset + size
    require(up(end, 64) == file_bytes, 14, f"sections end at {end}, file at {file_bytes}")
    gaps.append((end, file_bytes))
    require(not any(entry[3] for entry in table), 15, "reserved word of the section table")
    require(not any(any(data[a:b]) for a, b in gaps), 15, "bytes between sections")
    section = {SECTIONS.get(k, k): data[a:a + n] for k, a, n, _ in table}
    section["optional"] = [(k, data[a:a + n]) for k, a, n, _ in table[9:]]
    return o, section
