#!/usr/bin/env python3
"""How much stack each function of the ABI can use, read from the machine code, against its bound.

    stack.py ARCHIVE [--bounds Tests/Machine/stack.txt] [--verbose]

Walks every path of every function, follows pushes, pops and moves of the stack pointer, and adds up
the deepest chain of calls. Counted from the caller's call instruction on, so the return address is
in it. What memset and memcpy of the host's C library use comes on top: they are called from within.
Recursion, calls through pointers, and frames of a size that is not fixed are failures. x86-64 only.
"""

import os
import re
import sys
from dataclasses import dataclass, field
from types import SimpleNamespace

import machine
from size import readable

RETURN_ADDRESS = 8
# Instructions whose last operand is not written.
READERS = {"cmp", "cmpq", "test", "testq", "bt", "btq"}


class Unclear(Exception):
    """Code whose use of the stack cannot be told."""


@dataclass
class Use:
    """What one function does with the stack."""
    own: int = 0  # deepest point of its own frame, below its return address
    calls: list = field(default_factory=list)  # (depth below the return address, callee)


def number(text):
    return int(text, 16)


class Walker:
    """Follows the paths of one function."""

    def __init__(self, function, resolve):
        self.function, self.resolve = function, resolve
        self.code = {each.at: each for each in function.code}
        self.end = function.value + function.size
        self.use, self.depth_at, self.todo, self.leaps = Use(), {}, [], set()

    def walk(self):
        self.reach(self.function.value, 0, None)
        while self.todo:
            at, depth, frame = self.todo.pop()
            self.straight(at, depth, frame)
            if not self.todo:
                self.follow_leaps()
        return self.use

    def reach(self, at, depth, frame):
        if at not in self.code:
            raise Unclear(f"a jump to +0x{at - self.function.value:x}, inside an instruction")
        if at in self.depth_at:
            if self.depth_at[at][0] != depth:
                raise Unclear(f"two depths at +0x{at - self.function.value:x}")
            return
        self.todo.append((at, depth, frame))

    def follow_leaps(self):
        """A jump through a table lands on code that nothing else reaches, at the jump's depth."""
        loose = [i.at for i in self.function.code
                 if i.at not in self.depth_at and not machine.is_padding(i)]
        if not loose:
            return
        if len(self.leaps) != 1:
            raise Unclear(f"code at +0x{loose[0] - self.function.value:x} that no path reaches")
        depth, frame = next(iter(self.leaps))
        self.reach(loose[0], depth, frame)

    def straight(self, at, depth, frame):
        while True:
            if at in self.depth_at:
                if self.depth_at[at][0] != depth:
                    raise Unclear(f"two depths at +0x{at - self.function.value:x}")
                return
            instruction = self.code.get(at)
            if instruction is None:
                raise Unclear("runs off its end")
            self.depth_at[at] = depth, frame
            depth, frame, done = self.step(instruction, depth, frame)
            if depth < 0:
                raise Unclear(f"pops its return address at +0x{at - self.function.value:x}")
            self.use.own = max(self.use.own, depth)
            if done:
                return
            at += instruction.length

    def step(self, i, depth, frame):
        """Depth and frame pointer's depth behind an instruction, and whether the path ends."""
        operation, operands = i.operation, i.operands
        below = re.findall(r"-0x([0-9a-f]+)\(%rsp", operands)
        if below and not operation.startswith("lea"):  # the red zone
            self.use.own = max([self.use.own] + [depth + number(each) for each in below])
        if operation in ("ret", "retq", "ud2"):
            if depth != 0 and operation != "ud2":
                raise Unclear(f"returns at depth {depth}")
            return depth, frame, True
        if operation in ("call", "callq"):
            self.use.calls.append((depth, self.callee(i)))
            return depth, frame, False
        if operation.startswith("j"):
            return self.jump(i, depth, frame)
        if operation in ("push", "pushq", "pushf", "pushfq"):
            return depth + 8, frame, False
        if operation in ("pop", "popq", "popf", "popfq"):
            if operands == "%rsp":
                raise Unclear("pops the stack pointer")
            return depth - 8, None if operands == "%rbp" else frame, False
        if operation in ("leave", "leaveq"):
            if frame is None:
                raise Unclear("leave without a frame")
            return frame - 8, None, False
        if operands == "%rsp,%rbp" and operation in ("mov", "movq"):
            return depth, depth, False
        if re.search(r"(^|,)%(rsp|esp|sp|spl)$", operands) and operation not in READERS:
            return self.move(i, depth, frame), frame, False
        if re.search(r"(^|,)%[er]?bp$", operands) and operation not in READERS:
            return depth, None, False
        if operation in ("enter", "enterq", "xchg", "xchgq") and "%rsp" in operands:
            raise Unclear(f"{operation} {operands}")
        return depth, frame, False

    def move(self, i, depth, frame):
        """The depth behind an instruction that writes the stack pointer."""
        plain = i.operation.rstrip("q")
        fixed = re.match(r"\$(-?)0x([0-9a-f]+),%rsp$", i.operands)
        lea = re.match(r"(-?)0x([0-9a-f]+)\(%(rsp|rbp)\),%rsp$", i.operands)
        if fixed and plain in ("add", "sub"):
            value = number(fixed[2])
            if value >= 1 << 63:
                value -= 1 << 64
            value = -value if fixed[1] else value
            return depth + value if plain == "sub" else depth - value
        if fixed and plain == "and":
            mask = number(fixed[2])
            return depth + ((1 << 64) - mask if not fixed[1] else mask) - 8
        if lea and plain == "lea" and (lea[3] == "rsp" or frame is not None):
            base = depth if lea[3] == "rsp" else frame
            return base + number(lea[2]) if lea[1] else base - number(lea[2])
        if i.operands == "%rbp,%rsp" and plain == "mov" and frame is not None:
            return frame
        raise Unclear(f"a frame that is not fixed: {i.operation} {i.operands}")

    def jump(self, i, depth, frame):
        if i.operands.startswith("*"):
            self.leaps.add((depth, frame))
            return depth, frame, True
        always = i.operation in ("jmp", "jmpq")
        inside = not i.relocation
        if inside:
            target = number(i.operands.split()[0])
            inside = self.function.value <= target < self.end
        if inside:
            self.reach(target, depth, frame)
        else:  # the last act of a function can be a jump to another
            self.use.calls.append((depth - RETURN_ADDRESS, self.callee(i)))
        return depth, frame, always

    def callee(self, i):
        if i.operands.startswith("*"):
            raise Unclear(f"a call through a pointer: {i.operands}")
        return self.resolve(self.function, i)


