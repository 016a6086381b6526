"""Runs the command and counts the promises that it keeps; see command_test.py."""
import csv
import io
import os
import signal
import subprocess
import sys
import tempfile
import time

PICKET = os.path.abspath(sys.argv[1])
ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
passed, failed = 0, 0


def run(*arguments, code=0):
    """Runs the command and returns its standard output and standard error."""
    result = subprocess.run([PICKET, *arguments], capture_output=True, text=True)
    expect(result.returncode == code,
           f"picket {' '.join(arguments)}: exit code {result.returncode}, expected {code}",
           result.stderr)
    return result.stdout, result.stderr


class Broken(Exception):
    """A promise that was not kept."""


def expect(condition, what, detail=""):
    if not condition:
        raise Broken(f"{what}\n{detail}")


def expect_words(text, *words):
    for word in words:
        expect(word in text, f"'{word}' is missing in:", text)


def promise(function):
    """Checks one promise and counts it."""
    global passed, failed
    name = function.__doc__
    try:
        function()
        passed += 1
        print(f"ok    {name}")
    except Broken as broken:
        failed += 1
        print(f"FAIL  {name}\n      " + str(broken).replace("\n", "\n      "))


def read(path, mode="r"):
    with open(path, mode) as file:
        return file.read()


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


FOLDER = tempfile.mkdtemp(prefix="picket-command-")
os.chdir(FOLDER)

SMALL = ["--epochs", "3", "--seed", "5"]


def score_lines(*arguments):
    return list(csv.DictReader(io.StringIO(run("score", *arguments)[0])))


def listens(process):
    """Whether a process catches Ctrl-C."""
    with open(f"/proc/{process.pid}/status") as status:
        caught = next(line for line in status if line.startswith("SigCgt"))
    return int(caught.split()[1], 16) >> signal.SIGINT - 1 & 1


def interrupted(arguments, wait_for=None):
    """Starts the command, waits for a word on standard error, presses Ctrl-C.

    Without a word: as soon as the command listens.
    """
    process = subprocess.Popen([PICKET, *arguments], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, bufsize=0)
    seen = b""
    while wait_for and wait_for not in seen.decode():
        more = process.stderr.read(1000)
        expect(more, "it ended too early", seen.decode())
        seen += more
    while not wait_for and not listens(process):
        expect(process.poll() is None, "it ended too early")
        time.sleep(0.001)
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, rest = process.communicate(timeout=60)
    return (process.returncode, out.decode(), (seen + rest).decode(), time.monotonic() - start)
