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


def configure(folder, kind, count):
    """Writes a configuration; gives its path and that of the log, of which nothing is there."""
    log, config = os.path.join(folder, "site.log"), os.path.join(folder, "picketd.toml")
    for path in (log, log + ".specification"):
        if os.path.exists(path):
            os.unlink(path)
    with open(config, "w") as file:
        file.write(CONFIGURATION.format(kind=kind, count=count, log=log))
    return config, log


def pages(picketd, config, log):
    """The rows of `picketd csv` that are pages."""
    told = children.run([picketd, "csv", config, log], capture_output=True, text=True).stdout
    return [row for row in csv.DictReader(told.splitlines()) if row["service"] == "http"]


def fetch():
    children.run(inside(CLIENT, sys.executable, "-c", FETCH.format(lengths=LENGTHS)))


def learn(picketd, folder, kind, count, exporter=None):
    """The pages of a log that was learned from this source while they were fetched."""
    config, log = configure(folder, kind, count)
    learner = children.start(inside(ROUTER, picketd, "learn", config), stderr=subprocess.DEVNULL)
    started = [learner]
    try:
        children.until(lambda: os.path.exists(log), 10, f"{kind}: a log")
        if exporter:
            started.append(children.start(inside(ROUTER, *exporter), stdout=subprocess.DEVNULL,
                                          stderr=subprocess.DEVNULL))
            time.sleep(1)
        fetch()
        if exporter:
            children.run(inside(CLIENT, sys.executable, "-c", FILL))
        children.until(lambda: os.path.getsize(log) >= 2 * 128 * len(LENGTHS), 30,
                       lambda: f"{kind}: {len(LENGTHS)} pages in a log of {os.path.getsize(log)} bytes")
        time.sleep(1)
    finally:
        for process in reversed(started):
            children.end(process)
    return pages(picketd, config, log)


def made_anew(picketd, folder):
    """An interface that is taken down, or removed and made again: it is said, and what follows is seen."""
    config, log = configure(folder, "interface", "payload")
    said = os.path.join(folder, "said")
    with open(said, "w") as file:
        learner = children.start(inside(ROUTER, picketd, "learn", config), stderr=file)

    def await_said(words, times):
        children.until(lambda: open(said).read().count(words) == times, 10,
                       lambda: f"picketd says '{words}', {times} times; it said: {open(said).read()}")

    try:
        children.until(lambda: os.path.exists(log), 10, "a log")
        fetch()
        namespaces.run("ip", "-n", ROUTER, "link", "set", "r0", "down")
        await_said("Network is down", 1)
        namespaces.run("ip", "-n", ROUTER, "link", "set", "r0", "up")
        fetch()
        for times in (1, 2):
            namespaces.run("ip", "-n", ROUTER, "link", "del", "r0")
            await_said("Network is down", 1 + times)
            namespaces.link(CLIENT, "c0", ROUTER, "r0", namespaces.CLIENTS, "10.77.1.1")
            await_said("it was made anew, and is listened to again", times)
            fetch()
        time.sleep(2)
    finally:
        status = children.end(learner)
    assert status == 0, open(said).read()
    found = len(pages(picketd, config, log))
    assert found == 4 * len(LENGTHS), f"{found} pages, expected {4 * len(LENGTHS)}; {open(said).read()}"
    print("sources: an interface that was taken down, or removed and made again: said, and seen again", flush=True)


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
        made_anew(picketd, folder)
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