def uses(objects):
    """The Use of each function, by key (object, section, offset); names of what is outside."""
    by_place, by_name, found, wrong = {}, {}, {}, []
    for each in objects:
        for function in each.functions:
            by_place[each.name, function.section, function.value] = function
            if function.bind != "LOCAL":
                by_name[function.name] = each.name, function.section, function.value
    for each in objects:
        symbols = {s.name: s for s in each.symbols if s.section}

        def resolve(function, i, each=each, symbols=symbols):
            if not i.relocation:
                place = function.section, number(i.operands.split()[0])
            else:
                _, name, addend = i.relocation
                symbol = symbols.get(name)
                if symbol is None:
                    return by_name.get(name, name)
                place = symbol.section, symbol.value + addend + 4
            if (each.name, *place) not in by_place:
                raise Unclear(f"a call to {place[0]}+0x{place[1]:x}, where no function starts")
            return each.name, *place

        for function in each.functions:
            try:
                found[each.name, function.section, function.value] = Walker(function, resolve).walk()
            except Unclear as unclear:
                wrong.append(f"{function.name}: {unclear}")
    return by_place, found, wrong


def deepest(found, key, above=()):
    """(bytes, chain of keys) of the deepest path from a function on, return address included."""
    if key in above:
        raise Unclear("calls itself")
    use = found[key]
    best = use.own + RETURN_ADDRESS, (key,)
    for depth, callee in use.calls:
        if callee in found:
            below, chain = deepest(found, callee, above + (key,))
            if RETURN_ADDRESS + depth + below > best[0]:
                best = RETURN_ADDRESS + depth + below, (key, *chain)
    return best


def bounds_of(path):
    return {name: int(limit) for name, limit in (line.split() for line in machine.lines_of(path))}


def check(arguments):
    bounds = bounds_of(arguments.bounds)
    by_place, found, wrong = uses(machine.read_archive(arguments.archive))
    if wrong:
        return wrong
    names = readable([each.name for each in by_place.values()])
    seen, total = set(), 0
    for key, function in sorted(by_place.items(), key=lambda item: item[1].name):
        if arguments.verbose:
            print(f"{found[key].own + RETURN_ADDRESS:6} {names[function.name]}, own frame")
        if function.bind == "LOCAL":
            continue
        try:
            used, chain = deepest(found, key)
        except Unclear as unclear:
            wrong.append(f"{function.name}: {unclear}")
            continue
        seen.add(function.name)
        total = max(total, used)
        limit = bounds.get(function.name)
        if arguments.verbose:
            print(f"{used:6} {function.name}: " + " > ".join(
                names[by_place[each].name].split("(")[0] for each in chain))
        if limit is None:
            wrong.append(f"{function.name} uses {used} bytes; {arguments.bounds} states no bound")
        elif used > limit:
            wrong.append(f"{function.name} uses {used} bytes, above its bound of {limit}: " + " > ".join(
                names[by_place[each].name].split("(")[0] for each in chain))
    wrong += [f"{name} has a bound and does not exist" for name in sorted(set(bounds) - seen)]
    outside = {c for use in found.values() for _, c in use.calls if c not in found}
    print(f"stack: {total} bytes at most, {len(found)} functions; outside: "
          + (" ".join(sorted(outside)) or "none"))
    return wrong


