"""What readers and writers compute alike: sizes, hashes, the byte order."""

import zlib

from .constants import BIG, LITTLE, NUMERIC


def up(number, multiple):
    """Rounded up: the next multiple, or the number itself if it is one."""
    return (number + multiple - 1) // multiple * multiple


def text_of(name):
    """A name's bytes as text. Readers compare bytes, so two names never become the same text."""
    return name.decode("utf-8", "surrogateescape")


def bytes_of(text):
    """The bytes that text_of had."""
    return text.encode("utf-8", "surrogateescape")


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def feature_hash(fields):
    """Of what the fields mean: names are counted, so that none passes for something else."""
    def counted(name):
        return f"{len(bytes_of(name))}:{name}"

    text = "picket-features 1\n"
    for each in fields:
        if each.kind == NUMERIC:
            text += f"numeric {counted(each.name)} affine\n"
        else:
            text += f"symbolic {counted(each.name)} one-hot {len(each.categories)}\n"
            text += "".join(f"category {counted(category)}\n" for category in each.categories)
    return fnv1a(bytes_of(text))


def order_of(data):
    return BIG if data[8:12] == bytes([0x0A, 0x0B, 0x0C, 0x0D]) else LITTLE


def checksum(data):
    return zlib.crc32(data[:20] + bytes(4) + data[24:])
