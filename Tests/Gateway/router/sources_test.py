"""Live sources in a router of network namespaces: packets of an interface, and NetFlow of softflowd.

    sources_test.py PICKETD FOLDER        PICKETD: built with CAPTURE=1

As root; elsewhere it says why it is skipped. Twelve pages of known lengths are fetched through the router
while `picketd learn` listens; its log must have each, with these bytes. Some forty seconds.
"""
import csv
import os
import shutil
import subprocess
import sys
import time

import children
import namespaces
from namespaces import CLIENT, ROUTER, SERVER, inside

HERE = os.path.dirname(os.path.abspath(__file__))
LENGTHS = [1000 * i for i in range(1, 13)]

CONFIGURATION = """
[source]
kind = "{kind}"
interface = "r0"
listen = "127.0.0.1:2055"
[flow]
bytes = "{count}"
closed_seconds = 0.5
[log]
path = "{log}"
sync_seconds = 0.1
"""

FETCH = """
import socket
for length in {lengths}:
    with socket.create_connection(("10.77.2.2", 80), 5, ("10.77.1.2", 0)) as made:
        made.sendall(b"GET /%d HTTP/1.0\\r\\n\\r\\n" % length)
        while made.recv(65536):
            pass
"""

# softflowd asks the kernel for packets in blocks without a limit of time: what fills some makes it look.
FILL = """
import socket
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
    made.bind(("10.77.1.2", 0))
    for i in range(60000):
        made.sendto(b"x" * 32, ("10.77.2.2", 9))
"""


def learn(picketd, folder, kind, count, exporter=None):
    """The rows of `picketd csv` of a log that was learned from this source while pages were fetched."""
    log, config = os.path.join(folder, "site.log"), os.path.join(folder, "picketd.toml")
    for path in (log, log + ".specification"):
        if os.path.exists(path):
            os.unlink(path)
    with open(config, "w") as file:
        file.write(CONFIGURATION.format(kind=kind, count=count, log=log))
    learner = children.start(inside(ROUTER, picketd, "learn", config), stderr=subprocess.DEVNULL)
    started = [learner]
    try:
        children.until(lambda: os.path.exists(log), 10, f"{kind}: a log")
        if exporter:
            started.append(children.start(inside(ROUTER, *exporter), stdout=subprocess.DEVNULL,
                                          stderr=subprocess.DEVNULL))
            time.sleep(1)
        children.run(inside(CLIENT, sys.executable, "-c", FETCH.format(lengths=LENGTHS)))
        if exporter:
            children.run(inside(CLIENT, sys.executable, "-c", FILL))
        children.until(lambda: os.path.getsize(log) >= 2 * 128 * len(LENGTHS), 30,
                       lambda: f"{kind}: {len(LENGTHS)} pages in a log of {os.path.getsize(log)} bytes")
        time.sleep(1)
    finally:
        for process in reversed(started):
            children.end(process)
    replay = config.replace("picketd.toml", "replay.toml")
    with open(config) as file, open(replay, "w") as out:
        out.write(file.read().replace(f'kind = "{kind}"', f'kind = "replay"\npath = "{log}"'))
    told = children.run([picketd, "csv", replay, log], capture_output=True, text=True).stdout
    return [row for row in csv.DictReader(told.splitlines()) if row["service"] == "http"]


def judge(name, rows, count):
    """Each page is there, with its bytes: a head and the page; with IP bytes, headers of packets beside."""
    found = sorted(float(row["dst_bytes"]) for row in rows)
    flags = {row["flag"] for row in rows}
    assert len(found) == len(LENGTHS), f"{name}: {len(found)} pages, expected {len(LENGTHS)}: {rows}"
    assert flags == {"SF"}, f"{name}: the pages ended as {flags}"
    for length, received in zip(LENGTHS, found):
        page = len(b"HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n" % length) + length
        most = page if count == "payload" else page + 60 * (page // 500 + 8)
        assert page <= received <= most, f"{name}: {received} bytes for a page of {page}"
    print(f"sources: {name}: {len(found)} pages, each SF and with its {count} bytes", flush=True)


def main():
    picketd, folder = (os.path.abspath(path) for path in sys.argv[1:])
    reason = namespaces.why_not()
    if reason:
        namespaces.remove()
        print(f"sources: skipped: {reason}")
        return
    os.makedirs(folder, exist_ok=True)
    server = children.start(inside(SERVER, sys.executable, os.path.join(HERE, "servers.py")),
                            stdout=subprocess.PIPE)
    try:
        server.stdout.readline()
        judge("packets of an interface", learn(picketd, folder, "interface", "payload"), "payload")
        if not shutil.which("softflowd"):
            print("sources: softflowd skipped: not installed")
            return
        for version in ("5", "9", "10"):
            exporter = ["softflowd", "-d", "-i", "r0", "-n", "127.0.0.1:2055", "-v", version, "-t", "tcp.fin=1s",
                        "-t", "expint=1s", "-p", os.path.join(folder, "softflowd.pid"), "-c",
                        os.path.join(folder, "softflowd.ctl")]
            name = f"softflowd, {'IPFIX' if version == '10' else 'NetFlow ' + version}"
            judge(name, learn(picketd, folder, "netflow", "ip", exporter), "ip")
    finally:
        children.stop_all()
        namespaces.remove()


main()
