"""A disk that is full, and a folder that is removed: what was written is whole, and writing goes on."""
import contextlib
import os
import shutil
import subprocess

import children
from bench import RECORD, Feeder


@contextlib.contextmanager
def small_disk(mount):
    """A disk of 64 KiB."""
    os.makedirs(mount, exist_ok=True)
    children.run(["mount", "-t", "tmpfs", "-o", "size=65536", "none", mount])
    try:
        yield
    finally:
        children.stop_all()
        subprocess.run(["umount", "-l", mount], check=True)
        os.rmdir(mount)


def size(path):
    return os.path.getsize(path) if os.path.exists(path) else 0


def full(bench):
    """What does not fit is counted, what was written is whole, and it goes on when there is room."""
    if os.geteuid() != 0:
        return print("faults: full disk: skipped: not root")
    mount = bench.folder + "-disk"
    with small_disk(mount):
        bench.configure("replay", data=mount)
        process = bench.start("learn")
        Feeder(process, bench.log[:1000 * RECORD], 0.3).join()
        bench.await_metric("inputs_total", lambda inputs: inputs == 1000)
        bench.await_metric("log_lost_total", lambda lost: lost > 0)
        log = os.path.join(mount, "site.log")
        before = open(log, "rb").read()
        assert len(before) % RECORD == 0 and bench.log.startswith(before), "torn records"
        assert process.poll() is None, "picketd has ended"
        os.truncate(log, 10 * RECORD)
        Feeder(process, bench.log[1000 * RECORD:1100 * RECORD], 0.1).join()
        process.stdin.close()
        assert children.wait(process) == 0, bench.said()
        now = open(log, "rb").read()
        assert now[:10 * RECORD] == before[:10 * RECORD] and len(now) > 100 * RECORD
        assert "No space left" in bench.said() and "written again" in bench.said(), bench.said()
    print("faults: full disk: records that did not fit were counted, none is torn, writing went on", flush=True)


def full_while_running(bench):
    """The same of alerts: whole lines, and picketd stays up."""
    if os.geteuid() != 0:
        return print("faults: full disk while running: skipped: not root")
    mount = bench.folder + "-disk"
    with small_disk(mount):
        bench.configure("replay", data=mount)
        process = bench.start("run")
        Feeder(process, bench.log, 0.5).join()
        bench.await_metric("inputs_total", lambda inputs: inputs == len(bench.log) // RECORD)
        lost = bench.await_metric('outputs_lost_total{output="file"}', lambda lost: lost > 0)
        assert process.poll() is None, "picketd has ended"
        text = open(os.path.join(mount, "alerts.jsonl")).read()
        assert text.endswith("}\n"), f"a torn line: {text[-200:]}"
    print(f"faults: full disk while running: {text.count(chr(10)):,} whole alerts, {lost:.0f} counted as lost",
          flush=True)


def removed_folder(bench):
    """The folder of the log is removed, and made again: what comes meanwhile is counted, what is whole follows."""
    data = bench.folder + "-data"
    shutil.rmtree(data, ignore_errors=True)
    os.makedirs(data)
    try:
        bench.configure("replay", data=data)
        process = bench.start("learn")
        log = os.path.join(data, "site.log")
        Feeder(process, bench.log[:200 * RECORD], 0.1).join()
        children.until(lambda: size(log) == 200 * RECORD, 10, "200 records in the log")
        shutil.rmtree(data)
        bench.await_said("No such file or directory")
        Feeder(process, bench.log[200 * RECORD:300 * RECORD], 0.1).join()
        lost = bench.await_metric("log_lost_total", lambda lost: lost > 0)
        os.makedirs(data)
        children.until(lambda: os.path.exists(log), 10, "the log is made again")
        Feeder(process, bench.log[300 * RECORD:400 * RECORD], 0.1).join()
        process.stdin.close()
        assert children.wait(process) == 0, bench.said()
        new = open(log, "rb").read()
        assert bench.log[300 * RECORD:400 * RECORD] == new[:100 * RECORD], "other records than were fed"
        assert "written again" in bench.said(), bench.said()
    finally:
        children.stop_all()
        shutil.rmtree(data, ignore_errors=True)
    print(f"faults: removed folder: {lost:.0f} records counted as lost, and those after it are in a new log",
          flush=True)
