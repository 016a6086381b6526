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


def prefix_of(text):
    """What the names of a header's statuses begin with: PICKET_ or PICKET_FLOW_."""
    return re.search(r"(\w+_)OK = 0", text).group(1)


def statuses_of(text):
    """Number by name."""
    pattern = rf"({prefix_of(text)}(?:OK|E_\w+)) = (-?\d+)"
    return {name: int(number) for name, number in re.findall(pattern, text)}


def named(text, known, prefix):
    """The statuses that a Returns text lists: full names, and _NAME short for PICKET_E_NAME."""
    names = re.findall(rf"(?<!\w)({prefix}OK|{prefix}E_[A-Z_]+|_[A-Z][A-Z_]+)", text)
    full = [name if name.startswith(prefix) else prefix + "E" + name for name in names]
    return {known[name] for name in full}


def promises(text):
    """For each function: None, or the statuses that it may return.

    A section of the header may say what every function of it returns; a comment adds to that. Where neither
    names a status, the number is no status."""
    known, prefix, found = statuses_of(text), prefix_of(text), {}
    declaration = re.compile(r"^(int32_t|[\w ]+\*?) ?\*?(picket_\w+)\(", re.M)
    for match in declaration.finditer(text):
        kind, name = match.group(1).strip(), match.group(2)
        start = text.rindex("/*", 0, match.start())
        comment = text[start:match.start()]
        section = text[max(text.rfind("/* ====", 0, start), 0):start]
        all_of_them = re.search(r"Every \w+ function returns [^.]*", section)
        returns = comment[comment.find("Returns:"):] if "Returns:" in comment else ""
        returns += all_of_them.group() if all_of_them else ""
        found[name] = None
        if kind != "int32_t" or not re.search(rf"{prefix}(OK|E_)|as picket_", returns):
            continue
        found[name] = named(returns, known, prefix) - {known.get(status) for status in ELSEWHERE}
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
    function = next(line.split()[0] for line in lines if " " in line)
    if missed or not compare(text, lines + [function + " -999"])[2] or len(lines) < 20:
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
