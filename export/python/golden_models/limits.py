"""Models at the limits of the format."""

import dataclasses

from picket_format import (
    AFFINE, ANOEAN, FLOAT16, FLOAT32, INT8, LEAKY_RELU, LINEAR, MAHALANOBIS, NUMERIC, ONE_HOT,
    RECONSTRUCTION_KL, RELU, SIGMOID, SYMBOLIC, TANH, VAE, Feature, Field, Geometry, Model)
from .building import calibrated, convolution, integer_layer, layer, layers, records_for
from .random_numbers import Random


def large_models(slow_to_open=False):
    """Models at the limits of FORMAT.md: too large to keep, quick to make. One takes so long to open that
    tests under valgrind do without it."""
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

    # Names that differ in their last letters: each has to be compared with all before it to the end.
    alike = dataclasses.replace(
        many, fields=[Field(f"{i:04d}".rjust(255, "n"), NUMERIC, -i - 1, i + 1) for i in range(1024)])

    in_bytes = dataclasses.replace(
        many, encoder=layers(random, 2048, (70, RELU, INT8), (20, LEAKY_RELU, INT8, 0.25), (128, LINEAR, INT8)))

    # An image, integers and lists as large as they can be: where scratch is largest.
    deep = dataclasses.replace(
        wide, encoder=layers(random, 2048, (4, LINEAR, FLOAT16)),
        decoder=[
            integer_layer(random, 2, 8192, RELU, True, step=4 / 64, zero=64, most=127),
            integer_layer(random, 8192, 2, LINEAR),
            convolution(random, Geometry(
                (1, 2, 1), (1, 8192, 1), (1, 4097), (1, 4095), (0, 0), True), TANH),
            convolution(random, Geometry((1, 8192, 1), (1, 2, 1), (1, 4096), (1, 4096), (0, 0))),
            layer(random, 2, 2048, SIGMOID)])
    calibrated(random, deep, rows=5)

    # Integers throughout.
    exact_wide = dataclasses.replace(
        wide, encoder=[
            integer_layer(random, 2048, 2048, RELU, True, step=1 / 16383, most=16383),
            integer_layer(random, 2048, 3, RELU, True), integer_layer(random, 3, 4, LINEAR)],
        decoder=[
            integer_layer(random, 2, 2048, RELU, True, step=4 / 64, zero=64, most=127),
            integer_layer(random, 2048, 2048, SIGMOID)])
    calibrated(random, exact_wide, rows=5)
    models = {"limit-width": (wide, records_for(random, wide)),
              "limit-fields": (many, records_for(random, many)),
              "limit-scratch": (deep, records_for(random, deep)),
              "limit-integer": (exact_wide, records_for(random, exact_wide)),
              "limit-names": (alike, records_for(random, alike)),
              "limit-bytes": (in_bytes, records_for(random, in_bytes))}
    if not slow_to_open:
        del models["limit-names"]
    return models
