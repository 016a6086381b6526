#!/usr/bin/env python3
"""Writes export/malformed/: files that each fail one reader check of FORMAT.md, and only that one.

    make_malformed.py            writes the files
    make_malformed.py --check    compares with the files that are there, writes nothing
    make_malformed.py --big DIR  writes the same files for big-endian readers into a folder

Each file has a fresh checksum unless its fault is the checksum or stands before it, so a reader
that leaves one check out accepts the file or reports another number. MANIFEST.csv gives for each
file the check and the status. A file that must be large is kept short: insert `run_bytes` bytes of
value `run_value` at offset `run_at` to have it. Check 1 is about an address; no file can fail it.
"""

import argparse
import os
import sys

import picket_format as pf
from golden_models.files import compare, save
from malformed_models.drafts import (
    Reader, curves, ends_in_scale, full, images, quantized, scaled, small)
from malformed_models.files import files_of
from picket_format import BIG

MALFORMED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "malformed")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--big", metavar="DIR")
    arguments = parser.parse_args()
    if arguments.big:
        Reader.order = BIG
    for base in (small, full, quantized, images, ends_in_scale, scaled, curves):
        pf.read(base().data())
    files = files_of()
    if arguments.check:
        wrong = list(compare(MALFORMED, files))
        print("\n".join(wrong) if wrong else
              f"malformed: {len(files) - 1} files as made here, each refused at its check")
        return 1 if wrong else 0
    save(arguments.big or MALFORMED, files)
    print(f"malformed: {len(files) - 1} files, {sum(map(len, files.values()))} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
