#!/usr/bin/env python3
"""Two readers that share no code must make the same records of the same lines.

    agree_lines.py OPENER [--cases N] [--seed S]

Asks the C library (through OPENER) and the Python reader for the status, the bad field and the bits
of every float: of lines where the two once disagreed, and of random ones made of their pieces.
"""

import os
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "export", "python"))

import numpy as np

import picket_format as pf
from golden_models.random_numbers import Random
from opener import ask, options
from picket_format.bytes import text_of

STATUS = {"OK": 0, "ARGUMENT": -1, "PARSE": -24}
# The last two are no UTF-8, and differ in a byte that decoding with "replace" would make alike.
NAMES = sorted([b"tcp", b"udp", b"c,d", b"a,b", b'"q', b'x"y', b" ", "\u00e9".encode(), b"\xfdx",
                b"\xfex"])
LINES = [
    b'1.5,"c,d"', b'1,"a,b",2', b'1,"tcp,2', b'1,"tcp"x,2', b'1,"q,2', b'1,"', b'1,""', b'1,"tcp"',
    b'1,x"y', b'"1",tcp', b'"1,tcp', b'"1"', b'""', b"1", b"1,", b"1,,", b"", b",", b",tcp", b"1,\xfdx",
    b"1,\xfex", b"1,\xff", "1,\u00e9".encode(), "\u0663,tcp".encode(), b"1 ,tcp", b" 1,tcp", b"1_0,tcp",
    b"1,tcp\n", b"1,tcp\r", b"1,tcp\r\n", b"1,tcp\n\n", b"1,tcp\r\r", b"1,tcp\n\r", b"\n", b"\r\n", b"\n\n",
    b"1,tcp\0", b"1\0,tcp", b"nan,tcp", b"inf,tcp", b"0x1p3,tcp", b"abc,tcp", b"1e,tcp", b".,tcp",
    b"+,tcp", b".e1,tcp", b"-.5,tcp", b"5.,tcp", b"-0,tcp", b"1E+2,tcp", b"1e-400,tcp", b"1e400,tcp",
    b"0e99999999999999999999,tcp", b"1e-99999999999999999999,tcp", b"1e99999999999999999999,tcp",
    b"16777217.0000000001,tcp", b"16777217,tcp", b"16777219,tcp", b"16777216.9999999999,tcp",
    b"3.4028234e38,tcp", b"3.4028236e38,tcp", b"3.5e38,tcp", b"1e39,tcp", b"1e-45,tcp", b"1e-46,tcp",
    b"0" * 5000 + b"1,tcp", b"1" * 5000 + b",tcp", b"0." + b"0" * 5000 + b"1,tcp",
    b"1." + b"3" * 5000 + b",tcp", b"0." + b"0" * 5000 + b"1e5001,tcp", b"1,tcp," + b"x" * 65530,
    b"1,tcp," + b"x" * 65531,
]
PIECES = [b'"', b'"', b",", b",", b"\n", b"\r", b"1", b"-2.5", b"e", b".", b"x", b"\0", b"\xfe", b"\t",
          *NAMES]
DELIMITERS = [b",", b"\t", b";", b" ", b"\0", b"\xfe", b"x"]
REFUSED_DELIMITERS = [bytes([each]) for each in b'"\n\r09+-.eE']


def model():
    fields = [pf.Field("number", pf.NUMERIC, 0, 1),
              pf.Field("name", pf.SYMBOLIC, categories=[text_of(each) for each in NAMES])]
    weights = np.ones((1 + len(NAMES), 1), np.float32)
    return pf.Model(
        pf.ANOEAN, pf.MAHALANOBIS, 1, fields,
        [pf.Feature(0, pf.AFFINE, 0, 1, 0, 1), pf.Feature(1, pf.ONE_HOT)],
        encoder=[pf.Layer(weights, np.zeros(1, np.float32))], calibration=[(1.0, 0.5), (2.0, 0.25)],
        calibration_rows=9)


def random_number(random):
    """A number that both must round to the nearest float; many lie at or beside the middle of two."""
    if random.below(2):
        middle = (1 << 24) + 2 * random.below(1 << 23) + 1
        digits = [f"{middle}", f"{middle}.00000000001", f"{middle - 1}.99999999999"][random.below(3)]
    else:
        digits = str(random.below(10 ** (1 + random.below(9)))) + str(random.below(10 ** 6))
        at = random.below(len(digits) + 1)
        digits = f"{digits[:at]}.{digits[at:]}"
        if random.below(2):
            digits += f"e{random.below(19) - 7}"
    return ("-" * random.below(2) + digits).encode()


def random_line(random):
    if random.below(2):
        return random_number(random) + b",tcp"
    return b"".join(PIECES[random.below(len(PIECES))] for _ in range(random.below(9)))


def told(model, line, delimiter):
    try:
        record = pf.parse_line(model, line, delimiter)
    except pf.NotScored as refused:
        return [STATUS[refused.status], refused.field or 0]
    return [0, 0] + [int(bits) for bits in record.view(np.uint32)]


def main():
    arguments = options(__doc__, cases=20000)
    random = Random(arguments.seed)
    cases = [(line, b",") for line in LINES]
    cases += [(b"1" + each + b"tcp", each) for each in DELIMITERS + REFUSED_DELIMITERS]
    for _ in range(arguments.cases):
        delimiter = DELIMITERS[random.below(len(DELIMITERS))] if random.below(4) == 0 else b","
        cases.append((random_line(random), delimiter))

    order = pf.LITTLE if sys.byteorder == "little" else pf.BIG
    made = model()
    made.order = order
    data = pf.write(made)
    read = pf.read(data, order)
    stream = struct.pack("=I", len(data)) + data + b"".join(
        struct.pack("=I", len(line)) + delimiter + line for line, delimiter in cases)
    answers = ask([arguments.opener, "lines"], stream, len(cases))

    wrong, records = 0, 0
    for (line, delimiter), text in zip(cases, answers):
        status, field, *bits = text.split()
        theirs = [int(status), int(field)] + [int(each, 16) for each in bits]
        mine = told(read, line, delimiter)
        records += mine[0] == 0
        if mine != theirs:
            wrong += 1
            if wrong <= 20:
                print(f"agree_lines: {line[:80]!r} by {delimiter!r}: C says {theirs}, Python {mine}")
    if wrong == 0 and not len(cases) // 4 < records < len(cases) * 3 // 4:
        print(f"agree_lines: too tame: {records} records of {len(cases)} lines")
        return 1
    print(f"agree_lines: {len(cases)} lines, {records} records; {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
