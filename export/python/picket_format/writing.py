"""From a model to the bytes of a file."""

import struct

import numpy as np

from .bytes import bytes_of, checksum, feature_hash, order_of, up
from .calibration import calibration_section
from .constants import (
    BYTE_ORDER, CONVOLUTION, DENSE, GEOMETRY, LAYER, LITTLE, LOG, MAGIC, NO_INPUT, ONE_HOT, QUANTILE,
    SYMBOLIC, TRANSPOSED, TYPICAL)
from .model import feature_inputs
from .weights import arrays_of


def sections_of(model):
    """The sections of a model in file order, as (kind, bytes) pairs."""
    o = model.order
    strings, offsets = bytearray(b"\0"), {}

    def name(text):
        if text not in offsets:
            offsets[text] = len(strings)
            strings.extend(bytes_of(text) + b"\0")
        return offsets[text]

    fields, categories = b"", b""
    for each in model.fields:
        first = len(categories) // 4 if each.kind == SYMBOLIC else 0
        fields += struct.pack(
            o + "IIII", name(each.name), each.kind, first, len(each.categories))
        for category in sorted(each.categories, key=bytes_of):
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
    calibration = calibration_section(model.calibration, o)
    required = [
        head, bytes(strings), fields, categories, features_section(model), layers, weights, calibration,
        model.provenance.encode() + b"\0"]
    return list(enumerate(required, 1)) + list(model.optional)


def features_section(model):
    o, lanes = model.order, up(len(model.fields), 16)
    ranges = np.zeros((2, lanes), o + "f4")
    for i, each in enumerate(model.fields):
        if each.kind == SYMBOLIC:
            ranges[1, i] = len(each.categories) - 1
        else:
            ranges[:, i] = each.minimum, each.maximum
    affine, logs, one_hots, first_input = [], [], b"", 0
    next_plane = {}
    tables = np.full(lanes, NO_INPUT, o + "u4"), np.zeros(lanes, o + "u4")
    knots = []
    for each in model.features:
        if each.operation == ONE_HOT:
            one_hots += struct.pack(o + "II", each.field, first_input)
        elif each.operation == QUANTILE:
            tables[0][each.field] = first_input
            tables[1][each.field] = len(each.knots)
            knots += each.knots
        else:
            planes, key = logs if each.operation == LOG else affine, (each.operation, each.field)
            plane = next_plane.get(key, 0) if each.plane < 0 else each.plane
            next_plane[key] = plane + 1
            while len(planes) <= plane:
                planes.append((np.full(lanes, NO_INPUT, o + "u4"), np.zeros((4, lanes), o + "f4")))
            planes[plane][0][each.field] = first_input
            planes[plane][1][:, each.field] = each.offset, each.scale, each.low, each.high
        first_input += feature_inputs(model, each)
    quantiles = 1 if knots else 0
    head = struct.pack(
        o + "IIIIII40x", len(affine) + len(logs) + quantiles, len(one_hots) // 8,
        model.min_max_planes, len(logs), quantiles, len(knots))
    body = b"".join(
        inputs.tobytes() + (numbers[1] if i < model.min_max_planes else numbers).tobytes()
        for i, (inputs, numbers) in enumerate(affine + logs))
    if quantiles:
        ends = np.cumsum(tables[1]).astype(o + "u4")
        body += tables[0].tobytes() + ends.tobytes() + np.array(knots, o + "f4").T.tobytes()
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


def typical_section(model, record):
    """The optional section *typical*: a number for each field."""
    return TYPICAL, struct.pack(f"{model.order}{len(record)}f", *record)


def sign(data):
    """The same bytes with a fresh checksum."""
    return data[:20] + struct.pack(order_of(data) + "I", checksum(data)) + data[24:]


def write(model):
    return assemble(
        sections_of(model), model.order, model.feature_hash or feature_hash(model.fields),
        model.minor)
