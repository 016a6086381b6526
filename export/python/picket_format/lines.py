"""Records from lines of text, as picket_record_parse reads them."""

import math
import re
from fractions import Fraction

import numpy as np

from .bytes import bytes_of, text_of
from .constants import SYMBOLIC, UNKNOWN
from .refusals import NotScored

DECIMAL = re.compile(rb"([+-]?)([0-9]*)\.?([0-9]*)(?:[eE]([+-]?)([0-9]+))?")
LONGEST_LINE = 65536
TOO_LARGE = 2.0 ** 128


def separates(delimiter):
    """Whether it may stand between cells: one byte, no quote, line end, or part of a number."""
    return len(delimiter) == 1 and delimiter not in b"\"\n\r0123456789+-.eE"


def parse_line(model, line, delimiter=","):
    """The record in a line of bytes or text with category names, as picket_record_parse reads it."""
    line, delimiter = as_bytes(line), as_bytes(delimiter)
    if len(line) > LONGEST_LINE or not separates(delimiter):
        raise NotScored("ARGUMENT", f"{len(line)} bytes, cells between {text_of(delimiter)!r}")
    line = line.removesuffix(b"\n").removesuffix(b"\r")
    record, at = [], 0
    for i, each in enumerate(model.fields):
        cell, at, why = next_cell(line, at, delimiter)
        if why:
            raise unreadable(i, each, why)
        if each.kind == SYMBOLIC:
            name = text_of(cell)
            known = name in each.categories
            record.append(each.categories.index(name) if known else UNKNOWN)
        else:
            value = decimal(cell)
            if value is None or math.isinf(value):
                raise unreadable(i, each, f"{text_of(cell)!r} is not a finite number")
            record.append(value)
    return np.array(record, np.float32)


def parse_floats(model, line, delimiter=","):
    """The record in a line of floats, categories by their index; C's %a and nan are read too."""
    cells = as_bytes(line).strip(b"\r\n").split(as_bytes(delimiter))
    if len(cells) < len(model.fields):
        raise NotScored("PARSE", f"{len(cells)} cells for {len(model.fields)} fields")
    record = []
    for i, cell in enumerate(cells[:len(model.fields)]):
        value = decimal(cell.strip())
        try:
            if value is None:
                text = cell.decode("ascii")
                value = float.fromhex(text) if "x" in text.lower() else float(text)
        except (ValueError, OverflowError):
            raise unreadable(
                i, model.fields[i], f"{text_of(cell)!r} is not a number") from None
        record.append(value)
    with np.errstate(over="ignore"):
        return np.array(record).astype(np.float32)


def as_bytes(text):
    return bytes_of(text) if isinstance(text, str) else text


def unreadable(i, field, why):
    return NotScored("PARSE", f"field {i}, {field.name}: {why}", i)


def next_cell(line, at, delimiter):
    """The cell that starts at `at`, in double quotes or not; where the next one starts; what is wrong."""
    if at > len(line):
        return b"", at, "there is no cell"
    quoted = line[at:at + 1] == b'"'
    first = at + 1 if quoted else at
    end = line.find(b'"' if quoted else delimiter, first)
    if not quoted:
        end = len(line) if end < 0 else end
        return line[first:end], end + 1, None
    if end < 0 or line[end + 1:end + 2] not in (b"", delimiter):
        return b"", at, "its quote does not close where the cell ends"
    return line[first:end], end + 2, None


def decimal(cell):
    """The float32 nearest to a decimal number, as a float: None if it is none, or an infinity."""
    match = DECIMAL.fullmatch(cell)
    if not match or not match[2] + match[3]:
        return None
    sign = -1.0 if match[1] == b"-" else 1.0
    digits = (match[2] + match[3]).lstrip(b"0")
    if not digits:
        return sign * 0.0
    # No line has zeros enough to balance eight digits of exponent, and int() refuses thousands.
    written = (match[5] or b"0").lstrip(b"0")[:8] or b"0"
    exponent = int(written) * (-1 if match[4] == b"-" else 1) - len(match[3])
    if len(digits) + exponent > 39:
        return sign * math.inf
    if len(digits) + exponent < -45:
        return sign * 0.0
    # The middle of two floats has fewer digits than these: of the others, only whether any counts.
    kept, rest = digits[:200], digits[200:]
    if rest.strip(b"0"):
        kept, rest = kept + b"1", rest[1:]
    return sign * nearest(int(kept) * Fraction(10) ** (exponent + len(rest)))


def nearest(exact):
    """The float32 nearest to a positive fraction, ties to even: rounded once, from the fraction."""
    power = max(math.frexp(float(exact))[1] - 24, -149)
    value = math.ldexp(round(exact / Fraction(2) ** power), power)
    return value if value < TOO_LARGE else math.inf
