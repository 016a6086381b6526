#!/usr/bin/env python3
"""Reads, checks, scores and writes `.picket` files, from export/FORMAT.md alone.

A second opinion on the format: it shares no line with the Swift writer or the C library, and it
favours plainness over speed. Python 3.11 and numpy, nothing else.

    picket_format.py check FILE...                 the reader checks; prints the number that failed
    picket_format.py dump FILE                     what the file holds
    picket_format.py dump --hex FILE               its bytes, each line explained
    picket_format.py score FILE RECORDS.csv        score, p-value and flags of each line of floats
    picket_format.py score --text FILE LINES.csv   the same for lines with category names
"""

import argparse
import re
import struct
import sys
import zlib
from dataclasses import dataclass, field

import numpy as np

MAGIC = bytes.fromhex("89504B540D0A1A0A")
BYTE_ORDER = 0x0A0B0C0D
NATIVE, LITTLE, BIG = "=", "<", ">"

ANOEAN, VAE = 1, 2
MAHALANOBIS, RECONSTRUCTION, RECONSTRUCTION_KL = 1, 2, 3
NUMERIC, SYMBOLIC = 1, 2
AFFINE, ONE_HOT = 1, 2
DENSE, CONVOLUTION, TRANSPOSED = 1, 2, 3
LINEAR, RELU, LEAKY_RELU, TANH, SIGMOID = 0, 1, 2, 3, 4
FLOAT32, FLOAT16, INT8, INT8_INTEGER = 1, 2, 3, 4
ELEMENT = {FLOAT32: "f4", FLOAT16: "f2", INT8: "i1", INT8_INTEGER: "i1"}
SCALED = INT8, INT8_INTEGER

SECTIONS = {
    1: "model", 2: "strings", 3: "fields", 4: "categories", 5: "features", 6: "layers",
    7: "weights", 8: "calibration", 9: "provenance",
}
FIRST_OPTIONAL = 256
TYPICAL = 512
LAYER = "=IIIfIIIIIIIfIII4x"  # the 64 bytes of a layer, as struct reads them
GEOMETRY = "=12I16x"  # the 64 bytes of the shape of a convolution
MOST_NUMBERS, MOST_OUTPUTS, MOST_MULTIPLY_ADDS = 8192, 32768, 1 << 26

NO_INPUT = 0xFFFFFFFF
MOST_PLANES = 8

UNKNOWN = -1.0
FLAG_UNKNOWN_CATEGORY, FLAG_OUT_OF_RANGE, FLAG_BEYOND_TABLE = 1, 2, 4

# The status of each check, as the table at the end of FORMAT.md gives it.
CHECK_STATUS = {
    1: "ALIGNMENT", 2: "TRUNCATED", 3: "MAGIC", 4: "BYTE_ORDER", 5: "VERSION", 6: "TRUNCATED",
    7: "LAYOUT", 8: "LIMIT", 9: "CHECKSUM", 10: "LAYOUT", 11: "LAYOUT", 12: "LAYOUT",
    13: "LAYOUT", 14: "LAYOUT", 15: "LAYOUT", 16: "LAYOUT", 17: "UNSUPPORTED", 18: "LIMIT",
    19: "LAYERS", 20: "PARAMETERS", 21: "SCHEMA", 22: "SCHEMA", 23: "SCHEMA", 24: "SCHEMA",
    25: "UNSUPPORTED", 26: "SCHEMA", 27: "SCHEMA", 28: "SCHEMA", 29: "SCHEMA", 30: "FEATURES",
    31: "FEATURES", 32: "FEATURES", 33: "FEATURES", 34: "FEATURES", 35: "FEATURES",
    36: "FEATURES", 37: "LAYERS", 38: "UNSUPPORTED", 39: "LAYERS", 40: "LAYERS", 41: "LIMIT",
    42: "LAYERS", 43: "LAYERS", 44: "LAYERS", 45: "LAYERS", 46: "LAYERS", 47: "LIMIT",
    48: "LAYERS", 49: "LIMIT", 50: "WEIGHTS", 51: "WEIGHTS", 52: "WEIGHTS", 53: "CALIBRATION",
    54: "CALIBRATION", 55: "CALIBRATION", 56: "PROVENANCE", 57: "FEATURES", 58: "FEATURES",
}


class Refused(Exception):
    """A file that is not a Picket model: the reader check that failed, and its status."""

    def __init__(self, check, why):
        super().__init__(f"check {check} ({CHECK_STATUS[check]}): {why}")
        self.check, self.status = check, CHECK_STATUS[check]


class NotScored(Exception):
    """A record that has no score: the status that picket_score gives."""

    def __init__(self, status, why):
        super().__init__(f"{status}: {why}")
        self.status = status


# ---- What a model is ---------------------------------------------------------------------------


@dataclass
class Field:
    name: str
    kind: int = NUMERIC
    minimum: float = 0.0
    maximum: float = 0.0
    categories: list = field(default_factory=list)


@dataclass
class Feature:
    field: int
    operation: int = AFFINE
    offset: float = 0.0
    scale: float = 0.0
    low: float = 0.0
    high: float = 0.0
    plane: int = -1  # of an affine feature; -1: the plane after the field's last one


@dataclass
class Geometry:
    """The shape of a convolution. Images are (height, width, channels), the rest (down, across)."""
    input: tuple
    output: tuple
    kernel: tuple
    stride: tuple
    padding: tuple
    transposed: bool = False

    @property
    def narrow(self):
        return self.input if self.transposed else self.output

    @property
    def wide(self):
        return self.output if self.transposed else self.input

    def joined(self):
        """(pixel of the input, pixel of the output, place of the kernel) wherever they meet."""
        (narrow_rows, narrow_columns, _), (wide_rows, wide_columns, _) = self.narrow, self.wide
        for y, x, ky, kx in np.ndindex(narrow_rows, narrow_columns, *self.kernel):
            wide_y = y * self.stride[0] + ky - self.padding[0]
            wide_x = x * self.stride[1] + kx - self.padding[1]
            if 0 <= wide_y < wide_rows and 0 <= wide_x < wide_columns:
                pixels = y * narrow_columns + x, wide_y * wide_columns + wide_x
                yield *(pixels if self.transposed else pixels[::-1]), ky * self.kernel[1] + kx


