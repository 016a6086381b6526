#!/usr/bin/env python3
"""What an archive for any target holds: the promises of Tests/Machine, as far as they can be read
from the machine code of seven machines.

    inspect_archive.py TARGET ARCHIVE [--symbols export/symbols.txt] [--verbose]

- global symbols are exactly those of symbols.txt;
- undefined symbols are within the target's line of undefined.txt, and the one for all;
- no writable memory: no .data, .bss, start-up code or executable stack;
- no instruction that traps, and no integer division that could;
- no recursion, no call through a pointer, no frame of a size that is not fixed.

Prints `text`, `rodata` and `stack` as `name value` lines. The stack is the deepest chain of frames
below a C function, counted as if every frame had all it ever takes at once: an upper bound. What
memset and memcpy of the host's C library use comes on top.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
SYMBOLS = os.path.join(ROOT, "export", "symbols.txt")

TRAPS = {
    "x86": r"ud[012][ab]?|int3?|into|bound|hlt|i?div[bwlq]?|\(bad\)",
    "aarch64": r"brk|udf|hlt|svc|hvc",
    "arm": r"udf|bkpt|svc|swi|hlt",
    "riscv": r"(c\.)?(ebreak|unimp)|ecall",
    # add, addi and sub trap on overflow; div leaves a teq behind it.
    "mips": r"break|t(eq|ne|ge|lt)i?u?|sdbbp|syscall|add|addi|sub",
}


class Machine:
    """How one family of processors takes room on the stack, and how it calls."""

    def __init__(self, target):
        self.prefix = "" if target.startswith("x86_64") else target + "-"
        self.family = re.match(r"x86_64|i686|aarch64|arm|riscv|mips", target)[0]
        self.is_x86 = self.family in ("x86_64", "i686")
        self.traps = re.compile(f"({TRAPS['x86' if self.is_x86 else self.family]})$")
        self.comment = re.compile({"aarch64": r"\s+(//|<)", "arm": r"\s+[@;<]"}.get(
            self.family, r"\s+[#<]"))
        self.word = 8 if self.family == "x86_64" else 4
        self.returned = self.word if self.is_x86 else 0  # bytes that a call itself takes

    def run(self, tool, *arguments, folder=None):
        return subprocess.run(
            [self.prefix + tool, *arguments], check=True, capture_output=True, text=True,
            cwd=folder, env={**os.environ, "LC_ALL": "C"}).stdout

    def taken(self, operation, operands, constants):
        """Bytes that an instruction takes from the stack, 0 if it gives some back or only sets the
        pointer back; None if the instruction does not write the stack pointer; ValueError if it is
        not known what it does to it."""
        return getattr(self, "taken_" + ("x86" if self.is_x86 else self.family))(operation, operands, constants)

    def taken_x86(self, operation, operands, constants):
        operation = re.sub(r"[lq]$", "", operation) if operation not in ("sub", "call") else operation
        if operation in ("push", "pushf"):
            return self.word
        if operation in ("pop", "leave", "ret", "call"):
            return 0
        if not re.search(r",%[er]sp$", operands) or operation in ("cmp", "test"):
            return None
        fixed = re.match(r"\$(-?)0x([0-9a-f]+),%[er]sp$", operands)
        lea = re.match(r"(-?)0x([0-9a-f]+)\(%([er])[sb]p\),%\3sp$", operands)
        if operation == "sub" and fixed and not fixed[1]:
            return signed(int(fixed[2], 16), self.word)
        if operation == "add" and fixed:
            return max(0, -signed(int(fixed[1] + fixed[2], 16), self.word))
        if operation == "and" and fixed:
            return -signed(int(fixed[1] + fixed[2], 16), self.word) - self.word
        if operation == "lea" and lea:
            return int(lea[2], 16) if lea[1] and lea[3] and "sp)" in operands else 0
        if operation == "mov" and re.match(r"%[er]bp,", operands):
            return 0
        raise ValueError(f"{operation} {operands}")

    def taken_aarch64(self, operation, operands, constants):
        before = re.search(r"\[sp, #-(\d+)\]!$", operands)
        if before:
            return int(before[1])
        if re.search(r"\[sp\], #\d+$", operands):
            return 0
        # An aligned frame: the new pointer is computed in another register first.
        copy = re.match(r"x\d+, sp, #0x([0-9a-f]+)(, lsl #12)?$", operands)
        if operation == "sub" and copy:
            return int(copy[1], 16) << (12 if copy[2] else 0)
        if not re.match(r"sp(,|$)", operands):
            return None
        fixed = re.match(r"sp, sp, #0x([0-9a-f]+)(, lsl #12)?$", operands)
        aligned = re.match(r"sp, x\d+, #0x(f+[0-9a-f]*)$", operands)
        if operation == "sub" and fixed:
            return int(fixed[1], 16) << (12 if fixed[2] else 0)
        if operation == "and" and aligned:
            return (1 << 64) - int(aligned[1], 16) - 16
        if operation == "add" and fixed or operation in ("mov", "sub") and "x29" in operands:
            return 0
        raise ValueError(f"{operation} {operands}")

    def taken_arm(self, operation, operands, constants):
        plain = re.sub(r"(eq|ne|cs|hs|cc|lo|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)$", "", operation)
        if plain in ("push", "vpush", "stmdb", "stmfd"):
            if plain.startswith("st") and not operands.startswith("sp!"):
                return None
            return registers(re.search(r"\{(.*)\}", operands)[1])
        if re.match(r"str", plain) and re.search(r"\[sp, #-(\d+)\]!$", operands):
            return int(re.search(r"#-(\d+)\]!$", operands)[1])
        if plain in ("pop", "vpop"):
            return 0
        if plain in ("ldm", "ldmia", "ldmib", "ldmfd", "vldmia"):
            return 0 if operands.startswith("sp!") else None
        if re.match(r"ldr", plain) and re.search(r"\[sp\], #\d+$", operands):
            return 0
        copy = re.match(r"r\d+, sp, #(\d+)", operands)
        if plain == "sub" and copy:
            return int(copy[1])
        if not re.match(r"sp(,|$)", operands):
            return None
        if re.match(r"cmp|tst|teq|v?stmia|stmib|stm$", operation):
            return None
        fixed = re.match(r"sp, sp, #(\d+)", operands)
        if plain == "sub" and fixed:
            return int(fixed[1])
        if plain == "bic" and fixed:
            return int(fixed[1])
        field = re.match(r"sp, #0, #(\d+)", operands)
        if plain == "bfc" and field:
            return (1 << int(field[1])) - 1
        if plain == "add" and fixed or plain == "sub" and re.match(r"sp, (fp|r11|r7), #", operands):
            return 0
        if plain == "mov" and re.match(r"sp, (fp|r\d+)$", operands):
            return 0  # an aligned frame's copy was counted; from the frame pointer it is given back
        raise ValueError(f"{operation} {operands}")

    def taken_riscv(self, operation, operands, constants):
        if not operands.startswith("sp,"):
            return None
        if operation.lstrip("c.") in ("sw", "sd", "fsd", "fsw"):
            return None
        fixed = re.match(r"sp,(sp|s0),(-?\d+)$", operands)
        if operation in ("addi", "c.addi", "c.addi16sp", "add") and fixed:
            return max(0, -int(fixed[2])) if fixed[1] == "sp" else 0
        if operation in ("and", "andi") and fixed and fixed[1] == "sp":
            return -int(fixed[2]) - 16
        if operation in ("sub", "add"):
            value = constants.get(operands.split(",")[2])
            if value is not None and operands.startswith("sp,sp,"):
                return max(0, value if operation == "sub" else -value)
        raise ValueError(f"{operation} {operands}")

    def taken_mips(self, operation, operands, constants):
        if not operands.startswith("sp,") or operation in ("sw", "swc1", "sdc1", "beq", "bne"):
            return None
        fixed = re.match(r"sp,sp,(-?\d+)$", operands)
        if operation == "addiu" and fixed:
            return max(0, -int(fixed[1]))
        if operation == "move" and operands == "sp,s8":
            return 0
        if operation == "ins":  # ins sp,zero,0,n
            return (1 << int(operands.rsplit(",", 1)[1], 0)) - 8
        if operation in ("and", "addu", "subu") and operands.startswith("sp,sp,"):
            value = constants.get(operands.split(",")[2])
            if value is not None:
                if operation == "and":
                    return -value - 8
                return max(0, value if operation == "subu" else -value)
        raise ValueError(f"{operation} {operands}")

    def constant(self, operation, operands, constants):
        """Follows small constants through registers, for frames too large for one instruction."""
        parts = operands.split(",")
        number = parts[-1].split(" ")[0]
        if self.family not in ("riscv", "mips") or not re.match(r"-?(0x)?[0-9a-f]+$", number):
            return
        if operation in ("li", "c.li") or operation in ("addiu", "ori") and parts[1] == "zero":
            constants[parts[0]] = int(number, 0)
        elif operation == "lui":
            shift = 12 if self.family == "riscv" else 16
            constants[parts[0]] = signed(int(number, 0) << shift, 4)
        elif operation in ("addiw", "addi", "addiu", "ori") and parts[1] in constants:
            constants[parts[0]] = constants[parts[1]] + int(number, 0)
        elif parts[0] in constants and operation not in ("sw", "sd", "beq", "bne"):
            del constants[parts[0]]

    # How a call and a jump into another function look: by their relocation, except that a call
    # through a pointer has none.
    CALLS = re.compile(
        r"R_(X86_64_(PLT32|PC32)|386_(PLT32|PC32)|AARCH64_(CALL|JUMP)26|ARM_(CALL|JUMP24|PLT32)|"
        r"RISCV_(CALL|CALL_PLT|JAL)|MIPS_(JALR|26))$")

    def is_indirect(self, operation, operands):
        if self.is_x86:
            return operation.startswith("call") and operands.startswith("*")
        if self.family == "aarch64":
            return operation == "blr"
        if self.family == "arm":
            return operation == "blx" and re.match(r"(r\d+|ip|lr|sl|fp)$", operands)
        return False  # riscv and mips: see step, for calls by name go through a register there


def signed(value, size):
    bits = 8 * size
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def registers(text):
    """Bytes of a list of ARM registers."""
    total = 0
    for part in text.split(","):
        part = part.strip()
        size = {"d": 8, "q": 16}.get(part[0], 4)
        ends = re.match(r"[a-z](\d+)-[a-z](\d+)$", part)
        total += size * (int(ends[2]) - int(ends[1]) + 1 if ends else 1)
    return total


class Function:
    def __init__(self, name):
        self.name, self.own, self.calls, self.wrong = name, 0, set(), []
        self.has_call = False
        self.named = False  # the next jump through a register has a name: a relocation before it


def functions_of(machine, path):
    """The functions of an object, each in a section of its own."""
    found, now, constants, last = {}, None, {}, ("", "")
    own_call = None
    for line in machine.run("objdump", "-drw", path).splitlines():
        heading = re.match(r"Disassembly of section (.*):$", line)
        start = re.match(r"[0-9a-f]+ <(.*)>:$", line)
        relocation = re.match(r"\s*[0-9a-f]+: (R_\S+)\s+(\S+)", line)
        instruction = re.match(r"\s*[0-9a-f]+:\t[0-9a-f ]+\t(\S+)\s*(.*?)\s*$", line)
        if heading:
            now = None
        elif start and not start[1].startswith(".L"):
            # A section of one function may go by its own name.
            name = start[1].removeprefix(".text.")
            now = found.setdefault(name, Function(name))
            constants = {}
        elif instruction and now is not None:
            if own_call:  # no relocation came behind it: it stays within its section
                own_call.calls.add(own_call.name)
            own_call = None
            to_start = re.search(r"<([^>+]+)>", instruction[2])
            if to_start and re.match(r"call|blx?$|jal$", instruction[1]):
                own_call = now
            text = machine.comment.split(instruction[2].split("\t")[0])[0].rstrip()
            inline = re.search(r"\b(R_\S+)\s+(\S+)", instruction[2])
            step(machine, now, instruction[1], text, constants)
            last = instruction[1], text
            if inline:
                own_call = None
                refer(machine, now, inline[1], inline[2], last)
        elif relocation and now is not None:
            own_call = None
            refer(machine, now, relocation[1], relocation[2], last)
    return found


def step(machine, function, operation, operands, constants):
    function.has_call = function.has_call or operation.startswith("call")
    if operation in ("notrack", "rep", "repz", "repnz", "bnd", "lock", "data16", "cs"):
        operation, _, operands = operands.partition(" ")
    if operation in (".word", ".short", ".byte"):
        return
    if machine.traps.match(operation):
        function.wrong.append(f"{operation} {operands} can trap")
    if machine.is_indirect(operation, operands):
        function.wrong.append(f"{operation} {operands} calls through a pointer")
    if operation in ("jalr", "c.jalr") and machine.family in ("riscv", "mips"):
        if machine.family == "mips" or not function.named:
            function.wrong.append("a call without a name")  # MIPS: taken back by its relocation
        function.named = False
    try:
        function.own += machine.taken(operation, operands, constants) or 0
    except ValueError as unclear:
        function.wrong.append(f"what it does to the stack is not clear: {unclear}")
    machine.constant(operation, operands, constants)


def refer(machine, function, kind, symbol, last):
    if not machine.CALLS.match(kind):
        return
    if machine.family == "mips" and "a call without a name" in function.wrong:
        function.wrong.remove("a call without a name")
    callee = re.sub(r"[-+]0x[0-9a-f]+$", "", symbol)
    if callee.startswith(".L"):
        return  # a label of the compiler's own: a far jump within the function
    if machine.is_x86 and not re.match(r"call|j", last[0]):
        return  # data, addressed relative to the instruction
    function.named = True
    function.calls.add(callee.removeprefix(".text.").removesuffix(".localalias"))


def depths(machine, found):
    """The deepest chain below each function; wrong ones are named."""
    done, wrong = {}, []

    def depth(name, above):
        if name in above:
            wrong.append(f"{name} calls itself")
            return 0
        if name not in found:
            return machine.returned
        if name not in done:
            function = found[name]
            below = [depth(callee, above | {name}) for callee in sorted(function.calls)]
            done[name] = machine.returned + function.own + max(
                below, default=machine.returned * function.has_call)
        return done[name]

    return {name: depth(name, frozenset()) for name in found}, wrong


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return [line for line in (text.split("#")[0].strip() for text in file) if line]


def inspect(target, path, verbose=False, symbols=SYMBOLS, lists=None):
    """What the object at a path holds, and what is wrong with it; `lists` are the lines of undefined.txt
    that it may take from."""
    machine, wrong, sizes = Machine(target), [], {"text": 0, "rodata": 0}
    for line in machine.run("readelf", "-SW", path).splitlines():
        found = re.match(r"\s*\[\s*\d+\] (\S+)\s+(\S+)\s+[0-9a-f]+ [0-9a-f]+ ([0-9a-f]+) \S+\s+"
                         r"([A-Zop]*)\s+\d+\s+\d+\s+\d+$", line)
        if not found:
            continue
        name, size, flags = found[1], int(found[3], 16), found[4]
        if "A" in flags and name not in (".MIPS.abiflags", ".reginfo"):
            sizes["text" if "X" in flags else "rodata"] += size
        if size and ("W" in flags or re.match(r"\.(data|s?bss|sdata|tdata|tbss|init|fini)", name)):
            wrong.append(f"{name} has {size} bytes of writable or start-up memory")
        if name == ".note.GNU-stack" and "X" in flags:
            wrong.append("asks for an executable stack")
    wanted = set(lines_of(symbols))
    allowed = {name for line in lines_of(os.path.join(HERE, "undefined.txt"))
               if line.split(":")[0] in (lists or ("all", target)) for name in line.split(":")[1].split()}
    defined, undefined = set(), set()
    for line in machine.run("nm", "-g", path).splitlines():
        parts = line.split()
        (undefined if parts[-2] in "Uw" else defined).add(parts[-1])
    wrong += [f"{name} is not defined" for name in sorted(wanted - defined)]
    wrong += [f"{name} is global" for name in sorted(defined - wanted)]
    wrong += [f"{name} is undefined and not in undefined.txt" for name in sorted(undefined - allowed)]
    found = functions_of(machine, path)
    wrong += [f"{name} has no code to look at" for name in sorted(wanted - set(found))]
    for function in found.values():
        wrong += [f"{function.name}: {each}" for each in function.wrong]
    wrong += [f"{function.name} calls {callee}, which is no function here"
              for function in found.values()
              for callee in sorted(function.calls - set(found) - undefined)]
    depth, recursive = depths(machine, found)
    wrong += recursive
    sizes["stack"] = max((depth[name] for name in wanted if name in depth), default=0)
    if verbose:
        for name in sorted(depth, key=lambda name: -depth[name]):
            print(f"{depth[name]:6} {found[name].own:6} {name}")
    return sizes, wrong, undefined


def object_of(machine, archive, folder):
    names = machine.run("ar", "t", os.path.abspath(archive)).split()
    if len(names) != 1:
        raise SystemExit(f"{archive}: {len(names)} objects instead of one")
    machine.run("ar", "x", os.path.abspath(archive), folder=folder)
    return os.path.join(folder, names[0])


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target")
    parser.add_argument("archive")
    parser.add_argument("--symbols", default=SYMBOLS)
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = object_of(Machine(arguments.target), arguments.archive, folder)
        sizes, wrong, undefined = inspect(
            arguments.target, path, arguments.verbose, arguments.symbols)
    for name, value in sizes.items():
        print(name, value)
    print("undefined", " ".join(sorted(undefined)) or "none")
    for each in wrong:
        print(f"{arguments.target}: {each}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
