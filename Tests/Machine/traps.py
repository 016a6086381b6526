#!/usr/bin/env python3
"""No function of the archive can trap: no ud2, no int3 that is not padding behind a function, and no
integer division.

    traps.py ARCHIVE

A Swift precondition, an overflow or an index out of range compiles to ud2; a division faults at zero. x86-64
only.
"""

import re
import sys
from types import SimpleNamespace

import machine

TRAPS = {"ud0", "ud1", "ud2", "ud2a", "ud2b", "int3", "int", "into", "hlt", "icebp", "int1", "(bad)"}
DIVISION = re.compile("i?div[bwlq]?")


def check(arguments):
    wrong, functions, instructions = [], 0, 0
    for each in machine.read_archive(arguments.archive):
        for function in each.functions:
            functions += 1
            instructions += len(function.code)
            traps = [i for i in function.code
                     if i.operation in TRAPS or DIVISION.fullmatch(i.operation)]
            if traps:
                where = ", ".join(f"{i.operation} at +0x{i.at - function.value:x}" for i in traps)
                wrong.append(f"{function.name}: {where}")
            if not function.code:
                wrong.append(f"{function.name} has no code to look at")
        for section, instruction in each.outside:
            if not machine.is_padding(instruction):
                wrong.append(f"{section}+0x{instruction.at:x}: {instruction.operation} belongs to "
                             "no function")
    print(f"traps: {functions} functions, {instructions} instructions looked at")
    if functions == 0:
        wrong.append("there is no function to look at")
    return wrong


def self_test(folder):
    def outcome(source):
        return check(SimpleNamespace(archive=machine.compile_c(folder, "object", source)))

    machine.must(outcome("int f(int x) { return x + 1; }\nint g(int x) { return x * x; }") == [],
                 "a good object fails")
    machine.must(outcome("int f(int x) { if (x > 3) __builtin_trap(); return x; }"), "a ud2")
    machine.must(outcome("int f(int x) { if (x > 3) __asm__(\"int3\"); return x; }"), "an int3")
    machine.must(outcome("int f(int x, int y) { return x / y; }"), "a division")
    machine.must(outcome("float f(float x, float y) { return x / y; }") == [], "a float division fails")
    machine.must(outcome("__asm__(\".text\\nloose: mov %eax, %ebx\\nud2\\n\");"), "code of no function")
    machine.must(outcome("int x;"), "an object without code")


if __name__ == "__main__":
    sys.exit(machine.command_line(__doc__, check, self_test))
