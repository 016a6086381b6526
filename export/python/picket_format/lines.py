"""Records from lines of text, as picket_record_parse reads them."""

import re

import numpy as np

from .constants import SYMBOLIC, UNKNOWN
from .refusals import NotScored

DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def parse_line(model, line, delimiter=","):
    """The record in a line of text with category names, as picket_record_parse reads it."""
    cells = line.rstrip("\n").rstrip("\r").split(delimiter)
    record = []
    for i, each in enumerate(model.fields):
        cell = cells[i] if i < len(cells) else ""
        if len(cell) >= 2 and cell[0] == cell[-1] == '"':
            cell = cell[1:-1]
        if each.kind == SYMBOLIC:
            known = cell in each.categories
            record.append(each.categories.index(cell) if known else UNKNOWN)
        elif DECIMAL.fullmatch(cell) and np.isfinite(np.float32(cell)):
            record.append(np.float32(cell))
        else:
            raise NotScored("PARSE", f"field {i}, {each.name}: {cell!r} is not a finite number")
    return np.array(record, np.float32)
