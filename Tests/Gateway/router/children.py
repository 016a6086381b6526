"""The programs that a test starts: none of them outlives it, and nobody waits for one without a limit.

Each dies with the test even if that is killed (PR_SET_PDEATHSIG), is in `stop_all` when it ends otherwise,
and says by its command what did not happen in time.
"""
import atexit
import ctypes
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None)
running = []


def die_with_parent():
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def start(command, **options):
    """Starts a program that ends at the latest with this one.

    Its output goes nowhere unless something else is said: who reads that of the test would wait for it too."""
    options.setdefault("stdout", subprocess.DEVNULL)
    process = subprocess.Popen(command, preexec_fn=die_with_parent, **options)
    running.append(process)
    return process


def run(command, seconds=60, **options):
    """Runs a program to its end, which must be a good one."""
    return subprocess.run(command, check=True, timeout=seconds, preexec_fn=die_with_parent, **options)


def until(holds, seconds, what):
    """Waits until holds() is true; fails with what() or the text `what` if that takes too long."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what() if callable(what) else what}")
        time.sleep(0.01)


def end(process, seconds=10):
    """Asks a program to end by SIGTERM; gives its status."""
    process.terminate()
    return wait(process, seconds)


def wait(process, seconds=10):
    """The status of a program that must end now."""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise AssertionError(f"not ended within {seconds} s: {' '.join(process.args)}") from None


def stop_all():
    """Ends whatever is left, the newest first."""
    while running:
        process = running.pop()
        if process.poll() is None:
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                try:
                    pipe.close()
                except BrokenPipeError:
                    pass


# A test that is asked to end does so by an exception, so that its `finally` and the above take place.
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
atexit.register(stop_all)
