"""Faults of the calibration table and the provenance: checks 53 to 56."""

from picket_format.calibration import calibration_section

from .drafts import Reader, small
from .layout import INF, NAN


def calibration_and_provenance():
    def table(*points):
        return small().replace("calibration", calibration_section(points, Reader.order)).data()

    yield 53, "empty", table()
    yield 53, "one-point", table((1, 0.5))
    yield 53, "half-a-point", small().replace("calibration", small()["calibration"][:12]).data()
    yield 53, "two-and-a-half-points", small().replace(
        "calibration", small()["calibration"] + bytes(4)).data()
    yield 53, "1025-points", table(*[(i, 1 - i / 2048) for i in range(1025)])
    for label, scores in (
            ("first-nan", (NAN, 1)), ("last-nan", (0, NAN)), ("first-infinite", (-INF, 0)),
            ("last-infinite", (0, INF)), ("equal", (1, 1)), ("descending", (1, 0.5)),
            ("zeros-of-both-signs", (-0.0, 0.0))):
        yield 54, label, table((scores[0], 0.5), (scores[1], 0.25))
    yield 54, "third", table((0, 0.5), (1, 0.25), (0.5, 0.125))
    for label, tails in (
            ("above-1", (1.0625, 0.5)), ("first-nan", (NAN, 0.5)), ("last-nan", (0.5, NAN)),
            ("last-0", (0.5, 0)), ("below-0", (0.5, -0.25)), ("equal", (0.5, 0.5)),
            ("ascending", (0.25, 0.5)), ("infinite", (INF, 0.5))):
        yield 55, label, table((0, tails[0]), (1, tails[1]))
    yield 55, "third", table((0, 0.5), (1, 0.25), (2, 0.25))

    yield 56, "empty", small().replace("provenance", b"").data()
    yield 56, "no-nul", small().replace("provenance", b"{}").data()
    yield 56, "two-nuls", small().replace("provenance", b"{}\0\0").data()
    yield 56, "nul-inside", small().replace("provenance", b"{\0}\0").data()
    yield 56, "nul-first", small().replace("provenance", b"\0{}\0").data()
    yield 56, "65537-bytes", small().replace("provenance", b" " * 65536 + b"\0").data()
