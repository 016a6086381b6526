#!/usr/bin/env python3
"""The archive shows the functions of the header and needs next to nothing.

    symbols.py ARCHIVE [--symbols export/symbols.txt] [--part] [--undefined Tests/Machine/undefined.txt]

Its defined global symbols are exactly those of symbols.txt, which are exactly the functions that
include/picket.h declares, or with --part some of them; its undefined symbols are within undefined.txt.
"""

import os
import re
import sys
from types import SimpleNamespace

import machine

UNDEFINED = os.path.join(machine.HERE, "undefined.txt")


def declared(header):
    """The functions that a header declares."""
    with open(header, encoding="utf-8") as file:
        text = re.sub(r"/\*.*?\*/", " ", file.read(), flags=re.DOTALL)
    text = re.sub(r"^\s*#.*?(?<!\\)$", " ", text, flags=re.MULTILINE | re.DOTALL)
    return set(re.findall(r"\b(\w+)\s*\([^()]*\)\s*;", text))


def check(arguments):
    wanted = set(machine.lines_of(arguments.symbols))
    allowed = set(machine.lines_of(arguments.undefined))
    functions = declared(arguments.header)
    defined, undefined, writable = set(), set(), set()
    for each in machine.read_archive(arguments.archive):
        for symbol in each.symbols:
            if symbol.bind == "LOCAL":
                continue
            (defined if symbol.section else undefined).add(symbol.name)
            if symbol.bind == "WEAK" and symbol.section:
                writable.add(symbol.name)
    undefined -= defined
    print(f"symbols: {len(defined)} global, undefined: {' '.join(sorted(undefined)) or 'none'}")
    wrong = [f"{name} is declared in the header but not in {arguments.symbols}"
             for name in sorted(functions - wanted) if not arguments.part]
    wrong += [f"{name} is in {arguments.symbols} but not declared in the header"
              for name in sorted(wanted - functions)]
    wrong += [f"{name} is not defined by the archive" for name in sorted(wanted - defined)]
    wrong += [f"{name} is global and not in {arguments.symbols}"
              for name in sorted(defined - wanted)]
    wrong += [f"{name} is undefined and not in {arguments.undefined}"
              for name in sorted(undefined - allowed)]
    wrong += [f"{name} is weak: another definition could replace it" for name in sorted(writable)]
    return wrong


def self_test(folder):
    def write(name, text):
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def outcome(source, symbols="f\n", header="/* h(void); */\n#define G(x) g(x);\nint f(int);\n",
                part=False, undefined=None):
        return check(SimpleNamespace(
            archive=machine.compile_c(folder, "object", source),
            symbols=write("symbols.txt", symbols), undefined=undefined or write("undefined.txt", "memset # c\n"),
            header=write("header.h", header), part=part))

    good = "#include <string.h>\nvoid *f(void *p) { return memset(p, 0, 99999); }\n"
    machine.must(outcome(good) == [], "a good object fails")
    machine.must(outcome(good + "int more;"), "an extra symbol")
    machine.must(outcome("static int f(int x) { return x; } int g(int x) { return f(x); }"),
                 "a missing symbol")
    machine.must(outcome("int puts(const char *); int f(int x) { return puts(0) + x; }"),
                 "an undefined symbol")
    # The README promises two names, and the list that the archive is held to has no more.
    for name, refused in (("memcpy", False), ("memset", False), ("memmove", True), ("memcmp", True),
                          ("sqrtf", True)):
        source = f"int {name}(int); int f(int x) {{ return {name}(x) + 1; }}"
        machine.must(bool(outcome(source, undefined=UNDEFINED)) == refused, f"{name} for x86-64")
    machine.must(outcome("__attribute__((weak)) int f(int x) { return x; }"), "a weak symbol")
    machine.must(outcome(good, header="int f(int); int g(int);"), "a declaration without symbol")
    machine.must(outcome(good, header="int f(int); int g(int);", part=True) == [], "a part fails")
    machine.must(outcome(good, symbols="f\nq\n", part=True), "a part without declaration")
    machine.must(outcome(good, symbols="f\nq\n"), "a symbol without declaration")


if __name__ == "__main__":
    sys.exit(machine.command_line(
        __doc__, check, self_test,
        ("--symbols", {"default": os.path.join(machine.ROOT, "export", "symbols.txt")}),
        ("--part", {"action": "store_true"}),
        ("--undefined", {"default": UNDEFINED}),
        ("--header", {"default": os.path.join(machine.ROOT, "include", "picket.h")})))
