#!/usr/bin/env python3
"""Seeds of the fuzz targets of picket_flow.h, made of nothing but this file and the recordings.

    flow_seeds.py FOLDER
"""

import os
import struct
import sys
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
RECORDED = os.path.join(HERE, "..", "Flow", "recorded")
FIN, SYN, RST, ACK = 1, 2, 4, 16


def save(folder, target, name, content):
    os.makedirs(os.path.join(folder, target), exist_ok=True)
    with open(os.path.join(folder, target, name), "wb") as file:
        file.write(content)


def piece(kind, pause, content):
    return struct.pack(">BBH", kind, pause, len(content)) + content


def ipv4(source, destination, protocol, body, fragment=0, number=1):
    return struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(body), number, fragment, 64, protocol, 0,
                       bytes([10, 0, 0, source]), bytes([10, 0, 0, destination])) + body


def ipv6(source, destination, following, body):
    address = bytes([0xFD] + [0] * 14)
    return struct.pack(">IHBB", 6 << 28, len(body), following, 64) + address + bytes(
        [source]) + address + bytes([destination]) + body


def tcp(from_port, to_port, flags, size=0):
    return struct.pack(">HHIIBBHHH", from_port, to_port, 1, 1, 0x50, flags, 99, 0, 0) + b"x" * size


def udp(from_port, to_port, size):
    return struct.pack(">HHHH", from_port, to_port, 8 + size, 0) + b"x" * size


def packets(folder):
    talk = [(1, 2, 4000, 80, SYN, 0), (2, 1, 80, 4000, SYN | ACK, 0), (1, 2, 4000, 80, ACK, 9),
            (1, 2, 4000, 80, FIN | ACK, 0), (2, 1, 80, 4000, FIN | ACK, 0)]
    save(folder, "flow-packet", "tcp", b"".join(
        piece(2, 4, ipv4(a, b, 6, tcp(c, d, f, n))) for a, b, c, d, f, n in talk))
    save(folder, "flow-packet", "rejected", piece(2, 1, ipv4(1, 2, 6, tcp(1, 2, SYN)))
         + piece(2, 1, ipv4(2, 1, 6, tcp(2, 1, RST | ACK))))
    save(folder, "flow-packet", "flood", b"".join(
        piece(2, 3, ipv4(1, 2, 6, tcp(port, 80, SYN))) for port in range(40)))
    save(folder, "flow-packet", "fragments", b"".join(
        piece(2, 1, ipv4(1, 2, 17, udp(9, 53, 24), place)) for place in (0x2000, 0x2004, 8)))
    save(folder, "flow-packet", "echo", b"".join(
        piece(2, 1, ipv4(a, b, 1, struct.pack(">BBHHH", kind, 0, 0, 7, 1)))
        for a, b, kind in ((1, 2, 8), (2, 1, 0), (2, 1, 3))))
    extended = b"\x2b\0" + b"\0" * 6 + b"\x2c\0" + b"\0" * 6 + b"\x11\0\0\1\0\0\0\7" + udp(1, 53, 9)
    save(folder, "flow-packet", "ipv6", piece(7, 1, ipv6(1, 2, 0, extended)))
    plain = ipv4(1, 2, 17, udp(9, 53, 4))
    for kind, head in ((0, b"\2\0\0\0"), (1, b"\0" * 12 + b"\x81\0\0\1\x08\0"),
                       (1, b"\0" * 12 + b"\x88\x64" + b"\0" * 6 + b"\0\x21"),
                       (3, b"\0" * 14 + b"\x08\0"), (4, b"\x08\0" + b"\0" * 18)):
        save(folder, "flow-packet", f"link-{kind}-{len(head)}", piece(kind, 1, head + plain))
        save(folder, "flow-packet", f"cut-{kind}-{len(head)}", piece(kind | 128, 1, (head + plain)[:-9]))


def recordings(folder):
    """Each recording in parts of a few messages."""
    for name, target in (("conntrack-destroyed", "flow-conntrack"), ("netflow5", "flow-netflow"),
                         ("conntrack-queried", "flow-conntrack"), ("netflow9", "flow-netflow"),
                         ("ipfix", "flow-netflow")):
        with open(os.path.join(RECORDED, name + ".bin"), "rb") as file:
            content = file.read()
        at, messages = 0, []
        while at < len(content):
            size = struct.unpack_from("<I", content, at + 8)[0]
            messages.append(content[at + 12:at + 12 + size])
            at += 12 + size
        for i in range(0, len(messages), 8):
            save(folder, target, f"{name}-{i}", b"".join(
                piece(0, 4, each) for each in messages[i:i + 12]))


def dump(folder):
    """Messages of a connection, and the end of a dump that was asked for behind them."""
    with open(os.path.join(RECORDED, "conntrack-queried.bin"), "rb") as file:
        size = struct.unpack_from("<I", file.read(12), 8)[0]
        first = file.read(size)
    done = struct.pack("=IHHIIi", 20, 3, 2, 1700000002, 1, 0)
    save(folder, "flow-conntrack", "dump", piece(0, 1, first) + piece(0, 5, first + done + first))


def ipfix(*sets):
    content = b"".join(struct.pack(">HH", number, 4 + len(body)) + body for number, body in sets)
    return struct.pack(">HHIII", 10, 16 + len(content), 1700000000, 0, 7) + content


def options(folder):
    """Options that tell the exporter's start, and other templates until the target's table is full."""
    others = b"".join(struct.pack(">HHHH", 256 + i, 1, 4, 1) for i in range(1, 3))
    save(folder, "flow-netflow", "start", piece(0, 1, ipfix(
        (3, struct.pack(">HHHHH", 256, 1, 1, 160, 8)), (2, others),
        (256, struct.pack(">QQ", 1000, 1000)))))


def log(folder):
    def record(number, kind, port, flag, reason):
        body = struct.pack("<QQQ6Q", number, 10**18 + number, 10**18 + number, 1, 2, 3, 4, 5, 6)
        ends = bytes(10) + b"\xff\xff\x0a\0\0\1" + bytes(10) + b"\xff\xff\x0a\0\0\2"
        body += ends + struct.pack("<HH12B", port, 80, kind, 6, flag, reason, 2, 16, 0, 0, 0, 0, 0, 0)
        return b"PFL1" + struct.pack("<I", zlib.crc32(body)) + body

    rows = [record(i, 1, 1000 + i, 9, 0) for i in range(1, 6)]
    rows += [record(i, 2, 1000 + i, i, 1) for i in range(5, 0, -1)]
    for first in (0, 1):
        save(folder, "flow-log", f"rows-{first}", bytes([first]) + b"".join(rows))
    save(folder, "flow-log", "one", b"\0" + rows[0])


def main():
    packets(sys.argv[1])
    recordings(sys.argv[1])
    dump(sys.argv[1])
    options(sys.argv[1])
    log(sys.argv[1])


main()
