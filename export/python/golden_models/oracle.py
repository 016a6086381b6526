"""Scores in float64, straight from the formulas, with exactly rounded sums."""

import math

import numpy as np

import picket_format as pf
from picket_format import (
    INT8_INTEGER, LOG, MAHALANOBIS, ONE_HOT, OUTPUT, QUANTILE, RECONSTRUCTION, SYMBOLIC, UNKNOWN)
from picket_format.curves import quantile, signed_logarithm
from .integer_oracle import exact_integer
from .rounding import Overflow, activated, binary32, binary32_range


def exact(layers, x, same=True):
    """The outputs of layers, and whether they are the same bits in every reader, as x is or not."""
    for layer in layers:
        if layer.element == INT8_INTEGER:
            x, same = exact_integer(layer, x, same)
        else:
            x, same = exact_float(layer, x), False
    return x, same


def exact_float(layer, x):
    weights, bias = layer.weights.astype(float).tolist(), layer.bias.astype(float).tolist()
    scale = None if layer.scale is None else layer.scale.astype(float).tolist()
    y = []
    for terms, column in products(layer, x, weights):
        constant = bias[column]
        if scale is None:
            total = binary32_range(terms + [constant])
        else:
            total = binary32_range([binary32_range(terms) * scale[column], constant])
        y.append(activated(layer, total))
    return y


def products(layer, x, weights):
    """For each output the products that it adds up, and its column of W."""
    shape = layer.geometry
    if shape is None:
        active = [i for i, value in enumerate(x) if value != 0]
        for column in range(layer.weights.shape[1]):
            yield [x[i] * weights[i][column] for i in active], column
        return
    channels, pixels = shape.input[2], shape.output[0] * shape.output[1]
    seen = [[] for _ in range(pixels)]
    for read, written, place in shape.joined():
        seen[written] += [(x[read * channels + c], weights[place * channels + c])
                          for c in range(channels) if x[read * channels + c] != 0]
    for window in seen:
        for column in range(shape.output[2]):
            yield [value * row[column] for value, row in window], column


def exact_inputs(model, record):
    """The inputs of the network: where they become integers, the binary32 that they come from."""
    as_stored = model.encoder[0].element == INT8_INTEGER
    stored = binary32 if as_stored else float
    x = []
    for feature in model.features:
        value = float(record[feature.field])
        if feature.operation == QUANTILE:
            x.append(float((quantile if as_stored else exact_quantile)(feature.knots, value)))
        elif feature.operation != ONE_HOT:
            if feature.operation == LOG:
                value = float(signed_logarithm(value)) if as_stored else math.copysign(
                    math.log1p(abs(value)), value)
            offset, scale, low, high = (
                float(np.float32(n))
                for n in (feature.offset, feature.scale, feature.low, feature.high))
            x.append(min(max(stored(stored(value - offset) * scale), low), high))
        else:
            categories = len(model.fields[feature.field].categories)
            x += [1.0 if i == value else 0.0 for i in range(categories)]
    return x


def exact_quantile(knots, value):
    """Linear between knots, constant beyond them."""
    if value <= knots[0][0]:
        return knots[0][1]
    for (low, q), (high, q_next) in zip(knots, knots[1:]):
        if value < high:
            return q + (value - low) / (high - low) * (q_next - q)
    return knots[-1][1]


def exact_score(model, record):
    x = exact_inputs(model, record)
    z, same = exact(model.encoder, x)
    if model.score == OUTPUT:
        return defined(z[0])
    if model.score == MAHALANOBIS:
        return defined(math.sqrt(binary32_range(value * value for value in z)))
    means, variances = z[:model.latent], z[model.latent:]
    rebuilt, _ = exact(model.decoder, means, same)
    error = binary32_range((a - b) ** 2 for a, b in zip(x, rebuilt)) / len(x)
    if model.score == RECONSTRUCTION:
        return defined(error)
    kl = 0.5 * binary32_range(
        m * m + math.exp(min(v, 700)) - 1 - v for m, v in zip(means, variances))
    alpha, beta = (float(np.float32(n)) for n in (model.reconstruction_weight, model.kl_weight))
    return defined(alpha * error + beta * kl)


def defined(score):
    if not math.isfinite(score):
        raise Overflow
    return score


def exact_flags(model, record, score):
    flags = 0
    for value, each in zip(record, model.fields):
        if each.kind == SYMBOLIC:
            flags |= pf.FLAG_UNKNOWN_CATEGORY if value == UNKNOWN else 0
        elif not np.float32(each.minimum) <= np.float32(value) <= np.float32(each.maximum):
            flags |= pf.FLAG_OUT_OF_RANGE
    return flags | (pf.FLAG_BEYOND_TABLE if score > model.calibration[-1][0] else 0)
