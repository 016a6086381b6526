"""Models of dense layers."""

import numpy as np

from picket_format import (
    AFFINE, ANOEAN, FLOAT16, FLOAT32, LEAKY_RELU, LINEAR, MAHALANOBIS, NUMERIC, ONE_HOT,
    RECONSTRUCTION, RECONSTRUCTION_KL, RELU, SIGMOID, SYMBOLIC, TANH, UNKNOWN, VAE, Feature, Field,
    Layer, Model)
from .building import INPUTS, calibrated, connection_model, layer, layers, note, unit_fields


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


def unit(random, element, *widths, decoder=()):
    """Sixty fields, numeric ones from 0 to 1: readers may place sixteen of their inputs at a time."""
    fields, features = unit_fields(60)
    kind, score = (VAE, RECONSTRUCTION) if decoder else (ANOEAN, MAHALANOBIS)
    model = Model(kind, score, widths[-1], fields, features, min_max_planes=1,
                  provenance=note("fields from 0 to 1"), reconstruction_weight=1.0 if decoder else 0.0)
    plan = [(width, RELU, element) for width in widths[:-1]]
    model.encoder = layers(random, model.inputs, *plan, (widths[-1], LINEAR, element))
    if decoder:
        plan = [(width, RELU, element) for width in decoder]
        model.decoder = layers(random, widths[-1], *plan, (model.inputs, SIGMOID, element))
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
