#!/usr/bin/env python3
"""picket score --raw and a C program must score the same lines alike.

    agree_raw.py PICKET SCORE_FILE FOLDER

The lines are those of Tests/CABI/agree_lines.py, which holds the C parser to the Python one: odd ones, and
random ones made of their pieces. SCORE_FILE is examples/score_file.c.
"""
import csv
import io
import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "CABI"))
from agree_lines import LINES, NAMES, Random, random_line, pf, text_of

import numpy as np

RATE = "0.3"
FLAGS = {"": 0, "unknown": 1, "range": 2, "beyond": 4}


def model():
    """A score that tells categories and numbers apart."""
    fields = [pf.Field("number", pf.NUMERIC, 0, 1e7),
              pf.Field("name", pf.SYMBOLIC, categories=[text_of(each) for each in NAMES])]
    weights = np.arange(1, 2 + len(NAMES), dtype=np.float32).reshape(-1, 1)
    return pf.Model(
        pf.ANOEAN, pf.MAHALANOBIS, 1, fields,
        [pf.Feature(0, pf.AFFINE, 0, 1e-7, 0, 1), pf.Feature(1, pf.ONE_HOT)],
        encoder=[pf.Layer(weights, np.zeros(1, np.float32))], calibration=[(1.0, 0.5), (2.0, 0.25)],
        calibration_rows=9)


def main():
    picket, score_file, folder = sys.argv[1:]
    made = model()
    made.order = pf.LITTLE if sys.byteorder == "little" else pf.BIG
    model_path, lines_path = folder + "/lines.picket", folder + "/lines"
    with open(model_path, "wb") as file:
        file.write(pf.write(made))
    random = Random(5)
    lines = LINES + [random_line(random) for _ in range(5000)]
    # The first ones tell what stands between cells; a line end inside a line would make two of it.
    lines = [b"1,tcp"] * 20 + [line for line in lines if b"\n" not in line]
    with open(lines_path, "wb") as file:
        file.write(b"\n".join(lines))

    c = subprocess.run([score_file, model_path, lines_path, RATE], capture_output=True, check=False)
    theirs = list(csv.DictReader(io.StringIO(c.stdout.decode())))
    refused = int(re.search(rb"^refused (\d+)$", c.stderr, re.M)[1])
    command = [picket, "score", model_path, lines_path, "--raw", "--budget", RATE]
    own = subprocess.run([*command, "--skip-bad-rows"], capture_output=True, check=False)
    mine = list(csv.DictReader(io.StringIO(own.stdout.decode())))
    left_out = re.search(rb"left out ([\d,]+) rows", own.stderr)
    wrong = []
    if len(mine) != len(theirs) or not left_out or int(left_out[1].replace(b",", b"")) != refused:
        wrong.append(f"C: {len(theirs)} records, {refused} refused; --raw: {len(mine)} records; "
                     + own.stderr.decode(errors="replace")[:400])
    for row, line in zip(mine, theirs):
        flags = sum(FLAGS[each] for each in row["flags"].split("+"))
        if ([np.float32(row[each]) for each in ("score", "p_value")] != [
                np.float32(line[each]) for each in ("score", "p_value")]
                or flags != int(line["flags"]) or row["verdict"] != line["verdict"]
                or row["row"] != line["line"]):
            text = lines[int(line["line"]) - 1]
            wrong.append(f"{text[:80]!r}: C says {line}, --raw {row}")

    # Without --skip-bad-rows: the same lines one by one, as far as commas are what stands between.
    accepted = {int(line["line"]) for line in theirs}
    for number, text in enumerate(lines[:20 + len(LINES)], start=1):
        if number <= 20 and number > 1:
            continue
        with open(lines_path, "wb") as file:
            file.write(text + b"\n")
        one = subprocess.run(command, capture_output=True, check=False)
        if (one.returncode == 0) != (number in accepted):
            wrong.append(f"{text[:80]!r}: --raw ends with {one.returncode}: {one.stderr[:200]!r}")
    for text in wrong[:20]:
        print("agree_raw: " + text)
    print(f"agree_raw: {len(lines)} lines, {len(theirs)} records by C; {len(wrong)} differ")
    return 1 if wrong or not len(lines) // 4 < len(theirs) < len(lines) else 0


if __name__ == "__main__":
    sys.exit(main())
