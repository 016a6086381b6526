#!/usr/bin/env python3
"""The Python reader scores a model's records as the C library did.

    python_agrees.py MODEL RECORDS SCORES [--floats] [--delimiter ,] [--every N] [--tolerance 1e-5]

MODEL is any .picket file whose records come from a table: its feature hash must be that of its fields.
RECORDS has one record a line: cells as picket_record_parse reads them,
or with --floats the floats of a record. SCORES has one line for each: the score, then if wanted the
p-value and the flags, separated by commas; a first line that is no number is a heading. Scores must
agree within the tolerance, relative; flags exactly; p-values as far as the scores' difference
allows. --every N looks at one record in N.
"""

import argparse
import os
import sys

sys.path.insert(
    0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "export", "python"))

import picket_format as pf


def is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("records")
    parser.add_argument("scores")
    parser.add_argument("--floats", action="store_true")
    parser.add_argument("--delimiter", default=",")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--tolerance", type=float, default=1e-5)
    arguments = parser.parse_args()
    with open(arguments.model, "rb") as file:
        try:
            model = pf.read(file.read())
        except pf.Refused as refused:
            print(f"python_agrees: {arguments.model}: {refused}", file=sys.stderr)
            return 1
    if pf.feature_hash(model.fields) != model.feature_hash:
        print(f"python_agrees: {arguments.model}: feature hash {model.feature_hash:016x}, of its "
              f"fields it is {pf.feature_hash(model.fields):016x}", file=sys.stderr)
        return 1
    with open(arguments.records, "rb") as file:
        records = file.readlines()
    with open(arguments.scores, encoding="utf-8") as file:
        scores = [line.split(",") for line in file]
    if scores and not is_number(scores[0][0]):
        del scores[0]
    if len(records) != len(scores) or not records:
        print(f"python_agrees: {len(records)} records, {len(scores)} scores", file=sys.stderr)
        return 1

    parse = pf.parse_floats if arguments.floats else pf.parse_line
    wrong, compared, worst = 0, 0, 0.0
    for i in range(0, len(records), arguments.every):
        try:
            record = parse(model, records[i], arguments.delimiter)
            mine, _, flags = pf.score(model, record)
        except pf.NotScored as refused:
            print(f"python_agrees: line {i + 1}: {refused}", file=sys.stderr)
            return 1
        theirs = float(scores[i][0])
        difference = abs(theirs - mine) / max(abs(mine), 1e-30) if theirs != mine else 0.0
        good = difference <= arguments.tolerance
        if len(scores[i]) > 1:
            p_value = float(scores[i][1])
            # The p-value of the score that C gave, so that only the table is compared here.
            wanted = pf.p_value(model.calibration, theirs)
            good = good and abs(p_value - wanted) <= 1e-5 * wanted
        if len(scores[i]) > 2:
            edge = model.calibration[-1][0]
            near = abs(mine - edge) <= arguments.tolerance * abs(edge)
            ignored = pf.FLAG_BEYOND_TABLE if near else 0
            good = good and (int(scores[i][2]) ^ flags) & ~ignored == 0
        compared += 1
        worst = max(worst, difference)
        if not good:
            wrong += 1
            if wrong <= 10:
                print(f"python_agrees: line {i + 1}: C {','.join(scores[i]).strip()}, "
                      f"Python {mine:.9g}, flags {flags}", file=sys.stderr)
    print(f"python_agrees: {compared} of {len(records)} records, {wrong} differ, "
          f"largest relative difference {worst:.2g}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