@dataclass
class Layer:
    weights: np.ndarray  # [rows, columns] of W, of the element type
    bias: np.ndarray  # [columns], float32, or int32 for INT8_INTEGER
    activation: int = LINEAR
    element: int = FLOAT32
    slope: float = 0.0
    scale: np.ndarray = None  # [outputs] of INT8 and INT8_INTEGER: float32, or int32 multipliers
    shift: int = 0  # of INT8_INTEGER, if its outputs are integers
    input_scale: float = 0.0  # of INT8_INTEGER, if its inputs are not integers yet
    input_zero: int = 0
    input_max: int = 0
    geometry: Geometry = None  # of a convolution

    @property
    def sizes(self):
        """Numbers that go in and come out."""
        if self.geometry is None:
            return self.weights.shape
        return int(np.prod(self.geometry.input)), int(np.prod(self.geometry.output))


@dataclass
class Model:
    kind: int
    score: int
    latent: int
    fields: list
    features: list
    encoder: list = field(default_factory=list)
    decoder: list = field(default_factory=list)
    reconstruction_weight: float = 0.0
    kl_weight: float = 0.0
    calibration_rows: int = 1
    calibration: list = field(default_factory=list)  # (score, tail) pairs
    provenance: str = "{}"
    optional: list = field(default_factory=list)  # (kind >= 256, bytes) pairs
    minor: int = 0
    order: str = LITTLE
    feature_hash: int = 0
    min_max_planes: int = 0  # how many planes, the first ones, have no offset, low and high

    @property
    def inputs(self):
        return sum(feature_inputs(self, feature) for feature in self.features)


def feature_inputs(model, feature):
    if feature.operation == ONE_HOT:
        return len(model.fields[feature.field].categories)
    return 1


def up(number, multiple):
    """Rounded up: the next multiple, or the number itself if it is one."""
    return (number + multiple - 1) // multiple * multiple


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def feature_hash(fields):
    text = ""
    for each in fields:
        if each.kind == NUMERIC:
            text += f"{each.name}\tnumeric\taffine\n"
        else:
            text += "\t".join([each.name, "symbolic", "one-hot", *each.categories]) + "\n"
    return fnv1a(text.encode())


# ---- Writing -----------------------------------------------------------------------------------


def sections_of(model):
    """The sections of a model in file order, as (kind, bytes) pairs."""
    o = model.order
    strings, offsets = bytearray(b"\0"), {}

    def name(text):
        if text not in offsets:
            offsets[text] = len(strings)
            strings.extend(text.encode() + b"\0")
        return offsets[text]

    fields, categories = b"", b""
    for each in model.fields:
        first = len(categories) // 4 if each.kind == SYMBOLIC else 0
        fields += struct.pack(
            o + "IIII", name(each.name), each.kind, first, len(each.categories))
        for category in sorted(each.categories, key=str.encode):
            categories += struct.pack(o + "I", name(category))

    layers, weights, geometries = b"", b"", b""
    plan = model.encoder + model.decoder
    for each in plan:
        inputs, outputs = each.weights.shape
        stride = up(outputs, 16)
        starts = []
        for array in arrays_of(each, stride, o):
            starts.append(up(len(weights), 64))
            weights = weights.ljust(starts[-1], b"\0") + array
        shape, operation, place = each.geometry, DENSE, 0
        if shape is not None:
            operation = TRANSPOSED if shape.transposed else CONVOLUTION
            place = 64 * len(plan) + len(geometries)
            geometries += struct.pack(
                GEOMETRY.replace("=", o), *shape.input, *shape.output, *shape.kernel, *shape.stride,
                *shape.padding)
        layers += struct.pack(
            LAYER.replace("=", o), operation, each.activation, each.element, each.slope, inputs,
            outputs, stride, *(starts + [0])[:3], each.shift, each.input_scale, each.input_zero,
            each.input_max, place)
    layers += geometries

    head = struct.pack(
        o + "IIIIIIIffI24x", model.kind, model.score, len(model.fields), model.inputs,
        model.latent, len(model.encoder), len(model.decoder), model.reconstruction_weight,
        model.kl_weight, model.calibration_rows)
    calibration = b"".join(struct.pack(o + "ff", *point) for point in model.calibration)
    required = [
        head, bytes(strings), fields, categories, features_section(model), layers, weights, calibration,
        model.provenance.encode() + b"\0"]
    return list(enumerate(required, 1)) + list(model.optional)


def arrays_of(layer, stride, o):
    """The bytes of W and b, and of scale where the type has one."""
    inputs, outputs = layer.weights.shape
    matrix = np.zeros((up(inputs, rows_together(layer.element)), stride), o + ELEMENT[layer.element])
    matrix[:inputs, :outputs] = layer.weights
    yield side_by_side(matrix, layer.element).tobytes()
    vectors = [(layer.bias, "i4" if layer.element == INT8_INTEGER else "f4")]
    if layer.element in SCALED:
        vectors.append((layer.scale, "i4" if layer.shift else "f4"))
    for numbers, kind in vectors:
        array = np.zeros(stride, o + kind)
        array[:outputs] = numbers
        yield array.tobytes()


def rows_together(element):
    """How many rows of W stand side by side."""
    return 4 if element == INT8_INTEGER else 1


def side_by_side(matrix, element):
    """A matrix [rows, stride] as the file has it: [groups, stride, rows of a group]."""
    together = rows_together(element)
    return matrix.reshape(-1, together, matrix.shape[1]).transpose(0, 2, 1)


def row_by_row(stored):
    """The matrix [rows, stride] of what the file has: the inverse of side_by_side."""
    return stored.transpose(0, 2, 1).reshape(-1, stored.shape[1])


