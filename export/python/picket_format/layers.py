"""Layers, convolutions and weights: checks 37 to 52."""

import struct
from dataclasses import dataclass

import numpy as np

from .bytes import up
from .constants import (
    CONVOLUTION, DENSE, ELEMENT, GEOMETRY, INT8_INTEGER, LAYER, LEAKY_RELU, LINEAR, OUTPUT,
    MOST_MULTIPLY_ADDS, MOST_NUMBERS, MOST_OUTPUTS, RECONSTRUCTION_KL, RELU, SCALED, SIGMOID,
    TRANSPOSED)
from .container import finite, require
from .model import Geometry, Layer
from .weights import row_by_row, rows_together, side_by_side


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
            free = each.activation == LINEAR or model.score == OUTPUT
            require(free and width == wanted, 44, f"last encoder layer {each}")
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
        require(layer.shift <= 31, 39, f"shift {layer.shift}")
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
        if record.shift:
            require(((0 <= layer.scale) & (layer.scale < 2 ** 15)).all(), 51,
                    "a multiplier leaves 15 bits")
        else:
            require(np.isfinite(layer.scale).all() and not np.signbit(layer.scale).any(), 51,
                    "a scale is negative or not finite")
    return layer
