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
import struct
import sys

import numpy as np

import picket_format as pf
from make_golden import compare, one_number, save
from picket_format import (
    AFFINE, BIG, FLOAT16, INT8, INT8_INTEGER, LEAKY_RELU, LINEAR, LITTLE, MAHALANOBIS,
    NUMERIC, ONE_HOT, RECONSTRUCTION_KL, RELU, SIGMOID, SYMBOLIC, TANH, VAE, Feature, Field, Geometry, Layer, Model)

MALFORMED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "malformed")
NAN, INF = float("nan"), float("inf")
LONGEST = 4096  # a run of equal bytes beyond this is kept as a number in the manifest
ALL = 0xFFFFFFFF
ORDER = LITTLE  # of the files, and of the reader that is to refuse them

# Offsets within the sections' records, as FORMAT.md gives them.
MODEL = {"kind": 0, "score": 4, "fields": 8, "inputs": 12, "latent": 16, "encoder": 20,
         "decoder": 24, "alpha": 28, "beta": 32, "rows": 36}
FIELD = {"name": 0, "kind": 4, "first": 8, "count": 12}
PLANE = ["input", "offset", "scale", "low", "high"]
LAYER = {"operation": 0, "activation": 4, "element": 8, "slope": 12, "inputs": 16, "outputs": 20,
         "stride": 24, "weights": 28, "bias": 32, "scale": 36, "shift": 40, "input_scale": 44,
         "input_zero": 48, "input_max": 52, "geometry": 56}
SHAPE = {name: 4 * place for place, (_, name) in enumerate(pf.RECORDS["geometries"])}
RECORDS = {"model": (MODEL, 64), "fields": (FIELD, 16), "layers": (LAYER, 64)}
LANES = 16  # of the models here, which have few fields
KIND = {name: kind for kind, name in pf.SECTIONS.items()}


def rich():
    """A model with every part that the small one lacks: categories, a decoder, binary16, a second
    plane."""
    def weights(rows, columns, kind):
        return (np.arange(1, rows * columns + 1).reshape(rows, columns) / 64).astype(kind)

    def bias(columns):
        return np.full(columns, 0.5, np.float32)

    return Model(
        VAE, RECONSTRUCTION_KL, 1,
        [Field("a", NUMERIC, 0, 1), Field("b", SYMBOLIC, categories=["x", "y", "z"]),
         Field("c", SYMBOLIC, categories=["p", "q"]), Field("d", NUMERIC, -1, 1)],
        [Feature(0, AFFINE, 0, 1, 0, 1), Feature(1, ONE_HOT), Feature(2, ONE_HOT),
         Feature(3, AFFINE, 0, 0.5, -1, 1), Feature(3, AFFINE, 1, 1, -1, 0)],
        [Layer(weights(8, 3, np.float16), bias(3), LEAKY_RELU, FLOAT16, 0.25),
         Layer(weights(3, 2, np.float32), bias(2), LINEAR)],
        [Layer(weights(1, 2, np.float16), bias(2), TANH, FLOAT16),
         Layer(weights(2, 8, np.float32), bias(8), SIGMOID)],
        reconstruction_weight=1, kl_weight=0.5, calibration=[(0.25, 0.5), (0.5, 0.25), (1, 0.125)],
        calibration_rows=7, optional=[(256, b"one"), (300, b"two")])


def in_bytes():
    """A model whose layers are bytes: 0 to 2 integers, 3 bytes with floats, 4 and 5 integers, 6
    floats."""
    def weights(rows, columns):
        return (np.arange(rows * columns).reshape(rows, columns) % 255 - 127).astype(np.int8)

    def integers(rows, columns, activation, shift=0, **inputs):
        scale = np.full(columns, 1000 if shift else 0.125, np.int32 if shift else np.float32)
        return Layer(weights(rows, columns), np.full(columns, -300, np.int32), activation,
                     INT8_INTEGER, 0.0, scale, shift, **inputs)

    def bias(columns):
        return np.full(columns, 0.5, np.float32)

    from_floats = {"input_scale": 100.0, "input_zero": 64, "input_max": 127}
    model = rich()
    model.optional = []
    model.encoder = [
        integers(8, 3, RELU, 17, **from_floats), integers(3, 18, RELU, 9), integers(18, 5, TANH),
        Layer(weights(5, 2), bias(2), LINEAR, INT8, 0.0, np.full(2, 0.25, np.float32))]
    model.decoder = [
        integers(1, 2, RELU, 20, **{**from_floats, "input_max": 16383}), integers(2, 3, LINEAR),
        Layer(weights(3, 8).astype(np.float32), bias(8), SIGMOID)]
    return model


def with_images():
    """A model with a convolution, 2 x 4 x 1 to 1 x 2 x 3, and its reverse: layers 0 and 3 of 4."""
    def weights(rows, columns):
        return (np.arange(1, rows * columns + 1).reshape(rows, columns) / 64).astype(np.float32)

    def bias(columns):
        return np.full(columns, 0.5, np.float32)

    model = rich()
    model.optional = []
    down = Geometry((2, 4, 1), (1, 2, 3), (3, 3), (2, 2), (1, 1))
    back = Geometry((1, 2, 3), (2, 4, 1), (3, 3), (2, 2), (1, 1), True)
    model.encoder = [Layer(weights(9, 3), bias(3), RELU, geometry=down),
                     Layer(weights(6, 2), bias(2), LINEAR)]
    model.decoder = [Layer(weights(1, 6), bias(6), RELU),
                     Layer(weights(27, 1), bias(1), SIGMOID, geometry=back)]
    return model


