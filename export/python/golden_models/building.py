"""Layers, fields and records that the models are made of."""

import math

import numpy as np

from picket_format import (
    AFFINE, FLOAT16, FLOAT32, INT8, INT8_INTEGER, LINEAR, NUMERIC, ONE_HOT, RELU, SYMBOLIC, UNKNOWN,
    Feature, Field, Layer, Model)
from .oracle import exact_score
from .rounding import Unsure


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


def integer_layer(random, inputs, outputs, activation=RELU, onward=False, slope=0.0, step=0.0, zero=0,
                  most=0):
    """A layer in integers whose sums are of a size that its outputs can tell.

    `onward` says that they are integers for the next layer. `step` is what an input of 1 stands for, 0 if
    the inputs are integers already.
    """
    weights = np.array([[random.below(256) - 128 for _ in range(outputs)] for _ in range(inputs)],
                       np.int8)
    reach = (most or 127) * 74 * math.sqrt(inputs / 3)  # of a sum of products, about
    offset = zero * weights.astype(np.int64).sum(axis=0)
    bias = np.array([round(random.uniform(-0.2, 0.4) * reach) for _ in range(outputs)]) - offset
    made = Layer(weights, bias.astype(np.int32), activation, INT8_INTEGER, slope)
    if step:
        made.input_scale, made.input_zero, made.input_max = 1 / step, zero, most
    if onward:
        made.shift = max(math.floor(math.log2(reach / 127 / 1.5)), 1)
        made.scale = np.array(
            [round(min(127 / reach * random.uniform(0.5, 1.5) * 2 ** (15 + made.shift), 2 ** 15 - 1))
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


def unit_fields(count):
    """Fields whose numeric ones go from 0 to 1 in one min-max plane, as trainers make them, and their
    features. Inputs of 60 fields begin new words of 64, and vectors of sixteen, in uneven places."""
    fields = [Field(f"s{i}", SYMBOLIC, categories=[f"{i}{letter}" for letter in "abcdefgh"[:2 + i]])
              if i in (1, 2, 6, 29, 30) else
              Field(f"n{i}", NUMERIC, *[(0, 1), (-3, 5), (100, 65536)][i % 3]) for i in range(count)]
    features = []
    for i, field in enumerate(fields):
        width = field.maximum - field.minimum
        features.append(Feature(i, AFFINE, field.minimum, np.float32(1 / width), 0, 1, 0) if width
                        else Feature(i, ONE_HOT))
    return fields, features


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
