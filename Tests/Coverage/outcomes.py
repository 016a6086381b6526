#!/usr/bin/env python3
"""Compares what the C tests saw with what the header promises.

    outcomes.py HEADER OUTCOMES
    outcomes.py --self-test HEADER OUTCOMES

OUTCOMES has a line for each outcome that the tests saw: function, and status where it returns one
(the test program writes it where PICKET_OUTCOMES says). Every function of the header must have been
called; each status that a function's comment lists under Returns must have been returned by it, and
no other; and every status of the header by some function.
"""

import re
import sys

# What only an archive returns that was built without a part: Tests/Machine/not_built_in.c.
ELSEWHERE = ("PICKET_E_NOT_BUILT_IN",)


def statuses_of(text):
    """Number by name."""
    return {name: int(number) for name, number in re.findall(r"(PICKET_(?:OK|E_\w+)) = (-?\d+)", text)}


def named(text, known):
    """The statuses that a Returns text lists: full names, and _NAME short for PICKET_E_NAME."""
    names = re.findall(r"(?<!\w)(PICKET_OK|PICKET_E_[A-Z_]+|_[A-Z][A-Z_]+)", text)
    full = [name if name.startswith("PICKET") else "PICKET_E" + name for name in names]
    return {known[name] for name in full}


def promises(text):
    """For each function: None, or the statuses that it may return."""
    known, found = statuses_of(text), {}
    declaration = re.compile(r"^(int32_t|[\w ]+\*?) ?\*?(picket_\w+)\(", re.M)
    for match in declaration.finditer(text):
        kind, name = match.group(1).strip(), match.group(2)
        comment = text[text.rindex("/*", 0, match.start()):match.start()]
        if kind != "int32_t":
            found[name] = None
            continue
        returns = comment[comment.index("Returns:"):]
        found[name] = named(returns, known) - {known.get(status) for status in ELSEWHERE}
        for other in re.findall(r"as (picket_\w+)", returns):
            found[name] |= found[other]
    return found


def compare(text, outcomes):
    known, expected = statuses_of(text), promises(text)
    name_of = {number: name for name, number in known.items()}
    seen, faults = {}, []
    for line in outcomes:
        function, _, status = line.strip().partition(" ")
        seen.setdefault(function, set())
        if status:
            seen[function].add(int(status))
    for function, statuses in expected.items():
        if function not in seen:
            faults.append(f"{function} is never called")
        elif statuses is not None:
            for number in sorted(statuses - seen[function]):
                faults.append(f"{function} never returns {name_of[number]}")
            for number in sorted(seen[function] - statuses):
                faults.append(f"{function} returns {name_of.get(number, number)}, which its comment "
                              "does not list")
    returned = set().union(*seen.values()) if seen else set()
    for name, number in known.items():
        if number not in returned and name not in ELSEWHERE:
            faults.append(f"{name} is returned by no function")
    return expected, known, faults


def self_test(text, outcomes):
    """Each outcome taken away must be missed, and one that is not promised must be noticed."""
    lines = sorted({line.strip() for line in outcomes if line.strip()})
    missed = []
    for gone in lines:
        rest = [line for line in lines if line != gone]
        needed = " " in gone or all(not line.startswith(gone + " ") for line in rest)
        if needed and not compare(text, rest)[2]:
            missed.append(gone)
    if missed or not compare(text, lines + ["picket_open -25"])[2] or len(lines) < 20:
        print(f"outcomes.py: self-test failed: {missed or lines[:3]}", file=sys.stderr)
        return 1
    print("outcomes.py: self-test passed")
    return 0


def main():
    arguments = sys.argv[1:]
    testing = arguments[0] == "--self-test"
    header, outcomes = arguments[1:] if testing else arguments
    with open(header, encoding="utf-8") as file:
        text = file.read()
    with open(outcomes, encoding="utf-8") as file:
        lines = file.readlines()
    if testing:
        return self_test(text, lines)
    expected, known, faults = compare(text, lines)
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    print(f"outcomes: all {len(expected)} functions, all {len(known)} statuses, "
          f"{sum(len(s) for s in expected.values() if s)} statuses function by function")
    return 0


sys.exit(main())
