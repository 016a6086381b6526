"""How fast picketd scores a replay, in how much memory, and what it does with too much of it.

    load_test.py PICKETD PICKET MAKE_LOG FOLDER

One million connections, 16,384 tracked, and an int8 model as `picket train --replay` makes them, of such
connections. Fails below 100,000 connections a second of processor time, in the median of five runs; above
4 MiB resident; and if the whole log takes more than its beginning. Then a table of 1,024 for the 4,096
connections that are open at a time: each of them is scored or counted as evicted.
"""
import os
import re
import statistics
import subprocess
import sys
import time

CONNECTIONS, FIRST = 1_000_000, 40_000
WANTED, RUNS, LIMIT_KB = 100_000, 5, 4096

CONFIGURATION = """
[source]
kind = "replay"
path = "{log}"
[flow]
connections = {table}
[model]
path = "{folder}/model.picket"
[output]
path = "{folder}/alerts.jsonl"
[metrics]
path = "{folder}/picketd.prom"
"""


def peak_of(process):
    """The peak resident set so far in KiB; 0 if the process has ended."""
    try:
        return int(re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{process.pid}/status").read()).group(1))
    except (OSError, AttributeError):
        return 0


def run(picketd, folder, log, table=16384):
    """Scores a log; gives processor seconds and the peak resident set in KiB.

    The peak is read from /proc while it runs: that of wait4 is at least the one of this process."""
    with open(os.path.join(folder, "picketd.toml"), "w") as file:
        file.write(CONFIGURATION.format(folder=folder, log=log, table=table))
    said_path, peak = os.path.join(folder, "said"), 0
    with open(said_path, "w") as said:
        process = subprocess.Popen([picketd, "run", os.path.join(folder, "picketd.toml")], stderr=said)
        while True:
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            peak = max(peak, peak_of(process))
            time.sleep(0.002)
    said = open(said_path).read()
    assert status == 0, said
    return usage.ru_utime + usage.ru_stime, peak, said


def metric(folder, name):
    """A number of the metrics that the last run left."""
    return int(re.search(rf"^{name} (\d+)$", open(os.path.join(folder, "picketd.prom")).read(), re.M).group(1))


def train(picket, folder, log):
    """A model of a log's connections."""
    run = os.path.join(folder, "run")
    subprocess.run([picket, "train", "--replay", log, "--type", "int8", "--epochs", "4", "-o", run], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.replace(os.path.join(run, "model.picket"), os.path.join(folder, "model.picket"))


def is_fast_and_small(picketd, folder, logs):
    """Whether the whole log is scored fast enough, in as little memory as its beginning."""
    _, first_kb, _ = run(picketd, folder, logs[FIRST])
    runs = [run(picketd, folder, logs[CONNECTIONS]) for _ in range(RUNS)]
    for _, _, said in runs:
        assert f"{CONNECTIONS} connections, {CONNECTIONS} scored" in said, said
    rates = sorted(CONNECTIONS / seconds for seconds, _, _ in runs)
    peak_kb = max(peak for _, peak, _ in runs)
    print(f"load: int8 model of {os.path.getsize(os.path.join(folder, 'model.picket')):,} bytes: "
          f"{statistics.median(rates):,.0f} connections a second of processor time, in {RUNS} runs {rates[0]:,.0f} to "
          f"{rates[-1]:,.0f} (wanted: {WANTED:,}); {peak_kb:,} KiB resident, {first_kb:,} after the first {FIRST:,} "
          f"(at most {LIMIT_KB:,})", flush=True)
    return statistics.median(rates) >= WANTED and peak_kb <= LIMIT_KB and peak_kb <= first_kb + 64


def sheds_and_counts(picketd, folder, log):
    """Whether a table that is too small ends connections early, scores these too, and counts them.

    The end of one that is gone comes as another one: so many more are begun."""
    _, _, said = run(picketd, folder, log, table=1024)
    begun, evicted = (metric(folder, f"picketd_connections_{what}_total") for what in ("begun", "evicted"))
    print(f"load: a table of 1,024 for 4,096 that are open: {evicted:,} of {FIRST:,} ended early and were counted, "
          "each was scored", flush=True)
    return 0 < evicted == begun - FIRST and f"picketd: {begun} connections, {begun} scored" in said


def main():
    picketd, picket, make_log, folder = (os.path.abspath(path) for path in sys.argv[1:])
    os.makedirs(folder, exist_ok=True)
    logs = {}
    for count in (FIRST, CONNECTIONS):
        logs[count] = os.path.join(folder, f"{count}.log")
        with open(logs[count], "wb") as file:
            subprocess.run([make_log, str(count), "1"], stdout=file, check=True)
    with open(logs[FIRST] + ".specification", "wb") as file:
        subprocess.run([make_log, "specification", "ip"], stdout=file, check=True)
    train(picket, folder, logs[FIRST])
    passed = is_fast_and_small(picketd, folder, logs) and sheds_and_counts(picketd, folder, logs[FIRST])
    os.unlink(logs[CONNECTIONS])
    return 0 if passed else 1


sys.exit(main())
