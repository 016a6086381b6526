"""picketd under faults: killed at random moments, a full disk, bad models, overruns.

    faults_test.py PICKETD MAKE_LOG MODELS FOLDER [KILLS]

MODELS is what make_model.py wrote. What needs root says that it is skipped elsewhere.
"""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zlib

RECORD = 128
HERE = os.path.dirname(os.path.abspath(__file__))
MALFORMED = os.path.join(HERE, "../../export/malformed")

CONFIGURATION = """
[source]
kind = "{kind}"
path = "-"
listen = "127.0.0.1:{port}"
buffer_bytes = 65536
[log]
path = "{folder}/site.log"
file_bytes = 100000000
sync_seconds = 0.05
[model]
path = "{folder}/model.picket"
[alert]
budget = 0.499
cooldown_seconds = 0
each_minute = 1000000
[output]
path = "{folder}/alerts.jsonl"
[metrics]
path = "{folder}/picketd.prom"
interval_seconds = 0.1
[control]
pid_file = "{folder}/picketd.pid"
"""


class Bench:
    def __init__(self, picketd, make_log, models, folder):
        self.picketd, self.models, self.folder = picketd, models, folder
        self.log = subprocess.run([make_log, "4000", "1"], capture_output=True, check=True).stdout

    def path(self, name):
        return os.path.join(self.folder, name)

    def configure(self, kind, folder=None):
        """Writes a configuration into an empty folder."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        shutil.copy(os.path.join(self.models, "good.picket"), self.path("model.picket"))
        with open(self.path("picketd.toml"), "w") as file:
            file.write(CONFIGURATION.format(kind=kind, folder=folder or self.folder,
                                            port=20000 + os.getpid() % 20000))

    def start(self, verb, prefix=()):
        return subprocess.Popen([*prefix, self.picketd, verb, self.path("picketd.toml")],
                                stdin=subprocess.PIPE, stderr=open(self.path("said"), "a"))

    def said(self):
        return open(self.path("said")).read()

    def metric(self, name):
        for line in open(self.path("picketd.prom")):
            if line.startswith("picketd_" + name + " ") or line.startswith("picketd_" + name + "{"):
                return float(line.split()[-1])
        raise KeyError(name)


def feed(process, data, seconds):
    """Writes data at such a pace that it lasts for some seconds."""
    begun, written = time.monotonic(), 0
    try:
        while written < len(data):
            process.stdin.write(data[written:written + 40 * RECORD])
            process.stdin.flush()
            written += 40 * RECORD
            time.sleep(max(0.0, begun + seconds * written / len(data) - time.monotonic()))
    except BrokenPipeError:
        pass


def is_whole(record):
    return record[:4] == b"PFL1" and zlib.crc32(record[8:]) == int.from_bytes(record[4:8], "little")


def killed_while_learning(bench, kills, rng):
    """What was written stays, whole and in order; what is new is a beginning of what was fed."""
    bench.configure("replay")
    kept = b""
    for round_ in range(kills):
        process = bench.start("learn")
        data = bench.log[:1000 * RECORD]
        killer = subprocess.Popen(["sleep", f"{rng.uniform(0.005, 0.08):.3f}"])
        pid = os.fork()
        if pid == 0:
            feed(process, data, 0.1)
            os._exit(0)
        process.stdin.close()
        killer.wait()
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.waitpid(pid, 0)
        path = bench.path("site.log")
        now = open(path, "rb").read() if os.path.exists(path) else b""
        assert now[:len(kept)] == kept, f"round {round_}: what was written before has changed"
        new = now[len(kept):]
        assert data.startswith(new), f"round {round_}: what was written is not what was fed"
        assert all(is_whole(new[i:i + RECORD]) for i in range(0, len(new) - RECORD + 1, RECORD))
        kept = now[:len(now) - len(now) % RECORD]
    print(f"faults: killed {kills} times while learning: {len(kept) // RECORD:,} records, all whole")


def killed_while_running(bench, kills, rng):
    """Each line of the alerts is whole, but for the last; the metrics are whole."""
    bench.configure("replay")
    kept = b""
    for round_ in range(kills):
        process = bench.start("run")
        pid = os.fork()
        if pid == 0:
            feed(process, bench.log[:1000 * RECORD], 0.1)
            os._exit(0)
        process.stdin.close()
        time.sleep(rng.uniform(0.005, 0.12))
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.waitpid(pid, 0)
        path = bench.path("alerts.jsonl")
        now = open(path, "rb").read() if os.path.exists(path) else b""
        assert now[:len(kept)] == kept, f"round {round_}: what was written before has changed"
        whole = now[:now.rfind(b"\n") + 1]
        for line in whole[len(kept):].splitlines():
            json.loads(line)
        if os.path.exists(bench.path("picketd.prom")):
            text = open(bench.path("picketd.prom")).read()
            assert text.startswith("# HELP picketd_connections_total") and text.endswith("\n")
        kept = whole
    print(f"faults: killed {kills} times while running: {kept.count(bytes([10])):,} alerts, all whole")


def full_disk(bench):
    """A disk of 64 KiB: what does not fit is counted, what was written is whole, and it goes on."""
    if os.geteuid() != 0:
        return print("faults: full disk: skipped: not root")
    mount = bench.folder + "-disk"
    os.makedirs(mount, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=65536", "none", mount], check=True)
    try:
        bench.configure("replay", folder=mount)
        process = bench.start("learn")
        feed(process, bench.log[:1000 * RECORD], 0.3)
        time.sleep(0.3)
        log = os.path.join(mount, "site.log")
        full = open(log, "rb").read()
        assert len(full) % RECORD == 0 and bench.log.startswith(full), "torn records"
        assert process.poll() is None, "picketd has ended"
        os.truncate(log, 10 * RECORD)
        feed(process, bench.log[1000 * RECORD:1100 * RECORD], 0.1)
        process.stdin.close()
        assert process.wait() == 0
        now = open(log, "rb").read()
        assert now[:10 * RECORD] == full[:10 * RECORD] and len(now) > 100 * RECORD
        assert "No space left" in bench.said() and "written again" in bench.said()
    finally:
        subprocess.run(["umount", mount], check=True)
    print("faults: full disk: records that did not fit were counted, none is torn, writing went on")


def bad_models(bench):
    """Each malformed file in the place of the model, and a reload: the old model stays."""
    bench.configure("netflow")
    process = bench.start("run")
    deadline = time.monotonic() + 5
    while "scoring with" not in bench.said():
        assert time.monotonic() < deadline, bench.said()
        time.sleep(0.01)
    names = sorted(name for name in os.listdir(MALFORMED) if name.endswith(".picket"))
    for count, name in enumerate(names, 1):
        shutil.copy(os.path.join(MALFORMED, name), bench.path("next"))
        os.rename(bench.path("next"), bench.path("model.picket"))
        process.send_signal(signal.SIGHUP)
        while bench.said().count("not reloaded") < count:
            assert time.monotonic() < deadline + 0.2 * count, f"{name}: {bench.said()[-300:]}"
            time.sleep(0.002)
    command = [bench.picketd, "reload", bench.path("picketd.toml")]
    told = subprocess.run(command, capture_output=True, text=True)
    assert told.returncode == 1 and "model.picket" in told.stderr, told
    shutil.copy(os.path.join(bench.models, "heavier.picket"), bench.path("model.picket"))
    assert subprocess.run(command, capture_output=True).returncode == 0
    while "reloaded " + bench.path("model.picket") not in bench.said():
        assert time.monotonic() < deadline + 0.2 * len(names) + 5, bench.said()[-300:]
        time.sleep(0.01)
    process.terminate()
    assert process.wait() == 0
    assert bench.metric("reload_failures_total") == len(names)
    told = subprocess.run(command, capture_output=True, text=True)
    assert told.returncode == 1 and "no picketd runs" in told.stderr, told
    print(f"faults: {len(names)} malformed models at a reload: refused, the old one stayed")


def overrun(bench):
    """Connection tracking that is faster than picketd: it is counted, and the table is read anew."""
    sys.path.insert(0, os.path.join(HERE, "router"))
    import namespaces
    from namespaces import CLIENT, ROUTER, SERVER, inside
    reason = namespaces.why_not()
    if reason:
        return print(f"faults: overrun: skipped: {reason}")
    try:
        bench.configure("conntrack")
        server = subprocess.Popen(
            inside(SERVER, sys.executable, os.path.join(HERE, "router/servers.py")), stdout=subprocess.PIPE)
        server.stdout.readline()
        process = bench.start("run", inside(ROUTER))
        time.sleep(1.5)
        process.send_signal(signal.SIGSTOP)
        attack = os.path.join(HERE, "router/attacks.py")
        subprocess.run(inside(CLIENT, sys.executable, attack, "flood"), check=True)
        process.send_signal(signal.SIGCONT)
        time.sleep(3)
        assert bench.metric("lost_events_total") > 0, "no overrun"
        assert "its table is read anew" in bench.said(), bench.said()
        begun = bench.metric("connections_begun_total")
        assert begun > 1000, f"{begun} connections are known after the dump"
        process.terminate()
        assert process.wait() == 0
        server.terminate()
        server.wait()
    finally:
        namespaces.remove()
    print(f"faults: overrun: counted, and {begun:.0f} connections known from the dump")


def main():
    bench = Bench(*(os.path.abspath(path) for path in sys.argv[1:5]))
    kills = int(sys.argv[5]) if len(sys.argv) > 5 else 200
    killed_while_learning(bench, kills, random.Random(1))
    killed_while_running(bench, kills, random.Random(2))
    full_disk(bench)
    bad_models(bench)
    overrun(bench)


main()
