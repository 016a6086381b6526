#!/usr/bin/env python3
"""Makes capture.pcap and records what softflowd exports of it: netflow5.bin, netflow9.bin, ipfix.bin,
each a row of datagrams (time_ns, 8 bytes; size, 4 bytes; datagram).

    record_netflow.py [SOFTFLOWD]

Conversations, the same in the tests: a web request (10.0.0.1:40000 to 10.0.0.2:80, closed by both,
3 s), a SYN sent three times without an answer (port 81), a SYN answered by RST (port 82), a DNS
question (UDP 53), an echo with its reply, and over IPv6 a datagram without an answer (UDP 123).
"""

import os
import socket
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
EPOCH = 1700000000
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16


def ipv4(source, destination, protocol, body):
    return b"\0" * 12 + b"\x08\0" + struct.pack(
        ">BBHHHBBH4s4s", 0x45, 0, 20 + len(body), 1, 0, 64, protocol, 0,
        bytes([10, 0, 0, source]), bytes([10, 0, 0, destination])) + body


def tcp(source, destination, from_port, to_port, flags, size=0):
    return ipv4(source, destination, 6, struct.pack(
        ">HHIIBBHHH", from_port, to_port, 1, 1, 0x50, flags, 8192, 0, 0) + b"x" * size)


def udp(source, destination, from_port, to_port, size):
    return ipv4(source, destination, 17, struct.pack(
        ">HHHH", from_port, to_port, 8 + size, 0) + b"x" * size)


def echo(source, destination, kind):
    return ipv4(source, destination, 1, struct.pack(">BBHHH", kind, 0, 0, 7, 1) + b"x" * 56)


def udp6(from_port, to_port, size):
    address = bytes([0xFD] + [0] * 14)
    body = struct.pack(">HHHH", from_port, to_port, 8 + size, 0) + b"x" * size
    return b"\0" * 12 + b"\x86\xdd" + struct.pack(
        ">IHBB", 6 << 28, len(body), 17, 64) + address + b"\1" + address + b"\2" + body


PACKETS = [
    (0.0, tcp(1, 2, 40000, 80, SYN)), (0.1, tcp(2, 1, 80, 40000, SYN | ACK)),
    (0.2, tcp(1, 2, 40000, 80, ACK)), (0.3, tcp(1, 2, 40000, 80, PSH | ACK, 200)),
    (0.5, tcp(2, 1, 80, 40000, PSH | ACK, 1400)), (0.6, tcp(2, 1, 80, 40000, PSH | ACK, 600)),
    (2.8, tcp(1, 2, 40000, 80, FIN | ACK)), (3.0, tcp(2, 1, 80, 40000, FIN | ACK)),
    (0.4, tcp(3, 2, 40001, 81, SYN)), (1.4, tcp(3, 2, 40001, 81, SYN)),
    (3.4, tcp(3, 2, 40001, 81, SYN)),
    (0.7, tcp(4, 2, 40002, 82, SYN)), (0.8, tcp(2, 4, 82, 40002, RST | ACK)),
    (0.9, udp(5, 2, 40003, 53, 30)), (1.0, udp(2, 5, 53, 40003, 100)),
    (1.1, echo(6, 2, 8)), (1.2, echo(2, 6, 0)),
    (1.3, udp6(40004, 123, 48)),
]


def write_capture(path):
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for at, bytes_ in sorted(PACKETS):
            file.write(struct.pack("<IIII", EPOCH + int(at), round(at % 1 * 1e6), len(bytes_),
                                   len(bytes_)) + bytes_)


def record(softflowd, version, name, capture, folder):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(2)
        port = receiver.getsockname()[1]
        # -a: times are those of the capture; -6: IPv6 is exported if the version can.
        subprocess.run([softflowd, "-a", "-6", "-d", "-v", version, "-n", f"127.0.0.1:{port}", "-r",
                        capture, "-p", os.path.join(folder, "pid"), "-c", "none"],
                       check=True, capture_output=True)
        with open(os.path.join(HERE, name), "wb") as out:
            while True:
                try:
                    datagram = receiver.recv(65536)
                except TimeoutError:
                    return
                out.write(struct.pack("<QI", (EPOCH + 4) * 10**9, len(datagram)) + datagram)


def main():
    softflowd = sys.argv[1] if len(sys.argv) > 1 else "softflowd"
    with tempfile.TemporaryDirectory() as folder:
        capture = os.path.join(HERE, "capture.pcap")
        write_capture(capture)
        for version, name in (("5", "netflow5.bin"), ("9", "netflow9.bin"), ("10", "ipfix.bin")):
            record(softflowd, version, name, capture, folder)
            print(name, os.path.getsize(os.path.join(HERE, name)))


main()
