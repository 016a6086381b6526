"""Reads captures and the headers of their frames, plainly: the second opinion of captures_test.py."""

import struct
from ipaddress import ip_address

VLAN = {0x8100, 0x88A8, 0x9100}


def frames(path):
    """(link type, bytes captured, length on the wire) of each frame of a pcap or pcapng file."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:4] == b"\x0a\x0d\x0d\x0a":
        yield from blocks(data)
        return
    order = "<" if data[:4] in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1") else ">"
    link = struct.unpack_from(order + "I", data, 20)[0] & 0xFFFF
    at = 24
    while at + 16 <= len(data):
        captured, length = struct.unpack_from(order + "II", data, at + 8)
        yield link, data[at + 16:at + 16 + captured], length
        at += 16 + captured


def blocks(data):
    at, order, links = 0, "<", []
    while at + 12 <= len(data):
        kind, length = struct.unpack_from(order + "II", data, at)
        if kind == 0x0A0D0D0A:
            order = "<" if data[at + 8:at + 12] == b"\x4d\x3c\x2b\x1a" else ">"
            length, links = struct.unpack_from(order + "I", data, at + 4)[0], []
        elif kind == 1:
            links.append(struct.unpack_from(order + "H", data, at + 8)[0])
        elif kind == 6:
            interface, _, _, captured, wire = struct.unpack_from(order + "IIIII", data, at + 8)
            yield links[interface], data[at + 28:at + 28 + captured], wire
        at += length


def ip_offset(link, frame):
    """Where IP starts, or None."""
    if link in (101, 12, 14, 228, 229):
        return 0
    if link == 0:
        return 4
    if link == 276:
        return 20 if frame[0:2] in (b"\x08\0", b"\x86\xdd") else None
    at = {1: 12, 113: 14}[link]
    while len(frame) >= at + 2:
        kind = int.from_bytes(frame[at:at + 2], "big")
        if kind in (0x0800, 0x86DD):
            return at + 2
        if kind == 0x8864:
            return at + 10
        if kind not in VLAN:
            return None
        at += 4
    return None


def conversation(link, frame, length):
    """(protocol, (source, port), (destination, port), bytes of IP, payload) of a whole packet of TCP
    or UDP; None for any other."""
    at = ip_offset(link, frame)
    if at is None or len(frame) < at + 20:
        return None
    if frame[at] >> 4 == 4:
        size = int.from_bytes(frame[at + 2:at + 4], "big") or length - at
        protocol, behind = frame[at + 9], at + (frame[at] & 15) * 4
        ends = frame[at + 12:at + 16], frame[at + 16:at + 20]
        if int.from_bytes(frame[at + 6:at + 8], "big") & 0x3FFF:
            return None
    elif frame[at] >> 4 == 6 and len(frame) >= at + 40:
        size = 40 + int.from_bytes(frame[at + 4:at + 6], "big")
        protocol, behind = frame[at + 6], at + 40
        ends = frame[at + 8:at + 24], frame[at + 24:at + 40]
        while protocol in (0, 43, 60) and len(frame) >= behind + 2:
            protocol, behind = frame[behind], behind + 8 + frame[behind + 1] * 8
    else:
        return None
    if protocol not in (6, 17) or len(frame) < behind + 4:
        return None
    header = 8 if protocol == 17 else (frame[behind + 12] >> 4) * 4 if len(frame) > behind + 12 else 20
    ports = struct.unpack_from(">HH", frame, behind)
    return ("tcp" if protocol == 6 else "udp", (str(ip_address(ends[0])), ports[0]),
            (str(ip_address(ends[1])), ports[1]), size, size - (behind - at) - header)
