#!/usr/bin/env python3
"""Writes export/golden/: small models, records, and what they must score.

    make_golden.py               writes the files
    make_golden.py --check       compares with the files that are there, writes nothing
    make_golden.py --large DIR   writes models at the limits (not kept: a few hundred KB) into DIR

For each model NAME:
    NAME.picket           the model
    NAME.records.csv      records: one float per field, exact
    NAME.scores.csv       status, score, p-value and flags of each record
    NAME.info.csv         what a reader tells about the model
    NAME.calibration.csv  p-values of scores, and thresholds of rates
MANIFEST.csv lists the models with their byte order. The worked examples of FORMAT.md are
dumps of two of them, written and compared with the rest.

Scores here are computed in float64 with exactly rounded sums (math.fsum) from the weights as the
file stores them: an oracle that shares neither the order of additions nor the precision of the
readers it judges. Layers of integer arithmetic are computed in Python's integers, from inputs in
binary32 that every reader has bit by bit. Where they are not, because sums in binary32 came before,
records are left out whose inputs lie so near to a tie that readers may round them apart. A reader's
score is right within 1e-5 relative, its p-value within 1e-4 of a p-value interpolated at a score
that may be off by so much, its flags exactly.
"""

import argparse
import dataclasses
import math
import os
import struct
import sys

import numpy as np

import picket_format as pf
from picket_format import (
    AFFINE, ANOEAN, BIG, FLOAT16, FLOAT32, INT8, INT8_INTEGER, LEAKY_RELU, LINEAR, MAHALANOBIS,
    NUMERIC, ONE_HOT, RECONSTRUCTION, RECONSTRUCTION_KL, RELU, SIGMOID, SYMBOLIC, TANH, UNKNOWN, VAE,
    Feature, Field, Geometry, Layer, Model)

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden")
FORMAT = os.path.join(GOLDEN, "..", "FORMAT.md")
FLOAT_MAX = float(np.finfo(np.float32).max)


class Random:
    """SplitMix64: the same numbers on every machine and under every version of numpy."""

    def __init__(self, seed):
        self.state = seed

    def bits(self):
        mask = 0xFFFFFFFFFFFFFFFF
        self.state = self.state + 0x9E3779B97F4A7C15 & mask
        z = self.state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & mask
        z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
        return z ^ z >> 31

    def uniform(self, low=0.0, high=1.0):
        return low + (high - low) * (self.bits() >> 11) / (1 << 53)

    def below(self, count):
        return self.bits() % count


# ---- The oracle: float64, straight from the formulas ---------------------------------------------


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
            rounded = total * int(layer.scale[column]) + 2 ** (layer.shift - 1) >> layer.shift
            y.append(min(max(rounded, 0), 127))
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


def exact_inputs(model, record):
    """The inputs of the network: where they become integers, the binary32 that they come from."""
    stored = binary32 if model.encoder[0].element == INT8_INTEGER else float
    x = []
    for feature in model.features:
        value = float(record[feature.field])
        if feature.operation == AFFINE:
            offset, scale, low, high = (
                float(np.float32(n))
                for n in (feature.offset, feature.scale, feature.low, feature.high))
            x.append(min(max(stored(stored(value - offset) * scale), low), high))
        else:
            categories = len(model.fields[feature.field].categories)
            x += [1.0 if i == value else 0.0 for i in range(categories)]
    return x


def exact_score(model, record):
    x = exact_inputs(model, record)
    z, same = exact(model.encoder, x)
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


# ---- Building models -----------------------------------------------------------------------------


def layer(random, inputs, outputs, activation=LINEAR, element=FLOAT32, slope=0.0, size=None):
    bound = size or math.sqrt(3.0 / inputs)
    if element == INT8:
        return byte_layer(random, inputs, outputs, activation, slope, bound)
    kind = np.float16 if element == FLOAT16 else np.float32
    weights = np.array(
        [[random.uniform(-bound, bound) for _ in range(outputs)] for _ in range(inputs)]
    ).astype(kind)
    bias = np.array([random.uniform(-0.25, 0.25) for _ in range(outputs)], np.float32)
    return Layer(weights, bias, activation, element, slope)


def convolution(random, shape, activation=LINEAR, element=FLOAT32, slope=0.0):
    """A layer of the shape that a Geometry says."""
    made = layer(random, shape.kernel[0] * shape.kernel[1] * shape.input[2], shape.output[2],
                 activation, element, slope)
    made.geometry = shape
    return made


def byte_layer(random, inputs, outputs, activation, slope, bound):
    """Signed bytes, -128 among them, with a scale for each output."""
    weights = np.array([[random.below(256) - 128 for _ in range(outputs)] for _ in range(inputs)],
                       np.int8)
    bias = np.array([random.uniform(-0.25, 0.25) for _ in range(outputs)], np.float32)
    scale = np.array([bound / 128 * random.uniform(0.5, 1.5) for _ in range(outputs)], np.float32)
    return Layer(weights, bias, activation, INT8, slope, scale)


def integer_layer(random, inputs, outputs, activation=RELU, shift=0, slope=0.0, step=0.0, zero=0,
                  most=0):
    """A layer in integers whose sums are of a size that its outputs can tell.

    `step` is what an input of 1 stands for, 0 if the inputs are integers already.
    """
    weights = np.array([[random.below(256) - 128 for _ in range(outputs)] for _ in range(inputs)],
                       np.int8)
    reach = (most or 127) * 74 * math.sqrt(inputs / 3)  # of a sum of products, about
    offset = zero * weights.astype(np.int64).sum(axis=0)
    bias = np.array([round(random.uniform(-0.2, 0.4) * reach) for _ in range(outputs)]) - offset
    made = Layer(weights, bias.astype(np.int32), activation, INT8_INTEGER, slope)
    if step:
        made.input_scale, made.input_zero, made.input_max = 1 / step, zero, most
    if shift:
        made.shift = shift
        made.scale = np.array(
            [round(min(127 / reach * random.uniform(0.5, 1.5) * 2 ** shift, 2 ** 31 - 1))
             for _ in range(outputs)], np.int32)
    else:
        made.scale = np.array(
            [2 / reach * random.uniform(0.5, 1.5) for _ in range(outputs)], np.float32)
    return made


