"""Runs the harness over the contestants and reads what it prints."""

import re
import subprocess
from dataclasses import dataclass, field


@dataclass
class Figures:
    time: dict = field(default_factory=dict)  # batch: (median, least, most), nanoseconds a record
    typical_difference: float = 0.0
    largest_difference: float = 0.0
    undisturbed: float = 1.0  # share of the slices timed
    instructions: float = None  # a record, on AVX2
    allocations: float = None  # a call
    code: int = 0  # bytes of machine code
    shipped: int = 0  # bytes of files, without the model
    model: int = 0
    memory: float = 0.0  # kilobytes
    start: float = 0.0  # microseconds


def line(c, library, folder, batch, few=False):
    """What the harness reads of a contestant: see harness/contestant.h."""
    part = "-few" if few else ""
    facts = folder.facts
    records = ["records", facts["fields"]] if c.records else ["inputs", facts["inputs"]]
    expected = ["scores", 1] if c.records else ["outputs", facts["outputs"]]
    return "\t".join(map(str, [
        c.name, library, folder.path / c.model.format(batch=batch), batch,
        folder.path / f"{records[0]}{part}.f32", records[1],
        folder.path / f"{expected[0]}{part}.f64", expected[1]]))


def output(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip()[-400:] or f"{command[0]} failed")
    return done.stdout, done.stderr


def race(program, lines, list_path, rounds, patience, figures):
    """Times all of them in turns; adds to `figures` by name. `patience`: seconds to wait, in all,
    for the core to be undisturbed."""
    list_path.write_text("\n".join(lines) + "\n")
    for row in output(program, list_path, rounds, patience)[0].splitlines():
        name, batch, median, least, most, typical, largest, undisturbed = row.split("\t")
        each = figures[name]
        each.time[int(batch)] = (float(median), float(least), float(most))
        each.typical_difference = max(each.typical_difference, float(typical))
        each.largest_difference = max(each.largest_difference, float(largest))
        each.undisturbed = min(each.undisturbed, float(undisturbed))


def start(program, text):
    """Microseconds to the first score, and peak kilobytes."""
    return tuple(map(float, output(program, text)[0].split()))


def allocations(program, text):
    return float(output(program, text)[0].split()[0])


def instructions(program, text):
    """Instructions a record under callgrind, which knows AVX2 and no more."""
    out, err = output("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                      "--toggle-collect=counted_pass", program, text)
    return int(re.search(r"Collected : (\d+)", err).group(1)) / int(out.split()[1])


def code_bytes(library):
    """Machine code of an object or a shared object."""
    sections = output("size", "-A", library)[0]
    return sum(int(row.split()[1]) for row in sections.splitlines() if row.startswith(".text"))


def limits(program, starts=5):
    """The most of each over some starts: the processor may put each beside another neighbour."""
    most = {}
    for _ in range(starts):
        for row in output(program)[0].splitlines():
            name, value = row.split("\t")
            most[name] = max(most.get(name, 0), float(value))
    return most