class Draft:
    """The sections of a model, to be spoilt and put together again."""

    def __init__(self, model):
        model.order = ORDER
        self.sections = [[kind, bytearray(content)] for kind, content in pf.sections_of(model)]
        self.hash = pf.feature_hash(model.fields)

    def __getitem__(self, name):
        return self.sections[KIND[name] - 1][1]

    def replace(self, name, content):
        self.sections[KIND[name] - 1][1] = bytearray(content)
        return self

    def put(self, name, what, value, record=0):
        """Sets one field of a section's record, a u32 or an f32."""
        offsets, size = RECORDS[name]
        code = ORDER + ("f" if isinstance(value, float) else "I")
        struct.pack_into(code, self[name], record * size + offsets[what], value)
        return self

    def put_lane(self, what, value, lane, plane=0):
        """Sets one number of a plane, or of the ranges."""
        if what in PLANE:
            array = 2 + 5 * plane + PLANE.index(what)
        else:
            array = ["minimum", "maximum"].index(what)
        code = ORDER + ("f" if isinstance(value, float) else "I")
        struct.pack_into(code, self["features"], 64 + 4 * (array * LANES + lane), value)
        return self

    def put_one_hot(self, index, which, value):
        """Sets the field (0) or the first input (1) of a one-hot."""
        one_hots, = struct.unpack_from(ORDER + "I", self["features"], 4)
        at = len(self["features"]) - 8 * (one_hots - index) + 4 * which
        struct.pack_into(ORDER + "I", self["features"], at, value)
        return self

    def put_shape(self, what, value, which=0):
        """Sets one number of the shape of the first or the second convolution of four layers."""
        struct.pack_into(ORDER + "I", self["layers"], 4 * 64 + 64 * which + SHAPE[what], value)
        return self

    def data(self):
        return pf.assemble([(kind, bytes(content)) for kind, content in self.sections],
                           ORDER, self.hash)


def small():
    return Draft(one_number()[0])


def full():
    return Draft(rich())


def quantized():
    return Draft(in_bytes())


def scaled():
    """The small model with a min-max plane: input at 192, scale at 256 of its features."""
    model = one_number()[0]
    model.min_max_planes = 1
    return Draft(model)


def images():
    return Draft(with_images())


def ends_in_scale():
    """The encoder of the model in bytes, alone: its weights end with a scale."""
    model = in_bytes()
    model.score, model.latent, model.decoder = MAHALANOBIS, 2, []
    model.reconstruction_weight = model.kl_weight = 0.0
    return Draft(model)


def patched(data, *changes, sign=True):
    """Bytes with (offset, new bytes) written over them; section edges stay as they are."""
    changed = bytearray(data)
    for at, content in changes:
        changed[at:at + len(content)] = content
    return pf.sign(bytes(changed)) if sign else bytes(changed)


def u16(value):
    return struct.pack(ORDER + "H", value)


def u32(value):
    return struct.pack(ORDER + "I", value)


def spoilt(base, name, *places):
    """One label, file pair for each (label, field, value, record) of a section."""
    for label, what, value, *record in places:
        yield label, base().put(name, what, value, *record).data()


def byte_set(base, name, at, value):
    draft = base()
    draft[name][at] = value
    return draft.data()


# ---- The files, check by check -------------------------------------------------------------------


