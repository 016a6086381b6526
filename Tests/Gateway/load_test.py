"""How fast picketd scores a replay, and in how much memory.

    load_test.py PICKETD PICKET MAKE_LOG FOLDER

One million connections, 16,384 tracked, an int8 model that was trained on such ones. Prints connections
a second of processor time and the peak resident set; fails above 4 MiB, or if the resident set of the
whole run is larger than that of a short one. The machine's other work does not count, but it slows.
"""
import os
import re
import subprocess
import sys
import time

CONNECTIONS, LIMIT_KB, WANTED = 1_000_000, 4096, 100_000

CONFIGURATION = """
[source]
kind = "replay"
path = "{log}"
[flow]
connections = 16384
[model]
path = "{folder}/model.picket"
[output]
path = "{folder}/alerts.jsonl"
"""


def peak_of(process):
    """The peak resident set so far in KiB; 0 if the process has ended."""
    try:
        return int(re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{process.pid}/status").read()).group(1))
    except (OSError, AttributeError):
        return 0


def run(picketd, folder, log):
    """Scores a log; gives processor seconds and the peak resident set in KiB.

    The peak is read from /proc while it runs: that of wait4 is at least the one of this process."""
    with open(os.path.join(folder, "picketd.toml"), "w") as file:
        file.write(CONFIGURATION.format(folder=folder, log=log))
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


def train(picket, folder, log):
    """A model of the first connections."""
    run = os.path.join(folder, "run")
    subprocess.run([picket, "train", "--replay", log, "--type", "int8", "--epochs", "4", "-o", run], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.replace(os.path.join(run, "model.picket"), os.path.join(folder, "model.picket"))


def main():
    picketd, picket, make_log, folder = (os.path.abspath(path) for path in sys.argv[1:])
    os.makedirs(folder, exist_ok=True)
    logs = {}
    for count in (40_000, CONNECTIONS):
        logs[count] = os.path.join(folder, f"{count}.log")
        with open(logs[count], "wb") as file:
            subprocess.run([make_log, str(count), "1"], stdout=file, check=True)
    with open(logs[40_000] + ".specification", "wb") as file:
        subprocess.run([make_log, "specification", "ip"], stdout=file, check=True)
    train(picket, folder, logs[40_000])
    _, short_kb, _ = run(picketd, folder, logs[40_000])
    seconds, peak_kb, said = run(picketd, folder, logs[CONNECTIONS])
    os.unlink(logs[CONNECTIONS])
    assert f"{CONNECTIONS} connections, {CONNECTIONS} scored" in said, said
    rate = CONNECTIONS / seconds
    print(f"load: {rate:,.0f} connections a second of processor time (wanted: {WANTED:,}); "
          f"{peak_kb:,} KiB resident, {short_kb:,} after the first 40,000 (at most {LIMIT_KB:,})")
    return 0 if peak_kb <= LIMIT_KB and peak_kb <= short_kb + 64 and rate >= WANTED else 1


sys.exit(main())
