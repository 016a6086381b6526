#!/usr/bin/env python3
"""Writes export/golden/: small models, records, and what they must score.

    make_golden.py               writes the files
    make_golden.py --check       compares with the files that are there, writes nothing
    make_golden.py --large DIR   writes models at the limits (not kept: a few hundred KB) into DIR

For each model NAME:
    NAME.picket           the model
    NAME.records.csv      records: one float per field, exact
    NAME.scores.csv       status, score, p-value and flags of each record
    NAME.info.csv         what a reader tells about the model
    NAME.calibration.csv  p-values of scores, and thresholds of rates
MANIFEST.csv lists the models with their byte order. The worked examples of FORMAT.md are
dumps of two of them, written and compared with the rest.

Scores here are computed in float64 with exactly rounded sums (math.fsum) from the weights as the
file stores them: an oracle that shares neither the order of additions nor the precision of the
readers it judges. Layers of integer arithmetic are computed in Python's integers, from inputs in
binary32 that every reader has bit by bit. Where they are not, because sums in binary32 came before,
records are left out whose inputs lie so near to a tie that readers may round them apart. A reader's
score is right within 1e-5 relative, its p-value within 1e-4 of a p-value interpolated at a score
that may be off by so much, its flags exactly.
"""

import argparse
import os
import sys

import picket_format as pf
from golden_models.catalogue import models
from golden_models.files import compare, files_of, save, self_check
from golden_models.limits import large_models

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden")
FORMAT = os.path.join(GOLDEN, "..", "FORMAT.md")


def with_examples(text, *dumps):
    """FORMAT.md with the blocks of its worked examples replaced by these lines."""
    at = text.index("## Worked example")
    for lines in dumps:
        start = text.index("```text\n", at) + len("```text\n")
        at = text.index("```", start)
        text = text[:start] + "\n".join(lines) + "\n" + text[at:]
        at = text.index("```", start) + 3
    return text


def features_of(lines):
    """The features section of a dump."""
    start = next(i for i, line in enumerate(lines) if line.endswith("  features"))
    return lines[start:lines.index("", start)]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--large", metavar="DIR")
    arguments = parser.parse_args()
    if arguments.large:
        made = large_models()
        self_check(made)
        save(arguments.large, files_of(made))
        return 0
    made = models()
    compared = self_check(made)
    files = files_of(made)
    with open(FORMAT, encoding="utf-8") as file:
        text = file.read()
    example = with_examples(
        text, pf.hex_dump(files["smallest.picket"]),
        features_of(list(pf.hex_dump(files["one-number.picket"]))))
    if arguments.check:
        wrong = list(compare(GOLDEN, files))
        if example != text:
            wrong.append("FORMAT.md: the worked example is not what smallest.picket holds")
        print("\n".join(wrong) if wrong else
              f"golden: {len(made)} models as made here, {compared} scores agree in float32")
        return 1 if wrong else 0
    save(GOLDEN, files)
    with open(FORMAT, "w", encoding="utf-8") as file:
        file.write(example)
    print(f"golden: {len(made)} models, {sum(map(len, files.values()))} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
