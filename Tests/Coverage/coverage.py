#!/usr/bin/env python3
"""Prints how much of some rooms of Sources the C tests run, line by line.

    coverage.py ROOM[,ROOM] TOOLS LEAST BINARY PROFILE [BINARY PROFILE ...]

TOOLS is the folder of llvm-cov and llvm-profdata, of the compiler's own version. Each binary is
the test program with the library built for one level of the processor: a line counts as run if one
of them runs it. Prints a table of the files that are not run in full, the lines that are not, and
the total; ends with 1 if that is below LEAST percent.
"""

import os
import subprocess
import sys


def lines_of(tools, binary, profile):
    """For each source file, its lines with code and whether they ran."""
    text = subprocess.run([os.path.join(tools, "llvm-cov"), "export", "-format=lcov", binary,
                           f"-instr-profile={profile}"], check=True, capture_output=True,
                          text=True).stdout
    files, name = {}, None
    for line in text.splitlines():
        if line.startswith("SF:"):
            name = line[3:]
        elif line.startswith("DA:"):
            number, count = line[3:].split(",")[:2]
            files.setdefault(name, {})
            lines = files[name]
            lines[int(number)] = lines.get(int(number), False) or int(count) > 0
    return files


def spans(numbers):
    """[3, 4, 5, 9] as "3-5, 9"."""
    parts = []
    for number in sorted(numbers):
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def main():
    rooms_wanted, tools, least, *pairs = sys.argv[1:]
    wanted = rooms_wanted.split(",")
    merged = {}
    for binary, profile in zip(pairs[::2], pairs[1::2]):
        for name, lines in lines_of(tools, binary, profile).items():
            short = os.path.relpath(name)
            if not short.startswith(tuple(f"Sources/{room}/" for room in wanted)):
                continue
            into = merged.setdefault(short, {})
            for number, ran in lines.items():
                into[number] = into.get(number, False) or ran
    rooms = {}
    for name in sorted(merged):
        lines = merged[name]
        room = rooms.setdefault(name.split("/")[1], [0, 0])
        room[0] += sum(lines.values())
        room[1] += len(lines)
        missing = [number for number, ran in lines.items() if not ran]
        if missing:
            print(f"  {name}: {len(lines) - len(missing)} of {len(lines)}, not run: {spans(missing)}")
    ran, there = (sum(room[i] for room in rooms.values()) for i in (0, 1))
    share = 100 * ran / max(there, 1)
    parts = ", ".join(f"{name} {100 * a / b:.1f} %" for name, (a, b) in rooms.items())
    print(f"coverage: {share:.1f} % of {there:,} lines in {len(merged)} files ({parts})")
    if share < float(least) or len(rooms) < len(wanted):
        print(f"coverage: below {least} %", file=sys.stderr)
        return 1
    return 0


sys.exit(main())
