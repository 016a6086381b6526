"""Compiles the harness and the contestants."""

import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
HARNESS = {
    "race": ["race.c", "gauge.c", "contestant.c", "-lm"],
    "first": ["first.c", "contestant.c"],
    "calls": ["calls.c", "contestant.c", "allocations.c", "-rdynamic"],
    "limits": ["limits.c"],
}
WARNINGS = ["-Wall", "-Wextra"]


def compile_with(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip() or "the compiler failed")


def harness(out):
    """The programs of the harness, by name."""
    for name, parts in HARNESS.items():
        sources = [str(HERE / "harness" / part) if part.endswith(".c") else part for part in parts]
        compile_with(["gcc", "-std=gnu11", "-O2", *WARNINGS, *sources, "-o", str(out / name)])
    return {name: out / name for name in HARNESS}


def contestant(c, shape, out, march):
    """The shared object of a contestant for a processor; `shape` is the folder of shape.h.

    Compiled and linked apart: linked with -ffast-math, gcc would switch the whole process to
    flushing small numbers to zero.
    """
    flags = [f"-march={march}"] if c.march else ["-march=x86-64"]
    if c.records:
        flags.append("-ffunction-sections")
    stem = out / f"{c.name}-{march}"
    source = HERE / "contestants" / c.source
    standard = "-std=c++17" if c.source.endswith(".cpp") else "-std=gnu11"
    compile_with([c.compiler, standard, *WARNINGS, *c.compile, *flags, "-fPIC",
                  f"-I{HERE / 'harness'}", f"-I{shape}", f"-I{ROOT / 'include'}", "-c",
                  str(source), "-o", f"{stem}.o"])
    compile_with([c.compiler, "-shared", f"{stem}.o", *c.link, "-lm", "-s", "-o", f"{stem}.so"])
    return Path(f"{stem}.so")