def self_test(folder):
    def outcome(source, bounds, *flags):
        path = machine.compile_c(
            folder, "object", "__attribute__((noinline)) int use(char *p);\n" + source, *flags)
        with open(path + ".txt", "w", encoding="utf-8") as file:
            file.write(bounds)
        return check(SimpleNamespace(archive=path, bounds=path + ".txt", verbose=False))

    frame = "int f(void) { char a[%d]; return use(a) + 1; }\n"
    machine.must(outcome(frame % 1000, "f 1024") == [], "a frame of 1000 bytes within 1024")
    machine.must(outcome(frame % 1000, "f 1000"), "a frame beyond its bound")
    machine.must(outcome(frame % 1000, "g 2000\nf 2000"), "a bound without function")
    machine.must(outcome(frame % 1000, ""), "a function without bound")
    chain = ("__attribute__((noinline)) static int g(char *p) { char b[500]; p[0] = 1; b[9] = p[7];"
             " return use(b) + use(p); }\nint f(void) { char a[1000]; return use(a) + g(a); }\n")
    machine.must(outcome(chain, "f 1600") == [], "a chain of two frames within 1600")
    machine.must(outcome(chain, "f 1500"), "a chain of two frames beyond its bound")
    machine.must(outcome("int f(int n) { char a[n]; return use(a) + 1; }", "f 9999"),
                 "a frame of variable size")
    machine.must(outcome("int f(char *p) { char b[64]; return f(b) + use(b) + *p; }", "f 9999"),
                 "recursion")
    machine.must(outcome("int f(int (*p)(void)) { return p() + 1; }", "f 9999"),
                 "a call through a pointer")
    aligned = ("int f(void);\n__asm__(\".text\\n.globl f\\n.type f,@function\\nf: push %rbp\\n"
               "mov %rsp,%rbp\\nand $-256,%rsp\\nsub $256,%rsp\\ncall use\\nmov %rbp,%rsp\\n"
               "pop %rbp\\nret\\n.size f,.-f\\n\");")
    machine.must(outcome(aligned, "f 520") == [], "an aligned frame within its bound")
    machine.must(outcome(aligned, "f 519"), "an aligned frame beyond its bound")
    cases = "".join(f"case {i}: return use(a + {i * i}) * {i + 3};" for i in range(12))
    table = "int f(int n) { char a[2000]; switch (n) { %s } return use(a) + 2; }\n" % cases
    machine.must(outcome(table, "f 2100") == [], "a jump table within its bound")
    machine.must(outcome(table, "f 2000"), "a jump table beyond its bound")
    leaf = "int f(int *p) { volatile int a[20]; a[p[1]] = p[0]; return a[p[2]]; }"
    machine.must(outcome(leaf, "f 96") == [] and outcome(leaf, "f 64"), "the red zone")
    for source, bound in ((frame % 1000, 1024), (frame % 4000, 4100), (chain, 1100)):
        compared = against_compiler(folder, source)
        machine.must(compared, f"another frame size than the compiler's for {source}")


def against_compiler(folder, source):
    """Whether each function's own frame is what -fstack-usage says, return address included."""
    path = machine.compile_c(folder, "usage", "int use(char *p);\n" + source, "-fstack-usage")
    with open(path[:-2] + ".su", encoding="utf-8") as file:
        said = {line.split()[0].split(":")[-1]: int(line.split()[1]) for line in file}
    by_place, found, wrong = uses(machine.read_archive(path))
    ours = {function.name: found[key].own + RETURN_ADDRESS for key, function in by_place.items()}
    return not wrong and ours == {name: said[name] for name in ours}


if __name__ == "__main__":
    sys.exit(machine.command_line(
        __doc__, check, self_test,
        ("--bounds", {"default": os.path.join(machine.HERE, "stack.txt")}),
        ("--verbose", {"action": "store_true"})))
