"""What the machine checks share: the objects of an archive as binutils show them.

Standard library and binutils alone. Addresses are (section, offset) pairs, as objects have them.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")


def run(*command, folder=None):
    return subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=folder,
        env={**os.environ, "LC_ALL": "C"}).stdout


@dataclass
class Section:
    name: str
    kind: str
    size: int
    flags: str  # as readelf prints them: W writable, A loaded, X executable

    def has(self, flag):
        return flag in self.flags


@dataclass
class Symbol:
    name: str
    kind: str  # FUNC, OBJECT, NOTYPE, SECTION
    bind: str  # LOCAL, GLOBAL, WEAK
    section: str  # "" if undefined
    value: int
    size: int


@dataclass
class Instruction:
    at: int
    operation: str
    operands: str
    relocation: tuple = None  # (kind, symbol or section, addend)
    length: int = 0


@dataclass
class Function:
    name: str
    section: str
    value: int
    size: int
    bind: str
    code: list = field(default_factory=list)


@dataclass
class Object:
    name: str
    sections: list
    symbols: list
    functions: list
    outside: list  # (section, instruction) that belong to no function: padding, we hope
    relocations: list  # the kinds of those that loading would have to make


def read_archive(path):
    """The objects of an archive, or the one object that the path is."""
    path = os.path.abspath(path)
    if not path.endswith(".a"):
        return [read_object(path)]
    with tempfile.TemporaryDirectory() as folder:
        names = run("ar", "t", path).split()
        if len(set(names)) != len(names):
            raise SystemExit(f"{path}: two members share a name")
        run("ar", "x", path, folder=folder)
        return [read_object(os.path.join(folder, name)) for name in names]


def sizes(objects):
    """Bytes of code, and of constants."""
    kept = [section for each in objects for section in each.sections if section.has("A")]
    code = sum(section.size for section in kept if section.has("X"))
    return code, sum(section.size for section in kept) - code


def read_object(path):
    sections, order = [], {}
    for line in run("readelf", "-SW", path).splitlines():
        found = re.match(r"\s*\[\s*(\d+)\] (.*)", line)
        if not found or found[1] == "0" and "NULL" in line:
            continue
        # name, type, address, offset, size, entry size, flags, link, info, alignment
        parts = re.match(
            r"(\S*)\s+(\S+)\s+[0-9a-f]{8,16} [0-9a-f]{6,} ([0-9a-f]{6,}) [0-9a-f]{2}\s+(\D*?)\s*"
            r"\d+\s+\d+\s+\d+$", found[2])
        if not parts:
            raise SystemExit(f"{path}: cannot read the section table: {line}")
        section = Section(parts[1], parts[2], int(parts[3], 16), parts[4])
        sections.append(section)
        order[found[1]] = section.name
    symbols = []
    for line in run("readelf", "-sW", path).splitlines():
        parts = line.split(None, 7)
        if len(parts) < 7 or not parts[0].rstrip(":").isdigit() or parts[0] == "0:":
            continue
        name = parts[7] if len(parts) > 7 else ""
        size = int(parts[2], 16) if parts[2].startswith("0x") else int(parts[2])
        where = order.get(parts[6], "" if parts[6] == "UND" else parts[6])
        if parts[3] == "SECTION":
            name = where
        symbols.append(Symbol(name, parts[3], parts[4], where, int(parts[1], 16), size))
    functions, outside = read_code(path, symbols)
    relocations, loaded = [], {each.name for each in sections if each.has("A")}
    section = ""
    for line in run("readelf", "-rW", path).splitlines():
        heading = re.match(r"Relocation section '\.rela(\S*)'", line)
        section = heading[1] if heading else section
        if section in loaded and re.match(r"[0-9a-f]{8,}\s+[0-9a-f]{8,}\s+R_", line):
            relocations.append(line.split()[2])
    return Object(os.path.basename(path), sections, symbols, functions, outside, relocations)


def read_code(path, symbols):
    functions, outside = [], []
    by_section = {}
    for each in symbols:
        if each.kind == "FUNC" and each.section:
            functions.append(
                Function(each.name, each.section, each.value, each.size, each.bind))
            by_section.setdefault(each.section, []).append(functions[-1])
    section, last = None, None
    for line in run("objdump", "-drw", "--no-show-raw-insn", path).splitlines():
        heading = re.match(r"Disassembly of section (.*):$", line)
        instruction = re.match(r"\s*([0-9a-f]+):\t(\S+)\s*(.*?)\s*$", line)
        relocation = re.search(r"([0-9a-f]+): (R_\S+)\s+(\S+?)([+-]0x[0-9a-f]+)?$", line)
        if heading:
            section, last = heading[1], None
            continue
        if instruction and not (relocation and relocation[1] == instruction[1]):
            text = instruction[3].split("\t")[0].strip()
            operation = instruction[2]
            while operation in ("notrack", "bnd", "lock", "rep", "repz", "repnz", "data16", "cs"):
                operation, _, text = text.partition(" ")
                text = text.strip()
            now = Instruction(int(instruction[1], 16), operation, text)
            if last:
                last.length = now.at - last.at
            last = now
            owner = [each for each in by_section.get(section, [])
                     if each.value <= now.at < each.value + each.size]
            if owner:
                for each in owner:
                    each.code.append(now)
            else:
                outside.append((section, now))
        if relocation and last:
            addend = int(relocation[4], 16) if relocation[4] else 0
            last.relocation = relocation[2], relocation[3], addend
    return functions, outside


PADDING = re.compile(r"nop[lw]?$|xchg$|int3$|data16$|cs$|$")


def is_padding(instruction):
    if instruction.operation == "xchg":
        return instruction.operands == "%ax,%ax"
    return bool(PADDING.match(instruction.operation))


def lines_of(path):
    """The lines of a list, without comments."""
    with open(path, encoding="utf-8") as file:
        lines = [line.split("#")[0].strip() for line in file]
    return [line for line in lines if line]


def compile_c(folder, name, source, *flags):
    """An object made of C, for the self-tests."""
    path = os.path.join(folder, name + ".c")
    with open(path, "w", encoding="utf-8") as file:
        file.write(source)
    out = os.path.join(folder, name + ".o")
    run(os.environ.get("CC", "cc"), "-O1", "-fcf-protection=none", "-fno-stack-protector", *flags,
        "-c", path, "-o", out)
    return out


def command_line(description, check, self_test, *options):
    """Runs a check on an archive, or its self-test. `check` returns messages: none is a pass."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="?")
    parser.add_argument("--self-test", action="store_true", help="show that the check can fail")
    for name, rest in options:
        parser.add_argument(name, **rest)
    arguments = parser.parse_args()
    tool = os.path.basename(sys.argv[0])
    if arguments.self_test:
        with tempfile.TemporaryDirectory() as folder:
            self_test(folder)
        print(f"{tool}: self-test passed")
        return 0
    if not arguments.archive:
        parser.error("give an archive, or --self-test")
    wrong = check(arguments)
    for each in wrong:
        print(f"{tool}: {each}", file=sys.stderr)
    return 1 if wrong else 0


def must(condition, what):
    """A self-test's assertion: says what the check failed to notice."""
    if not condition:
        raise SystemExit(f"self-test: {what}")
