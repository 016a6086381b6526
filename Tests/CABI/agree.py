#!/usr/bin/env python3
"""Two readers that share no code must judge the same files alike.

    agree.py OPENER [--cases N] [--seed S]

Takes the golden models and the parent of the malformed ones, spoils words of them (lengths,
counts, offsets, numbers; mostly one of a file), signs them anew, and asks the C library (through OPENER, which
Tests/CABI/Makefile builds) and the Python reader for the number of the check that fails. Where a
file passes, both score two random records, with the float64 oracle of the golden files as judge.
"""

import dataclasses
import os
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "export", "python"))

import numpy as np

import picket_format as pf
from golden_models.catalogue import models
from golden_models.oracle import exact_score
from golden_models.random_numbers import Random
from golden_models.rounding import Overflow, Unsure
from malformed_models import drafts
from opener import ask, options

STATUS = {name: -number for number, name in enumerate(
    "OK ARGUMENT MODEL ALIGNMENT TRUNCATED MAGIC BYTE_ORDER VERSION CHECKSUM LAYOUT SCHEMA "
    "FEATURES LAYERS WEIGHTS PARAMETERS CALIBRATION PROVENANCE LIMIT UNSUPPORTED SCRATCH "
    "NOT_FINITE CATEGORY OVERFLOW".split())}
WORDS = [0, 1, 2, 3, 4, 5, 15, 16, 17, 32, 63, 64, 65, 128, 129, 255, 256, 257, 1023, 1024, 1025,
         2048, 2049, 65535, 65536, 0x7FFFFFFF, 0x80000000, 0xFFFFFFC0, 0xFFFFFFFF, 0x3F800000,
         0xBF800000, 0x7F7FFFFF, 0x7F800000, 0x7FC00000, 0xFF800001, 0x00000001, 0x3F000000]
RECORD_FLOATS = 1024  # PICKET_MAX_FIELDS
# What the oracle raises where there is no score, or none that two readers must agree on.
UNTOLD = Overflow, Unsure, OverflowError, ValueError
NATIVE = pf.LITTLE if sys.byteorder == "little" else pf.BIG


def bases():
    made = {name: pf.write(model) for name, (model, _) in models().items()
            if model.order == NATIVE}
    if NATIVE == pf.LITTLE:
        made["rich"] = drafts.full().data()
        made["bytes"] = drafts.quantized().data()
        made["images"] = drafts.images().data()
    return {name: data for name, data in made.items() if len(data) < 6000}


