#!/usr/bin/env python3
"""Counts what a score costs on a processor without floating point, type by type.

    soft_float.py PICKET ARCHIVE [--build DIR] [--update]

Trains an AnoEAN on NSL-KDD, or on simulated records where there is no data, exports it in every
element type, and scores 200 records on an ARMv6 under qemu-user, whose plugin counts instructions.
Fails unless integers are at least eight times cheaper than float32. --update writes the table to
docs/targets.md.
"""

import argparse
import gzip
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
PAGE = os.path.join(ROOT, "docs", "targets.md")
TARGET = "arm-linux-gnueabi"
TYPES = ["float32", "float16", "int8", "int8-integer"]
RECORDS = 200
WANTED = 8

sys.path.insert(0, os.path.join(ROOT, "Tests", "Shared"))
import pages  # noqa: E402


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if done.returncode != 0:
        sys.exit(" ".join(command[:3]) + f" ... ended with {done.returncode}:\n"
                 + (done.stdout + done.stderr)[-2000:])
    return done


def records(picket, folder):
    """The schema, the file to learn from, and records as text without a header."""
    data = os.path.join(os.environ.get("PICKET_DATA", os.path.join(ROOT, "..", "shared", "data")),
                        "nsl-kdd")
    lines = os.path.join(folder, "records.csv")
    train = os.path.join(data, "KDDTrain+.txt.gz")
    if os.path.exists(train):
        with gzip.open(os.path.join(data, "KDDTest+.txt.gz"), "rt") as file:
            text = [file.readline() for _ in range(RECORDS)]
        schema = "nsl-kdd"
    else:
        train = os.path.join(folder, "train.csv")
        run(picket, "synth", "--rows", "20000", "--seed", "1", "-o", train)
        with open(train, encoding="utf-8") as file:
            text = file.readlines()[1:RECORDS + 1]
        schema = "synth"
    with open(lines, "w", encoding="utf-8") as file:
        file.writelines(text)
    return schema, train, lines


def instructions(folder, model, lines, times):
    done = run("qemu-arm", "-plugin", os.path.join(folder, "count.so"), "-d", "plugin",
               os.path.join(folder, "score_often"), model, lines, str(times))
    return int(done.stderr), int(done.stdout)


def cost(folder, model, lines):
    """Instructions a record: what a second pass over the records adds."""
    once, count = instructions(folder, model, lines, 1)
    twice, _ = instructions(folder, model, lines, 2)
    return (twice - once) / count


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("picket")
    parser.add_argument("archive")
    parser.add_argument("--build", default=os.path.join(ROOT, "build", "tests", "soft-float"))
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()
    folder = os.path.abspath(arguments.build)
    os.makedirs(folder, exist_ok=True)
    picket = os.path.abspath(arguments.picket)

    warnings = ["-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]
    run("cc", "-std=c11", *warnings, "-shared", "-fPIC", os.path.join(HERE, "count_instructions.c"),
        "-o", os.path.join(folder, "count.so"))
    run(f"{TARGET}-gcc", "-std=c99", *warnings, "-I", os.path.join(ROOT, "include"),
        os.path.join(HERE, "score_often.c"), os.path.abspath(arguments.archive), "-static", "-lm",
        "-o", os.path.join(folder, "score_often"))
    schema, train, lines = records(picket, folder)
    trained = os.path.join(folder, "run")
    run(picket, "train", train, "--schema", schema, "--seed", "1", "-o", trained)

    costs = {}
    for name in TYPES:
        model = os.path.join(folder, name + ".picket")
        run(picket, "export", trained, "-o", model, "--type", name)
        costs[name] = cost(folder, model, lines)
    rows = [f"| {name} | {costs[name]:,.0f} | {costs['float32'] / costs[name]:.2f} |" for name in TYPES]
    table = "\n".join([f"| type | instructions a record ({schema}) | float32 / type |",
                       "| --- | ---: | ---: |", *rows]) + "\n"
    print(table, end="")
    if arguments.update:
        pages.write(PAGE, "soft float", table)
    ratio = costs["float32"] / costs["int8-integer"]
    if ratio < WANTED:
        sys.exit(f"int8-integer is {ratio:.2f} times cheaper than float32; wanted: {WANTED}")


if __name__ == "__main__":
    main()