def features_section(model):
    o, lanes = model.order, up(len(model.fields), 16)
    ranges = np.zeros((2, lanes), o + "f4")
    for i, each in enumerate(model.fields):
        if each.kind == SYMBOLIC:
            ranges[1, i] = len(each.categories) - 1
        else:
            ranges[:, i] = each.minimum, each.maximum
    planes, one_hots, first_input = [], b"", 0
    next_plane = [0] * lanes
    for each in model.features:
        if each.operation == ONE_HOT:
            one_hots += struct.pack(o + "II", each.field, first_input)
        else:
            plane = next_plane[each.field] if each.plane < 0 else each.plane
            next_plane[each.field] = plane + 1
            while len(planes) <= plane:
                planes.append((np.full(lanes, NO_INPUT, o + "u4"), np.zeros((4, lanes), o + "f4")))
            planes[plane][0][each.field] = first_input
            planes[plane][1][:, each.field] = each.offset, each.scale, each.low, each.high
        first_input += feature_inputs(model, each)
    head = struct.pack(o + "III52x", len(planes), len(one_hots) // 8, model.min_max_planes)
    body = b"".join(
        inputs.tobytes() + (numbers[1] if i < model.min_max_planes else numbers).tobytes()
        for i, (inputs, numbers) in enumerate(planes))
    return head + ranges.tobytes() + body + one_hots


def assemble(sections, order=LITTLE, hash_of_features=0, minor=0):
    """A file of these (kind, bytes) pairs, with a header and a checksum."""
    at = up(64 + 16 * len(sections), 64)
    table, body = b"", b""
    start = at
    for kind, content in sections:
        at = up(at, 64)
        table += struct.pack(order + "IIII", kind, at, len(content), 0)
        body = body.ljust(at - start, b"\0") + content
        at += len(content)
    file_bytes = up(at, 64)
    header = MAGIC + struct.pack(
        order + "IHHIIQI28x", BYTE_ORDER, 1, minor, file_bytes, 0, hash_of_features,
        len(sections))
    return sign((header + table).ljust(start, b"\0") + body.ljust(file_bytes - start, b"\0"))


def order_of(data):
    return BIG if data[8:12] == bytes([0x0A, 0x0B, 0x0C, 0x0D]) else LITTLE


def checksum(data):
    return zlib.crc32(data[:20] + bytes(4) + data[24:])


def sign(data):
    """The same bytes with a fresh checksum."""
    return data[:20] + struct.pack(order_of(data) + "I", checksum(data)) + data[24:]


def write(model):
    return assemble(
        sections_of(model), model.order, model.feature_hash or feature_hash(model.fields),
        model.minor)


# ---- Reading: the checks of FORMAT.md, in order --------------------------------------------------


def require(holds, check, why):
    if not holds:
        raise Refused(check, why)


def finite(*numbers):
    return all(np.isfinite(number) for number in numbers)


def read(data, order=None):
    """The model in these bytes. Raises Refused with the number of the first check that fails.

    Check 1 is about the address of the bytes, which Python does not choose. `order` is the byte
    order that the reader asks for; None accepts either.
    """
    o, section = read_container(data, order)
    model = read_model(section["model"], o)
    counts = struct.unpack_from(o + "IIIII", section["model"], 8)
    read_schema(model, section, o, counts[0], counts[1])
    read_features(model, section["features"], o, counts[1])
    read_layers(model, section, o, counts[1], *counts[3:5])
    read_calibration(model, section["calibration"], o)
    text = section["provenance"]
    require(1 <= len(text) <= 65536 and text.find(b"\0") == len(text) - 1, 56,
            "provenance is not one text ended by a NUL")
    model.provenance = text[:-1].decode("utf-8", "replace")
    model.order = o
    model.minor, = struct.unpack_from(o + "H", data, 14)
    model.feature_hash, = struct.unpack_from(o + "Q", data, 24)
    model.optional = section["optional"]
    read_typical(model, section.get(TYPICAL), o)
    return model


def read_typical(model, data, o):
    """Checks the optional section *typical*: a record that scores do not depend on."""
    if data is None:
        return
    require(len(data) == 4 * len(model.fields), 57, f"{len(data)} bytes")
    for field, value in zip(model.fields, struct.unpack(f"{o}{len(model.fields)}f", data)):
        require(finite(value), 58, f"{field.name}: {value}")
        require(field.kind == NUMERIC or value in range(len(field.categories)), 58,
                f"{field.name}: {value}")


def read_container(data, order):
    require(len(data) >= 64, 2, f"{len(data)} bytes")
    require(data[:8] == MAGIC, 3, "magic")
    o = order_of(data) if order is None else order
    require(struct.unpack_from(o + "I", data, 8)[0] == BYTE_ORDER, 4, "byte order")
    major, _, file_bytes, stored, _, count = struct.unpack_from(o + "HHIIQI", data, 12)
    require(major == 1, 5, f"major {major}")
    require(len(data) >= file_bytes, 6, f"{len(data)} of {file_bytes} bytes")
    require(len(data) == file_bytes and file_bytes % 64 == 0, 7, f"{len(data)} bytes")
    require(file_bytes <= 16777216, 8, f"{file_bytes} bytes")
    require(checksum(data) == stored, 9, f"{stored:08x}, should be {checksum(data):08x}")
    require(not any(data[36:64]), 10, "reserved bytes of the header")
    require(9 <= count <= 16 and 64 + 16 * count <= file_bytes, 11, f"{count} sections")

    table = [struct.unpack_from(o + "IIII", data, 64 + 16 * i) for i in range(count)]
    kinds = [entry[0] for entry in table]
    optional = [FIRST_OPTIONAL - 1] + kinds[9:]
    require(kinds[:9] == list(range(1, 10)), 12, f"kinds {kinds}")
    require(all(a < b for a, b in zip(optional, optional[1:])), 12, f"kinds {kinds}")
    end = 64 + 16 * count
    gaps = []
    for kind, offset, size, _ in table:
        require(offset == up(end, 64) and offset + size <= file_bytes, 13,
                f"section {kind} at {offset}, {size} bytes")
        gaps.append((end, offset))
        end = offset + size
    require(up(end, 64) == file_bytes, 14, f"sections end at {end}, file at {file_bytes}")
    gaps.append((end, file_bytes))
    require(not any(entry[3] for entry in table), 15, "reserved word of the section table")
    require(not any(any(data[a:b]) for a, b in gaps), 15, "bytes between sections")
    section = {SECTIONS.get(k, k): data[a:a + n] for k, a, n, _ in table}
    section["optional"] = [(k, data[a:a + n]) for k, a, n, _ in table[9:]]
    return o, section


def read_model(data, o):
    require(len(data) == 64 and not any(data[40:]), 16, "model section")
    kind, score, fields, inputs, latent, encoder, decoder, alpha, beta, rows = struct.unpack_from(
        o + "IIIIIIIffI", data)
    allowed = {ANOEAN: [MAHALANOBIS], VAE: [MAHALANOBIS, RECONSTRUCTION, RECONSTRUCTION_KL]}
    require(score in allowed.get(kind, []), 17, f"kind {kind}, score {score}")
    require(1 <= fields <= 1024 and 1 <= inputs <= 2048 and 1 <= latent <= 128, 18,
            f"{fields} fields, {inputs} inputs, {latent} latent")
    require(encoder >= 1 and encoder + decoder <= 16, 18, f"{encoder} + {decoder} layers")
    require((decoder == 0) == (score == MAHALANOBIS), 19, f"{decoder} decoder layers")
    fits = {
        MAHALANOBIS: alpha == 0 and beta == 0,
        RECONSTRUCTION: alpha == 1 and beta == 0,
        RECONSTRUCTION_KL: finite(alpha, beta) and alpha > 0 and beta >= 0,
    }[score]
    require(fits and rows != 0, 20, f"weights {alpha} and {beta}, {rows} rows")
    return Model(kind, score, latent, [], [], [], [], alpha, beta, rows)


def name_at(strings, offset, check):
    require(1 <= offset < len(strings) and strings[offset - 1] == 0, check, f"name at {offset}")
    name = strings[offset:strings.index(b"\0", offset)]
    require(1 <= len(name) <= 255, check, f"a name of {len(name)} bytes")
    return name


def read_schema(model, section, o, field_count, input_count):
    strings = section["strings"]
    require(1 <= len(strings) <= 1048576 and strings[0] == 0 and strings[-1] == 0, 21, "strings")
    require(not any(1 <= c < 32 or c == 127 for c in strings), 22, "control character in strings")

    data = section["fields"]
    require(len(data) == 16 * field_count, 23, f"{len(data)} bytes of fields")
    names, counts, total = [], [], 0
    for name, kind, first, count in struct.iter_unpack(o + "IIII", data):
        names.append(name_at(strings, name, 24))
        require(kind in (NUMERIC, SYMBOLIC), 25, f"field kind {kind}")
        if kind == NUMERIC:
            require(first == 0 and count == 0, 26, f"numeric field with categories {first} {count}")
        else:
            require(first == total and 1 <= count <= 1024, 26, f"categories {first} {count}")
        model.fields.append(Field(names[-1].decode("utf-8", "replace"), kind))
        counts.append(count)
        total += count
        require(total <= input_count, 26, f"{total} categories, {input_count} inputs")

    data = section["categories"]
    require(len(data) == 4 * total, 27, f"{len(data)} bytes of categories")
    offsets = iter(struct.unpack(f"{o}{total}I", data))
    for each, count in zip(model.fields, counts):
        before = b""
        for _ in range(count):
            name = name_at(strings, next(offsets), 28)
            require(name > before, 28, f"category {name} after {before}")
            before = name
            each.categories.append(name.decode("utf-8", "replace"))
    require(len(set(names)) == len(names), 29, "two fields share a name")


def read_features(model, data, o, input_count):
    require(len(data) >= 64 and not any(data[12:64]), 30, f"{len(data)} bytes of features")
    plane_count, one_hot_count, model.min_max_planes = struct.unpack_from(o + "III", data)
    symbolic = [i for i, each in enumerate(model.fields) if each.kind == SYMBOLIC]
    require(model.min_max_planes <= plane_count <= MOST_PLANES and one_hot_count == len(symbolic),
            31, f"{plane_count} planes, {model.min_max_planes} min-max, {one_hot_count} one-hots")
    lanes = up(len(model.fields), 16)
    size = 64 + lanes * (8 + 20 * plane_count - 12 * model.min_max_planes) + 8 * one_hot_count
    require(len(data) == size, 32, f"{len(data)} bytes of features, not {size}")

    low, high = np.frombuffer(data, o + "f4", 2 * lanes, 64).reshape(2, lanes)
    for i in range(lanes):
        if i < len(model.fields) and model.fields[i].kind == NUMERIC:
            require(finite(low[i], high[i]) and low[i] <= high[i], 33, f"{low[i]} ... {high[i]}")
            model.fields[i].minimum, model.fields[i].maximum = float(low[i]), float(high[i])
        else:
            top = len(model.fields[i].categories) - 1 if i < len(model.fields) else 0
            require(low[i] == 0 and high[i] == top, 33, f"range of lane {i}")

    at = 64 + 8 * lanes
    planes = []
    for plane in range(plane_count):
        inputs, at = np.frombuffer(data, o + "u4", lanes, at), at + 4 * lanes
        rows = 1 if plane < model.min_max_planes else 4
        numbers, at = np.frombuffer(data, o + "f4", rows * lanes, at), at + 4 * rows * lanes
        planes.append((inputs, numbers.reshape(rows, lanes)))
    one_hots = list(struct.iter_unpack(o + "II", data[at:]))
    require([where for where, _ in one_hots] == symbolic, 34, f"one-hots {one_hots}")
    first_inputs = dict(one_hots)
    inputs = 0
    for i in range(lanes):
        numeric = i < len(model.fields) and model.fields[i].kind == NUMERIC
        for plane, (numbers_of_inputs, numbers) in enumerate(planes):
            number = int(numbers_of_inputs[i])
            if number == NO_INPUT:
                require(all(each == 0 for each in numbers[:, i]), 36, f"numbers without input in lane {i}")
                continue
            require(numeric and number == inputs, 35, f"input {number} in lane {i}")
            offset, scale, least, most = (
                (float(each) for each in numbers[:, i]) if len(numbers) == 4
                else (model.fields[i].minimum, float(numbers[0, i]), 0.0, 1.0))
            require(finite(offset, scale, least, most) and least <= most, 36, f"lane {i}")
            model.features.append(Feature(i, AFFINE, offset, scale, least, most, plane))
            inputs += 1
        if i in first_inputs:
            require(first_inputs[i] == inputs, 35, f"input {first_inputs[i]} of field {i}")
            model.features.append(Feature(i, ONE_HOT))
            inputs += len(model.fields[i].categories)
    require(inputs == input_count, 35, f"{inputs} inputs")


@dataclass
class LayerRecord:
    """What the 64 bytes of a layer say."""
    operation: int
    activation: int
    element: int
    slope: float
    inputs: int
    outputs: int
    stride: int
    weights: int
    bias: int
    scale: int
    shift: int
    input_scale: float
    input_zero: int
    input_max: int
    geometry: int

    @property
    def rows(self):
        """Rows of W in the file, those that fill up the last group among them."""
        return up(self.inputs, rows_together(self.element))

    @property
    def weight_bytes(self):
        return self.rows * self.stride * np.dtype(ELEMENT[self.element]).itemsize


def read_layers(model, section, o, input_count, encoder_count, decoder_count):
    data, weights = section["layers"], section["weights"]
    count = encoder_count + decoder_count
    require(len(data) >= 64 * count, 37, f"{len(data)} bytes of layers")
    plan = records_of(data[:64 * count], o)
    convolutions = sum(each.operation in (CONVOLUTION, TRANSPOSED) for each in plan)
    require(len(data) == 64 * (count + convolutions), 37, f"{len(data)} bytes of layers")
    place, all_outputs, multiply_adds, shapes = 64 * count, 0, 0, []
    halves = plan[:encoder_count], plan[encoder_count:]
    end, width = 0, input_count
    for i, each in enumerate(plan):
        require(not any(data[64 * i + 60:64 * i + 64]), 37, f"reserved bytes of layer {i}")
        known = DENSE <= each.operation <= TRANSPOSED and each.activation <= SIGMOID
        require(known and each.element in ELEMENT, 38, f"operation {each.operation}, activation {each.activation}, element {each.element}")
        require(finite(each.slope) if each.activation == LEAKY_RELU else each.slope == 0, 39,
                f"slope {each.slope}")
        if i < encoder_count:
            read_quantization(each, halves[0], i)
        else:
            read_quantization(each, halves[1], i - encoder_count)
        if i == encoder_count:
            width = model.latent
        shape = None
        if each.operation == DENSE:
            require(each.geometry == 0, 46, f"layer {i} is dense and has a shape")
            inputs, outputs, windows = each.inputs, each.outputs, 1
        else:
            require(each.element != INT8_INTEGER, 38, "a convolution in integers")
            require(each.geometry == place, 46, f"shape of layer {i} at {each.geometry}")
            shape = read_geometry(each, data[place:place + 64], o)
            place += 64
            inputs, outputs = (int(np.prod(image)) for image in (shape.input, shape.output))
            windows = shape.narrow[0] * shape.narrow[1]
        shapes.append(shape)
        require(inputs == width, 40, f"layer {i} has {inputs} inputs, not {width}")
        require(1 <= outputs <= MOST_NUMBERS, 41, f"{outputs} outputs")
        require(each.stride == up(each.outputs, 16), 42, f"stride {each.stride}")
        all_outputs += outputs
        multiply_adds += windows * each.inputs * each.stride
        require(all_outputs <= MOST_OUTPUTS and multiply_adds <= MOST_MULTIPLY_ADDS, 49,
                f"{all_outputs} outputs, {multiply_adds} multiplications")
        start = up(end, 64)
        bias = up(start + each.weight_bytes, 64)
        end = bias + 4 * each.stride
        scale = 0
        if each.element in SCALED:
            scale = up(end, 64)
            end = scale + 4 * each.stride
        require((each.weights, each.bias, each.scale) == (start, bias, scale), 43,
                f"layer {i}: {each.weights}, {each.bias}, {each.scale}")
        width = outputs
        if i == encoder_count - 1:
            wanted = model.latent * (2 if model.score == RECONSTRUCTION_KL else 1)
            require(each.activation == LINEAR and width == wanted, 44, f"last encoder layer {each}")
    require(decoder_count == 0 or width == input_count, 45, f"{width} outputs of the decoder")
    require(len(weights) == end, 50, f"{len(weights)} bytes of weights, not {end}")

    used = np.zeros(len(weights), bool)
    for i, each in enumerate(plan):
        layer = read_numbers(each, weights, used, o)
        layer.geometry = shapes[i]
        (model.encoder if i < encoder_count else model.decoder).append(layer)
    require(not np.frombuffer(weights, "u1")[~used].any(), 52, "padding in weights")


def records_of(data, o):
    return [LayerRecord(*numbers) for numbers in struct.iter_unpack(LAYER.replace("=", o), data)]


def read_geometry(layer, data, o):
    """Checks 46 to 48: the shape of a convolution."""
    require(not any(data[48:]), 46, "reserved bytes of a shape")
    n = struct.unpack(GEOMETRY.replace("=", o), data)
    shape = Geometry(n[0:3], n[3:6], n[6:8], n[8:10], n[10:12], layer.operation == TRANSPOSED)
    within = all(1 <= size <= MOST_NUMBERS for size in n[:10]) and max(n[10:]) < MOST_NUMBERS
    rows = n[6] * n[7] * n[2]
    require(within and all(each <= MOST_NUMBERS for each in (
        n[0] * n[1] * n[2], n[3] * n[4] * n[5], rows)), 47, f"{shape}")
    for axis in (0, 1):
        narrow, wide = shape.narrow[axis], shape.wide[axis]
        kernel, stride, padding = shape.kernel[axis], shape.stride[axis], shape.padding[axis]
        end = wide + padding
        require(padding < kernel and (narrow - 1) * stride < end < narrow * stride + kernel, 48,
                f"{shape}")
    require((layer.inputs, layer.outputs) == (rows, n[5]), 48, f"{shape} of {layer}")
    return shape


def read_quantization(layer, half, i):
    """Check 39 for shift and the input numbers of the layer at i of its half."""
    before = half[i - 1] if i > 0 else None
    after = half[i + 1] if i + 1 < len(half) else None
    inputs = layer.input_scale, layer.input_zero, layer.input_max
    if layer.element != INT8_INTEGER:
        require(layer.shift == 0 and inputs == (0, 0, 0), 39, f"shift {layer.shift}, {inputs}")
        return
    if layer.input_scale == 0:
        require(before is not None and before.element == INT8_INTEGER and before.shift != 0, 39,
                "no integers to take")
        require(inputs == (0, 0, 0), 39, f"input {inputs} without input_scale")
    else:
        require(before is None or before.shift == 0, 39, "integers to take, and input_scale")
        require(finite(layer.input_scale) and layer.input_scale > 0, 39, f"input {inputs}")
        require(layer.input_max in (127, 16383) and layer.input_zero <= layer.input_max, 39,
                f"input {inputs}")
    if layer.shift != 0:
        require(layer.shift <= 62, 39, f"shift {layer.shift}")
        require(layer.activation == RELU, 39, f"integer outputs of activation {layer.activation}")
        require(after is not None and after.element == INT8_INTEGER and after.input_scale == 0, 39,
                "integer outputs that no layer takes")


def read_numbers(record, weights, used, o):
    """Check 51: a layer's arrays. Marks in `used` which bytes are not padding."""
    shape = (record.rows // rows_together(record.element), record.stride,
             rows_together(record.element))
    stored = np.frombuffer(
        weights, o + ELEMENT[record.element], record.rows * record.stride, record.weights)
    matrix = row_by_row(stored.reshape(shape))
    counts = np.zeros((record.rows, record.stride), bool)
    counts[:record.inputs, :record.outputs] = True
    mask = np.repeat(side_by_side(counts, record.element).reshape(-1), stored.itemsize)
    used[record.weights:record.weights + len(mask)] = mask

    def vector(at, kind):
        used[at:at + 4 * record.outputs] = True
        return np.frombuffer(weights, o + kind, record.outputs, at)

    exact = record.element == INT8_INTEGER
    layer = Layer(
        matrix[:record.inputs, :record.outputs], vector(record.bias, "i4" if exact else "f4"),
        record.activation, record.element, record.slope, None, record.shift, record.input_scale,
        record.input_zero, record.input_max)
    require(np.isfinite(layer.weights).all() and np.isfinite(layer.bias).all(), 51,
            "a weight is not finite")
    if record.element in SCALED:
        layer.scale = vector(record.scale, "i4" if record.shift else "f4")
        require(np.isfinite(layer.scale).all() and not np.signbit(layer.scale).any(), 51,
                "a scale is negative or not finite")
    return layer


def read_calibration(model, data, o):
    require(len(data) % 8 == 0 and 2 <= len(data) // 8 <= 1024, 53, f"{len(data)} bytes")
    points = list(struct.iter_unpack(o + "ff", data))
    for i, (score, tail) in enumerate(points):
        require(finite(score) and (i == 0 or score > points[i - 1][0]), 54, f"score {score}")
        require(0 < tail <= 1 and (i == 0 or tail < points[i - 1][1]), 55, f"tail {tail}")
    model.calibration = points


# ---- Scoring, in float32 and exact integers ------------------------------------------------------


def network_inputs(model, record):
    """The inputs x of the network for one record, and the flags that the record raises."""
    if not np.isfinite(record).all():
        raise NotScored("NOT_FINITE", "the record holds NaN or an infinity")
    flags = 0
    for value, each in zip(record, model.fields):
        if each.kind == NUMERIC:
            if not each.minimum <= value <= each.maximum:
                flags |= FLAG_OUT_OF_RANGE
        elif value == UNKNOWN:
            flags |= FLAG_UNKNOWN_CATEGORY
        elif not (0 <= value < len(each.categories) and value == int(value)):
            raise NotScored("CATEGORY", f"{value} in field {each.name}")
    x = []
    for feature in model.features:
        value = record[feature.field]
        if feature.operation == AFFINE:
            with np.errstate(over="ignore"):
                scaled = (value - np.float32(feature.offset)) * np.float32(feature.scale)
            x.append(np.clip(scaled, np.float32(feature.low), np.float32(feature.high)))
        else:
            hot = np.zeros(len(model.fields[feature.field].categories), np.float32)
            if value != UNKNOWN:
                hot[int(value)] = 1
            x.extend(hot)
    return np.array(x, np.float32), flags


def activate(layer, y):
    if layer.activation == RELU:
        return np.maximum(y, np.float32(0))
    if layer.activation == LEAKY_RELU:
        return np.where(y < 0, y * np.float32(layer.slope), y)
    if layer.activation == TANH:
        return np.tanh(y)
    if layer.activation == SIGMOID:
        return np.float32(1) / (np.float32(1) + np.exp(-y))
    return y


def forward(layers, x):
    for layer in layers:
        if layer.element == INT8_INTEGER:
            x = forward_integer(layer, x)
            continue
        if layer.geometry is not None:
            x = forward_image(layer, x)
            continue
        y = x @ layer.weights.astype(np.float32)
        if layer.element == INT8:
            y = y * layer.scale.astype(np.float32)
        x = activate(layer, y + layer.bias.astype(np.float32))
    return x


def forward_image(layer, x):
    """One convolution, by its definition: a product of a pixel's channels for each place."""
    shape = layer.geometry
    image = x.reshape(-1, shape.input[2])
    kernel = layer.weights.astype(np.float32).reshape(-1, shape.input[2], shape.output[2])
    y = np.zeros((shape.output[0] * shape.output[1], shape.output[2]), np.float32)
    for read, written, place in shape.joined():
        y[written] += image[read] @ kernel[place]
    if layer.element == INT8:
        y = y * layer.scale.astype(np.float32)
    return activate(layer, y + layer.bias.astype(np.float32)).reshape(-1)


def forward_integer(layer, x):
    """One layer in exact integers, which 64 bits hold: floats, or integers for the next layer."""
    if layer.input_scale != 0:
        scaled = x.astype(np.float32) * np.float32(layer.input_scale)
        if np.isnan(scaled).any():
            raise NotScored("OVERFLOW", "an input of integer arithmetic is not a number")
        nearest = np.rint(np.clip(scaled, -4194304, 4194304)).astype(np.int64)
        x = np.clip(nearest + layer.input_zero, 0, layer.input_max)
    sums = x @ layer.weights.astype(np.int64) + layer.bias
    sums = (sums + 2 ** 31) % 2 ** 32 - 2 ** 31
    if layer.shift == 0:
        return activate(layer, sums.astype(np.float32) * layer.scale.astype(np.float32))
    product = sums * layer.scale.astype(np.int64) + (1 << layer.shift - 1)
    return np.clip(product >> layer.shift, 0, 127)


def score(model, record):
    """(score, p-value, flags) of one record: an array of floats, one per field."""
    record = np.asarray(record, np.float32)
    x, flags = network_inputs(model, record)
    with np.errstate(over="ignore", invalid="ignore"):
        z = forward(model.encoder, x)
        if model.score == MAHALANOBIS:
            value = np.sqrt(np.sum(z * z, dtype=np.float32))
        else:
            means, log_variances = z[:model.latent], z[model.latent:]
            value = np.mean((x - forward(model.decoder, means)) ** 2, dtype=np.float32)
            if model.score == RECONSTRUCTION_KL:
                kl = np.sum(means ** 2 + np.exp(log_variances) - 1 - log_variances,
                            dtype=np.float32) / np.float32(2)
                value = (np.float32(model.reconstruction_weight) * value
                         + np.float32(model.kl_weight) * kl)
    if not np.isfinite(value):
        raise NotScored("OVERFLOW", "the score is not finite")
    if value > model.calibration[-1][0]:
        flags |= FLAG_BEYOND_TABLE
    return float(value), p_value(model.calibration, float(value)), flags


def p_value(points, s):
    if s < points[0][0]:
        return 1.0
    for (a, tail_a), (b, tail_b) in zip(points, points[1:]):
        if s <= b:
            return tail_a + (tail_b - tail_a) * (s - a) / (b - a)
    return points[-1][1]


def threshold(points, rate):
    """The smallest score whose p-value is at most rate; None if the table cannot tell."""
    if rate < points[-1][1]:
        return None
    if rate >= points[0][1]:
        return points[0][0]
    for (a, tail_a), (b, tail_b) in zip(points, points[1:]):
        if rate >= tail_b:
            return a + (b - a) * (rate - tail_a) / (tail_b - tail_a)


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


# ---- Showing -------------------------------------------------------------------------------------


def quantization(layer):
    """What dump says of a layer in integer arithmetic."""
    if layer.element != INT8_INTEGER:
        return ""
    text = " in integers"
    if layer.input_scale != 0:
        text += (f", from clamp(rint(x * {layer.input_scale:g}) + {layer.input_zero}, "
                 f"0, {layer.input_max})")
    if layer.shift != 0:
        text += f", to clamp((c * M + 2^{layer.shift - 1}) >> {layer.shift}, 0, 127)"
    return text


def window(shape):
    """What dump says of the shape of a convolution."""
    if shape is None:
        return ""
    name = "transposed convolution" if shape.transposed else "convolution"
    sizes = [" x ".join(map(str, each)) for each in (
        shape.input, shape.output, shape.kernel, shape.stride, shape.padding)]
    return ", {} {} -> {}, kernel {}, stride {}, padding {}".format(name, *sizes)


def dump(model):
    kinds = {ANOEAN: "AnoEAN", VAE: "VAE"}
    scores = {1: "Mahalanobis distance", 2: "reconstruction error",
              3: "reconstruction error and KL divergence"}
    activations = ["linear", "ReLU", "leaky ReLU", "tanh", "sigmoid"]
    yield f"{kinds[model.kind]}, {scores[model.score]}, 1.{model.minor}, " + (
        "big-endian" if model.order == BIG else "little-endian")
    yield f"feature hash {model.feature_hash:016x}, latent {model.latent}, inputs {model.inputs}"
    yield f"weights {model.reconstruction_weight:g} and {model.kl_weight:g}"
    for i, each in enumerate(model.fields):
        what = f"{each.minimum:g} ... {each.maximum:g}"
        yield f"field {i}: {each.name}: " + (", ".join(each.categories) or what)
    for each in model.features:
        yield f"feature of field {each.field}: " + (
            f"clamp((x - {each.offset:g}) * {each.scale:g}, {each.low:g}, {each.high:g})"
            if each.operation == AFFINE else "one-hot")
    for part, layers in (("encoder", model.encoder), ("decoder", model.decoder)):
        for each in layers:
            yield f"{part}: {each.sizes[0]} -> {each.sizes[1]}, " + (
                f"{activations[each.activation]}, {each.weights.dtype.name}"
                ) + quantization(each) + window(each.geometry)
    points = model.calibration
    yield (f"calibration: {model.calibration_rows} rows, {len(points)} points, "
           f"{points[0][0]:g} ({points[0][1]:g}) ... {points[-1][0]:g} ({points[-1][1]:g})")
    for kind, content in model.optional:
        yield f"optional section {kind}: {len(content)} bytes"
    yield f"provenance: {model.provenance}"


HEADER = [(8, "magic"), (4, "byte_order"), (4, "major, minor"), (4, "file_bytes"),
          (4, "checksum"), (8, "feature_hash"), (4, "section_count")]
RECORDS = {
    "model": [(4, n) for n in (
        "kind", "score", "fields", "inputs", "latent", "encoder_layers", "decoder_layers",
        "reconstruction_weight", "kl_weight", "calibration_rows")],
    "fields": [(4, n) for n in ("name", "kind", "first_category", "category_count")],
    "categories": [(4, "name")],
    "layers": [(4, n) for n in (
        "operation", "activation", "element", "slope", "inputs", "outputs", "stride", "weights",
        "bias", "scale", "shift", "input_scale", "input_zero", "input_max", "geometry")],
    "geometries": [(4, n) for n in (
        "in_height", "in_width", "in_channels", "out_height", "out_width", "out_channels",
        "kernel_height", "kernel_width", "stride_height", "stride_width", "padding_top",
        "padding_left")],
    "calibration": [(4, "score"), (4, "tail")],
}
RECORD_BYTES = {"model": 64, "fields": 16, "categories": 4, "layers": 64, "geometries": 64,
                "calibration": 8}
FLOATS = {"reconstruction_weight", "kl_weight", "slope", "tail", "input_scale"}


def hex_dump(data):
    """Lines of at most eight bytes with what they mean; runs of zeros are one line."""
    o, section = read_container(data, None)
    read(data)

    def value(at, size, name, where):
        if size != 4 or name == "major, minor":
            return ""
        as_float = name in FLOATS or (where, name) == ("calibration", "score")
        number, = struct.unpack_from(o + ("f" if as_float else "I"), data, at)
        if name in ("byte_order", "checksum"):
            return f" = 0x{number:08X}"
        return f" = {number:g}" if as_float else f" = {number}"

    def line(at, size, text):
        shown = data[at:at + size]
        if size > 8:
            same = shown.count(shown[0]) == size
            octets = f"{shown[:1].hex()} x {size}" if same else shown[:8].hex(" ") + " ..."
        else:
            octets = shown.hex(" ")
        return f"{at:04X}  {octets.upper().replace('X', 'x'):<27}  {text}"

    def zeros(at, end, text):
        return [line(at, end - at, text)] if end > at else []

    def fields_at(at, parts, where):
        for size, name in parts:
            yield line(at, size, name + value(at, size, name, where))
            at += size

    def features_at(at):
        planes, one_hots, min_max = struct.unpack_from(o + "III", data, at)
        fields = len(section["fields"]) // 16
        lanes = up(fields, 16)
        yield line(at, 4, f"planes = {planes}")
        yield line(at + 4, 4, f"one_hots = {one_hots}")
        yield line(at + 8, 4, f"min_max_planes = {min_max}")
        yield from zeros(at + 12, at + 64, "reserved")
        at += 64
        arrays = ["minimum", "maximum"]
        for plane in range(planes):
            names = ["input", "scale"] if plane < min_max else [
                "input", "offset", "scale", "low", "high"]
            arrays += [f"plane {plane}: {name}" for name in names]
        for name in arrays:
            code = "I" if name.endswith("input") else "f"
            for lane in range(fields):
                number, = struct.unpack_from(o + code, data, at + 4 * lane)
                shown = "none" if number == NO_INPUT and code == "I" else f"{number:g}"
                yield line(at + 4 * lane, 4, f"{name}[{lane}] = {shown}")
            if lanes > fields:
                yield line(at + 4 * fields, 4 * (lanes - fields), f"lanes {fields} ... {lanes - 1}")
            at += 4 * lanes
        for i in range(one_hots):
            field_number, first = struct.unpack_from(o + "II", data, at + 8 * i)
            yield line(at + 8 * i, 8, f"one-hot of field {field_number}: from input {first} on")

    def row_at(at, kind, name, layer):
        size = np.dtype(kind).itemsize
        for column in range(layer.outputs):
            number = np.frombuffer(data, o + kind, 1, at + column * size)[0]
            yield line(at + column * size, size, f"{name}[{column}] = {number:g}")
        yield from zeros(at + layer.outputs * size, at + layer.stride * size, "padding of the row")

    def weights_at(offset, layer):
        at = offset + layer.weights
        together = rows_together(layer.element)
        if together == 1:
            row_bytes = layer.weight_bytes // layer.inputs
            for row in range(layer.inputs):
                yield from row_at(at, ELEMENT[layer.element], f"W[{row}]", layer)
                at += row_bytes
        else:
            for first in range(0, layer.inputs, together):
                last = min(first + together, layer.inputs) - 1
                for column in range(layer.outputs):
                    four = np.frombuffer(data, "i1", together, at + column * together)
                    text = " ".join(str(number) for number in four[:last - first + 1])
                    yield line(at + column * together, together,
                               f"W[{first} ... {last}][{column}] = {text}")
                yield from zeros(at + layer.outputs * together, at + layer.stride * together,
                                 "padding of the rows")
                at += layer.stride * together
        yield from zeros(at, offset + layer.bias, "padding")
        kind = "i4" if layer.element == INT8_INTEGER else "f4"
        yield from row_at(offset + layer.bias, kind, "b", layer)

    layer_count = sum(struct.unpack_from(o + "II", section["model"], 20))
    shapes = struct.unpack_from(o + "I", data, 64 + 16 * 5 + 4)[0] + 64 * layer_count
    yield from fields_at(0, HEADER, "header")
    yield from zeros(36, 64, "reserved")
    count, = struct.unpack_from(o + "I", data, 32)
    end = 64 + 16 * count
    for at in range(64, end, 16):
        kind, offset, size, _ = struct.unpack_from(o + "IIII", data, at)
        yield line(at, 8, f"section {kind}, {SECTIONS.get(kind, 'optional')}: at 0x{offset:04X}")
        yield line(at + 8, 8, f"  {size} bytes; reserved")
    for at in range(64, 64 + 16 * count, 16):
        kind, offset, size, _ = struct.unpack_from(o + "IIII", data, at)
        name = SECTIONS.get(kind, "optional")
        yield from zeros(end, offset, "padding")
        end = offset + size
        yield ""
        yield f"{offset:04X}  {name}" + (" (empty)" if size == 0 else "")
        if name in RECORDS:
            for start in range(offset, end, RECORD_BYTES[name]):
                part = "geometries" if name == "layers" and start >= shapes else name
                used = sum(n for n, _ in RECORDS[part])
                yield from fields_at(start, RECORDS[part], part)
                yield from zeros(start + used, start + RECORD_BYTES[part], "reserved")
        elif name == "features":
            yield from features_at(offset)
        elif name == "weights":
            at = offset
            for each in records_of(section["layers"][:64 * layer_count], o):
                yield from zeros(at, offset + each.weights, "padding")
                yield from weights_at(offset, each)
                at = offset + each.bias + 4 * each.stride
                if each.element in SCALED:
                    yield from zeros(at, offset + each.scale, "padding")
                    kind, name = ("i4", "M") if each.shift else ("f4", "s")
                    yield from row_at(offset + each.scale, kind, name, each)
                    at = offset + each.scale + 4 * each.stride
        else:
            for start in range(offset, end, 8):
                shown = data[start:min(start + 8, end)]
                text = shown.decode("ascii", "replace").replace("\0", "\\0")
                yield line(start, len(shown), f'"{text}"')
    yield from zeros(end, len(data), "padding")


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
    worst = 0
    print("score,p_value,flags")
    with open(arguments.records, encoding="utf-8", newline="") as lines:
        for number, line in enumerate(lines, 1):
            try:
                record = (parse_line(model, line, arguments.delimiter) if arguments.text
                          else [float.fromhex(c) if "x" in c else float(c)
                                for c in line.split(arguments.delimiter)][:len(model.fields)])
                print("%.9g,%.9g,%d" % score(model, record))
            except NotScored as refused:
                print(f"{arguments.records}:{number}: {refused}", file=sys.stderr)
                worst = 1
    return worst


if __name__ == "__main__":
    sys.exit(main())
