"""Models in bytes."""

import numpy as np

from picket_format import (
    AFFINE, ANOEAN, FLOAT16, INT8, INT8_INTEGER, LEAKY_RELU, LINEAR, MAHALANOBIS, NUMERIC,
    RECONSTRUCTION, RECONSTRUCTION_KL, RELU, SIGMOID, TANH, VAE, Feature, Field, Layer, Model)
from .building import INPUTS, calibrated, connection_model, integer_layer, layer, note, unit_fields


def anoean_integer(random, most, zero, step, *widths):
    """An AnoEAN in integers throughout: widths that fill neither groups nor vectors."""
    model = connection_model(ANOEAN, MAHALANOBIS, widths[-1], provenance=note("AnoEAN in integers"))
    inputs = INPUTS
    for i, outputs in enumerate(widths):
        last = i == len(widths) - 1
        model.encoder.append(integer_layer(
            random, inputs, outputs, LINEAR if last else RELU, not last,
            **(dict(step=step, zero=zero, most=most) if i == 0 else {})))
        inputs = outputs
    return calibrated(random, model)


def anoean_unit_integer(random, *widths, fields=23, points=9, most=127):
    """An AnoEAN in integers whose numeric fields go from 0 to 1 in one min-max plane, as trainers make
    them: readers may compute inputs of up to 127 in integers, several records at a time, and look for
    scores in tables of few points other than in ones of many."""
    fields, features = unit_fields(fields)
    model = Model(ANOEAN, MAHALANOBIS, widths[-1], fields, features, min_max_planes=1,
                  provenance=note("AnoEAN in integers of fields from 0 to 1"))
    inputs = model.inputs
    for i, outputs in enumerate(widths):
        last = i == len(widths) - 1
        model.encoder.append(integer_layer(
            random, inputs, outputs, LINEAR if last else RELU, not last,
            **(dict(step=1 / most, zero=0, most=most) if i == 0 else {})))
        inputs = outputs
    return calibrated(random, model, points=points)


def vae_integer(random, score, latent, end, most, alpha=1.0, beta=0.0, **rest):
    """Both halves in integers; what the decoder starts from has a sign."""
    model = connection_model(
        VAE, score, latent, provenance=note("VAE in integers"), reconstruction_weight=alpha,
        kl_weight=beta, **rest)
    heads = 2 * latent if score == RECONSTRUCTION_KL else latent
    zero = (most + 1) // 2
    model.encoder = [
        integer_layer(random, INPUTS, 19, RELU, True, step=3 / zero, zero=zero, most=most),
        integer_layer(random, 19, 6, RELU, True), integer_layer(random, 6, heads, LINEAR)]
    model.decoder = [
        integer_layer(random, latent, 9, RELU, True, step=4 / zero, zero=zero, most=most),
        integer_layer(random, 9, INPUTS, end)]
    return calibrated(random, model)


