#!/usr/bin/env python3
"""libpicket_flow.a of every target whose compiler and qemu are installed: built, inspected, and run.

    targets.py [TARGET...]

Each machine passes the tests of test_*.c. What each tells of the recordings and of 3,000 made connections
is what x86-64 tells, byte for byte; and on each the log, replayed, gives the same bits.
"""

import hashlib
import os
import re
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(ROOT, "Tests", "Targets"))

import inspect_archive  # noqa: E402
import run as targets  # noqa: E402

BUILD = os.path.join(ROOT, "build", "tests", "flow-targets")
RECORDED = os.path.join(HERE, "recorded")


def made_connections():
    """Rows for `tell windows`: bursts, ties and gaps, from a generator that is written out here."""
    state, now, rows = 7, 0, []
    flags = "SF SF SF S0 REJ RSTO RSTR S1 S2 S3 SH OTH RSTOS0".split()

    def draw(limit):
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % limit

    for _ in range(3000):
        now += (0, 1, 1000, 40000, 250000, 2000000)[draw(6)] if draw(40) == 0 else draw(3000)
        rows.append(f"{now},192.168.1.{draw(5)},10.0.0.{draw(8)},tcp/{20 + draw(70)},"
                    f"{flags[draw(len(flags))]},{1024 + draw(20)}")
    return "\n".join(rows) + "\n"


def program(target, name, sources, archive):
    """A program of this folder's sources, linked so that qemu needs nothing of the target."""
    out = os.path.join(BUILD, f"{target}-{name}")
    targets.output([*targets.compiler(target).split(), "-std=gnu99", "-O1", "-Wall", "-Wextra", "-Werror",
                    "-I", os.path.join(HERE, "bare"), "-I", os.path.join(ROOT, "include"),
                    f'-DRECORDED_DIR="{RECORDED}"', *(os.path.join(HERE, each) for each in sources),
                    archive, "-static", "-lm", "-o", out])
    return out


def test(target, connections):
    """Sizes, and a digest of what is told."""
    targets.output(["make", "--no-print-directory", "flow", f"TARGET={target}"], cwd=ROOT)
    archive = os.path.join(ROOT, "build", "lib", target, "libpicket_flow.a")
    with tempfile.TemporaryDirectory() as folder:
        path = inspect_archive.object_of(inspect_archive.Machine(target), archive, folder)
        sizes, wrong, _ = inspect_archive.inspect(
            target, path, symbols=os.path.join(ROOT, "export", "flow-symbols.txt"),
            lists=("all", "flow", target))
    if wrong:
        raise RuntimeError("\n".join(wrong))
    qemu = [] if targets.QEMU[target] is None else [targets.QEMU[target]]
    names = [name for name in sorted(os.listdir(HERE)) if name.startswith("test_")]
    tests = program(target, "tests", [*names, "testing.c", "conntrack.c", "netflow.c", "runner.c"],
                    archive)
    if not re.search(r"^Flow: [1-9]\d+ tests passed$", targets.output([*qemu, tests]), re.MULTILINE):
        raise RuntimeError("the tests did not run")
    command = [*qemu, program(target, "tell", ["tell.c", "capture.c"], archive)]
    told = ""
    for name in ("netflow5.bin", "netflow9.bin", "ipfix.bin"):
        told += targets.output([*command, "netflow", os.path.join(RECORDED, name)])
    told += targets.output([*command, "capture", os.path.join(RECORDED, "capture.pcap")])
    told += targets.output([*command, "windows"], input=connections)
    if told.count("\n") < 3000:
        raise RuntimeError("too little was told")
    # Netlink messages are in the byte order of the machine that they were recorded on.
    if target not in targets.BIG_ENDIAN:
        kernel = targets.output(
            [*command, "conntrack", os.path.join(RECORDED, "conntrack-destroyed.bin")])
        if kernel.count("\n") != 10:
            raise RuntimeError("of 10 connections of the kernel not all were told")
    return sizes, hashlib.sha256(told.encode()).hexdigest()[:16]


def main():
    os.makedirs(BUILD, exist_ok=True)
    connections, digests, failed = made_connections(), {}, False
    print(f"{'target':22}{'text':>8}{'rodata':>8}{'stack':>7}  told")
    for target in sys.argv[1:] or targets.QEMU:
        why = targets.missing(target)
        if why:
            print(f"{target:22}{'-':>8}{'-':>8}{'-':>7}  skipped: {why}")
            continue
        try:
            sizes, digests[target] = test(target, connections)
        except RuntimeError as failure:
            print(f"{target:22}FAILED: {failure}")
            failed = True
            continue
        print(f"{target:22}{sizes['text']:8}{sizes['rodata']:8}{sizes['stack']:7}  {digests[target]}")
    if len(set(digests.values())) > 1:
        print("the machines do not tell the same")
        failed = True
    return 1 if failed else 0


sys.exit(main())
