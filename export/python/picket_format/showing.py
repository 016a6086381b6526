"""What a model holds, for people."""

from .constants import ANOEAN, BIG, DISTILLED, INT8_INTEGER, LOG, ONE_HOT, QUANTILE, VAE


def quantization(layer):
    """What dump says of a layer in integer arithmetic."""
    if layer.element != INT8_INTEGER:
        return ""
    text = " in integers"
    if layer.input_scale != 0:
        text += (f", from clamp(rint(x * {layer.input_scale:g}) + {layer.input_zero}, "
                 f"0, {layer.input_max})")
    if layer.shift != 0:
        text += f", to min((clamp(c >> {layer.shift}, 0, 32767) * M + 2^14) >> 15, 127)"
    return text


def window(shape):
    """What dump says of the shape of a convolution."""
    if shape is None:
        return ""
    name = "transposed convolution" if shape.transposed else "convolution"
    sizes = [" x ".join(map(str, each)) for each in (
        shape.input, shape.output, shape.kernel, shape.stride, shape.padding)]
    return ", {} {} -> {}, kernel {}, stride {}, padding {}".format(name, *sizes)


def formula(feature):
    """What dump says of a feature."""
    if feature.operation == ONE_HOT:
        return "one-hot"
    if feature.operation == QUANTILE:
        knots = feature.knots
        return (f"quantile by {len(knots)} knots, {knots[0][0]:g} ({knots[0][1]:g}) ... "
                f"{knots[-1][0]:g} ({knots[-1][1]:g})")
    number = "s(x)" if feature.operation == LOG else "x"
    return (f"clamp(({number} - {feature.offset:g}) * {feature.scale:g}, {feature.low:g}, "
            f"{feature.high:g})")


def dump(model):
    kinds = {ANOEAN: "AnoEAN", VAE: "VAE", DISTILLED: "distilled"}
    scores = {1: "Mahalanobis distance", 2: "reconstruction error",
              3: "reconstruction error and KL divergence", 4: "output"}
    activations = ["linear", "ReLU", "leaky ReLU", "tanh", "sigmoid"]
    yield f"{kinds[model.kind]}, {scores[model.score]}, 1.{model.minor}, " + (
        "big-endian" if model.order == BIG else "little-endian")
    yield f"feature hash {model.feature_hash:016x}, latent {model.latent}, inputs {model.inputs}"
    yield f"weights {model.reconstruction_weight:g} and {model.kl_weight:g}"
    for i, each in enumerate(model.fields):
        what = f"{each.minimum:g} ... {each.maximum:g}"
        yield f"field {i}: {each.name}: " + (", ".join(each.categories) or what)
    for each in model.features:
        yield f"feature of field {each.field}: " + formula(each)
    for part, layers in (("encoder", model.encoder), ("decoder", model.decoder)):
        for each in layers:
            yield f"{part}: {each.sizes[0]} -> {each.sizes[1]}, " + (
                f"{activations[each.activation]}, {each.weights.dtype.name}"
                ) + quantization(each) + window(each.geometry)
    points = model.calibration
    yield (f"calibration: {model.calibration_rows} rows, {len(points)} points, "
           f"{points[0][0]:g} ({points[0][1]:g}) ... {points[-1][0]:g} ({points[-1][1]:g})")
    for kind, content in model.optional:
        yield f"optional section {kind}: {len(content)} bytes"
    yield f"provenance: {model.provenance}"
