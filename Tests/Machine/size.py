#!/usr/bin/env python3
"""How many bytes the archive adds to a program, function by function, against its budget.

    size.py ARCHIVE [--quiet] [--limit 24576]

The total counts code and constants together; a program that uses fewer functions gains less.
"""

import shutil
import subprocess
import sys
from types import SimpleNamespace

import machine

LIMIT = 24 * 1024


def readable(names):
    """Names as the source has them, where the toolchain can tell."""
    tool = shutil.which("swift-demangle")
    if not tool:
        return {name: name for name in names}
    shown = subprocess.run([tool, "-simplified", "-compact"], input="\n".join(names), check=True,
                           capture_output=True, text=True).stdout.splitlines()
    return dict(zip(names, shown))


def check(arguments):
    objects = machine.read_archive(arguments.archive)
    code, constants = machine.sizes(objects)
    functions = [function for each in objects for function in each.functions]
    functions.sort(key=lambda each: -each.size)
    if not arguments.quiet:
        names = readable([each.name for each in functions])
        for each in functions:
            shown = names[each.name]
            print(f"{each.size:6} {shown if len(shown) <= 90 else shown[:87] + '...'}")
        inside = sum(each.size for each in functions)
        print(f"{code - inside:6} between functions")
    total = code + constants
    print(f"size: {code} bytes of code, {constants} of constants, {total} of {arguments.limit}")
    wrong = []
    if total > arguments.limit:
        wrong.append(f"{total} bytes are {total - arguments.limit} above the limit")
    if code == 0:
        wrong.append("there is no code to measure")
    return wrong


def self_test(folder):
    def outcome(source, limit=100):
        return check(SimpleNamespace(
            archive=machine.compile_c(folder, "object", source, "-fno-asynchronous-unwind-tables"),
            limit=limit, quiet=True))

    small = "int f(int x) { return x + 1; }\n"
    machine.must(outcome(small) == [], "a small object fails")
    machine.must(outcome(small + "const int t[50] = {1};"), "constants beyond the limit")
    machine.must(outcome("__asm__(\".text\\n.skip 101\\n\");"), "code beyond the limit")
    machine.must(outcome("const int t[2] = {1};"), "an object without code")


if __name__ == "__main__":
    sys.exit(machine.command_line(
        __doc__, check, self_test, ("--quiet", {"action": "store_true"}),
        ("--limit", {"type": int, "default": LIMIT})))
