"""The golden models by name."""

from picket_format import (
    BIG, FLOAT16, FLOAT32, INT8, LEAKY_RELU, LINEAR, MAHALANOBIS, RECONSTRUCTION, RECONSTRUCTION_KL,
    RELU, SIGMOID, TANH)
from .building import records_for
from .convolutions import anoean_image, anoean_sequence, vae_image, vae_sequence
from .curves import (
    curved_anoean, curved_records, curved_vae, distilled, distilled_integer, distilled_unit_integer,
    one_logarithm, one_quantile)
from .dense import (
    anoean, clamps, half_edges, min_max, not_a_number, one_number, optional_sections, overflowing,
    planes, saturated, seventeen_fields, smallest, symbolic_only, unit, vae)
from .integers import (
    anoean_integer, anoean_unit_integer, infinite_inputs, integer_bounds, integer_shifts,
    integer_ties, integer_wrap, minus_zeros, mixed, vae_integer)
from .random_numbers import Random


def models():
    """(name, model, records) of every golden model. Each has its own generator and seed."""
    made = {"smallest": smallest(), "one-number": one_number(),
            "half-edges": half_edges(), "clamps": clamps(),
            "overflow": overflowing(), "nan-linear": not_a_number(LINEAR),
            "nan-relu": not_a_number(RELU), "nan-leaky": not_a_number(LEAKY_RELU, 0.5),
            "nan-tanh": not_a_number(TANH), "nan-sigmoid": not_a_number(SIGMOID),
            "integer-ties": integer_ties(), "integer-wrap": integer_wrap(),
            "integer-shift-1": integer_shifts(1), "integer-shift-9": integer_shifts(9),
            "integer-shift-16": integer_shifts(16), "integer-shift-31": integer_shifts(31),
            "integer-bounds": integer_bounds(), "nan-integer": infinite_inputs(),
            "minus-zeros": minus_zeros(), "one-quantile": one_quantile(),
            "one-logarithm": one_logarithm()}

    def add(name, seed, build, records=records_for):
        random = Random(seed)
        model = build(random)
        made[name] = model, records(random, model)

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
    add("anoean-unit", 39, lambda r: unit(r, FLOAT32, 130, 65, 3))
    add("anoean-unit-f16", 40, lambda r: unit(r, FLOAT16, 30, 5))
    add("vae-unit-int8", 41, lambda r: unit(r, INT8, 80, 9, decoder=(48,)))
    add("seventeen-fields", 16, seventeen_fields)
    add("symbolic-only", 13, symbolic_only)
    add("optional-sections", 14, optional_sections)
    add("saturated", 15, saturated)
    add("anoean-int8", 17, lambda r: anoean(
        r, INT8, (20, RELU), (7, LEAKY_RELU, 0.2), (3, LINEAR)))
    add("anoean-integer", 18, lambda r: anoean_integer(r, 16383, 8192, 3 / 8191, 21, 6, 3))
    add("anoean-integer-127", 19, lambda r: anoean_integer(r, 127, 42, 1 / 42, 5, 17, 66, 2))
    add("anoean-integer-one-layer", 20, lambda r: anoean_integer(r, 16383, 8191, 3 / 8191, 33))
    add("anoean-integer-wide", 21, lambda r: anoean_integer(r, 16383, 8192, 3 / 8191, 131, 80, 4))
    add("anoean-integer-unit", 37, lambda r: anoean_unit_integer(r, 70, 33, 5))
    add("anoean-integer-unit-16383", 50, lambda r: anoean_unit_integer(r, 70, 33, 5, most=16383))
    add("anoean-integer-unit-four", 38, lambda r: anoean_unit_integer(r, 128, 64, 32, 8))
    add("anoean-integer-unit-points", 48, lambda r: anoean_unit_integer(r, 40, 6, points=43))
    add("anoean-integer-unit-table", 49, lambda r: anoean_unit_integer(r, 24, 11, points=90))
    add("anoean-integer-unit-spans", 51, lambda r: anoean_unit_integer(r, 272, 16, 8, fields=77))
    add("anoean-integer-unit-latent", 52, lambda r: anoean_unit_integer(r, 48, 32, 12, fields=77))
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
    for name, seed, build in (
            ("distilled-f32", 40, lambda r: distilled(r, FLOAT32)),
            ("distilled-f16-sigmoid", 41, lambda r: distilled(r, FLOAT16, SIGMOID)),
            ("distilled-int8", 42, lambda r: distilled(r, INT8, TANH)),
            ("distilled-big-endian", 40, lambda r: distilled(r, FLOAT32, order=BIG)),
            ("distilled-integer", 43, distilled_integer),
            ("curves-anoean", 45, curved_anoean), ("curves-vae", 46, curved_vae)):
        add(name, seed, build, curved_records)
    add("distilled-integer-unit", 44, distilled_unit_integer)
    add("distilled-integer-unit-relu", 47, lambda r: distilled_unit_integer(r, RELU))
    return made