def layers(random, *plan):
    """layers(random, 15, (20, RELU), (3, LINEAR)): one layer for each pair, the inputs first."""
    made, inputs = [], plan[0]
    for outputs, activation, *rest in plan[1:]:
        element = rest[0] if rest else FLOAT32
        slope = rest[1] if len(rest) > 1 else 0.0
        made.append(layer(random, inputs, outputs, activation, element, slope))
        inputs = outputs
    return made


def connection_fields():
    return [
        Field("duration", NUMERIC, 0, 120),
        Field("protocol", SYMBOLIC, categories=["icmp", "tcp", "udp"]),
        Field("service", SYMBOLIC, categories=["dns", "ftp", "http", "https", "mqtt", "ssh"]),
        Field("bytes", NUMERIC, -4, 65536),
        Field("error_rate", NUMERIC, 0, 1),
    ]


def connection_features():
    return [
        Feature(0, AFFINE, 0, 1 / 120, 0, 1),
        Feature(1, ONE_HOT),
        Feature(2, ONE_HOT),
        Feature(3, AFFINE, 1000, 1 / 5000, -3, 3),
        Feature(4, AFFINE, 0.5, -2, -1, 1),
    ]


INPUTS = 12  # of connection_features


def connection_model(kind, score, latent, **rest):
    return Model(kind, score, latent, connection_fields(), connection_features(), **rest)


def record_of(random, model, spread=0.0):
    """A record within the training range, or beyond it by up to `spread` times the range."""
    record = []
    for each in model.fields:
        if each.kind == SYMBOLIC:
            unknown = spread > 0 and random.uniform() < 0.25
            record.append(UNKNOWN if unknown else random.below(len(each.categories)))
        else:
            width = spread * (each.maximum - each.minimum)
            record.append(random.uniform(each.minimum - width, each.maximum + width))
    return np.array(record, np.float32)


def calibrated(random, model, rows=200, points=9):
    """Gives the model the table that `rows` records within the training range give."""
    scores = (score_or_nan(model, record_of(random, model)) for _ in range(rows))
    scores = sorted(score for score in scores if score == score)
    rows = len(scores)
    table = []
    for k in range(points):
        rank = round(k * (rows - 1) / (points - 1))
        score = float(np.float32(scores[rank]))
        tail = float(np.float32((rows - rank) / (rows + 1)))
        if not table or score > table[-1][0]:
            table.append((score, tail))
    if len(table) < 2:
        table.append((table[0][0] + 1, 1 / (rows + 1)))
    model.calibration, model.calibration_rows = table, rows
    return model


