"""Faults of the features: checks 30 to 36."""

import struct

from .drafts import Reader, byte_set, full, scaled, small, u32
from .layout import ALL, INF, NAN, PLANE


def features():
    one, many = bytes(small()["features"]), bytes(full()["features"])
    yield 30, "empty", small().replace("features", b"").data()
    yield 30, "63-bytes", small().replace("features", one[:63]).data()
    yield 30, "first-reserved", byte_set(small, "features", 24, 1)
    yield 30, "last-reserved", byte_set(full, "features", 63, 1)
    yield 31, "9-planes", small().replace("features", u32(9) + one[4:]).data()
    yield 31, "9-planes-in-full", small().replace(
        "features", u32(9) + one[4:] + 8 * (b"\xff" * 64 + bytes(256))).data()
    yield 31, "4-gi-planes", small().replace("features", u32(ALL) + one[4:]).data()
    yield 31, "one-hot-without-field", small().replace(
        "features", one[:4] + u32(1) + one[8:] + bytes(8)).data()
    yield 31, "one-hot-missing", full().replace(
        "features", many[:4] + u32(1) + many[8:-8]).data()
    yield 31, "4-gi-one-hots", full().replace("features", many[:4] + u32(ALL) + many[8:]).data()
    yield 31, "2-min-max-of-1", scaled().replace("features", one[:8] + u32(2) + one[12:]).data()
    yield 31, "4-gi-min-max", scaled().replace("features", one[:8] + u32(ALL) + one[12:]).data()
    yield 32, "header-only", small().replace("features", one[:64]).data()
    yield 32, "one-byte-short", small().replace("features", one[:-1]).data()
    yield 32, "one-byte-more", full().replace("features", many + b"\0").data()
    yield 32, "plane-missing", small().replace("features", u32(2) + one[4:]).data()
    yield 32, "plane-too-many", full().replace("features", u32(1) + many[4:]).data()
    yield 32, "one-hot-too-many", full().replace("features", many + bytes(8)).data()
    yield 32, "min-max-with-offsets", small().replace("features", one[:8] + u32(1) + one[12:]).data()
    short = bytes(scaled()["features"])
    yield 32, "plane-without-offsets", scaled().replace(
        "features", short[:8] + u32(0) + short[12:]).data()
    for label, what, value in (
            ("minimum-nan", "minimum", NAN), ("maximum-nan", "maximum", NAN),
            ("minimum-infinite", "minimum", -INF), ("maximum-infinite", "maximum", INF),
            ("reversed", "minimum", 1.5)):
        yield 33, label, small().put_lane(what, value, 0).data()
    yield 33, "last-field-reversed", full().put_lane("maximum", -1.5, 3).data()
    yield 33, "symbolic-minimum", full().put_lane("minimum", -1.0, 1).data()
    yield 33, "symbolic-maximum-is-the-count", full().put_lane("maximum", 3.0, 1).data()
    yield 33, "symbolic-maximum-0", full().put_lane("maximum", 0.0, 2).data()
    yield 33, "minimum-beyond-fields", full().put_lane("minimum", -1.0, 4).data()
    yield 33, "maximum-beyond-fields", small().put_lane("maximum", 1.0, 1).data()
    yield 33, "last-lane", small().put_lane("maximum", 1.0, 15).data()
    yield 34, "of-a-number", full().put_one_hot(0, 0, 0).data()
    yield 34, "twice", full().put_one_hot(1, 0, 1).data()
    yield 34, "swapped", (
        full().put_one_hot(0, 0, 2).put_one_hot(1, 0, 1).put_one_hot(0, 1, 4)
        .put_one_hot(1, 1, 1).data())
    yield 34, "beyond-the-fields", full().put_one_hot(1, 0, 4).data()
    yield 34, "4-gi", full().put_one_hot(1, 0, ALL).data()
    yield 35, "starts-at-1", small().put_lane("input", 1, 0).data()
    yield 35, "a-gap", full().put_lane("input", 8, 3, plane=1).data()
    yield 35, "twice", full().put_lane("input", 6, 3, plane=1).data()
    yield 35, "planes-swapped", (
        full().put_lane("input", 7, 3).put_lane("input", 6, 3, plane=1).data())
    yield 35, "one-hot-early", full().put_one_hot(0, 1, 0).data()
    yield 35, "one-hot-late", full().put_one_hot(1, 1, 5).data()
    yield 35, "one-hot-4-gi", full().put_one_hot(1, 1, ALL).data()
    yield 35, "of-a-symbolic-field", full().put_lane("input", 1, 1).data()
    yield 35, "beyond-the-fields", full().put_lane("input", 8, 4).data()
    yield 35, "beyond-the-fields-in-step", (
        full().put_lane("input", 8, 4).put("model", "inputs", 9).data())
    yield 35, "of-a-symbolic-field-in-step", (
        full().put_lane("input", 4, 2).put_one_hot(1, 1, 5).put_lane("input", 7, 3)
        .put_lane("input", 8, 3, plane=1).put("model", "inputs", 9).data())
    yield 35, "last-lane", small().put_lane("input", 1, 15).data()
    yield 35, "last-lane-0", small().put_lane("input", 0, 15).data()
    yield 35, "almost-none", full().put_lane("input", ALL - 1, 0, plane=1).data()
    yield 35, "model-has-more", small().put("model", "inputs", 2).data()
    yield 35, "model-has-fewer", full().put("model", "inputs", 7).data()
    for label, what, value in (
            ("offset-nan", "offset", NAN), ("offset-infinite", "offset", INF),
            ("scale-nan", "scale", NAN), ("scale-infinite", "scale", -INF), ("low-nan", "low", NAN),
            ("low-infinite", "low", -INF), ("high-nan", "high", NAN),
            ("high-infinite", "high", INF), ("low-above-high", "low", 1.5)):
        yield 36, label, small().put_lane(what, value, 0).data()
    yield 36, "second-plane", full().put_lane("scale", NAN, 3, plane=1).data()
    for what in PLANE[1:]:
        yield 36, f"{what}-beyond-fields", full().put_lane(what, 1.0, 4, plane=1).data()
        yield 36, f"{what}-of-a-symbolic-field", full().put_lane(what, -1.0, 1).data()
    yield 36, "without-input-in-its-plane", full().put_lane("high", 1.0, 0, plane=1).data()
    yield 36, "last-lane", small().put_lane("high", 1.0, 15).data()
    for label, at, value in (
            ("nan", 256, NAN), ("infinite", 256, INF), ("beyond-fields", 260, 1.0),
            ("last-lane", 316, -1.0)):
        draft = scaled()
        draft["features"][at:at + 4] = struct.pack(Reader.order + "f", value)
        yield 36, f"min-max-scale-{label}", draft.data()
