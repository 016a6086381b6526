"""Faults of layers: checks 37 to 45."""

from .drafts import byte_set, curves, full, quantized, small, spoilt
from .layout import ALL, INF, NAN
from .quantization import layer_numbers, quantization


def layers():
    one = small()["layers"]
    yield 37, "empty", small().replace("layers", b"").data()
    yield 37, "two-for-one", small().replace("layers", one + one).data()
    yield 37, "one-byte-short", small().replace("layers", one[:-1]).data()
    yield 37, "first-reserved", byte_set(small, "layers", 60, 1)
    yield 37, "last-reserved", byte_set(full, "layers", 4 * 64 - 1, 1)
    yield 37, "integer-layer-reserved", byte_set(quantized, "layers", 1 * 64 + 60, 0x80)
    for label, data in spoilt(
            full, "layers", ("operation-0", "operation", 0, 0), ("operation-4", "operation", 4, 3),
            ("activation-5", "activation", 5, 2), ("activation-4-gi", "activation", ALL, 3),
            ("element-0", "element", 0, 0), ("element-5", "element", 5, 1),
            ("element-4-gi", "element", ALL, 3)):
        yield 38, label, data
    for label, data in spoilt(
            full, "layers", ("leaky-nan", "slope", NAN, 0), ("leaky-infinite", "slope", INF, 0),
            ("linear-with-slope", "slope", 0.5, 1), ("tanh-with-slope", "slope", 0.5, 2),
            ("sigmoid-with-nan", "slope", NAN, 3)):
        yield 39, label, data
    yield from quantization()
    for label, data in spoilt(
            full, "layers", ("first", "inputs", 7, 0), ("second", "inputs", 4, 1),
            ("first-of-decoder", "inputs", 2, 2), ("last", "inputs", 0, 3),
            ("4-gi", "inputs", ALL, 1)):
        yield 40, label, data
    for label, data in spoilt(
            full, "layers", ("0-outputs", "outputs", 0, 0), ("8193-outputs", "outputs", 8193, 1),
            ("4-gi-outputs", "outputs", ALL, 3)):
        yield 41, label, data
    for label, data in spoilt(
            full, "layers", ("0", "stride", 0, 0), ("outputs", "stride", 2, 1),
            ("32-for-16", "stride", 32, 2), ("17", "stride", 17, 3), ("4-gi", "stride", ALL, 0)):
        yield 42, label, data
    for label, data in spoilt(
            full, "layers", ("first-weights", "weights", 64, 0), ("bias-early", "bias", 192, 0),
            ("bias-late", "bias", 320, 0), ("second-weights", "weights", 0, 1),
            ("bias-at-weights", "bias", 0, 2), ("weights-wrap", "weights", ALL - 63, 3),
            ("bias-wraps", "bias", ALL - 63, 3), ("f32-with-scale", "scale", 64, 1),
            ("f16-with-scale", "scale", 320, 0)):
        yield 43, label, data
    place = layer_numbers(quantized, "scale")
    for label, data in spoilt(
            quantized, "layers", ("scale-0", "scale", 0, 0), ("scale-early", "scale", place[1] - 64, 1),
            ("scale-late", "scale", place[2] + 64, 2), ("scale-unaligned", "scale", place[3] + 4, 3),
            ("scale-wraps", "scale", ALL - 63, 5), ("scale-of-floats", "scale", 1, 6),
            ("bias-of-bytes", "bias", 0, 3),
            ("bias-before-last-group", "bias", layer_numbers(quantized, "bias")[0] - 64, 0)):
        yield 43, label, data
    yield 44, "relu", full().put("layers", "activation", 1, 1).data()
    yield 44, "sigmoid", small().put("layers", "activation", 4).data()
    yield 44, "latent-2-of-1", small().put("model", "latent", 2).data()
    yield 44, "means-without-variances", full().put("layers", "outputs", 1, 1).data()
    yield 44, "variances-for-reconstruction", full().put("model", "score", 2).put(
        "model", "beta", 0.0).data()
    yield 44, "two-outputs-for-a-score", curves().put("layers", "outputs", 2, 1).data()
    yield 45, "one-output-less", full().put("layers", "outputs", 7, 3).data()
    yield 45, "one-output-more", full().put("layers", "outputs", 9, 3).data()