def records_for(random, model):
    """Six records within the range, six beyond it, all zero, and the corners of the range.

    A score near zero is the difference of larger numbers and shows their rounding magnified, so
    records whose score is far below the usual ones are left out.
    """
    records = [record_of(random, model) for _ in range(6)]
    records += [record_of(random, model, spread=1.0) for _ in range(6)]
    records.append(np.zeros(len(model.fields), np.float32))
    for corner in ("minimum", "maximum"):
        records.append(np.array([
            getattr(each, corner) if each.kind == NUMERIC
            else (0 if corner == "minimum" else len(each.categories) - 1)
            for each in model.fields], np.float32))
    records.append(np.array(
        [1e30 if each.kind == NUMERIC else UNKNOWN for each in model.fields], np.float32))
    table = model.calibration
    usual = table[len(table) // 2][0]

    def is_told(score):
        """Not so near to an end of the table that rounding decides the flag or the p-value."""
        edges = table[0][0], table[-1][0]
        return score > 0.25 * usual and all(abs(score - e) > 1e-4 * abs(e) for e in edges)

    return [record for record in records if is_told(score_or_nan(model, record))]


def score_or_nan(model, record):
    """The score; a NaN where readers may differ."""
    try:
        return exact_score(model, record)
    except Unsure:
        return math.nan


def note(text):
    return '{"about":"%s"}' % text


# ---- The models ----------------------------------------------------------------------------------


def smallest():
    """The smallest legal file: one field of one category, one number out."""
    model = Model(
        ANOEAN, MAHALANOBIS, 1, [Field("x", SYMBOLIC, categories=["x"])], [Feature(0, ONE_HOT)],
        [Layer(np.array([[2.0]], np.float32), np.array([-0.5], np.float32))],
        calibration=[(1.0, 0.5), (2.0, 0.125)], calibration_rows=7)
    return model, [np.array([value], np.float32) for value in (0, UNKNOWN)]


def one_number():
    """One number in, one out; every sum is exact, so the ends of the table are hit exactly."""
    model = Model(
        ANOEAN, MAHALANOBIS, 1, [Field("x", NUMERIC, 0, 1)], [Feature(0, AFFINE, 0, 1, 0, 1)],
        [Layer(np.array([[2.0]], np.float32), np.array([-1.0], np.float32))],
        calibration=[(0.25, 0.5), (1.0, 0.125)], calibration_rows=7)
    values = [0, 0.25, 0.5, 0.625, 0.75, 1, 2, -3, 1e30, 0.5625]
    return model, [np.array([value], np.float32) for value in values]


def anoean(random, element, *plan):
    model = connection_model(ANOEAN, MAHALANOBIS, plan[-1][0], provenance=note("AnoEAN"))
    model.encoder = layers(random, INPUTS, *[(n, a, element, *rest) for n, a, *rest in plan])
    return calibrated(random, model)


def vae(random, score, element, latent=2, activation=RELU, alpha=0.0, beta=0.0, **rest):
    model = connection_model(
        VAE, score, latent, provenance=note("VAE"), reconstruction_weight=alpha, kl_weight=beta,
        **rest)
    heads = 2 * latent if score == RECONSTRUCTION_KL else latent
    model.encoder = layers(random, INPUTS, (19, activation, element), (heads, LINEAR, element))
    if score != MAHALANOBIS:
        model.decoder = layers(
            random, latent, (9, activation, element), (INPUTS, SIGMOID, element))
    return calibrated(random, model)


def planes(random):
    """Fields that feed one input, several, none, and one in the second plane alone."""
    model = Model(
        ANOEAN, MAHALANOBIS, 2,
        [Field("count", NUMERIC, 0, 10), Field("unused", NUMERIC, -1, 1),
         Field("flag", SYMBOLIC, categories=["a", "b"]), Field("second", NUMERIC, 0, 4),
         Field("thrice", NUMERIC, 1, 2)],
        [Feature(0, AFFINE, 0, 0.1, 0, 1), Feature(0, AFFINE, 5, 1, -2, 2), Feature(2, ONE_HOT),
         Feature(3, AFFINE, 2, 0.25, -1, 1, plane=1), Feature(4, AFFINE, 1, 1, 0, 1),
         Feature(4, AFFINE, 1.5, 2, -1, 1), Feature(4, AFFINE, 1.5, -4, -2, 1)],
        layers(random, 8, (5, RELU), (2, LINEAR)), provenance=note("planes"))
    return calibrated(random, model)


def min_max(random):
    """Min-max planes before a plane: constant, reversed and wide ranges, inputs in either, in both."""
    fields = [Field(f"n{i}", NUMERIC, low, high) for i, (low, high) in enumerate(
        [(0, 1), (-3, 5), (7, 7), (-1e30, 1e30), (1e-30, 2e-30), (100, 65536)])]
    fields.insert(2, Field("kind", SYMBOLIC, categories=["a", "b", "c"]))

    def scaled(i, factor=1.0, plane=0):
        each = fields[i]
        width = each.maximum - each.minimum
        inverse = np.float32(1 / width) if width > 0 else 0
        return Feature(i, AFFINE, float(np.float32(each.minimum)), inverse * factor, 0, 1, plane)

    features = [scaled(0), scaled(1), scaled(1, -0.5, 1), Feature(2, ONE_HOT), scaled(3), scaled(4),
                Feature(4, AFFINE, 1, 1e-38, -2, 2, 2), scaled(5, 2.0, 1), scaled(6),
                Feature(6, AFFINE, 5000, 1e-4, -1, 3, 2)]
    model = Model(ANOEAN, MAHALANOBIS, 2, fields, features, min_max_planes=2,
                  provenance=note("min-max planes"))
    model.encoder = layers(random, model.inputs, (7, RELU), (2, LINEAR))
    return calibrated(random, model)


def seventeen_fields(random):
    """More fields than sixteen lanes, numeric and symbolic in turn."""
    fields = [Field(f"n{i}", NUMERIC, -i, i + 1) if i % 3 else
              Field(f"s{i}", SYMBOLIC, categories=["no", "yes"]) for i in range(17)]
    features = [Feature(i, AFFINE, 0.5, 2 / (i + 1), -1, 1) if i % 3 else Feature(i, ONE_HOT)
                for i in range(17)]
    model = Model(ANOEAN, MAHALANOBIS, 3, fields, features, provenance=note("two lane groups"))
    model.encoder = layers(random, model.inputs, (4, LEAKY_RELU, FLOAT16, 0.5), (3, LINEAR))
    return calibrated(random, model)


def symbolic_only(random):
    """No number at all; a field with one category; names that sort by unsigned bytes."""
    model = Model(
        VAE, RECONSTRUCTION, 1,
        [Field("only", SYMBOLIC, categories=["one"]),
         Field("état", SYMBOLIC, categories=["A", "Z", "a", "z", "zz", "é"])],
        [Feature(0, ONE_HOT), Feature(1, ONE_HOT)],
        layers(random, 7, (3, TANH), (1, LINEAR)), layers(random, 1, (7, SIGMOID)),
        reconstruction_weight=1, provenance=note("categories only"))
    return calibrated(random, model, points=5)


def optional_sections(random):
    """A later minor version with sections that a reader of 1.0 skips, one of them empty."""
    model = anoean(random, FLOAT32, (4, RELU), (2, LINEAR))
    model.minor = 3
    model.optional = [(256, b"skip me"), (257, b""), (300, bytes(range(1, 100))),
                      (0xFFFFFFFF, b"")]
    return model


def half_edges():
    """Every kind of binary16 number: subnormal, smallest normal, largest, negative zero."""
    bits = [0x0001, 0x0002, 0x03FF, 0x0400, 0x0401, 0x3C00, 0x3555, 0x7BFF, 0x8001, 0x83FF, 0xFBFF,
            0xBC01]
    values = np.array(bits, np.uint16).view(np.float16)
    weights = np.zeros((len(bits), 2), np.float16)
    weights[:, 0] = values
    weights[:, 1] = np.array([0x8000], np.uint16).view(np.float16)
    model = Model(
        VAE, MAHALANOBIS, 2,
        [Field("bits", SYMBOLIC, categories=[f"{b:04x}" for b in bits])], [Feature(0, ONE_HOT)],
        [Layer(weights, np.zeros(2, np.float32), element=FLOAT16)],
        calibration=[(1e-7, 0.75), (1.0, 0.5), (1000.0, 0.1)], calibration_rows=9,
        provenance=note("binary16"))
    return model, [np.array([i], np.float32) for i in range(len(bits))]


def saturated(random):
    """Activations far beyond where tanh and the logistic function are flat."""
    model = connection_model(ANOEAN, MAHALANOBIS, 3, provenance=note("saturated"))
    model.encoder = [
        layer(random, INPUTS, 17, TANH, size=60.0), layer(random, 17, 18, SIGMOID, size=400.0),
        layer(random, 18, 3)]
    return calibrated(random, model, points=3)


def clamps():
    """Each way a clamp can act: at both ends, with a scale below 0, equal bounds, scale 0."""
    model = Model(
        ANOEAN, MAHALANOBIS, 4, [Field(n, NUMERIC, -10, 10) for n in "abcd"],
        [Feature(0, AFFINE, 1, 0.5, -1, 1), Feature(1, AFFINE, -2, -0.25, -0.5, 2),
         Feature(2, AFFINE, 0, 3, 0.75, 0.75), Feature(3, AFFINE, 4, 0, -1, 1)],
        [Layer(np.diag([1, 2, 4, 8]).astype(np.float32),
               np.array([0, 0.5, 0, 0.125], np.float32))],
        calibration=[(1, 1.0), (3, 0.4), (4, 0.3), (5, 0.0005)], calibration_rows=1999,
        provenance=note("clamps"))
    values = [-1e30, -10, -2.5, -1, 0, 1, 2, 3, 9.5, 10, 1e30]
    return model, [np.array([v, w, -v, w], np.float32) for v in values for w in (-10, -1, 3, 11)]


def overflowing():
    """Finite weights that carry some records beyond binary32."""
    model = Model(
        VAE, RECONSTRUCTION_KL, 1, [Field("x", NUMERIC, -100, 100)],
        [Feature(0, AFFINE, 0, 1, -1000, 1000)],
        [Layer(np.array([[0.5, 1.0]], np.float32), np.zeros(2, np.float32))],
        [Layer(np.array([[3e38]], np.float32), np.zeros(1, np.float32), activation=TANH)],
        reconstruction_weight=1, kl_weight=0.5, calibration=[(0.5, 0.5), (1e5, 0.25)],
        calibration_rows=3, provenance=note("overflow"))
    return model, [np.array([v], np.float32) for v in (-900, -300, 2, 20, 60, 100, 200, 900)]


def not_a_number(activation, slope=0.0):
    """For |x| above 1.2 the second layer adds an infinity and its opposite: no score."""
    model = Model(
        ANOEAN, MAHALANOBIS, 1, [Field("x", NUMERIC, -1, 1)], [Feature(0, AFFINE, 0, 1, -9, 9)],
        [Layer(np.array([[3e38, -3e38]], np.float32), np.zeros(2, np.float32)),
         Layer(np.ones((2, 1), np.float32), np.zeros(1, np.float32), activation, slope=slope),
         Layer(np.array([[2]], np.float32), np.ones(1, np.float32))],
        calibration=[(1, 0.5), (2, 0.25)], calibration_rows=3, provenance=note("not a number"))
    return model, [np.array([v], np.float32) for v in (0, 1, -1, 0.5, 2, -2, 9, -100)]


# ---- Convolutions --------------------------------------------------------------------------------


def anoean_sequence(random, element, activation=RELU):
    """Two convolutions over a sequence, the channels of one of them no whole vector."""
    model = connection_model(ANOEAN, MAHALANOBIS, 3, provenance=note("convolutions on one axis"))
    model.encoder = [
        convolution(random, Geometry((1, 12, 1), (1, 6, 5), (1, 4), (1, 2), (0, 1)), activation, element),
        convolution(random, Geometry((1, 6, 5), (1, 3, 17), (1, 4), (1, 2), (0, 1)), LEAKY_RELU, element,
                    0.2),
        layer(random, 51, 3, LINEAR, element)]
    return calibrated(random, model)


def anoean_image(random, element):
    """Axes that differ in kernel, stride and padding; a convolution to one pixel at the end."""
    model = connection_model(ANOEAN, MAHALANOBIS, 3, provenance=note("convolutions on two axes"))
    model.encoder = [
        convolution(random, Geometry((3, 4, 1), (2, 5, 4), (3, 2), (2, 1), (1, 1)), TANH, element),
        convolution(random, Geometry((2, 5, 4), (1, 1, 3), (2, 5), (1, 1), (0, 0)), LINEAR, element)]
    return calibrated(random, model)


def vae_sequence(random, element):
    model = connection_model(
        VAE, RECONSTRUCTION, 2, provenance=note("transposed on one axis"), reconstruction_weight=1)
    model.encoder = [
        convolution(random, Geometry((1, 12, 1), (1, 6, 3), (1, 4), (1, 2), (0, 1)), RELU, element),
        layer(random, 18, 2, LINEAR, element)]
    model.decoder = [
        layer(random, 2, 12, RELU, element),
        convolution(random, Geometry((1, 6, 2), (1, 12, 1), (1, 4), (1, 2), (0, 1), True), SIGMOID,
                    element)]
    return calibrated(random, model)


def vae_image(random, **rest):
    """A decoder that begins with a transposed convolution of one pixel."""
    model = connection_model(
        VAE, RECONSTRUCTION_KL, 2, provenance=note("transposed on two axes"),
        reconstruction_weight=0.75, kl_weight=0.25, **rest)
    model.encoder = [
        convolution(random, Geometry((3, 4, 1), (2, 2, 3), (3, 3), (2, 2), (1, 1)), LEAKY_RELU,
                    slope=0.25),
        layer(random, 12, 4)]
    model.decoder = [
        convolution(random, Geometry((1, 1, 2), (2, 2, 3), (2, 2), (1, 1), (0, 0), True), RELU),
        convolution(random, Geometry((2, 2, 3), (3, 4, 1), (3, 3), (2, 2), (1, 1), True), SIGMOID)]
    return calibrated(random, model)


# ---- Models in bytes -----------------------------------------------------------------------------


def anoean_integer(random, most, zero, step, *widths, shift=30):
    """An AnoEAN in integers throughout: widths that fill neither groups nor vectors."""
    model = connection_model(ANOEAN, MAHALANOBIS, widths[-1], provenance=note("AnoEAN in integers"))
    inputs = INPUTS
    for i, outputs in enumerate(widths):
        last = i == len(widths) - 1
        model.encoder.append(integer_layer(
            random, inputs, outputs, LINEAR if last else RELU, 0 if last else shift,
            **(dict(step=step, zero=zero, most=most) if i == 0 else {})))
        inputs = outputs
    return calibrated(random, model)


def vae_integer(random, score, latent, end, most, alpha=1.0, beta=0.0, **rest):
    """Both halves in integers; what the decoder starts from has a sign."""
    model = connection_model(
        VAE, score, latent, provenance=note("VAE in integers"), reconstruction_weight=alpha,
        kl_weight=beta, **rest)
    heads = 2 * latent if score == RECONSTRUCTION_KL else latent
    zero = (most + 1) // 2
    model.encoder = [
        integer_layer(random, INPUTS, 19, RELU, 32, step=3 / zero, zero=zero, most=most),
        integer_layer(random, 19, 6, RELU, 24), integer_layer(random, 6, heads, LINEAR)]
    model.decoder = [
        integer_layer(random, latent, 9, RELU, 30, step=4 / zero, zero=zero, most=most),
        integer_layer(random, 9, INPUTS, end)]
    return calibrated(random, model)


def mixed(random, **rest):
    """Every type in one file: floats, integers, bytes, binary16, and integers between floats."""
    model = connection_model(
        VAE, RECONSTRUCTION_KL, 2, provenance=note("mixed"), reconstruction_weight=0.5,
        kl_weight=0.25, **rest)
    model.encoder = [
        layer(random, INPUTS, 5, RELU), integer_layer(random, 5, 18, RELU, 31, step=2 / 127, most=127),
        integer_layer(random, 18, 7, LEAKY_RELU, slope=0.25), layer(random, 7, 6, TANH, INT8),
        layer(random, 6, 4, LINEAR, FLOAT16)]
    model.decoder = [
        layer(random, 2, 3, RELU, INT8),
        integer_layer(random, 3, 4, RELU, 29, step=1 / 16383, most=16383),
        integer_layer(random, 4, 3, SIGMOID), integer_layer(random, 3, INPUTS, TANH, step=1 / 127, most=127)]
    return calibrated(random, model)


def integers(weights, bias, scale, activation=RELU, shift=0, slope=0.0, **inputs):
    return Layer(
        np.array(weights, np.int8), np.array(bias, np.int64).astype(np.int32), activation,
        INT8_INTEGER, slope, np.array(scale, np.int32 if shift else np.float32), shift, **inputs)


def told_apart(count):
    """A last layer whose one number moves by more than a reader's tolerance if an input moves by 1."""
    return integers([[20 + i] for i in range(count)], [50], [0.5], LINEAR)


def one_number_in_integers(low, high, encoder, values, about):
    model = Model(
        ANOEAN, MAHALANOBIS, encoder[-1].weights.shape[1], [Field("x", NUMERIC, low, high)],
        [Feature(0, AFFINE, 0, 1, low, high)], encoder, calibration=[(0.5, 0.5), (1e6, 0.125)],
        calibration_rows=3, provenance=note(about))
    return model, [np.array([value], np.float32) for value in values]


def integer_ties():
    """Inputs half-way between integers go to the even one; sums half-way go up."""
    bias = [20, 21, 22, 23, -3, -2, -1, 0, 253, 254, 255, 256, 257, -100, 40, 41, 42, 43]
    first = integers(
        [[1 - 2 * (i % 2) for i in range(18)]], [b - 64 * (1 - 2 * (i % 2)) for i, b in enumerate(bias)],
        [1, 1, 3, 1, 2, 1, 1, 3, 1, 1, 1, 1, 1, 0, 1, 5, 7, 1], shift=1,
        input_scale=2.0, input_zero=64, input_max=127)
    values = [i / 4 for i in range(-12, 13)] + [31.25, 31.5, 31.75, 32.25, -31.75, -32, -32.25, -40, 40]
    return one_number_in_integers(-100, 100, [first, told_apart(18)], values, "ties and clamps")


def integer_shifts(shift):
    """Sums and multipliers as large as they can be, and multipliers of zero."""
    top = 2 ** 31 - 1
    bias = [top - 128, top - 128, -top, 0, 1, 2 ** 20, -2 ** 20, 2 ** 30, 0, 2 ** 30 - 60]
    half = 2 ** (shift - 1)
    first = integers(
        [[1, -1, 1, 127, -128, 64, 3, 0, 5, 1]], bias,
        [top, top // 2, top, top, min(half, top), min(2 ** max(shift - 18, 0), top), top, 0,
         min(half // 3, top), top],
        shift=shift, input_scale=127.0, input_zero=0, input_max=127)
    values = [i / 8 for i in range(9)] + [0.3, 0.7, 0.99]
    return one_number_in_integers(0, 1, [first, told_apart(10)], values, f"a shift of {shift}")


def integer_wrap():
    """Sums that leave 32 bits on either side and come back on the other."""
    top = 2 ** 31 - 1
    first = integers(
        [[127, -128, 127, 1, -1], [127, -128, -127, 1, 0]],
        [top - 10 ** 6, 10 ** 6 - top, top, top - 16383, -top + 5],
        [1, 1, 1, 1, 3], shift=25, input_scale=16383.0, input_zero=0, input_max=16383)
    second = integers(
        [[i - j if i != j else 100 for j in range(6)] for i in range(5)],
        [top, -top - 1, top - 6000, 6100 - top, 0, top - 20], [1, 2, 3, 1, 2 ** 20, 1],
        shift=26)
    model, _ = one_number_in_integers(0, 1, [first, second, told_apart(6)], [], "sums modulo 2^32")
    model.fields.append(Field("y", NUMERIC, 0, 1))
    model.features.append(Feature(1, AFFINE, 0, 1, 0, 1))
    steps = (0, 0.0001, 0.25, 0.5, 0.75, 1)
    return model, [np.array([a, b], np.float32) for a in steps for b in steps]


def integer_bounds():
    """Inputs far beyond 2^22 of their units, and products beyond binary32."""
    first = integers(
        [[1, -1, 2]], [5, 16390, 0], [1, 0.5, 0.25], RELU, input_scale=1e6, input_zero=8000,
        input_max=16383)
    second = integers(
        [[1, 0, 2], [1, 3, 0], [0, 1, 0]], [-125, -230, -60], [1e36, 1e36, 1.2e-38], RELU,
        input_scale=0.01, input_zero=20, input_max=127)
    third = integers(
        [[7, 0], [1, 1], [0, 5]], [1, 2], [1, 1], RELU, 4, input_scale=3e38, input_zero=20,
        input_max=127)
    values = [0, 1e-38, -1e-38, 1e-30, 0.001, -0.001, 0.004, -0.0075, -0.0068, -0.0062, 0.008, -0.009,
              1, -1, 4.2, -4.2, 1e10, -1e10, 3e38, -3e38]
    return one_number_in_integers(
        -3.4e38, 3.4e38, [first, second, third, told_apart(2)], values, "inputs beyond 2^22")


def minus_zeros():
    """Where a float must be 0, -0 will do."""
    model = Model(
        VAE, RECONSTRUCTION, 2, [Field("x", NUMERIC, -1, 1)], [Feature(0, AFFINE, 0, 1, -1, 1)],
        [integers([[60, -70, 9]], [50, 60, 0], [3, 4, 5], shift=9, input_scale=8191.0,
                  input_zero=8192, input_max=16383),
         integers([[1, 2, 3], [-4, 5, 6], [7, 8, 9]], [1, 2, 3], [0.1, 0.2, 0.3]),
         Layer(np.array([[3, 1], [1, -2], [50, 60]], np.int8), np.array([1, 2], np.float32),
               element=INT8, scale=np.array([0.01, 0.02], np.float32))],
        [Layer(np.array([[0.5, 1], [-0.25, 2]], np.float16), np.zeros(2, np.float32), RELU, FLOAT16),
         Layer(np.array([[0.5], [0.125]], np.float32), np.ones(1, np.float32))],
        reconstruction_weight=1, calibration=[(1e-3, 0.5), (1e6, 0.25)], calibration_rows=3,
        provenance=note("-0 for 0"))
    for each in model.encoder + model.decoder:
        each.slope = -0.0
        if each.input_scale == 0:
            each.input_scale = -0.0
    return model, [np.array([v / 8], np.float32) for v in range(-8, 9)]


def infinite_inputs():
    """An infinity counts as 2^22 where it becomes an integer; what is not a number has no score."""
    model = Model(
        ANOEAN, MAHALANOBIS, 2, [Field("x", NUMERIC, -1, 1), Field("y", NUMERIC, -1, 1)],
        [Feature(0, AFFINE, 0, 1, -9, 9), Feature(1, AFFINE, 0, 1, -9, 9)],
        [Layer(np.array([[3e38, 0], [0, 3e38]], np.float32), np.zeros(2, np.float32)),
         Layer(np.array([[1, 1], [1, 0]], np.float32), np.zeros(2, np.float32)),
         integers(np.diag([1, -1]), [3, 130], [2, 3], RELU, 1, input_scale=1e-37, input_zero=60,
                  input_max=127),
         integers(np.diag([1, 2]), [5, 7], [1, 1], LINEAR)],
        calibration=[(1, 0.5), (2, 0.25)], calibration_rows=3, provenance=note("infinities"))
    values = (0, 0.5, -0.5, 9, -9)
    return model, [np.array([a, b], np.float32) for a in values for b in values]


def models():
    """(name, model, records) of every golden model. Each has its own generator and seed."""
    made = {"smallest": smallest(), "one-number": one_number(),
            "half-edges": half_edges(), "clamps": clamps(),
            "overflow": overflowing(), "nan-linear": not_a_number(LINEAR),
            "nan-relu": not_a_number(RELU), "nan-leaky": not_a_number(LEAKY_RELU, 0.5),
            "nan-tanh": not_a_number(TANH), "nan-sigmoid": not_a_number(SIGMOID),
            "integer-ties": integer_ties(), "integer-wrap": integer_wrap(),
            "integer-shift-1": integer_shifts(1), "integer-shift-31": integer_shifts(31),
            "integer-shift-33": integer_shifts(33), "integer-shift-62": integer_shifts(62),
            "integer-bounds": integer_bounds(), "nan-integer": infinite_inputs(),
            "minus-zeros": minus_zeros()}

    def add(name, seed, build):
        random = Random(seed)
        model = build(random)
        made[name] = model, records_for(random, model)

    add("anoean-f32", 1, lambda r: anoean(
        r, FLOAT32, (20, RELU), (7, LEAKY_RELU, 0.2), (3, LINEAR)))
    add("anoean-f16", 2, lambda r: anoean(r, FLOAT16, (33, LEAKY_RELU, 0.01), (4, LINEAR)))
    add("anoean-tanh", 3, lambda r: anoean(r, FLOAT32, (16, TANH), (17, TANH), (1, LINEAR)))
    add("anoean-sigmoid-f16", 4, lambda r: anoean(r, FLOAT16, (5, SIGMOID), (15, RELU), (8, LINEAR)))
    add("anoean-linear", 5, lambda r: anoean(r, FLOAT32, (3, LINEAR), (2, LINEAR)))
    add("anoean-one-layer", 6, lambda r: anoean(r, FLOAT32, (128, LINEAR)))
    add("vae-latent", 7, lambda r: vae(r, MAHALANOBIS, FLOAT32, latent=4))
    add("vae-reconstruction", 8, lambda r: vae(r, RECONSTRUCTION, FLOAT32, alpha=1))
    add("vae-reconstruction-f16", 9, lambda r: vae(
        r, RECONSTRUCTION, FLOAT16, latent=1, activation=TANH, alpha=1))
    add("vae-kl", 10, lambda r: vae(r, RECONSTRUCTION_KL, FLOAT32, alpha=0.8, beta=0.3))
    add("vae-kl-f16", 11, lambda r: vae(
        r, RECONSTRUCTION_KL, FLOAT16, latent=17, activation=SIGMOID, alpha=40, beta=0))
    add("vae-kl-big-endian", 10, lambda r: vae(
        r, RECONSTRUCTION_KL, FLOAT32, alpha=0.8, beta=0.3, order=BIG))
    add("planes", 12, planes)
    add("min-max", 28, min_max)
    add("seventeen-fields", 16, seventeen_fields)
    add("symbolic-only", 13, symbolic_only)
    add("optional-sections", 14, optional_sections)
    add("saturated", 15, saturated)
    add("anoean-int8", 17, lambda r: anoean(
        r, INT8, (20, RELU), (7, LEAKY_RELU, 0.2), (3, LINEAR)))
    add("anoean-integer", 18, lambda r: anoean_integer(r, 16383, 8192, 3 / 8191, 21, 6, 3))
    add("anoean-integer-127", 19, lambda r: anoean_integer(r, 127, 42, 1 / 42, 5, 17, 66, 2, shift=22))
    add("anoean-integer-one-layer", 20, lambda r: anoean_integer(r, 16383, 8191, 3 / 8191, 33))
    add("anoean-integer-wide", 21, lambda r: anoean_integer(r, 16383, 8192, 3 / 8191, 131, 80, 4))
    add("vae-latent-int8", 22, lambda r: vae(r, MAHALANOBIS, INT8, latent=5, activation=SIGMOID))
    add("vae-reconstruction-int8", 23, lambda r: vae(
        r, RECONSTRUCTION, INT8, latent=1, activation=TANH, alpha=1))
    add("vae-kl-int8", 24, lambda r: vae(r, RECONSTRUCTION_KL, INT8, alpha=0.8, beta=0.3))
    add("vae-reconstruction-integer", 25, lambda r: vae_integer(
        r, RECONSTRUCTION, 3, LINEAR, 127))
    add("vae-kl-integer", 26, lambda r: vae_integer(
        r, RECONSTRUCTION_KL, 2, SIGMOID, 16383, alpha=0.7, beta=0.2))
    add("vae-kl-integer-big-endian", 26, lambda r: vae_integer(
        r, RECONSTRUCTION_KL, 2, SIGMOID, 16383, alpha=0.7, beta=0.2, order=BIG))
    add("mixed", 27, mixed)
    add("mixed-big-endian", 27, lambda r: mixed(r, order=BIG))
    add("conv-anoean", 28, lambda r: anoean_sequence(r, FLOAT32))
    add("conv-anoean-f16", 29, lambda r: anoean_sequence(r, FLOAT16, TANH))
    add("conv-anoean-int8", 30, lambda r: anoean_sequence(r, INT8))
    add("conv-anoean-image", 31, lambda r: anoean_image(r, FLOAT32))
    add("conv-anoean-image-int8", 32, lambda r: anoean_image(r, INT8))
    add("conv-vae", 33, lambda r: vae_sequence(r, FLOAT32))
    add("conv-vae-f16", 34, lambda r: vae_sequence(r, FLOAT16))
    add("conv-vae-int8", 35, lambda r: vae_sequence(r, INT8))
    add("conv-vae-kl", 36, vae_image)
    add("conv-vae-kl-big-endian", 36, lambda r: vae_image(r, order=BIG))
    return made


def large_models():
    """Models at the limits of FORMAT.md: too large to keep, quick to make."""
    random = Random(100)
    names = [f"{i:04d}".rjust(255, "c") for i in range(1024)]
    fields = [Field("l" * 255, SYMBOLIC, categories=names),
              Field("r" * 255, SYMBOLIC, categories=names)]
    wide = Model(
        VAE, RECONSTRUCTION_KL, 2, fields, [Feature(0, ONE_HOT), Feature(1, ONE_HOT)],
        layers(random, 2048, (2, RELU, FLOAT16), (2048, LEAKY_RELU, FLOAT16, 0.1),
               (3, TANH, FLOAT16), (4, LINEAR, FLOAT32)),
        layers(random, 2, (3, TANH), (2048, RELU, FLOAT16), (1, LINEAR, FLOAT16),
               (2, TANH), (2, TANH), (2, TANH), (2, TANH), (2, TANH), (2, TANH), (2, TANH),
               (2, SIGMOID), (2048, SIGMOID, FLOAT32)),
        reconstruction_weight=1, kl_weight=1)
    calibrated(random, wide, rows=20)

    fields = [Field(f"field {i}", NUMERIC, -i - 1, i + 1) for i in range(1024)]
    many = Model(
        ANOEAN, MAHALANOBIS, 128, fields,
        [Feature(i // 2, AFFINE, i % 2, 1 / (i + 1), -2, 2) for i in range(2048)],
        layers(random, 2048, (16, RELU), (128, LINEAR)), provenance="x" * 65535)
    many.calibration = [(10 * i / 1024, 1 - i / 1024) for i in range(1, 1024)]
    many.calibration = [(0.0, 1.0)] + many.calibration

    # An image, integers and lists as large as they can be: where scratch is largest.
    deep = dataclasses.replace(
        wide, encoder=layers(random, 2048, (4, LINEAR, FLOAT16)),
        decoder=[
            integer_layer(random, 2, 8192, RELU, 31, step=4 / 64, zero=64, most=127),
            integer_layer(random, 8192, 2, LINEAR),
            convolution(random, Geometry(
                (1, 2, 1), (1, 8192, 1), (1, 4097), (1, 4095), (0, 0), True), TANH),
            convolution(random, Geometry((1, 8192, 1), (1, 2, 1), (1, 4096), (1, 4096), (0, 0))),
            layer(random, 2, 2048, SIGMOID)])
    calibrated(random, deep, rows=5)

    # Integers throughout.
    exact_wide = dataclasses.replace(
        wide, encoder=[
            integer_layer(random, 2048, 2048, RELU, 40, step=1 / 16383, most=16383),
            integer_layer(random, 2048, 3, RELU, 40), integer_layer(random, 3, 4, LINEAR)],
        decoder=[
            integer_layer(random, 2, 2048, RELU, 31, step=4 / 64, zero=64, most=127),
            integer_layer(random, 2048, 2048, SIGMOID)])
    calibrated(random, exact_wide, rows=5)
    return {"limit-width": (wide, records_for(random, wide)),
            "limit-fields": (many, records_for(random, many)),
            "limit-scratch": (deep, records_for(random, deep)),
            "limit-integer": (exact_wide, records_for(random, exact_wide))}


# ---- The files -----------------------------------------------------------------------------------


def number(value):
    return f"{float(value):.0f}" if float(value).is_integer() and abs(value) < 1e6 else repr(
        float(value))


def scores_text(model, records):
    lines = ["status,score,p_value,flags"]
    for record in records:
        try:
            score = exact_score(model, record)
            tail = pf.p_value(model.calibration, score)
            flags = exact_flags(model, record, score)
            lines.append(f"OK,{score:.9e},{tail:.9e},{flags}")
        except Overflow:
            lines.append("OVERFLOW,,,")
    return "\n".join(lines) + "\n"


def calibration_text(model):
    """Questions to the table and their answers, at, between and beyond its points."""
    points = [(float(np.float32(s)), float(np.float32(t))) for s, t in model.calibration]
    shown = points[:4] + points[-4:] if len(points) > 8 else points
    lines = ["question,at,answer"]
    scores = [points[0][0] - 1, points[-1][0] + 1, -FLOAT_MAX, FLOAT_MAX]
    rates = [points[-1][1]]
    for (a, tail_a), (b, tail_b) in zip(shown, shown[1:]):
        scores += [a, a + 0.25 * (b - a), a + 0.5 * (b - a)]
        rates += [tail_a, tail_b + 0.25 * (tail_a - tail_b), tail_b + 0.5 * (tail_a - tail_b)]
    scores.append(points[-1][0])
    rates += [(1 + points[0][1]) / 2]
    for score in (float(np.float32(s)) for s in scores):
        lines.append(f"p_value,{score!r},{pf.p_value(points, score):.9e}")
    for rate in (float(np.float32(r)) for r in rates):
        if points[-1][1] <= rate < 1:
            lines.append(f"threshold,{rate!r},{pf.threshold(points, rate):.9e}")
    return "\n".join(lines) + "\n"


def info_text(model, data):
    """What a reader tells about the model, its fields and their categories."""
    layers = model.encoder + model.decoder
    lines = [f"info,{name},{value}" for name, value in (
        ("kind", model.kind), ("score_kind", model.score),
        ("element_types", sum({1 << each.element for each in layers})),
        ("field_count", len(model.fields)), ("input_count", model.inputs),
        ("latent_size", model.latent), ("layer_count", len(layers)),
        ("parameter_count", sum(each.weights.size + each.bias.size for each in layers)),
        ("calibration_rows", model.calibration_rows),
        ("smallest_budget", repr(model.calibration[-1][1])),
        ("feature_hash", f"{model.feature_hash:016x}"), ("model_bytes", len(data)),
        ("provenance", model.provenance))]
    for i, each in enumerate(model.fields):
        lines.append(f"field,{i},{each.name},{each.kind},{len(each.categories)},"
                     f"{each.minimum!r},{each.maximum!r}")
        lines += [f"category,{i},{j},{name}" for j, name in enumerate(each.categories)]
    return "\n".join(lines) + "\n"


def files_of(made):
    files, manifest = {}, ["name,byte_order"]
    for name in sorted(made):
        model, records = made[name]
        data = pf.write(model)
        stored = pf.read(data)
        files[f"{name}.picket"] = data
        files[f"{name}.records.csv"] = "".join(
            ",".join(number(value) for value in record) + "\n" for record in records).encode()
        files[f"{name}.scores.csv"] = scores_text(stored, records).encode()
        files[f"{name}.info.csv"] = info_text(stored, data).encode()
        files[f"{name}.calibration.csv"] = calibration_text(stored).encode()
        manifest.append(f"{name},{'big' if model.order == BIG else 'little'}")
    files["MANIFEST.csv"] = ("\n".join(manifest) + "\n").encode()
    return files


def self_check(made):
    """The readable float32 scorer of picket_format.py must agree with the oracle."""
    compared = 0
    for name, (model, records) in made.items():
        stored = pf.read(pf.write(model))
        assert pf.write(stored) == pf.write(model), f"{name}: read and written again differs"
        for record in records:
            try:
                want = exact_score(stored, record)
            except Overflow:
                want = None
            try:
                got, tail, flags = pf.score(stored, record)
            except pf.NotScored as refused:
                assert refused.status == "OVERFLOW" and want is None, f"{name}: {refused}"
                continue
            assert want is not None, f"{name}: {got} should overflow"
            assert abs(got - want) <= 1e-5 * abs(want), f"{name}: {got} is not {want}"
            tail_wanted = pf.p_value(stored.calibration, want)
            assert abs(tail - tail_wanted) <= 1e-4 * tail_wanted, f"{name}: p-value {tail}"
            assert flags == exact_flags(stored, record, want), f"{name}: flags {flags}"
            compared += 1
    return compared


def compare(directory, files):
    """What differs between these files and those in a directory, as messages."""
    there = set(os.listdir(directory)) if os.path.isdir(directory) else set()
    for name in sorted(there - set(files)):
        yield f"{name}: not made here"
    for name in sorted(files):
        if name not in there:
            yield f"{name}: missing"
        else:
            with open(os.path.join(directory, name), "rb") as file:
                if file.read() != files[name]:
                    yield f"{name}: differs"


def save(directory, files):
    os.makedirs(directory, exist_ok=True)
    for name in sorted(files):
        with open(os.path.join(directory, name), "wb") as file:
            file.write(files[name])


def with_examples(text, *dumps):
    """FORMAT.md with the blocks of its worked examples replaced by these lines."""
    at = text.index("## Worked example")
    for lines in dumps:
        start = text.index("```text\n", at) + len("```text\n")
        at = text.index("```", start)
        text = text[:start] + "\n".join(lines) + "\n" + text[at:]
        at = text.index("```", start) + 3
    return text


def features_of(lines):
    """The features section of a dump."""
    start = next(i for i, line in enumerate(lines) if line.endswith("  features"))
    return lines[start:lines.index("", start)]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--large", metavar="DIR")
    arguments = parser.parse_args()
    if arguments.large:
        made = large_models()
        self_check(made)
        save(arguments.large, files_of(made))
        return 0
    made = models()
    compared = self_check(made)
    files = files_of(made)
    with open(FORMAT, encoding="utf-8") as file:
        text = file.read()
    example = with_examples(
        text, pf.hex_dump(files["smallest.picket"]),
        features_of(list(pf.hex_dump(files["one-number.picket"]))))
    if arguments.check:
        wrong = list(compare(GOLDEN, files))
        if example != text:
            wrong.append("FORMAT.md: the worked example is not what smallest.picket holds")
        print("\n".join(wrong) if wrong else
              f"golden: {len(made)} models as made here, {compared} scores agree in float32")
        return 1 if wrong else 0
    save(GOLDEN, files)
    with open(FORMAT, "w", encoding="utf-8") as file:
        file.write(example)
    print(f"golden: {len(made)} models, {sum(map(len, files.values()))} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
