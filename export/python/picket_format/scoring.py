"""Scores of records, in float32 and exact integers."""

import numpy as np

from .calibration import p_value
from .constants import (
    AFFINE, FLAG_BEYOND_TABLE, FLAG_OUT_OF_RANGE, FLAG_UNKNOWN_CATEGORY, INT8, INT8_INTEGER,
    LEAKY_RELU, LOG, MAHALANOBIS, NUMERIC, OUTPUT, QUANTILE, RECONSTRUCTION_KL, RELU, SIGMOID, TANH,
    UNKNOWN)
from .curves import quantile, signed_logarithm
from .refusals import NotScored


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
        if feature.operation == QUANTILE:
            x.append(quantile(feature.knots, value))
        elif feature.operation in (AFFINE, LOG):
            if feature.operation == LOG:
                value = signed_logarithm(value)
            with np.errstate(over="ignore", invalid="ignore"):
                scaled = (value - np.float32(feature.offset)) * np.float32(feature.scale)
            # Two comparisons, not np.clip: infinity times a scale of 0 is NaN, and becomes `low`.
            low, high = np.float32(feature.low), np.float32(feature.high)
            scaled = scaled if scaled > low else low
            x.append(scaled if scaled < high else high)
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
    shifted = np.clip(sums >> layer.shift, 0, 2 ** 15 - 1)
    return np.minimum(shifted * layer.scale.astype(np.int64) + 2 ** 14 >> 15, 127)


def score(model, record):
    """(score, p-value, flags) of one record: an array of floats, one per field."""
    record = np.asarray(record, np.float32)
    x, flags = network_inputs(model, record)
    with np.errstate(over="ignore", invalid="ignore"):
        z = forward(model.encoder, x)
        if model.score == MAHALANOBIS:
            value = np.sqrt(np.sum(z * z, dtype=np.float32))
        elif model.score == OUTPUT:
            value = z[0]
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
