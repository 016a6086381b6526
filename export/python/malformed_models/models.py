"""The models that are spoilt."""

import numpy as np

from picket_format import (
    AFFINE, DISTILLED, FLOAT16, INT8, INT8_INTEGER, LEAKY_RELU, LINEAR, LOG, NUMERIC, ONE_HOT, OUTPUT,
    QUANTILE, RECONSTRUCTION_KL, RELU, SIGMOID, SYMBOLIC, TANH, VAE, Feature, Field, Geometry, Layer,
    Model)


def rich():
    """A model with every part that the small one lacks: categories, a decoder, binary16, a second
    plane."""
    def weights(rows, columns, kind):
        return (np.arange(1, rows * columns + 1).reshape(rows, columns) / 64).astype(kind)

    def bias(columns):
        return np.full(columns, 0.5, np.float32)

    return Model(
        VAE, RECONSTRUCTION_KL, 1,
        [Field("a", NUMERIC, 0, 1), Field("b", SYMBOLIC, categories=["x", "y", "z"]),
         Field("c", SYMBOLIC, categories=["p", "q"]), Field("d", NUMERIC, -1, 1)],
        [Feature(0, AFFINE, 0, 1, 0, 1), Feature(1, ONE_HOT), Feature(2, ONE_HOT),
         Feature(3, AFFINE, 0, 0.5, -1, 1), Feature(3, AFFINE, 1, 1, -1, 0)],
        [Layer(weights(8, 3, np.float16), bias(3), LEAKY_RELU, FLOAT16, 0.25),
         Layer(weights(3, 2, np.float32), bias(2), LINEAR)],
        [Layer(weights(1, 2, np.float16), bias(2), TANH, FLOAT16),
         Layer(weights(2, 8, np.float32), bias(8), SIGMOID)],
        reconstruction_weight=1, kl_weight=0.5, calibration=[(0.25, 0.5), (0.5, 0.25), (1, 0.125)],
        calibration_rows=7, optional=[(256, b"one"), (300, b"two")])


def with_curves():
    """A distilled model: a logarithm and a table of three knots of field 0, of two of field 2."""
    return Model(
        DISTILLED, OUTPUT, 1,
        [Field("a", NUMERIC, 0, 1), Field("b", SYMBOLIC, categories=["x", "y"]),
         Field("c", NUMERIC, 0, 9)],
        [Feature(0, LOG, 1, 0.5, -5, 5), Feature(0, QUANTILE, knots=[(0, 0), (0.5, 0.75), (2, 1)]),
         Feature(1, ONE_HOT), Feature(2, QUANTILE, knots=[(1, 0.25), (4, 0.5)])],
        [Layer(np.ones((5, 3), np.float32), np.ones(3, np.float32), RELU),
         Layer(np.ones((3, 1), np.float32), np.ones(1, np.float32), SIGMOID)],
        calibration=[(0.25, 0.5), (0.5, 0.25)], calibration_rows=7, minor=2)


def in_bytes():
    """A model whose layers are bytes: 0 to 2 integers, 3 bytes with floats, 4 and 5 integers, 6
    floats."""
    def weights(rows, columns):
        return (np.arange(rows * columns).reshape(rows, columns) % 255 - 127).astype(np.int8)

    def integers(rows, columns, activation, shift=0, **inputs):
        scale = np.full(columns, 1000 if shift else 0.125, np.int32 if shift else np.float32)
        return Layer(weights(rows, columns), np.full(columns, -300, np.int32), activation,
                     INT8_INTEGER, 0.0, scale, shift, **inputs)

    def bias(columns):
        return np.full(columns, 0.5, np.float32)

    from_floats = {"input_scale": 100.0, "input_zero": 64, "input_max": 127}
    model = rich()
    model.optional = []
    model.encoder = [
        integers(8, 3, RELU, 17, **from_floats), integers(3, 18, RELU, 9), integers(18, 5, TANH),
        Layer(weights(5, 2), bias(2), LINEAR, INT8, 0.0, np.full(2, 0.25, np.float32))]
    model.decoder = [
        integers(1, 2, RELU, 20, **{**from_floats, "input_max": 16383}), integers(2, 3, LINEAR),
        Layer(weights(3, 8).astype(np.float32), bias(8), SIGMOID)]
    return model


def with_images():
    """A model with a convolution, 2 x 4 x 1 to 1 x 2 x 3, and its reverse: layers 0 and 3 of 4."""
    def weights(rows, columns):
        return (np.arange(1, rows * columns + 1).reshape(rows, columns) / 64).astype(np.float32)

    def bias(columns):
        return np.full(columns, 0.5, np.float32)

    model = rich()
    model.optional = []
    down = Geometry((2, 4, 1), (1, 2, 3), (3, 3), (2, 2), (1, 1))
    back = Geometry((1, 2, 3), (2, 4, 1), (3, 3), (2, 2), (1, 1), True)
    model.encoder = [Layer(weights(9, 3), bias(3), RELU, geometry=down),
                     Layer(weights(6, 2), bias(2), LINEAR)]
    model.decoder = [Layer(weights(1, 6), bias(6), RELU),
                     Layer(weights(27, 1), bias(1), SIGMOID, geometry=back)]
    return model