def spoilt(random, data, words):
    """The bytes with some words changed, mostly in the parts that hold structure."""
    changed = bytearray(data)
    table = [struct.unpack_from(NATIVE + "III", data, 64 + 16 * i)
             for i in range(struct.unpack_from(NATIVE + "I", data, 32)[0])]
    places = [(24, 232)] + [(at, size) for _, at, size in table if size >= 4]
    for _ in range(words):
        at, size = places[random.below(len(places))]
        where = at + 4 * random.below(size // 4)
        old, = struct.unpack_from(NATIVE + "I", data, where)
        word = [WORDS[random.below(len(WORDS))], old + 1, old - 1, old ^ 0x80000000, old * 2,
                random.bits(), old + 64, 1 << random.below(32) ^ old][random.below(8)]
        struct.pack_into(NATIVE + "I", changed, where, word & 0xFFFFFFFF)
    if random.below(20) == 0:
        del changed[len(changed) - 1 - random.below(80):]
    return pf.sign(bytes(changed))


def random_records(random, model):
    records = np.zeros((2, RECORD_FLOATS), np.float32)
    if model:
        for row in records:
            for i, each in enumerate(model.fields):
                if each.kind == pf.SYMBOLIC:
                    row[i] = random.below(len(each.categories) + 1) - 1
                else:
                    width = abs(each.maximum - each.minimum) + 1e-3
                    with np.errstate(over="ignore"):
                        row[i] = np.clip(np.float32(random.uniform(
                            each.minimum - 0.5 * width, each.maximum + 0.5 * width)),
                            -3e38, 3e38)
    return records


def part_of(check):
    """The part of a file that a check is about: header, table, then sections; 0 if none failed."""
    return sum(check >= first for first in (1, 10, 16, 21, 30, 37, 50, 53, 56))


def steady(model, record, judge):
    """Whether binary32 can tell the score: rounding the weights differently hardly moves it."""
    random = np.random.default_rng(1)

    def shaken(layers):
        # Integers are exact; where they are made of floats, steps of them show in the score.
        return [each if each.element == pf.INT8_INTEGER else dataclasses.replace(each, **{
            name: getattr(each, name) * (1 + 2e-7 * random.uniform(-1, 1, getattr(each, name).shape))
            for name in ("weights", "bias")}) for each in layers]

    try:
        for _ in range(4):
            other = dataclasses.replace(
                model, encoder=shaken(model.encoder), decoder=shaken(model.decoder))
            score = exact_score(other, record[:len(model.fields)])
            if not abs(score - judge) <= 5e-7 * abs(judge):
                return False
    except UNTOLD:
        return False
    return True


def compare_score(model, record, status, score, flags):
    """What is wrong with the library's answer, or None; and whether it could be judged."""
    try:
        mine, _, my_flags = pf.score(model, record[:len(model.fields)])
    except pf.NotScored as refused:
        return (None if status == STATUS[refused.status] or status == STATUS["OVERFLOW"]
                or refused.status == "OVERFLOW" else f"Python says {refused.status}"), False
    if status == STATUS["OVERFLOW"]:
        return None, False  # near the edge of binary32 the order of additions decides
    if status != 0:
        return f"Python scores {mine:.9g}", False
    if (flags ^ my_flags) & 3:
        return f"Python's flags are {my_flags}", False
    try:
        judge = exact_score(model, record[:len(model.fields)])
    except UNTOLD:
        return None, False
    if abs(judge) < 1e-18 or not steady(model, record, judge):
        return None, False
    # e^v - 1 - v near v = 0 is a difference of ones, whatever the order of additions.
    rounding = 3e-7 * model.kl_weight * model.latent if model.score == pf.RECONSTRUCTION_KL else 0
    if not abs(score - judge) <= 1e-5 * abs(judge) + rounding:
        return f"should score {judge:.9g}", True
    return None, True


def main():
    arguments = options(__doc__, cases=4000)
    random = Random(arguments.seed)
    files = bases()
    names = sorted(files)
    cases, stream = [], bytearray()
    for i in range(arguments.cases):
        name = names[random.below(len(names))]
        words = 0 if i % 40 == 0 else max(1, random.below(6) - 2)
        data = spoilt(random, files[name], words) if words else files[name]
        try:
            model, check, status = pf.read(data, NATIVE), 0, 0
        except pf.Refused as refused:
            model, check, status = None, refused.check, STATUS[refused.status]
        records = random_records(random, model)
        cases.append((name, model, check, status, records))
        stream += struct.pack("=I", len(data)) + data + records.tobytes()
    lines = ask([arguments.opener], stream, len(cases))

    wrong, opened, judged, checks = 0, 0, 0, set()
    for i, (line, (name, model, check, status, records)) in enumerate(zip(lines, cases)):
        cells = line.split()
        why = None
        got = int(cells[0]), int(cells[1])
        # One word can make two faults: FORMAT.md leaves open which one of a section stands first.
        if got != (status, check) and part_of(got[1]) != part_of(check):
            why = f"status {cells[0]} at check {cells[1]}, Python says {status} at {check}"
        elif model:
            opened += 1
            for row, record in enumerate(records):
                got = cells[2 + 3 * row:5 + 3 * row]
                score = float(got[1])
                said, sure = compare_score(model, record, int(got[0]), score, int(got[2]))
                judged += sure
                if said:
                    why = f"record {row}: status {got[0]}, score {score:.9g}, {said}"
        checks.add(check)
        if why:
            wrong += 1
            if wrong <= 20:
                print(f"agree: case {i}, from {name}: {why}")
    if wrong == 0 and (opened < len(cases) // 40 or judged < opened // 2 or len(checks) < 30):
        print(f"agree: too tame: {opened} opened, {judged} judged, {len(checks)} checks")
        return 1
    print(f"agree: {len(cases)} files, {opened} opened, {len(checks)} outcomes, {judged} scores; "
          f"{wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
