"""A file's bytes, each line explained."""

import struct

import numpy as np

from .bytes import up
from .constants import ELEMENT, INT8_INTEGER, NO_INPUT, SCALED, SECTIONS
from .container import read_container
from .layers import records_of
from .reading import read
from .weights import rows_together

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
}
RECORD_BYTES = {"model": 64, "fields": 16, "categories": 4, "layers": 64, "geometries": 64}
FLOATS = {"reconstruction_weight", "kl_weight", "slope", "input_scale"}


def hex_dump(data):
    """Lines of at most eight bytes with what they mean; runs of zeros are one line."""
    o, section = read_container(data, None)
    read(data)

    def value(at, size, name):
        if size != 4 or name == "major, minor":
            return ""
        as_float = name in FLOATS
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

    def fields_at(at, parts):
        for size, name in parts:
            yield line(at, size, name + value(at, size, name))
            at += size

    def features_at(at):
        planes, one_hots, min_max, logs, quantiles, knots = struct.unpack_from(o + "IIIIII", data, at)
        fields = len(section["fields"]) // 16
        lanes = up(fields, 16)
        yield line(at, 4, f"planes = {planes}")
        yield line(at + 4, 4, f"one_hots = {one_hots}")
        yield line(at + 8, 4, f"min_max_planes = {min_max}")
        for place, (name, number) in enumerate((
                ("log_planes", logs), ("quantile_planes", quantiles), ("knots", knots)), 3):
            yield line(at + 4 * place, 4, f"{name} = {number}")
        yield from zeros(at + 24, at + 64, "reserved")
        at += 64
        arrays = ["minimum", "maximum"]
        for plane in range(planes):
            names = ["input", "scale"] if plane < min_max else [
                "input", "knot end"] if plane >= planes - quantiles else [
                "input", "offset", "scale", "low", "high"]
            arrays += [f"plane {plane}: {name}" for name in names]
        for name in arrays:
            code = "I" if name.endswith(("input", "end")) else "f"
            for lane in range(fields):
                number, = struct.unpack_from(o + code, data, at + 4 * lane)
                shown = "none" if number == NO_INPUT and name.endswith("input") else f"{number:g}"
                yield line(at + 4 * lane, 4, f"{name}[{lane}] = {shown}")
            if lanes > fields:
                yield line(at + 4 * fields, 4 * (lanes - fields), f"lanes {fields} ... {lanes - 1}")
            at += 4 * lanes
        for name in ("knot value", "knot quantile"):
            for knot in range(knots):
                number, = struct.unpack_from(o + "f", data, at + 4 * knot)
                yield line(at + 4 * knot, 4, f"{name}[{knot}] = {number:g}")
            at += 4 * knots
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
    yield from fields_at(0, HEADER)
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
                yield from fields_at(start, RECORDS[part])
                yield from zeros(start + used, start + RECORD_BYTES[part], "reserved")
        elif name == "features":
            yield from features_at(offset)
        elif name == "calibration":
            for at, (number,) in zip(range(offset, end, 4), struct.iter_unpack(o + "f", section[name])):
                point, what = (at - offset) // 4, "score"
                if point >= size // 8:
                    point, what = point - size // 8, "tail"
                yield line(at, 4, f"{what}[{point}] = {number:g}")
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
