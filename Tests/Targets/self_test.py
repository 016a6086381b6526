#!/usr/bin/env python3
"""Shows, for each target whose compiler is here, that inspect_archive.py can fail, and that its
stack is never below what the compiler says a frame takes."""

import os
import subprocess
import sys
import tempfile

import inspect_archive
import run

GOOD = "#include <string.h>\nint picket_version(int x) { return x + 1; }\n"
USE = "__attribute__((noinline)) int use(char *p);\n"
# What is wrong, the source that has it, and a word of the message.
FAULTS = [
    ("a trap", "int picket_version(int x) { if (x > 3) __builtin_trap(); return x; }", "can trap"),
    ("a variable", "int counter = 5; int picket_version(int x) { return x + counter; }", "writable"),
    ("recursion", USE + "int picket_version(char *p) { char b[64]; return use(b) + picket_version(b)"
     " + *p; }", "calls itself"),
    ("a call through a pointer", "int picket_version(int (*p)(void)) { return p() + 1; }",
     "pointer|without a name"),
    ("a frame of variable size", USE + "int picket_version(int n) { char a[n]; return use(a) + 1; }",
     "not clear"),
    ("an undefined symbol", "int puts(const char *); int picket_version(int x) { return puts(\"\") + x;"
     " }", "undefined"),
    ("a global symbol", GOOD + "int more(void) { return 3; }", "more is global"),
]
SOME_ARE_MISSING = "is not defined", "has no code"


def compile_c(target, folder, source, *flags):
    path = os.path.join(folder, "object.c")
    with open(path, "w", encoding="utf-8") as file:
        file.write(source)
    out = path[:-2] + ".o"
    # As the archive is: no check of branch targets on x86, no Thumb on armv7.
    family = {"x86_64": ["-fcf-protection=none"], "i686": ["-fcf-protection=none"],
              "arm": ["-marm"]}.get(target.split("-")[0], [])
    subprocess.run([*run.compiler(target).split(), "-O1", "-fPIC", "-fno-stack-protector",
                    "-ffunction-sections", "-fno-asynchronous-unwind-tables", *family, *flags, "-c",
                    path, "-o", out], check=True)
    return out


def check(target, folder):
    def wrong(source):
        found = inspect_archive.inspect(target, compile_c(target, folder, source))[1]
        return [each for each in found if not any(word in each for word in SOME_ARE_MISSING)]

    if wrong(GOOD):
        raise SystemExit(f"{target}: a good object fails: {wrong(GOOD)}")
    for name, source, word in FAULTS:
        found = wrong(source)
        if not any(part in each for each in found for part in word.split("|")):
            raise SystemExit(f"{target}: {name} is not noticed: {found}")
    for size in (200, 1000, 3900):
        source = USE + f"int picket_version(void) {{ char a[{size}]; return use(a) + 1; }}"
        path = compile_c(target, folder, source, "-fstack-usage")
        with open(path[:-2] + ".su", encoding="utf-8") as file:
            said = int(file.read().split("\t")[1])
        sizes, found, _ = inspect_archive.inspect(target, path)
        unclear = [each for each in found if "not clear" in each]
        if unclear or not said <= sizes["stack"] <= said + 64:
            raise SystemExit(f"{target}: a frame of {said} bytes counts {sizes['stack']}; {unclear}")


def check_comparison():
    """Figures that are too far off, of another status, missing or miscounted are noticed."""
    reference = {"explain m 0": [["0", "2", "1", "0.5"]], "counts m": [["0a", "01"], ["0a", "02"]],
                 "drift m 9": [["0.5", "3", "0.25", "8"]]}

    def unlike(**changed):
        return run.unlike("T", {what: changed.get(what.split()[0], values)
                                for what, values in reference.items()}, reference)

    good = {"explain": [["0", "2.00001", "1.0001", "0.4999"]],
            "drift": [["0.50001", "3.0001", "0.25", "8"]]}
    bad = [{"explain": [["0", "2", "1.001", "0.5"]]}, {"explain": [["0", "2", "nan", "0.5"]]},
           {"explain": [["-22", "2", "1", "0.5"]]}, {"explain": [["0", "2", "1"]]},
           {"counts": [["0a", "01"], ["0a", "03"]]}, {"counts": [["0a", "01"]]},
           {"drift": [["0.5", "3", "0.26", "8"]]}, {"drift": [["0.5", "3", "0.25", "6"]]}]
    if unlike() or unlike(**good) or not all(unlike(**each) for each in bad):
        raise SystemExit("figures are not compared as they should be")
    if not run.unlike("T", {}, reference):
        raise SystemExit("missing figures are not noticed")


def main():
    tested = [target for target in run.QEMU if not run.missing(target)]
    with tempfile.TemporaryDirectory() as folder:
        for target in tested:
            check(target, folder)
    grown = {"text": 1021, "rodata": 1020, "stack": 1000, "scratch": 1}
    before = {"T": {"text": 1000, "rodata": 1000, "stack": 1000, "scratch": 1000}}
    if len(run.growth("T", grown, before)) != 1 or not run.growth("U", grown, before):
        raise SystemExit("growth over 2 % is not noticed")
    check_comparison()
    print(f"self-test passed for {len(tested)} targets")
    return 0


if __name__ == "__main__":
    sys.exit(main())
