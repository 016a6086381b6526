"""picketd is killed at random moments, again and again, on the same files."""
import json
import os
import signal
import time
import zlib

import children
from bench import RECORD, Feeder


def is_whole(record):
    return record[:4] == b"PFL1" and zlib.crc32(record[8:]) == int.from_bytes(record[4:8], "little")


def kill_while_fed(bench, verb, data, seconds):
    """Starts picketd, feeds it, and kills it after some seconds, which may be before it has begun to read."""
    process = bench.start(verb)
    feeder = Feeder(process, data, 0.1)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    children.wait(process)
    feeder.join()
    children.stop_all()


def read(path):
    return open(path, "rb").read() if os.path.exists(path) else b""


def while_learning(bench, kills, rng):
    """What was written stays, whole and in order; what is new is a beginning of what was fed."""
    bench.configure("replay")
    kept, data, grown = b"", bench.log[:1000 * RECORD], 0
    for round_ in range(kills):
        kill_while_fed(bench, "learn", data, rng.uniform(0.005, 0.12))
        now = read(bench.path("site.log"))
        assert now[:len(kept)] == kept, f"round {round_}: what was written before has changed"
        new = now[len(kept):]
        assert data.startswith(new), f"round {round_}: what was written is not what was fed"
        assert all(is_whole(new[i:i + RECORD]) for i in range(0, len(new) - RECORD + 1, RECORD))
        kept, grown = now[:len(now) - len(now) % RECORD], grown + (len(new) >= RECORD)
    assert grown > 0, "picketd was never killed while it wrote"
    print(f"faults: killed {kills} times while learning, {grown} times behind its first record: "
          f"{len(kept) // RECORD:,} records, all whole", flush=True)


def while_running(bench, kills, rng):
    """Each line of the alerts is whole, but for the last; the metrics are whole."""
    bench.configure("replay")
    kept, metrics = b"", 0
    for round_ in range(kills):
        kill_while_fed(bench, "run", bench.log[:1000 * RECORD], rng.uniform(0.005, 0.25))
        now = read(bench.path("alerts.jsonl"))
        assert now[:len(kept)] == kept, f"round {round_}: what was written before has changed"
        whole = now[:now.rfind(b"\n") + 1]
        for line in whole[len(kept):].splitlines():
            json.loads(line)
        text = read(bench.path("picketd.prom")).decode()
        if text:
            metrics += 1
            assert text.startswith("# HELP picketd_connections_total") and text.endswith("\n"), text[-300:]
        kept = whole
    assert kept and metrics, "picketd was never killed behind its first alert and metrics"
    print(f"faults: killed {kills} times while running: {kept.count(bytes([10])):,} alerts, all whole", flush=True)
