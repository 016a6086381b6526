"""Runs the section "Ten minutes" of docs/GATEWAY.md as it stands, and says how long it took.

    page_test.py PICKETD PICKET FOLDER

Each block of shell begins with where it runs: "# on the gateway" or "# on a client". As root; elsewhere it
says why it is skipped. Some four minutes.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import children
import namespaces
from namespaces import CLIENT, ROUTER, SERVER, inside

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "../../..")


def blocks():
    """Namespace and commands of each block."""
    page = open(os.path.join(ROOT, "docs/GATEWAY.md")).read()
    section = page[page.index("## Ten minutes"):]
    section = section[:section.index("\n## ", 3)]
    places = {"# on the gateway": ROUTER, "# on a client": CLIENT}
    return [(places[text.splitlines()[0]], text) for text in re.findall(r"```sh\n(.*?)```", section, re.S)]


def follow(folder, environment):
    """Runs the blocks; gives what they printed."""
    printed = ""
    for place, text in blocks():
        begun = time.monotonic()
        # What the page starts in the background keeps running; its output goes to a file.
        with open(os.path.join(folder, "printed"), "w+") as out:
            done = subprocess.run(inside(place, "bash", "-e", "-c", text) if place == ROUTER else
                                  inside(place, "bash", "-c", text), cwd=folder, env=environment, stdout=out,
                                  stderr=out, timeout=600)
            out.seek(0)
            said = out.read()
        assert done.returncode == 0, f"{text}\n{said}"
        printed += said
        print(f"page: {len(text.splitlines()) - 1} lines {text.splitlines()[0][2:]}: "
              f"{time.monotonic() - begun:.0f} s", flush=True)
    return printed


def main():
    picketd, picket, folder = (os.path.abspath(path) for path in sys.argv[1:])
    reason = namespaces.why_not()
    if reason:
        namespaces.remove()
        print(f"page: skipped: {reason}")
        return
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    os.symlink(os.path.join(ROOT, "examples"), os.path.join(folder, "examples"))
    path = ":".join((os.path.dirname(picketd), os.path.dirname(picket), os.environ["PATH"]))
    begun = time.monotonic()
    server = children.start(inside(SERVER, sys.executable, os.path.join(HERE, "servers.py")),
                            stdout=subprocess.PIPE)
    try:
        server.stdout.readline()
        children.start(inside(CLIENT, sys.executable, os.path.join(HERE, "clients.py"), "600", "1"))
        printed = follow(folder, {**os.environ, "PATH": path})
    finally:
        pid_file = os.path.join(folder, "picketd.pid")
        if os.path.exists(pid_file):
            os.kill(int(open(pid_file).read()), signal.SIGTERM)
        children.stop_all()
        namespaces.remove()
    alerts = [json.loads(line) for line in open(os.path.join(folder, "alerts.jsonl"))]
    scan = [alert for alert in alerts if 2000 <= alert["destination_port"] <= 2100]
    assert scan and scan[0]["reasons"], "no explained alert of the scan"
    assert "picketd_reloads_total 1" in printed, printed
    print(f"page: {time.monotonic() - begun:.0f} s in all; told: {scan[0]['reasons'][0]['text']}")


main()
