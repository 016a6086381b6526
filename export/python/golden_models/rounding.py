"""What both oracles need: how far binary32 may lie from the truth, and activations."""

import math

import numpy as np

from picket_format import LEAKY_RELU, LINEAR, RELU, SIGMOID, TANH

FLOAT_MAX = float(np.finfo(np.float32).max)


class Overflow(Exception):
    pass


class Unsure(Exception):
    """A number beside a tie, that two readers may round to different integers."""


def binary32(value):
    """The nearest number of binary32; of a product of two of them, what binary32 gives."""
    with np.errstate(over="ignore"):
        return float(np.float32(value))


def binary32_range(terms):
    """The sum of the terms; an infinity where it lies beyond what binary32 holds."""
    terms = list(terms)
    if not all(map(math.isfinite, terms)):
        return sum(terms)  # an infinity, or not a number
    total = math.fsum(terms)
    return total if abs(total) <= FLOAT_MAX else math.copysign(math.inf, total)


def activated(layer, total):
    if total != total:
        return total
    return {
        LINEAR: lambda t: t,
        RELU: lambda t: max(t, 0.0),
        LEAKY_RELU: lambda t: t if t >= 0 else t * binary32(layer.slope),
        TANH: math.tanh,
        SIGMOID: lambda t: 0.0 if t < -700 else 1 / (1 + math.exp(-t)),
    }[layer.activation](total)
