"""Models whose inputs are logarithms and quantiles, and distilled ones, whose output is the score."""

import math

import numpy as np

from picket_format import (
    AFFINE, ANOEAN, DISTILLED, LINEAR, LOG, MAHALANOBIS, NUMERIC, ONE_HOT, OUTPUT,
    QUANTILE, RECONSTRUCTION, RELU, SIGMOID, SYMBOLIC, TANH, UNKNOWN, VAE, Feature, Field, Layer,
    Model)
from .building import calibrated, integer_layer, layers, note, score_or_nan

# Tables of one knot, of two, of steps, of knots that are neighbours among floats, and of the widest.
KNOTS = [
    [(0, 0.5)],
    [(-1, 0), (1, 1)],
    [(0, 0.25), (1, 0.25), (2, 0.75), (511, 0.875), (512, 1)],
    [(1, 0), (float(np.nextafter(np.float32(1), np.float32(2))), 0.5), (3, 1)],
    [(-3e38, -1), (3e38, 1)],
    [(1e-45, 0.25), (1e-38, 0.5), (1e-30, 1)],
    [(2.0 ** n, n / 31) for n in range(32)],
    [(-50, 0.1), (0, 0.45), (10, 0.9)],
]
EXTREMES = [0.0, -0.0, 1e-45, -1e-45, 1e-38, 1.0, -1.0, 0.375, 77.0, 65536.0, -1e9, 3e38, -3e38,
            float(np.finfo(np.float32).max), -float(np.finfo(np.float32).max)]


def one_quantile():
    """One number, one table, one weight: the score is twice the quantile and a half."""
    knots = [(-2, 0), (-1, 0.25), (0, 0.25), (4, 0.75), (4.5, 1)]
    model = Model(
        DISTILLED, OUTPUT, 1, [Field("x", NUMERIC, -2, 4)], [Feature(0, QUANTILE, knots=knots)],
        [Layer(np.array([[2.0]], np.float32), np.array([0.5], np.float32))],
        calibration=[(0.5, 0.75), (1.0, 0.25), (2.25, 0.125)], calibration_rows=7, minor=2,
        provenance=note("one quantile"))
    values = [v for v, _ in knots] + [-1.5, -0.5, 1, 2, 3, 4.25, 5, -3, 3e38, -3e38, 1e-45]
    return model, [np.array([value], np.float32) for value in values]


def one_logarithm():
    """One number, its logarithm, one weight."""
    model = Model(
        DISTILLED, OUTPUT, 1, [Field("x", NUMERIC, 0, 1000)], [Feature(0, LOG, 0, 1, -100, 100)],
        [Layer(np.array([[1.0]], np.float32), np.array([0.0], np.float32))],
        calibration=[(0.5, 0.5), (6.0, 0.25)], calibration_rows=3, minor=2,
        provenance=note("one logarithm"))
    values = [10.0 ** n for n in range(-38, 39, 4)] + [0.4142, 0.4143, 1, 2, 3e38, 16777216]
    return model, [np.array([sign * v], np.float32) for v in values for sign in (1, -1)]


def fields_and_features():
    """Twenty fields: of one plane, of two, of three, of none, and categories between them."""
    fields, features = [], []
    for i in range(20):
        if i in (3, 17):
            fields.append(Field(f"s{i}", SYMBOLIC, categories=["a", "b", "c"]))
            features.append(Feature(i, ONE_HOT))
            continue
        fields.append(Field(f"n{i}", NUMERIC, -100, 1e6))
        if i % 6 == 5:
            features.append(Feature(i, AFFINE, 10, 0.01, -2, 2))
        if i % 3 != 1:
            features.append(Feature(i, LOG, i / 4, 1 / (1 + i / 8), -5, 5))
        if i % 4 != 2:
            features.append(Feature(i, QUANTILE, knots=KNOTS[i % len(KNOTS)]))
    return fields, features


def curved(kind, score, latent, text, **rest):
    fields, features = fields_and_features()
    return Model(kind, score, latent, fields, features, provenance=note(text), minor=2, **rest)


def distilled(random, element, last=LINEAR, **rest):
    model = curved(DISTILLED, OUTPUT, 1, "distilled", **rest)
    model.encoder = layers(random, model.inputs, (19, RELU, element), (7, TANH, element),
                           (1, last, element))
    return calibrated(random, model)


def distilled_integer(random, last=LINEAR):
    """In integers from the inputs to the output."""
    model = curved(DISTILLED, OUTPUT, 1, "distilled in integers")
    model.encoder = [
        integer_layer(random, model.inputs, 21, RELU, True, step=5 / 8191, zero=8192, most=16383),
        integer_layer(random, 21, 1, last)]
    return calibrated(random, model)


def distilled_unit_integer(random, last=LINEAR):
    """In integers, of fields from 0 to 1 in one min-max plane: several records at a time."""
    fields = [Field(f"n{i}", NUMERIC, 0, 1) for i in range(9)]
    fields.append(Field("s", SYMBOLIC, categories=["a", "b"]))
    features = [Feature(i, AFFINE, 0, 1, 0, 1, 0) for i in range(9)] + [Feature(9, ONE_HOT)]
    model = Model(DISTILLED, OUTPUT, 1, fields, features, min_max_planes=1, minor=2,
                  provenance=note("distilled in integers of fields from 0 to 1"))
    model.encoder = [
        integer_layer(random, model.inputs, 17, RELU, True, step=1 / 127, zero=0, most=127),
        integer_layer(random, 17, 1, last)]
    return calibrated(random, model)


def curved_anoean(random):
    model = curved(ANOEAN, MAHALANOBIS, 3, "AnoEAN of logarithms and quantiles")
    model.encoder = layers(random, model.inputs, (9, RELU), (3, LINEAR))
    return calibrated(random, model)


def curved_vae(random):
    model = curved(VAE, RECONSTRUCTION, 2, "VAE of logarithms and quantiles",
                   reconstruction_weight=1)
    model.encoder = layers(random, model.inputs, (9, TANH), (2, LINEAR))
    model.decoder = layers(random, 2, (9, RELU), (model.inputs, SIGMOID))
    return calibrated(random, model)


def curved_records(random, model, count=40):
    """Records at knots, between and beyond them, and at the ends of binary32."""
    places = []
    for i, each in enumerate(model.fields):
        own = [n for f in model.features if f.field == i and f.operation == QUANTILE
               for n, _ in f.knots]
        own += [(a + b) / 2 for a, b in zip(own, own[1:])]
        places.append([0, 1, UNKNOWN] if each.kind == SYMBOLIC else own + EXTREMES)
    records = []
    for k in range(count):
        some = [choices[random.below(len(choices))] if random.uniform() < 0.5 else
                choices[k % len(choices)] for choices in places]
        records.append(np.array(some, np.float32))
    table = model.calibration
    size = max(abs(table[0][0]), abs(table[-1][0]))
    edges = table[0][0], table[-1][0]

    def is_told(score):
        """Neither a difference of large numbers, nor so near to an end of the table that rounding
        decides the flag or the p-value."""
        return (math.isfinite(score) and abs(score) > 0.05 * size
                and all(abs(score - e) > 1e-4 * size for e in edges))

    return [record for record in records if is_told(score_or_nan(model, record))]
