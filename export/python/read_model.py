#!/usr/bin/env python3
"""Checks, shows and scores `.picket` files, from export/FORMAT.md alone.

A second opinion on the format: it shares no line with the Swift writer or the C library, and it
favours plainness over speed. Python 3.11 and numpy, nothing else.

    read_model.py check FILE...                 the reader checks; prints the number that failed
    read_model.py dump FILE                     what the file holds
    read_model.py dump --hex FILE               its bytes, each line explained
    read_model.py score FILE RECORDS.csv        score, p-value and flags of each line of floats
    read_model.py score --text FILE LINES.csv   the same for lines with category names
"""

import argparse
import os
import sys

from picket_format.hexadecimal import hex_dump
from picket_format.lines import parse_floats, parse_line, separates
from picket_format.reading import read
from picket_format.refusals import NotScored, Refused
from picket_format.scoring import score
from picket_format.showing import dump


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    check_verb = verbs.add_parser("check", help="run the reader checks")
    check_verb.add_argument("files", nargs="+", metavar="FILE")
    dump_verb = verbs.add_parser("dump", help="show what a file holds")
    dump_verb.add_argument("--hex", action="store_true", help="its bytes, each line explained")
    dump_verb.add_argument("file", metavar="FILE")
    score_verb = verbs.add_parser("score", help="score the records of a file")
    score_verb.add_argument("--text", action="store_true", help="cells are category names")
    score_verb.add_argument("--delimiter", default=",")
    score_verb.add_argument("file", metavar="FILE")
    score_verb.add_argument("records", metavar="RECORDS.csv")
    arguments = parser.parse_args()
    # Names are any bytes: those that are no UTF-8 are shown escaped.
    sys.stdout.reconfigure(errors="backslashreplace")

    if arguments.verb == "check":
        worst = 0
        for path in arguments.files:
            try:
                with open(path, "rb") as file:
                    read(file.read())
                print(f"{path}: OK")
            except Refused as refused:
                print(f"{path}: {refused}")
                worst = 1
        return worst

    with open(arguments.file, "rb") as file:
        data = file.read()
    try:
        model = read(data)
    except Refused as refused:
        print(f"{arguments.file}: {refused}", file=sys.stderr)
        return 1
    if arguments.verb == "dump":
        print("\n".join(hex_dump(data) if arguments.hex else dump(model)))
        return 0
    delimiter = os.fsencode(arguments.delimiter)
    if not separates(delimiter):
        parser.error("a delimiter is one byte, no quote, line end, or part of a number")
    parse = parse_line if arguments.text else parse_floats
    worst = 0
    print("score,p_value,flags")
    with open(arguments.records, "rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                print("%.9g,%.9g,%d" % score(model, parse(model, line, delimiter)))
            except NotScored as refused:
                print(f"{arguments.records}:{number}: {refused}", file=sys.stderr)
                worst = 1
    return worst


if __name__ == "__main__":
    sys.exit(main())
