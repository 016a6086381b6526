#!/usr/bin/env python3
"""Compares the ABI of include/picket.h with the one that was released.

    abi.py BUILD              against the newest tag, or export/abi/ if there is none
    abi.py BUILD --self-test  changes that must be refused, and one that must not
    abi.py BUILD --update     writes export/abi/

The compiler that makes the archive describes no C types, so the header itself is compiled, with a
body for each function, and libabigail compares what the debugger would see. Constants that programs
have compiled in (statuses, limits, kinds) are compared by name. Additions are allowed; a new
PICKET_ABI_VERSION allows everything, since it names another shared library.
"""

import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
ABI = os.path.join(ROOT, "export", "abi")
FREE = ("PICKET_VERSION",)  # constants that move with each release


def without_comments(text):
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def functions(text):
    return re.findall(r"^[a-z][\w ]*\*?\s?\*?picket_\w+\([^;{]*\);", without_comments(text), re.M)


def constants(text):
    text = without_comments(text)
    found = dict(re.findall(r"\b(PICKET_\w+) = (-?\d+)", text))
    found.update(re.findall(r"#define (PICKET_\w+) +\(?(-?[\d.]+f?)\)?\s*$", text, re.M))
    return {name: value for name, value in found.items() if not name.startswith(FREE)}


def describe(build, name, text):
    """Compiles a header; gives the path of libabigail's description of it."""
    folder = os.path.join(build, name)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "picket.h"), "w", encoding="utf-8") as file:
        file.write(text)
    bodies = "\n".join(each[:-1] + " { __builtin_trap(); }" for each in functions(text))
    with open(os.path.join(folder, "bodies.c"), "w", encoding="utf-8") as file:
        file.write(f'#include "picket.h"\n{bodies}\n')
    subprocess.run([os.environ.get("CC", "cc"), "-g", "-O0", "-shared", "-fPIC", "-w", "bodies.c",
                    "-o", "libpicket.so"], cwd=folder, check=True)
    path = os.path.join(folder, "picket.abi")
    subprocess.run(["abidw", "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs",
                    "--no-elf-needed", "--out-file", path, os.path.join(folder, "libpicket.so")], check=True)
    return path


def abi_version(values):
    return values.get("PICKET_ABI_VERSION")


def differences(old_abi, old_values, new_abi, new_values):
    if abi_version(old_values) != abi_version(new_values):
        return []
    run = subprocess.run(["abidiff", "--no-added-syms", old_abi, new_abi], capture_output=True,
                         text=True)
    faults = [run.stdout + run.stderr] if run.returncode else []
    for name, value in old_values.items():
        if new_values.get(name) != value:
            faults.append(f"{name} was {value}, is {new_values.get(name)}")
    return faults


def released(build):
    """What to compare with: where from, description, constants."""
    tags = subprocess.run(["git", "-C", ROOT, "describe", "--tags", "--abbrev=0", "HEAD^"],
                          capture_output=True, text=True)
    if tags.returncode == 0:
        tag = tags.stdout.strip()
        text = subprocess.run(["git", "-C", ROOT, "show", f"{tag}:include/picket.h"], check=True,
                              capture_output=True, text=True).stdout
        return tag, describe(build, "released", text), constants(text)
    with open(os.path.join(ABI, "constants.txt"), encoding="utf-8") as file:
        values = dict(line.split() for line in file)
    return "export/abi", os.path.join(ABI, "picket.abi"), values


def changed(text, old, new):
    assert old in text, old
    return text.replace(old, new, 1)


def self_test(build, text):
    base, values = describe(build, "base", text), constants(text)
    refused = {
        "a member more": changed(text, "  uint32_t flags; /*", "  uint32_t more;\n  uint32_t flags; /*"),
        "members swapped": changed(text, "  uint32_t kind;           /* PICKET_NUMERIC or PICKET_SYMBOLIC */\n"
                                   "  uint32_t category_count;", "  uint32_t category_count;\n  uint32_t kind;"),
        "a larger model": changed(text, "private_words[32]", "private_words[33]"),
        "a function gone": changed(text, "uint32_t picket_version(void);", ""),
        "a wider rate": changed(text, "float rate,", "double rate,"),
        "a status with another number": changed(text, "PICKET_E_PARSE = -24", "PICKET_E_PARSE = -99"),
        "a limit with another value": changed(text, "PICKET_MAX_FIELDS 1024", "PICKET_MAX_FIELDS 1023"),
    }
    allowed = {
        "a function more": changed(text, "uint32_t picket_version(void);",
                                   "uint32_t picket_version(void);\nuint32_t picket_more(void);"),
        "a new ABI version": changed(refused["a larger model"], "PICKET_ABI_VERSION 1",
                                     "PICKET_ABI_VERSION 99"),
    }
    for number, (name, header) in enumerate([*refused.items(), *allowed.items()]):
        path = describe(build, f"changed-{number}", header)
        if bool(differences(base, values, path, constants(header))) != (name in refused):
            print(f"abi.py: self-test: {name} is judged wrongly", file=sys.stderr)
            return 1
    print(f"abi.py: self-test passed: {len(refused)} changes refused, {len(allowed)} allowed")
    return 0


def main():
    build, *more = sys.argv[1:]
    with open(os.path.join(ROOT, "include", "picket.h"), encoding="utf-8") as file:
        text = file.read()
    with open(os.path.join(ROOT, "export", "symbols.txt"), encoding="utf-8") as file:
        symbols = file.read().split()
    if len(functions(text)) != len(symbols):
        print(f"abi.py: {len(functions(text))} functions in the header, {len(symbols)} in "
              "export/symbols.txt", file=sys.stderr)
        return 1
    if "--self-test" in more:
        return self_test(build, text)
    path, values = describe(build, "now", text), constants(text)
    if "--update" in more:
        os.makedirs(ABI, exist_ok=True)
        with open(path, encoding="utf-8") as file, \
                open(os.path.join(ABI, "picket.abi"), "w", encoding="utf-8") as out:
            out.write(file.read())
        with open(os.path.join(ABI, "constants.txt"), "w", encoding="utf-8") as file:
            file.writelines(f"{name} {value}\n" for name, value in values.items())
        return 0
    source, old, old_values = released(build)
    faults = differences(old, old_values, path, values)
    if faults:
        print("\n".join(faults), file=sys.stderr)
        print(f"abi: differs from {source}; a program must be linked anew: raise PICKET_ABI_VERSION",
              file=sys.stderr)
        return 1
    print(f"abi: {len(symbols)} functions and {len(values)} constants, compatible with {source}")
    return 0


sys.exit(main())
