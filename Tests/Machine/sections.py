#!/usr/bin/env python3
"""The archive has no writable memory, no start-up code, asks for no executable stack, and needs no
relocation of read-only memory when it is loaded as part of a shared library.

    sections.py ARCHIVE

Empty .data and .bss, which every assembler writes, do not count.
"""

import sys
from types import SimpleNamespace

import machine

NAMES = (".data", ".bss", ".tdata", ".tbss", ".init", ".fini", ".ctors", ".dtors", ".preinit_array")


def check(arguments):
    wrong, loaded = [], {}
    for each in machine.read_archive(arguments.archive):
        for section in each.sections:
            if section.has("A"):
                base = "." + section.name.lstrip(".").split(".")[0]
                loaded[base] = loaded.get(base, 0) + section.size
            if section.size and (section.has("W") or section.name.startswith(NAMES)):
                wrong.append(f"{each.name}: {section.name} has {section.size} bytes of writable or "
                             "start-up memory")
        for symbol in each.symbols:
            if symbol.section == "COM":
                wrong.append(f"{each.name}: {symbol.name} is common: it would be .bss")
        for relocation in each.relocations:
            if relocation in ("R_X86_64_64", "R_X86_64_32", "R_X86_64_32S"):
                wrong.append(f"{each.name}: {relocation}: an absolute address")
        stack = [s for s in each.sections if s.name == ".note.GNU-stack"]
        if not stack:
            wrong.append(f"{each.name}: no .note.GNU-stack: the host's stack becomes executable")
        elif stack[0].has("X"):
            wrong.append(f"{each.name}: asks for an executable stack")
    shown = ", ".join(f"{name} {size}" for name, size in sorted(loaded.items()) if size)
    print(f"sections: {shown}")
    return wrong


def self_test(folder):
    def outcome(source, *flags):
        return check(SimpleNamespace(archive=machine.compile_c(folder, "object", source, *flags)))

    machine.must(outcome("const int table[3] = {1, 2, 3}; int f(int i) { return table[i]; }") == [],
                 "a good object fails")
    machine.must(outcome("int counter = 5;"), ".data")
    machine.must(outcome("int counter;"), ".bss")
    machine.must(outcome("int counter;", "-fcommon"), "a common symbol")
    machine.must(outcome("_Thread_local int counter;"), ".tbss")
    machine.must(outcome("_Thread_local int counter = 5;"), ".tdata")
    machine.must(outcome("extern int x; int *const p = &x;", "-fPIC"), ".data.rel.ro")
    machine.must(outcome("__attribute__((constructor)) "
                         "static void f(void) { __asm__(\"nop\"); }"), ".init_array")
    machine.must(outcome("extern int x; void *f(void) { return &x; }", "-fno-pic", "-mcmodel=large"),
                 "an absolute address")
    machine.must(outcome("__asm__(\".section .note.GNU-stack,\\\"x\\\"\");"), "an executable stack")


if __name__ == "__main__":
    sys.exit(machine.command_line(__doc__, check, self_test))
