#!/usr/bin/env python3
"""Records what a kernel's connection tracking tells of a few connections through a router.

    record_conntrack.py SECONDS OUT [--query]

Three network namespaces: a client 10.1.0.2, a router with tracking on, a server 10.2.0.2. As root, with
ip and nft. OUT is a row of reads from the router's netlink socket (time_ns, 8 bytes; size, 4 bytes;
messages). With --query each update to TIME_WAIT or CLOSE is followed by a question for the entry, and
the answer is recorded too. DESTROY events take up to two minutes: conntrack-destroyed.bin was made with
170 seconds, conntrack-queried.bin with 22 and --query.

Connections, the same in the tests: two to port 8001 (500 bytes up, 3,000 down; the second is held for
1.5 s), a closed port 9, a reset by the server (8002) and by the client (8003), a dropped SYN (8004),
two questions half a second apart (UDP 8053), one without an answer (UDP 8054), three echoes 0.3 s apart
and one to nobody.
"""

import ctypes
import socket
import struct
import subprocess
import sys
import threading
import time

NAMES = "picket-c", "picket-r", "picket-s"
SERVER = "10.2.0.2"
SYSTEM = {"acct": 1, "timestamp": 1, "tcp_timeout_time_wait": 3, "tcp_timeout_close": 3,
          "tcp_timeout_syn_sent": 5, "udp_timeout": 4, "udp_timeout_stream": 6, "icmp_timeout": 3}
RESET = struct.pack("ii", 1, 0)


def sh(command):
    subprocess.run(command, shell=True, check=True)


def build():
    for name in NAMES:
        sh(f"ip netns add {name}; ip -n {name} link set lo up")
    for near, far, net in (("c", "eth1", 1), ("s", "eth2", 2)):
        sh(f"ip link add eth0 netns picket-{near} type veth peer name {far} netns picket-r")
        sh(f"ip -n picket-{near} addr add 10.{net}.0.2/24 dev eth0; ip -n picket-{near} link set dev eth0 up")
        sh(f"ip -n picket-r addr add 10.{net}.0.1/24 dev {far}; ip -n picket-r link set dev {far} up")
        sh(f"ip -n picket-{near} route add default via 10.{net}.0.1")
    enter("picket-r")
    write("/proc/sys/net/ipv4/ip_forward", 1)
    for key, value in SYSTEM.items():
        write(f"/proc/sys/net/netfilter/nf_conntrack_{key}", value)
    # A rule that uses ct turns tracking on in the namespace.
    rule("picket-r", "forward", "ct state invalid drop")
    rule("picket-s", "input", "tcp dport 8004 drop")


def rule(namespace, hook, text):
    sh(f"ip netns exec {namespace} nft 'add table inet t; add chain inet t c "
       f"{{ type filter hook {hook} priority 0; }}; add rule inet t c {text}'")



def enter(name):
    """This thread, from now on, is in a namespace."""
    with open(f"/run/netns/{name}", encoding="utf-8") as file:
        if ctypes.CDLL(None).setns(file.fileno(), 0x40000000):  # CLONE_NEWNET
            raise OSError(f"{name} cannot be entered")


def write(path, value):
    with open(path, "w", encoding="utf-8") as file:
        file.write(str(value))


# ---- The server ----

def answer(connection):
    connection.recv(1000)
    connection.sendall(b"y" * 3000)


def reset(connection):
    connection.recv(10)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)


def wait(connection):
    try:
        while connection.recv(10):
            pass
    except OSError:
        pass


def serve(kind, port, act):
    enter("picket-s")
    with socket.socket(socket.AF_INET, kind) as listener:
        listener.bind(("0.0.0.0", port))
        if kind == socket.SOCK_DGRAM:
            while True:
                question, client = listener.recvfrom(2000)
                if act:
                    listener.sendto(b"a" * 77, client)
        listener.listen()
        while True:
            connection, _ = listener.accept()
            with connection:
                act(connection)


# ---- The client ----

def connect(port, content=b"", hold=0.0, linger=False, read=True):
    with socket.socket() as s:
        s.settimeout(2)
        try:
            s.connect((SERVER, port))
            s.sendall(content)
            while read and s.recv(65536):
                pass
            time.sleep(hold)
            if linger:
                s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        except OSError:
            pass
    time.sleep(0.3)


def ping(host, count):
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as s:
        for i in range(count):
            packet = struct.pack(">BBHHH", 8, 0, 0, 77, i) + b"z" * 48
            total = sum(struct.unpack(">28H", packet))
            total = (total & 0xFFFF) + (total >> 16)
            total = (total & 0xFFFF) + (total >> 16)
            s.sendto(packet[:2] + struct.pack(">H", 0xFFFF ^ total) + packet[4:], (host, 0))
            time.sleep(0.3)


def visit():
    enter("picket-c")
    connect(8001, b"hello" * 100)
    connect(8001, b"hello" * 100, hold=1.5)
    connect(9)
    connect(8002, b"x")
    connect(8003, b"abc", linger=True, read=False)
    connect(8004)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        for _ in range(2):
            s.sendto(b"q" * 20, (SERVER, 8053))
            s.recv(100)
            time.sleep(0.5)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.sendto(b"q" * 33, (SERVER, 8054))
    ping(SERVER, 3)
    ping("10.2.0.99", 1)


# ---- The router ----

def closed_tuples(messages):
    """The family and the tuple of each update to TIME_WAIT or CLOSE."""
    at = 0
    while at + 16 <= len(messages):
        length, kind, flags = struct.unpack_from("IHH", messages, at)
        message, at = messages[at:at + length], at + (length + 3 & ~3)
        place, ends, state = 20, b"", 0
        while kind == 0x100 and not flags & 0x400 and place + 4 <= len(message):
            size, number = struct.unpack_from("HH", message, place)
            if number & 0x3FFF == 1:
                ends = message[place:place + size]
            if number & 0x3FFF == 4:
                state = message[place + 12]
            place += size + 3 & ~3
        if state in (7, 8):
            yield message[16:20] + ends


def record(seconds, path, is_asking):
    listener = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)  # NETLINK_NETFILTER
    listener.bind((0, 7))  # the groups NEW, UPDATE and DESTROY
    listener.settimeout(0.5)
    asker = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)
    threading.Thread(target=visit, daemon=True).start()
    end = time.monotonic() + seconds
    with open(path, "wb") as out:
        while time.monotonic() < end:
            try:
                messages = listener.recv(65536)
            except TimeoutError:
                continue
            out.write(struct.pack("<QI", time.time_ns(), len(messages)) + messages)
            for question in closed_tuples(messages) if is_asking else ():
                asker.send(struct.pack("IHHII", 16 + len(question), 0x101, 1, 7, 0) + question)
                found = asker.recv(65536)
                out.write(struct.pack("<QI", time.time_ns(), len(found)) + found)


def main():
    seconds, path = float(sys.argv[1]), sys.argv[2]
    try:
        build()
        for kind, port, act in ((socket.SOCK_STREAM, 8001, answer), (socket.SOCK_STREAM, 8002, reset),
                                (socket.SOCK_STREAM, 8003, wait), (socket.SOCK_DGRAM, 8053, True),
                                (socket.SOCK_DGRAM, 8054, False)):
            threading.Thread(target=serve, args=(kind, port, act), daemon=True).start()
        time.sleep(1)
        record(seconds, path, "--query" in sys.argv)
    finally:
        for name in NAMES:
            subprocess.run(["ip", "netns", "del", name], check=False)


main()