def mixed(random, **rest):
    """Every type in one file: floats, integers, bytes, binary16, and integers between floats."""
    model = connection_model(
        VAE, RECONSTRUCTION_KL, 2, provenance=note("mixed"), reconstruction_weight=0.5,
        kl_weight=0.25, **rest)
    model.encoder = [
        layer(random, INPUTS, 5, RELU), integer_layer(random, 5, 18, RELU, True, step=2 / 127, most=127),
        integer_layer(random, 18, 7, LEAKY_RELU, slope=0.25), layer(random, 7, 6, TANH, INT8),
        layer(random, 6, 4, LINEAR, FLOAT16)]
    model.decoder = [
        layer(random, 2, 3, RELU, INT8),
        integer_layer(random, 3, 4, RELU, True, step=1 / 16383, most=16383),
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
    """Inputs half-way between integers go to the even one; shifted sums go down, products half-way up."""
    bias = [20, 21, 22, 23, -3, -2, -1, 0, 253, 254, 255, 256, 257, -100, 40, 41, 42, 43]
    half = 2 ** 14
    first = integers(
        [[1 - 2 * (i % 2) for i in range(18)]], [b - 64 * (1 - 2 * (i % 2)) for i, b in enumerate(bias)],
        [half, half, 3 * 2 ** 13, half, half // 2, half, half, 2 * half - 1, half, half, half, half,
         half + 1, 0, half - 1, 5 * 2 ** 12, 7 * 2 ** 12, half], shift=1,
        input_scale=2.0, input_zero=64, input_max=127)
    values = [i / 4 for i in range(-12, 13)] + [31.25, 31.5, 31.75, 32.25, -31.75, -32, -32.25, -40, 40]
    return one_number_in_integers(-100, 100, [first, told_apart(18)], values, "ties and clamps")


def integer_shifts(shift):
    """Sums and multipliers as large as they can be, sums beside the bounds of what is multiplied, and
    multipliers of zero."""
    top, most = 2 ** 31 - 1, 2 ** 15 - 1
    bound = min(2 ** (15 + shift), top - 128)
    bias = [top - 128, top - 128, -top, 0, 1, bound - 60, -bound, bound // 2 - 60, 0, 2 ** 30 - 60]
    first = integers(
        [[1, -1, 1, 127, -128, 64, 3, 0, 5, 1]], bias,
        [most, most // 2, most, most, most // 3, 127, most, 0, most // 5, 64],
        shift=shift, input_scale=127.0, input_zero=0, input_max=127)
    values = [i / 8 for i in range(9)] + [0.3, 0.7, 0.99]
    return one_number_in_integers(0, 1, [first, told_apart(10)], values, f"a shift of {shift}")


def integer_wrap():
    """Sums that leave 32 bits on either side and come back on the other."""
    top = 2 ** 31 - 1
    first = integers(
        [[127, -128, 127, 1, -1], [127, -128, -127, 1, 0]],
        [top - 10 ** 6, 10 ** 6 - top, top, top - 16383, -top + 5],
        [400, 300, 200, 100, 30], shift=23, input_scale=16383.0, input_zero=0, input_max=16383)
    second = integers(
        [[i - j if i != j else 100 for j in range(6)] for i in range(5)],
        [top, -top - 1, top - 6000, 6100 - top, 0, top - 20], [300, 200, 300, 127, 2 ** 15 - 1, 1],
        shift=16)
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
        [[7, 0], [1, 1], [0, 5]], [1, 2], [2 ** 14, 2 ** 13], RELU, 2, input_scale=3e38, input_zero=20,
        input_max=127)
    values = [0, 1e-38, -1e-38, 1e-30, 0.001, -0.001, 0.004, -0.0075, -0.0068, -0.0062, 0.008, -0.009,
              1, -1, 4.2, -4.2, 1e10, -1e10, 3e38, -3e38]
    return one_number_in_integers(
        -3.4e38, 3.4e38, [first, second, third, told_apart(2)], values, "inputs beyond 2^22")


def minus_zeros():
    """Where a float must be 0, -0 will do."""
    model = Model(
        VAE, RECONSTRUCTION, 2, [Field("x", NUMERIC, -1, 1)], [Feature(0, AFFINE, 0, 1, -1, 1)],
        [integers([[60, -70, 9]], [50, 60, 0], [200, 250, 300], shift=2, input_scale=8191.0,
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
         integers(np.diag([1, -1]), [3, 130], [2 ** 15 - 1, 2 ** 14 + 9], RELU, 1, input_scale=1e-37, input_zero=60,
                  input_max=127),
         integers(np.diag([1, 2]), [5, 7], [1, 1], LINEAR)],
        calibration=[(1, 0.5), (2, 0.25)], calibration_rows=3, provenance=note("infinities"))
    values = (0, 0.5, -0.5, 9, -9)
    return model, [np.array([a, b], np.float32) for a in values for b in values]
