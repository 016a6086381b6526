"""What the command says of itself."""
import os
import re

from harness import ROOT, expect, expect_words, promise, read, run


SUBCOMMANDS = "train eval score export inspect schema records label synth detectors reproduce".split()


@promise
def _():
    """help of the command and of every subcommand teaches"""
    text, _ = run("--help")
    expect_words(text, "EXIT CODES", "130", *SUBCOMMANDS)
    for name in SUBCOMMANDS:
        text, _ = run(name, "--help")
        expect_words(text, "OVERVIEW", "EXAMPLE", "USAGE: picket " + name)
        wide = [l for l in text.splitlines() if len(l) > 80 and not l.startswith("USAGE")]
        expect(not wide, f"{name}: wider than 80", "\n".join(wide))


@promise
def _():
    """the version is that of the C header"""
    header = read(os.path.join(ROOT, "include", "picket.h"))
    parts = [re.search(rf"PICKET_VERSION_{p} (\d+)", header)[1]
             for p in ("MAJOR", "MINOR", "PATCH")]
    expect(run("--version")[0].strip() == ".".join(parts), "another version")
