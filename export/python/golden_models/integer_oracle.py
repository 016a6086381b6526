"""Layers of integer arithmetic, in Python's integers."""

import math

import numpy as np

from picket_format import LEAKY_RELU, LINEAR, RELU
from .rounding import Overflow, Unsure, activated, binary32


def exact_integer(layer, x, same):
    """One layer in integers: floats, or integers for the next layer."""
    if layer.input_scale != 0:
        x = [quantized(layer, value, same) for value in x]
        same = True
    weights, bias = layer.weights.astype(np.int64), layer.bias.tolist()
    y = []
    for column, constant in enumerate(bias):
        products = np.array(x, np.int64) * weights[:, column]
        total = (constant + int(products.sum()) + 2 ** 31) % 2 ** 32 - 2 ** 31
        if layer.shift != 0:
            shifted = min(max(total >> layer.shift, 0), 2 ** 15 - 1)
            y.append(min(shifted * int(layer.scale[column]) + 2 ** 14 >> 15, 127))
        else:
            y.append(activated(layer, binary32(binary32(total) * float(layer.scale[column]))))
    if layer.activation == LEAKY_RELU:
        y = [binary32(value) for value in y]
    return y, same and layer.activation in (LINEAR, RELU, LEAKY_RELU)


def quantized(layer, value, same):
    """clamp(rint(value * input_scale) + input_zero, 0, input_max)."""
    if math.isnan(value):
        raise Overflow
    product = binary32(binary32(value) * binary32(layer.input_scale))
    product = min(max(product, -4194304.0), 4194304.0)
    number = min(max(round(product) + layer.input_zero, 0), layer.input_max)
    if not same:
        doubt = 1e-5 * abs(product) + 1e-4
        ends = (min(max(round(p) + layer.input_zero, 0), layer.input_max)
                for p in (product - doubt, product + doubt))
        if any(end != number for end in ends):
            raise Unsure
    return number