def container():
    good = small().data()
    size = len(good)
    table = {kind: 64 + 16 * i for i, (kind, _) in enumerate(small().sections)}
    start = {kind: struct.unpack_from(ORDER + "I", good, at + 4)[0] for kind, at in table.items()}
    rich_file = full().data()

    yield 2, "empty", b""
    yield 2, "63-bytes", good[:63]
    yield 3, "first-byte", patched(good, (0, b"\x88"))
    yield 3, "line-ends-changed", patched(good, (4, b"\n\x1a\n\n"))
    yield 3, "another-format", patched(good, (0, b"PK\x03\x04"))
    yield 4, "little-endian" if ORDER == BIG else "big-endian", write_other()
    yield 4, "mixed", patched(good, (8, bytes([0x0B, 0x0A, 0x0D, 0x0C])))
    yield 5, "major-0", patched(good, (12, u16(0)))
    yield 5, "major-2", patched(good, (12, u16(2)))
    yield 5, "major-257", patched(good, (12, u16(257)))
    yield 6, "half", good[:size // 2]
    yield 6, "header-only", good[:64]
    yield 6, "last-byte-missing", good[:-1]
    yield 6, "file-bytes-4-gib", patched(good, (16, u32(ALL)))
    yield 7, "one-byte-more", good + b"\0"
    yield 7, "64-bytes-more", good + bytes(64)
    yield 7, "not-a-multiple-of-64", patched(good + b"\0", (16, u32(size + 1)))
    yield 7, "file-bytes-0", patched(good, (16, u32(0)))
    yield 8, "file-of-16-mib-and-64", patched(good + bytes(16777280 - size), (16, u32(16777280)))
    flipped = small()["weights"]
    at = good.index(bytes(flipped))
    yield 9, "weight-bit", patched(good, (at, bytes([good[at] ^ 1])), sign=False)
    yield 9, "checksum-0", patched(good, (20, u32(0)), sign=False)
    yield 9, "checksum-of-all-bytes", patched(good, (20, u32(pf.zlib.crc32(good))), sign=False)
    yield 10, "first-reserved", patched(good, (36, b"\1"))
    yield 10, "last-reserved", patched(good, (63, b"\x80"))
    yield 11, "8-sections", patched(good, (32, u32(8)))
    yield 11, "17-sections", patched(good, (32, u32(17)))
    yield 11, "0-sections", patched(good, (32, u32(0)))
    yield 11, "4-gi-sections", patched(good, (32, u32(ALL)))
    yield 11, "table-wraps", patched(good, (32, u32(0x10000009)))
    yield 11, "table-beyond-file", patched(good[:128], (16, u32(128)))
    yield 12, "kind-0", patched(good, (table[1], u32(0)))
    yield 12, "swapped", patched(good, (table[3], u32(4)), (table[4], u32(3)))
    yield 12, "twice", patched(good, (table[9], u32(8)))
    for label, kinds in (("kind-10", (10, 300)), ("kind-255", (255, 300)),
                         ("optional-twice", (256, 256)), ("optional-descending", (300, 256))):
        draft = full()
        draft.sections[9][0], draft.sections[10][0] = kinds
        yield 12, label, draft.data()
    yield 13, "starts-late", patched(good, (table[9] + 4, u32(start[9] + 64)))
    yield 13, "overlaps", patched(good, (table[3] + 4, u32(start[2])))
    yield 13, "not-aligned", patched(good, (table[2] + 4, u32(start[2] + 1)))
    yield 13, "first-in-table", patched(good, (table[1] + 4, u32(192)))
    yield 13, "ends-beyond-file", patched(good, (table[9] + 8, u32(65)))
    yield 13, "end-wraps", patched(good, (table[1] + 8, u32(ALL - 255 + 64)))
    yield 13, "4-gib", patched(good, (table[9] + 8, u32(ALL)))
    yield 13, "rounding-wraps", patched(good, (table[8] + 8, u32(ALL - start[8])))
    yield 14, "64-zeros-more", patched(good + bytes(64), (16, u32(size + 64)))
    yield 14, "last-section-short", patched(rich_file + bytes(128), (16, u32(len(rich_file) + 128)))
    yield 15, "table-reserved", patched(good, (table[1] + 12, b"\1"))
    yield 15, "table-reserved-last", patched(rich_file, (64 + 16 * 10 + 15, b"\1"))
    yield 15, "after-table", patched(good, (208, b"\1"))
    yield 15, "before-first-section", patched(good, (255, b"\1"))
    yield 15, "after-strings", patched(good, (start[2] + 3, b"\1"))
    yield 15, "before-calibration-ends", patched(good, (start[9] - 1, b"\1"))
    yield 15, "last-byte", patched(good, (size - 1, b"\1"))


def write_other():
    model = one_number()[0]
    model.order = LITTLE if ORDER == BIG else BIG
    return pf.write(model)


def model_section():
    yield 16, "128-bytes", small().replace("model", small()["model"] + bytes(64)).data()
    yield 16, "60-bytes", small().replace("model", small()["model"][:60]).data()
    yield 16, "empty", small().replace("model", b"").data()
    yield 16, "first-reserved", byte_set(small, "model", 40, 1)
    yield 16, "last-reserved", byte_set(small, "model", 63, 1)
    for label, data in spoilt(
            small, "model", ("kind", "kind", 3), ("kind-0", "kind", 0), ("kind-4-gi", "kind", ALL),
            ("score-0", "score", 0), ("score-4", "score", 4),
            ("anoean-with-reconstruction", "score", 2), ("anoean-with-kl", "score", 3)):
        yield 17, "unknown-kind" if label == "kind" else label, data
    for label, data in spoilt(
            small, "model", ("0-fields", "fields", 0), ("1025-fields", "fields", 1025),
            ("0-inputs", "inputs", 0), ("2049-inputs", "inputs", 2049), ("0-latent", "latent", 0),
            ("129-latent", "latent", 129), ("0-encoder-layers", "encoder", 0),
            ("17-layers", "encoder", 17), ("4-gi-encoder-layers", "encoder", ALL),
            ("layers-wrap", "decoder", ALL)):
        yield 18, label, data
    yield 18, "decoder-alone", full().put("model", "encoder", 0).data()
    yield 18, "17-with-decoder", full().put("model", "decoder", 15).data()
    yield 19, "decoder-for-distance", small().put("model", "decoder", 1).data()
    yield 19, "no-decoder-for-kl", full().put("model", "decoder", 0).data()
    yield 19, "no-decoder-for-reconstruction", (
        full().put("model", "score", 2).put("model", "beta", 0.0).put("model", "decoder", 0).data())
    for label, data in spoilt(
            small, "model", ("distance-with-alpha", "alpha", 1.0),
            ("distance-with-beta", "beta", 1.0), ("0-rows", "rows", 0)):
        yield 20, label, data
    for label, data in spoilt(
            full, "model", ("kl-alpha-0", "alpha", 0.0), ("kl-alpha-below-0", "alpha", -1.0),
            ("kl-alpha-nan", "alpha", NAN), ("kl-alpha-infinite", "alpha", INF),
            ("kl-beta-below-0", "beta", -0.5), ("kl-beta-nan", "beta", NAN),
            ("kl-beta-infinite", "beta", INF)):
        yield 20, label, data
    for label, alpha, beta in (("reconstruction-alpha-2", 2.0, 0.0),
                               ("reconstruction-alpha-nan", NAN, 0.0),
                               ("reconstruction-with-beta", 1.0, 0.5)):
        draft = full().put("model", "score", 2)
        yield 20, label, draft.put("model", "alpha", alpha).put("model", "beta", beta).data()


def schema():
    yield 21, "empty", small().replace("strings", b"").data()
    yield 21, "empty-between-zeros", (
        small().replace("strings", b"").put("fields", "name", 256).data())
    yield 21, "first-not-nul", small().replace("strings", b"ax\0").data()
    yield 21, "last-not-nul", small().replace("strings", b"\0x\0y").data()
    yield 21, "over-1-mib", small().replace("strings", b"\0x".ljust(1048577, b"\0")).data()
    for value in (0x01, 0x09, 0x0A, 0x1F, 0x7F):
        strings = b"\0x\0" + bytes([value]) + b"\0"
        yield 22, f"byte-{value:02x}", small().replace("strings", strings).data()

    fields = small()["fields"]
    yield 23, "empty", small().replace("fields", b"").data()
    yield 23, "one-byte-short", small().replace("fields", fields[:-1]).data()
    yield 23, "one-byte-more", small().replace("fields", fields + b"\0").data()
    yield 23, "two-for-one", small().replace("fields", fields + fields).data()

    for label, data in spoilt(
            small, "fields", ("name-0", "name", 0), ("name-inside-another", "name", 2),
            ("name-at-the-end", "name", 3), ("name-beyond", "name", 4), ("name-4-gi", "name", ALL)):
        yield 24, label, data
    yield 24, "name-empty", small().replace("strings", b"\0\0x\0").data()
    yield 24, "name-mid-string", (
        small().replace("strings", b"\0xyz\0").put("fields", "name", 2).data())
    yield 24, "name-256-bytes", small().replace("strings", b"\0" + b"n" * 256 + b"\0").data()
    yield 24, "last-field", full().put("fields", "name", 0, 3).data()
    yield 25, "kind-0", small().put("fields", "kind", 0).data()
    yield 25, "kind-3", full().put("fields", "kind", 3, 3).data()
    for label, data in spoilt(
            full, "fields", ("numeric-first", "first", 5, 3), ("numeric-count", "count", 1, 0),
            ("symbolic-first", "first", 1, 1), ("second-symbolic-first", "first", 2, 2),
            ("0-categories", "count", 0, 1), ("1025-categories", "count", 1025, 1),
            ("4-gi-categories", "count", ALL, 2)):
        yield 26, label, data

    categories = full()["categories"]
    yield 26, "0-categories-throughout", (
        full().replace("categories", categories[12:]).put("fields", "count", 0, 1)
        .put("fields", "first", 0, 2).data())
    yield 26, "more-than-inputs", full().put("model", "inputs", 4).data()
    yield 27, "short", full().replace("categories", categories[:-4]).data()
    yield 27, "long", full().replace("categories", categories + bytes(4)).data()
    yield 27, "not-a-multiple-of-4", full().replace("categories", categories + b"\0").data()
    yield 27, "without-symbolic-fields", small().replace("categories", u32(1)).data()

    def with_categories(*names):
        """The rich file with these bytes as the names of field b."""
        draft = full()
        for i, name in enumerate(names):
            draft["categories"][4 * i:4 * i + 4] = u32(len(draft["strings"]))
            draft["strings"].extend(name + b"\0")
        return draft.data()

    yield 28, "name-0", full().replace("categories", u32(0) + categories[4:]).data()
    yield 28, "name-4-gi", full().replace("categories", categories[:-4] + u32(ALL)).data()
    end = len(full()["strings"])
    yield 28, "name-at-the-end", full().replace("categories", categories[:-4] + u32(end)).data()
    yield 28, "name-256-bytes", with_categories(b"x", b"y", b"z" * 256)
    yield 28, "name-empty", with_categories(b"", b"y", b"z")
    yield 28, "name-mid-string", full().replace(
        "strings", full()["strings"] + b"xyz\0").replace(
        "categories", categories[:8] + u32(end + 2) + categories[12:]).data()
    yield 28, "descending", full().replace(
        "categories", categories[4:8] + categories[:4] + categories[8:]).data()
    yield 28, "one-offset-twice", full().replace(
        "categories", categories[:4] + categories[:4] + categories[8:]).data()
    yield 28, "one-text-twice", with_categories(b"x", b"y", b"y")
    yield 28, "prefix-after", with_categories(b"ab", b"a", b"z")
    yield 28, "signed-order", with_categories(b"\xc3\xa9", b"y", b"z")
    yield 28, "second-field", full().replace(
        "categories", categories[:12] + categories[16:] + categories[12:16]).data()
    name_of_a, = struct.unpack_from(ORDER + "I", full()["fields"], 0)
    yield 29, "one-offset", full().put("fields", "name", name_of_a, 3).data()
    yield 29, "one-text", (
        full().replace("strings", full()["strings"] + b"a\0").put("fields", "name", end, 1).data())


def features():
    one, many = bytes(small()["features"]), bytes(full()["features"])
    yield 30, "empty", small().replace("features", b"").data()
    yield 30, "63-bytes", small().replace("features", one[:63]).data()
    yield 30, "first-reserved", byte_set(small, "features", 12, 1)
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
        draft["features"][at:at + 4] = struct.pack(ORDER + "f", value)
        yield 36, f"min-max-scale-{label}", draft.data()


def layers():
    one = small()["layers"]
    yield 37, "empty", small().replace("layers", b"").data()
    yield 37, "two-for-one", small().replace("layers", one + one).data()
    yield 37, "one-byte-short", small().replace("layers", one[:-1]).data()
    yield 37, "first-reserved", byte_set(small, "layers", 60, 1)
    yield 37, "last-reserved", byte_set(full, "layers", 4 * 64 - 1, 1)
    yield 37, "integer-layer-reserved", byte_set(quantized, "layers", 1 * 64 + 60, 0x80)
    for label, data in spoilt(
            full, "layers", ("operation-0", "operation", 0, 0), ("operation-4", "operation", 4, 3),
            ("activation-5", "activation", 5, 2), ("activation-4-gi", "activation", ALL, 3),
            ("element-0", "element", 0, 0), ("element-5", "element", 5, 1),
            ("element-4-gi", "element", ALL, 3)):
        yield 38, label, data
    for label, data in spoilt(
            full, "layers", ("leaky-nan", "slope", NAN, 0), ("leaky-infinite", "slope", INF, 0),
            ("linear-with-slope", "slope", 0.5, 1), ("tanh-with-slope", "slope", 0.5, 2),
            ("sigmoid-with-nan", "slope", NAN, 3)):
        yield 39, label, data
    yield from quantization()
    for label, data in spoilt(
            full, "layers", ("first", "inputs", 7, 0), ("second", "inputs", 4, 1),
            ("first-of-decoder", "inputs", 2, 2), ("last", "inputs", 0, 3),
            ("4-gi", "inputs", ALL, 1)):
        yield 40, label, data
    for label, data in spoilt(
            full, "layers", ("0-outputs", "outputs", 0, 0), ("8193-outputs", "outputs", 8193, 1),
            ("4-gi-outputs", "outputs", ALL, 3)):
        yield 41, label, data
    for label, data in spoilt(
            full, "layers", ("0", "stride", 0, 0), ("outputs", "stride", 2, 1),
            ("32-for-16", "stride", 32, 2), ("17", "stride", 17, 3), ("4-gi", "stride", ALL, 0)):
        yield 42, label, data
    for label, data in spoilt(
            full, "layers", ("first-weights", "weights", 64, 0), ("bias-early", "bias", 192, 0),
            ("bias-late", "bias", 320, 0), ("second-weights", "weights", 0, 1),
            ("bias-at-weights", "bias", 0, 2), ("weights-wrap", "weights", ALL - 63, 3),
            ("bias-wraps", "bias", ALL - 63, 3), ("f32-with-scale", "scale", 64, 1),
            ("f16-with-scale", "scale", 320, 0)):
        yield 43, label, data
    place = layer_numbers(quantized, "scale")
    for label, data in spoilt(
            quantized, "layers", ("scale-0", "scale", 0, 0), ("scale-early", "scale", place[1] - 64, 1),
            ("scale-late", "scale", place[2] + 64, 2), ("scale-unaligned", "scale", place[3] + 4, 3),
            ("scale-wraps", "scale", ALL - 63, 5), ("scale-of-floats", "scale", 1, 6),
            ("bias-of-bytes", "bias", 0, 3),
            ("bias-before-last-group", "bias", layer_numbers(quantized, "bias")[0] - 64, 0)):
        yield 43, label, data
    yield 44, "relu", full().put("layers", "activation", 1, 1).data()
    yield 44, "sigmoid", small().put("layers", "activation", 4).data()
    yield 44, "latent-2-of-1", small().put("model", "latent", 2).data()
    yield 44, "means-without-variances", full().put("layers", "outputs", 1, 1).data()
    yield 44, "variances-for-reconstruction", full().put("model", "score", 2).put(
        "model", "beta", 0.0).data()
    yield 45, "one-output-less", full().put("layers", "outputs", 7, 3).data()
    yield 45, "one-output-more", full().put("layers", "outputs", 9, 3).data()


def convolutions():
    """Checks 37, 38, 40, 41 and 43 of convolutions, and 46 to 49."""
    shapes = bytes(images()["layers"])
    yield 37, "shape-missing", images().replace("layers", shapes[:-64]).data()
    yield 37, "shape-too-many", images().replace("layers", shapes + shapes[-64:]).data()
    yield 38, "convolution-in-integers", images().put("layers", "element", INT8_INTEGER, 0).put(
        "layers", "input_scale", 1.0, 0).put("layers", "input_max", 127, 0).data()
    for label, where, value in (
            ("dense-with-shape", 1, 256), ("shape-0", 0, 0), ("shape-of-another", 3, 256),
            ("shape-late", 0, 320), ("shape-unaligned", 0, 257), ("shape-4-gi", 3, ALL - 63)):
        yield 46, label, images().put("layers", "geometry", value, where).data()
    yield 46, "first-reserved", byte_set(images, "layers", 4 * 64 + 48, 1)
    yield 46, "last-reserved", byte_set(images, "layers", 6 * 64 - 1, 0x80)
    for what in SHAPE:
        if not what.startswith("padding"):
            yield 47, f"{what.replace('_', '-')}-0", images().put_shape(what, 0).data()
        label = f"{what.replace('_', '-')}-8193"
        yield 47, label, images().put_shape(what, 8193, 1).data()
        yield 47, label.replace("8193", "4-gi"), images().put_shape(what, ALL).data()
    for label, what, value in (
            ("input-8200", "in_height", 2050), ("output-8196", "out_width", 2732),
            ("window-8193", "kernel_height", 2731), ("input-wraps", "in_channels", 8192)):
        yield 47, label, images().put_shape(what, value).data()
    for label, what, value in (
            ("padding-is-kernel", "padding_top", 3), ("padding-left-is-kernel", "padding_left", 3),
            ("a-row-more", "out_height", 3), ("a-column-less", "in_width", 7),
            ("stride-too-small", "stride_width", 1), ("kernel-of-another-weight", "kernel_width", 4),
            ("channels-in", "in_channels", 2), ("channels-out", "out_channels", 2)):
        yield 48, label, images().put_shape(what, value).data()
        if what not in ("out_height", "in_width"):
            yield 48, f"transposed-{label}", images().put_shape(what, value, 1).data()
    yield 48, "rows", images().put("layers", "inputs", 8, 0).data()
    yield 48, "columns", images().put("layers", "outputs", 4, 0).data()
    yield 48, "not-transposed", images().put("layers", "operation", 2, 3).data()
    yield 40, "image-lower", images().put_shape("in_height", 1).data()
    yield 42, "of-a-convolution", images().put("layers", "stride", 32, 0).data()
    yield 43, "after-a-convolution", images().put("layers", "weights", 704, 1).data()
    # Weights need not be there: their place is checked after what they cost.
    yield 49, "outputs-32770", small_layers(2, 8192, 8192, 8192, 8192, 2)
    yield 49, "multiply-adds", small_layers(8192, 8192, 2)


def small_layers(*widths):
    """A chain of dense layers without weights, of which the first reads one number."""
    draft = small().put("model", "encoder", len(widths))
    entries, inputs = b"", 1
    for outputs in widths:
        entry = bytearray(bytes(draft["layers"][:64]))
        for what, value in (("inputs", inputs), ("outputs", outputs), ("stride", pf.up(outputs, 16))):
            struct.pack_into(ORDER + "I", entry, LAYER[what], value)
        entries, inputs = entries + entry, outputs
    place, columns = 0, []
    for i, (rows, outputs) in enumerate(zip((1, *widths), widths)):
        stride = pf.up(outputs, 16)
        columns.append((place, place + rows * stride * 4))
        place = columns[-1][1] + stride * 4
    draft.replace("layers", entries)
    for i, (start, bias) in enumerate(columns):
        draft.put("layers", "weights", start & ALL, i).put("layers", "bias", bias & ALL, i)
    return draft.data()


def layer_numbers(base, what):
    """One number of each layer."""
    layers = base()["layers"]
    return [struct.unpack_from(ORDER + "I", layers, at + LAYER[what])[0]
            for at in range(0, len(layers), 64)]


def quantization():
    """Check 39 for the numbers of types 3 and 4."""
    for where, of in ((3, "bytes"), (6, "floats")):
        for what, value in (("shift", 1), ("input_scale", 0.5), ("input_scale", NAN),
                            ("input_zero", 1), ("input_max", 127)):
            label = f"{what.replace('_', '-')}{'-nan' if value != value else ''}-of-{of}"
            yield 39, label, quantized().put("layers", what, value, where).data()
    for label, data in spoilt(
            quantized, "layers",
            ("shift-63", "shift", 63, 0), ("shift-64", "shift", 64, 0), ("shift-4-gi", "shift", ALL, 1),
            # Integers that nobody gives.
            ("no-integers-to-take", "shift", 0, 0), ("no-integers-for-the-third", "shift", 0, 1),
            ("no-integers-in-decoder", "shift", 0, 4), ("first-takes-integers", "input_scale", 0.0, 0),
            ("decoder-takes-integers", "input_scale", 0.0, 4),
            ("integers-and-input-scale", "input_scale", 1.0, 1),
            ("integers-and-input-scale-nan", "input_scale", NAN, 2),
            ("integers-from-linear", "activation", LINEAR, 0),
            ("integers-from-leaky", "activation", LEAKY_RELU, 1),
            ("integers-from-tanh", "activation", TANH, 0),
            ("integers-from-sigmoid", "activation", SIGMOID, 4),
            ("input-scale-below-0", "input_scale", -100.0, 0),
            ("input-scale-nan", "input_scale", NAN, 0), ("input-scale-infinite", "input_scale", INF, 4),
            ("input-scale-minus-infinite", "input_scale", -INF, 0),
            ("input-zero-above-127", "input_zero", 128, 0),
            ("input-zero-above-16383", "input_zero", 16384, 4),
            ("input-zero-4-gi", "input_zero", ALL, 4), ("input-max-0", "input_max", 0, 0),
            ("input-max-126", "input_max", 126, 0), ("input-max-128", "input_max", 128, 0),
            ("input-max-16382", "input_max", 16382, 4), ("input-max-16384", "input_max", 16384, 4),
            ("input-max-4-gi", "input_max", ALL, 4),
            ("input-zero-without-scale", "input_zero", 1, 1),
            ("input-max-without-scale", "input_max", 127, 2)):
        yield 39, label, data
    # Integer outputs that nobody takes, and integers that nobody gives, with nothing else wrong.
    for label, where in (("integers-for-bytes", 2), ("integers-for-floats", 5)):
        draft = quantized().put("layers", "shift", 5, where).put("layers", "activation", RELU, where)
        yield 39, label, draft.data()
    for label, where in (("first-expects-integers", 0), ("decoder-expects-integers", 4)):
        draft = quantized().put("layers", "input_scale", 0.0, where)
        draft.put("layers", "input_zero", 0, where).put("layers", "input_max", 0, where)
        yield 39, label, draft.data()
    # The encoder's last layer has nobody to give integers to, although the decoder's first takes some.
    draft = quantized()
    draft.put("layers", "element", INT8_INTEGER, 3).put("layers", "input_scale", 1.0, 3)
    draft.put("layers", "input_max", 127, 3).put("layers", "activation", RELU, 3)
    draft.put("layers", "shift", 4, 3).put("layers", "input_scale", 0.0, 4)
    draft.put("layers", "input_zero", 0, 4).put("layers", "input_max", 0, 4)
    yield 39, "integers-from-encoder-to-decoder", draft.data()
    draft = quantized()
    draft.put("layers", "element", INT8_INTEGER, 6).put("layers", "input_scale", 1.0, 6)
    draft.put("layers", "input_max", 127, 6).put("layers", "activation", RELU, 6)
    draft["weights"][8:12] = u32(INT8_INTEGER)  # what a reader sees that looks for a next layer
    yield 39, "integers-from-the-last", draft.put("layers", "shift", 4, 6).data()


def weights():
    plan = [struct.unpack_from(ORDER + "IIII", full()["layers"], 64 * i + 20) for i in range(4)]
    good = small()["weights"]
    yield 50, "64-bytes-more", small().replace("weights", good + bytes(64)).data()
    yield 50, "64-bytes-less", small().replace("weights", good[:-64]).data()
    yield 50, "one-byte-more", small().replace("weights", good + bytes(1)).data()
    yield 50, "one-byte-less", small().replace("weights", good[:-1]).data()
    yield 50, "empty", small().replace("weights", b"").data()
    numbers = bytes(ends_in_scale()["weights"])
    yield 50, "scale-missing", ends_in_scale().replace("weights", numbers[:-64]).data()
    yield 50, "scale-short", ends_in_scale().replace("weights", numbers[:-4]).data()
    yield 50, "after-scale", ends_in_scale().replace("weights", numbers + bytes(64)).data()

    def with_bytes(base, at, content):
        draft = base()
        draft["weights"][at:at + len(content)] = content
        return draft.data()

    f32, f16 = ORDER + "f", ORDER + "e"
    nan, inf = struct.pack(f32, NAN), struct.pack(f32, INF)
    yield 51, "f32-nan", with_bytes(small, 0, nan)
    yield 51, "f32-infinite", with_bytes(small, 0, inf)
    yield 51, "f32-signalling-nan", with_bytes(small, 0, u32(0xFF800001))
    yield 51, "bias-nan", with_bytes(small, 64, nan)
    yield 51, "bias-infinite", with_bytes(small, 64, struct.pack(f32, -INF))
    last_row = plan[0][2] + 2 * (7 * plan[0][1] + plan[0][0] - 1)
    yield 51, "f16-nan", with_bytes(full, last_row, struct.pack(f16, NAN))
    yield 51, "f16-infinite", with_bytes(full, last_row, struct.pack(f16, INF))
    yield 51, "f16-minus-infinite", with_bytes(full, 0, u16(0xFC00))
    yield 51, "f16-signalling-nan", with_bytes(full, 0, u16(0x7C01))
    yield 51, "f16-layer-bias", with_bytes(full, plan[0][3] + 8, inf)
    yield 51, "decoder-weight", with_bytes(full, plan[3][2] + 4 * (plan[3][1] + 7), nan)
    yield 51, "decoder-bias", with_bytes(full, plan[3][3] + 4 * 7, nan)
    starts, biases, scales = (
        layer_numbers(quantized, what) for what in ("weights", "bias", "scale"))
    minus_zero, minus_one = u32(0x80000000), u32(ALL)
    for label, at, content in (
            ("int8-bias-nan", biases[3] + 4, nan), ("int8-bias-infinite", biases[3], inf),
            ("int8-scale-nan", scales[3] + 4, nan), ("int8-scale-infinite", scales[3], inf),
            ("int8-scale-below-0", scales[3], struct.pack(f32, -0.25)),
            ("int8-scale-minus-zero", scales[3] + 4, minus_zero),
            ("int8-scale-minus-nan", scales[3] + 4, minus_one),
            ("integer-scale-nan", scales[2] + 16, nan), ("integer-scale-infinite", scales[5], inf),
            ("integer-scale-below-0", scales[2], struct.pack(f32, -1)),
            ("integer-scale-minus-zero", scales[5] + 8, minus_zero),
            ("multiplier-minus-1", scales[0] + 8, minus_one),
            ("multiplier-2-gi", scales[1] + 4 * 17, minus_zero),
            ("decoder-multiplier", scales[4], u32(0xBF800000)),
            ("floats-after-integers", starts[6] + 4, nan)):
        yield 51, label, with_bytes(quantized, at, content)
    yield 52, "f32-row", with_bytes(small, 4, b"\1")
    yield 52, "f32-row-end", with_bytes(small, 63, b"\1")
    yield 52, "f32-minus-zero", with_bytes(small, 63, b"\x80")
    yield 52, "f16-row", with_bytes(full, 2 * plan[0][0], b"\1")
    yield 52, "f16-last-row-end", with_bytes(full, 8 * 32 - 1, b"\1")
    yield 52, "after-f16-weights", with_bytes(full, plan[2][2] + 32, b"\1")
    yield 52, "before-bias", with_bytes(full, plan[2][3] - 1, b"\1")
    yield 52, "bias", with_bytes(small, 68, b"\1")
    yield 52, "last-bias-end", with_bytes(full, len(full()["weights"]) - 1, b"\1")
    for label, at in (
            ("int8-row", starts[3] + 2), ("int8-last-row-end", starts[3] + 5 * 16 - 1),
            ("after-int8-weights", starts[3] + 5 * 16), ("before-int8-bias", biases[3] - 1),
            ("int8-bias", biases[3] + 8), ("int8-bias-end", biases[3] + 63),
            ("int8-scale", scales[3] + 8), ("int8-scale-end", scales[3] + 63),
            # Layer 1 has 3 inputs of one group and 18 outputs, layer 2 has 18 of four and a half.
            ("fourth-input-of-3", starts[1] + 3), ("fourth-input-of-last-output", starts[1] + 4 * 17 + 3),
            ("third-input-of-last-group", starts[2] + 4 * 64 + 2),
            ("fourth-input-of-last-group", starts[2] + 4 * 64 + 4 * 4 + 3),
            ("second-input-of-1", starts[4] + 1),
            ("group-row", starts[2] + 4 * 5), ("group-row-end", starts[2] + 63),
            ("last-group-row", starts[2] + 4 * 64 + 4 * 5), ("last-group-row-end", starts[2] + 5 * 64 - 1),
            ("wide-group-row", starts[1] + 4 * 18), ("integer-bias", biases[2] + 4 * 5),
            ("integer-bias-end", biases[2] + 63), ("integer-scale", scales[2] + 4 * 5),
            ("integer-scale-end", scales[2] + 63), ("multipliers", scales[1] + 4 * 18),
            ("multipliers-end", scales[1] + 127)):
        yield 52, label, with_bytes(quantized, at, b"\1")


def calibration_and_provenance():
    def table(*points):
        return small().replace(
            "calibration", b"".join(struct.pack(ORDER + "ff", *point) for point in points)).data()

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


def all_files():
    for part in (container, model_section, schema, features, layers, convolutions, weights,
                 calibration_and_provenance):
        yield from part()


def longest_run(data):
    """(offset, length, value) of the longest run of equal bytes."""
    values = np.frombuffer(data, "u1")
    edges = np.concatenate(([0], np.flatnonzero(np.diff(values)) + 1, [len(values)]))
    where = int(np.argmax(np.diff(edges)))
    return int(edges[where]), int(edges[where + 1] - edges[where]), int(values[edges[where]])


def letters(place):
    """b for the second file of a check, c for the third, and behind z: aa, ab."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    return alphabet[place] if place < 26 else alphabet[place // 26 - 1] + alphabet[place % 26]


def files_of():
    files, manifest, seen = {}, ["file,check,status,run_at,run_bytes,run_value"], {}
    for check, label, data in all_files():
        try:
            pf.read(data, ORDER)
            raise SystemExit(f"check {check}, {label}: passes every check")
        except pf.Refused as refused:
            if refused.check != check:
                raise SystemExit(f"check {check}, {label}: fails at {refused}") from None
        place = seen.setdefault(check, 0)
        seen[check] += 1
        letter = f"-{letters(place)}" if place else ""
        name = f"check-{check:02d}{letter}-{label}.picket"
        run = longest_run(data) if len(data) > 2 * LONGEST else (0, 0, 0)
        if run[1] <= LONGEST:
            run = (0, 0, 0)
        files[name] = data[:run[0]] + data[run[0] + run[1]:]
        manifest.append(",".join(map(str, (name, check, pf.CHECK_STATUS[check], *run))))
    missing = set(range(2, 57)) - set(seen)
    if missing:
        raise SystemExit(f"no file for checks {sorted(missing)}")
    files["MANIFEST.csv"] = ("\n".join(manifest) + "\n").encode()
    return files


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--big", metavar="DIR")
    arguments = parser.parse_args()
    if arguments.big:
        global ORDER
        ORDER = BIG
    for base in (small, full, quantized, images, ends_in_scale, scaled):
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
