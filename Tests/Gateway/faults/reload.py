"""A reload that must fail: the model in use stays, whatever lies in its place."""
import os
import shutil
import signal
import socket
import subprocess

import children
import clock
from bench import HERE

MALFORMED = os.path.join(HERE, "../../../export/malformed")


def put(bench, path):
    """Puts a file in the model's place, at once."""
    shutil.copy(path, bench.path("next"))
    os.rename(bench.path("next"), bench.path("model.picket"))


def bad_models(bench):
    """Each malformed file in the place of the model, and a reload: the old model stays."""
    bench.configure("netflow")
    process = bench.start("run")
    bench.await_said("scoring with")
    names = sorted(name for name in os.listdir(MALFORMED) if name.endswith(".picket"))
    assert len(names) > 100, f"{len(names)} files in {MALFORMED}"
    for count, name in enumerate(names, 1):
        put(bench, os.path.join(MALFORMED, name))
        process.send_signal(signal.SIGHUP)
        children.until(lambda: bench.said().count("not reloaded") == count, 10,
                       lambda: f"{name} is refused; picketd said: {bench.said()[-300:]}")
    command = [bench.picketd, "reload", bench.path("picketd.toml")]
    told = subprocess.run(command, capture_output=True, text=True, timeout=10)
    assert told.returncode == 1 and "model.picket" in told.stderr, told
    bench.await_metric("reload_failures_total", lambda failures: failures == len(names))
    put(bench, os.path.join(bench.models, "heavier.picket"))
    assert subprocess.run(command, capture_output=True, timeout=10).returncode == 0
    bench.await_said("reloaded " + bench.path("model.picket"))
    assert children.end(process) == 0
    told = subprocess.run(command, capture_output=True, text=True, timeout=10)
    assert told.returncode == 1 and "no picketd runs" in told.stderr, told
    print(f"faults: {len(names)} malformed models at a reload: refused, the old one stayed", flush=True)


def bad_configuration(bench):
    """A configuration with an unknown key, and a reload: all stays as it was."""
    bench.configure("netflow")
    process = bench.start("run")
    bench.await_said("scoring with")
    with open(bench.path("picketd.toml"), "a") as file:
        file.write("[alert.more]\nbudgets = 1\n")
    process.send_signal(signal.SIGHUP)
    bench.await_said("not reloaded, all stays as it was")
    assert process.poll() is None
    assert children.end(process) == 0
    print("faults: a malformed configuration at a reload: refused, all stayed", flush=True)


def shorter_interval(bench):
    """Open connections are looked at by the new interval, not when an hour of the old one is over."""
    bench.configure("netflow", alert="open_seconds = 3600")
    exporter = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    process = bench.start("run")
    bench.await_said("scoring with")
    clock.fill_windows(bench, exporter)
    exporter.sendto(clock.half(clock.WINDOW + 1, clock.REQUEST, 0, clock.SYN_AND_ACK), ("127.0.0.1", clock.PORT))
    bench.await_metric("connections_begun_total", lambda begun: begun == clock.WINDOW + 1)
    text = open(bench.path("picketd.toml")).read()
    with open(bench.path("picketd.toml"), "w") as file:
        file.write(text.replace("open_seconds = 3600", "open_seconds = 0.5"))
    process.send_signal(signal.SIGHUP)
    bench.await_metric("open_connections_scored_total", lambda looked: looked > 0)
    assert children.end(process) == 0
    print("faults: a shorter alert.open_seconds at a reload: from then on", flush=True)
