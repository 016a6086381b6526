"""A folder with a configuration, a model and what picketd writes there."""
import os
import shutil
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "router"))
import children  # noqa: E402

RECORD = 128

CONFIGURATION = """
[source]
kind = "{kind}"
path = "-"
interface = "r0"
listen = "127.0.0.1:{port}"
buffer_bytes = {buffer}
[log]
path = "{data}/site.log"
file_bytes = 100000000
sync_seconds = 0.05
{more}
[model]
path = "{folder}/model.picket"
[alert]
budget = 0.499
cooldown_seconds = 0
each_minute = 1000000
{alert}
[output]
path = "{data}/alerts.jsonl"
[metrics]
path = "{folder}/picketd.prom"
interval_seconds = 0.1
[control]
pid_file = "{folder}/picketd.pid"
"""


class Bench:
    def __init__(self, picketd, make_log, models, folder):
        self.picketd, self.models, self.folder = picketd, models, folder
        self.log = subprocess.run([make_log, "4000", "1"], capture_output=True, check=True, timeout=60).stdout

    def path(self, name):
        return os.path.join(self.folder, name)

    def configure(self, kind, data=None, more="", alert="", buffer=4194304):
        """Writes a configuration into an empty folder; log and alerts may be in another, `data`.

        `more` are keys of [log], `alert` of [alert]."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        shutil.copy(os.path.join(self.models, "good.picket"), self.path("model.picket"))
        with open(self.path("picketd.toml"), "w") as file:
            file.write(CONFIGURATION.format(kind=kind, folder=self.folder, data=data or self.folder, more=more, alert=alert,
                                            buffer=buffer, port=20000 + os.getpid() % 20000))

    def start(self, verb, prefix=(), **options):
        with open(self.path("said"), "a") as said:
            return children.start([*prefix, self.picketd, verb, self.path("picketd.toml")],
                                  stdin=subprocess.PIPE, stderr=said, **options)

    def said(self):
        return open(self.path("said")).read()

    def await_said(self, text, seconds=10):
        children.until(lambda: text in self.said(), seconds,
                       lambda: f"picketd says '{text}'; it said: {self.said()[-500:]}")

    def metric(self, name):
        """The value of a metric, with its labels if it has some; 0 as long as there is no file."""
        try:
            lines = open(self.path("picketd.prom")).read().splitlines()
        except FileNotFoundError:
            return 0.0
        for line in lines:
            if line.startswith("picketd_" + name + " "):
                return float(line.split()[-1])
        raise KeyError(name)

    def await_metric(self, name, holds, seconds=10):
        children.until(lambda: holds(self.metric(name)), seconds,
                       lambda: f"{name}, which is {self.metric(name)}; picketd said: {self.said()[-500:]}")
        return self.metric(name)


class Feeder:
    """Writes data into a program's standard input, at such a pace that it lasts for some seconds.

    The input stays open behind the last byte: a program that reads it to its end has more to write, and
    would not be the one that is killed while it reads."""

    def __init__(self, process, data, seconds):
        self.process, self.data, self.seconds = process, data, seconds
        self.thread = threading.Thread(target=self.feed, daemon=True)
        self.thread.start()

    def feed(self):
        begun, written = time.monotonic(), 0
        try:
            while written < len(self.data):
                self.process.stdin.write(self.data[written:written + 40 * RECORD])
                self.process.stdin.flush()
                written += 40 * RECORD
                due = begun + self.seconds * written / len(self.data)
                time.sleep(max(0.0, due - time.monotonic()))
        except BrokenPipeError:
            pass

    def join(self, seconds=30):
        """Waits until all is written, or the program has gone."""
        self.thread.join(seconds)
        assert not self.thread.is_alive(), f"picketd has not read its input within {seconds} s"
