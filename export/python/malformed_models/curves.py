"""Faults of logarithms and quantiles: checks 31, 32, 35, 36, 59 and 60."""

import struct

from . import drafts
from .drafts import Reader, small, u32
from .layout import ALL, INF, NAN

# Where the section of `with_curves` has its arrays.
LOG, INPUT, END, VALUE, QUANTILE = 192, 512, 576, 640, 660
KNOTS = 5


def spoilt(*changes):
    """The features with (offset, u32 or f32) written over them."""
    draft = drafts.curves()
    for at, value in changes:
        code = Reader.order + ("f" if isinstance(value, float) else "I")
        struct.pack_into(code, draft["features"], at, value)
    return draft.data()


def counts():
    yield 31, "3-log-planes-of-2", spoilt((12, 3))
    yield 31, "4-gi-log-planes", spoilt((12, ALL))
    yield 31, "2-planes-of-quantiles", spoilt((16, 2))
    yield 31, "4-gi-planes-of-quantiles", spoilt((16, ALL))
    yield 31, "quantiles-among-log-planes", spoilt((12, 2))
    yield 31, "min-max-among-log-planes", spoilt((8, 1))
    yield 31, "quantiles-without-plane", spoilt((0, 1))
    yield 31, "33-knots-a-field", spoilt((20, 97))
    yield 31, "4-gi-knots", spoilt((20, ALL))
    yield 31, "knots-without-plane", small().replace(
        "features", small()["features"][:20] + u32(1) + small()["features"][24:]).data()
    yield 32, "one-knot-more", spoilt((20, KNOTS + 1))
    yield 32, "no-knots", spoilt((20, 0))
    yield 32, "affine-for-log-and-quantiles", spoilt((12, 0), (16, 0), (20, 0))


def curves():
    yield from counts()
    yield 35, "quantile-before-log", spoilt((LOG, 1), (INPUT, 0))
    yield 35, "quantile-of-a-symbolic-field", spoilt((INPUT + 4, 2))
    yield 35, "quantile-beyond-fields", spoilt((INPUT + 12, 5))
    yield 35, "quantile-in-the-last-lane", spoilt((INPUT + 60, 5))
    yield 36, "log-offset-nan", spoilt((LOG + 64, NAN))
    yield 36, "log-scale-infinite", spoilt((LOG + 128, INF))
    yield 36, "log-low-above-high", spoilt((LOG + 192, 6.0))
    yield 36, "log-without-input", spoilt((LOG + 64 + 8, 1.0))
    yield 59, "field-without-knots", spoilt(
        (END, 0), (END + 4, 0))
    yield 59, "knots-of-a-symbolic-field", spoilt((END, 2))
    yield 59, "knots-of-the-next-lane", spoilt((END + 12, KNOTS + 1))
    yield 59, "end-goes-back", spoilt((END + 4, 2))
    yield 59, "end-4-gi", spoilt((END, ALL))
    yield 59, "end-2-gi", spoilt((END, 0x80000000))
    yield 59, "beyond-all-knots", spoilt(*((END + 4 * lane, KNOTS + 1) for lane in range(2, 16)))
    yield 59, "knots-left-over", spoilt(*((END + 4 * lane, KNOTS - 1) for lane in range(2, 16)))
    yield 59, "last-lane", spoilt((END + 60, KNOTS - 1))
    yield 59, "33-knots", many(33)
    for label, at, value in (
            ("equal-values", VALUE + 4, 0.0), ("values-descend", VALUE + 8, 0.25),
            ("second-table-descends", VALUE + 16, 1.0), ("value-nan", VALUE, NAN),
            ("value-infinite", VALUE + 8, INF), ("value-minus-infinite", VALUE, -INF),
            ("last-value-nan", VALUE + 16, NAN), ("quantiles-descend", QUANTILE + 4, -0.5),
            ("second-quantiles-descend", QUANTILE + 12, 1.0), ("quantile-nan", QUANTILE + 8, NAN),
            ("quantile-infinite", QUANTILE + 16, INF)):
        yield 60, label, spoilt((at, value))
    yield 60, "zeros-of-both-signs", spoilt((VALUE, -0.0), (VALUE + 4, 0.0))


def many(count):
    """The features with so many knots of field 0."""
    draft = drafts.curves()
    old = bytes(draft["features"])
    order = Reader.order
    ends = struct.pack(order + "2I", count, count) + struct.pack(order + "I", count + 2) * 14
    values = struct.pack(f"{order}{count}f", *range(count)) + old[VALUE + 12:VALUE + 20]
    quantiles = struct.pack(f"{order}{count}f", *range(count)) + old[QUANTILE + 12:QUANTILE + 20]
    return draft.replace(
        "features", old[:20] + u32(count + 2) + old[24:END] + ends + values + quantiles
        + old[QUANTILE + 20:]).data()
