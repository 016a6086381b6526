#!/usr/bin/env python3
"""Measures Picket beside its peers and writes the report: `make bench`.

    bench.py PICKET ARCHIVES OUT REPORT.md [--quick] [--only NAME,...]

ARCHIVES holds v4, v3 and baseline, each with a libpicket.a. --quick: three rounds, no callgrind;
--only: contestants whose names start so, and the loop that all are compared with.
"""

import argparse
import json
import time
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

import build
import chart
import contestants
import courses
import fetch
import measure
import report

ROUNDS, QUICK_ROUNDS = 15, 3
PATIENCE, QUICK_PATIENCE = 600, 30  # seconds that a race may wait for neighbours to be still
FLOAT_DIFFERENCE = 1e-4  # of a peer in float32 from double precision


def able():
    flags = Path("/proc/cpuinfo").read_text().split("flags", 1)[1].splitlines()[0].split()
    return {name for name, need in contestants.NEEDS.items() if need in flags}


def libraries(list_of, course, out):
    """Shared objects by name, and those for callgrind; a contestant that fails says why."""
    native, for_callgrind = {}, {}
    for c in list_of:
        if c.missing:
            continue
        try:
            native[c.name] = build.contestant(c, course.path, out, "native")
            for_callgrind[c.name] = build.contestant(c, course.path, out, "x86-64-v3")
        except RuntimeError as error:
            c.missing = f"does not compile: {fetch.last_line(str(error))}"
    return native, for_callgrind


def check(list_of, libraries, course, programs, out):
    """Opens and runs each alone; who cannot, or differs too much, does not take part."""
    for c in list_of:
        if c.missing:
            continue
        alone = defaultdict(measure.Figures)
        lines = [measure.line(c, libraries[c.name], course, batch) for batch in c.batches]
        try:
            measure.race(programs["race"], lines, out / "alone.txt", 1, 0, alone)
        except RuntimeError as error:
            c.missing = f"did not run: {fetch.last_line(str(error))}"
            continue
        largest = alone[c.name].largest_difference
        if c.exact and not largest <= FLOAT_DIFFERENCE:
            c.missing = f"its outputs differ by {largest:.2g} from double precision"


def details(c, figures, native, avx2, course, programs, quick):
    """What is measured of one contestant apart from the race: one record at a time."""
    few = measure.line(c, native, course, 1, few=True)
    figures.start, figures.memory = measure.start(programs["first"], few)
    figures.allocations = measure.allocations(
        programs["calls"], measure.line(c, native, course, 1))
    figures.code = sum(measure.code_bytes(path) for path in [native, *c.shipped])
    figures.shipped = sum(Path(path).stat().st_size for path in [native, *c.shipped])
    figures.model = (course.path / c.model.format(batch=1)).stat().st_size
    if c.source in ("generated.c", "emlearn.c"):
        figures.model = 0  # in the code
    if not quick and c.kernels != "v4":
        figures.instructions = measure.instructions(
            programs["calls"], measure.line(c, avx2, course, 1))


def hard_races(all_courses, entered, programs, out, rounds, patience):
    """Picket and the loop on courses with fewer zeros: {course title: {name: Figures}}."""
    results = {}
    for course in all_courses:
        runners = [c for c in entered if c.name == "loops-gcc" or c.records]
        runners = [c for c in runners if c.source == "loops.c"
                   or (course.path / c.model.format(batch=1)).exists()]
        folder = out / f"contestants-{course.path.name}"
        folder.mkdir(exist_ok=True)
        figures = defaultdict(measure.Figures)
        lines = [measure.line(c, build.contestant(c, course.path, folder, "native"), course, 1)
                 for c in runners]
        measure.race(programs["race"], lines, out / "race.txt", rounds, patience, figures)
        results[course.title] = {c.name: asdict(figures[c.name]) for c in runners}
    return results


def arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("picket", "archives", "out", "report"):
        parser.add_argument(name, type=lambda text: Path(text).absolute())
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="")
    return parser.parse_args()


def main():
    asked, began = arguments(), time.time()
    out = asked.out
    (out / "contestants").mkdir(parents=True, exist_ok=True)
    rounds = QUICK_ROUNDS if asked.quick else ROUNDS
    patience = QUICK_PATIENCE if asked.quick else PATIENCE

    def step(text):
        print(f"{time.time() - began:5.0f} s  {text}", flush=True)

    step("peers")
    interpreter = fetch.python(out / "python")
    found = fetch.fetch(out, interpreter)
    step("model, records and the peers' formats")
    course = courses.real(asked.picket, interpreter, out, found)
    others = [courses.plain(asked.picket, out), courses.worst(out), courses.dense(out)]
    step("harness and contestants")
    programs = build.harness(out)
    everyone = contestants.picket(asked.archives) + contestants.loops() + contestants.peers(found)
    for c in everyone:
        if c.kernels and c.kernels not in able():
            c.missing = "this processor has not the instructions"
    wanted = tuple(filter(None, asked.only.split(",")))
    if wanted:
        everyone = [c for c in everyone if c.name.startswith(wanted) or c.name == "loops-gcc"]
    native, avx2 = libraries(everyone, course, out / "contestants")
    check(everyone, native, course, programs, out)
    entered = [c for c in everyone if not c.missing]
    step(f"race: {len(entered)} contestants, {rounds} rounds")
    figures = defaultdict(measure.Figures)
    lines = [measure.line(c, native[c.name], course, batch) for c in entered for batch in c.batches]
    measure.race(programs["race"], lines, out / "race.txt", rounds, patience, figures)
    step("races with fewer zeros")
    hard = hard_races(others, entered, programs, out, rounds, patience)
    step("limits of the machine")
    limits = measure.limits(programs["limits"])
    step("start, memory, allocations" + ("" if asked.quick else ", instructions"))
    for c in entered:
        details(c, figures[c.name], native[c.name], avx2[c.name], course, programs, asked.quick)

    results = {
        "machine": report.machine(), "records": course.title, "work": course.facts,
        "limits": limits, "rounds": rounds, "hard": hard,
        "hard_work": {each.title: each.facts for each in others},
        "contestants": [dict(asdict(c), **{"figures": asdict(figures[c.name])}) for c in entered],
        "missing": [{"title": c.title, "type": c.type, "why": c.missing}
                    for c in everyone if c.missing],
    }
    (out / "results.json").write_text(json.dumps(results, indent=1, default=str))
    report.write(json.loads((out / "results.json").read_text()), asked.report)
    chart.write(json.loads((out / "results.json").read_text()), asked.report.with_name("bench.svg"))
    step(f"wrote {asked.report}")


if __name__ == "__main__":
    main()
