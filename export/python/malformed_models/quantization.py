"""Faults of layers in bytes."""

import struct

import picket_format as pf
from picket_format import INT8_INTEGER, LEAKY_RELU, LINEAR, RELU, SIGMOID, TANH
from .drafts import Reader, quantized, small, spoilt, u32
from .layout import ALL, INF, LAYER, NAN


def small_layers(*widths):
    """A chain of dense layers without weights, of which the first reads one number."""
    draft = small().put("model", "encoder", len(widths))
    entries, inputs = b"", 1
    for outputs in widths:
        entry = bytearray(bytes(draft["layers"][:64]))
        for what, value in (("inputs", inputs), ("outputs", outputs), ("stride", pf.up(outputs, 16))):
            struct.pack_into(Reader.order + "I", entry, LAYER[what], value)
        entries, inputs = entries + entry, outputs
    place, columns = 0, []
    for i, (rows, outputs) in enumerate(zip((1, *widths), widths)):
        stride = pf.up(outputs, 16)
        columns.append((place, place + rows * stride * 4))
        place = columns[-1][1] + stride * 4
    draft.replace("layers", entries)
    for i, (start, bias) in enumerate(columns):
        draft.put("layers", "weights", start & ALL, i).put("layers", "bias", bias & ALL, i)
    return draft.data()


def layer_numbers(base, what):
    """One number of each layer."""
    layers = base()["layers"]
    return [struct.unpack_from(Reader.order + "I", layers, at + LAYER[what])[0]
            for at in range(0, len(layers), 64)]


def quantization():
    """Check 39 for the numbers of types 3 and 4."""
    for where, of in ((3, "bytes"), (6, "floats")):
        for what, value in (("shift", 1), ("input_scale", 0.5), ("input_scale", NAN),
                            ("input_zero", 1), ("input_max", 127)):
            label = f"{what.replace('_', '-')}{'-nan' if value != value else ''}-of-{of}"
            yield 39, label, quantized().put("layers", what, value, where).data()
    for label, data in spoilt(
            quantized, "layers",
            ("shift-32", "shift", 32, 0), ("shift-64", "shift", 64, 0), ("shift-4-gi", "shift", ALL, 1),
            # Integers that nobody gives.
            ("no-integers-to-take", "shift", 0, 0), ("no-integers-for-the-third", "shift", 0, 1),
            ("no-integers-in-decoder", "shift", 0, 4), ("first-takes-integers", "input_scale", 0.0, 0),
            ("decoder-takes-integers", "input_scale", 0.0, 4),
            ("integers-and-input-scale", "input_scale", 1.0, 1),
            ("integers-and-input-scale-nan", "input_scale", NAN, 2),
            ("integers-from-linear", "activation", LINEAR, 0),
            ("integers-from-leaky", "activation", LEAKY_RELU, 1),
            ("integers-from-tanh", "activation", TANH, 0),
            ("integers-from-sigmoid", "activation", SIGMOID, 4),
            ("input-scale-below-0", "input_scale", -100.0, 0),
            ("input-scale-nan", "input_scale", NAN, 0), ("input-scale-infinite", "input_scale", INF, 4),
            ("input-scale-minus-infinite", "input_scale", -INF, 0),
            ("input-zero-above-127", "input_zero", 128, 0),
            ("input-zero-above-16383", "input_zero", 16384, 4),
            ("input-zero-4-gi", "input_zero", ALL, 4), ("input-max-0", "input_max", 0, 0),
            ("input-max-126", "input_max", 126, 0), ("input-max-128", "input_max", 128, 0),
            ("input-max-16382", "input_max", 16382, 4), ("input-max-16384", "input_max", 16384, 4),
            ("input-max-4-gi", "input_max", ALL, 4),
            ("input-zero-without-scale", "input_zero", 1, 1),
            ("input-max-without-scale", "input_max", 127, 2)):
        yield 39, label, data
    # Integer outputs that nobody takes, and integers that nobody gives, with nothing else wrong.
    for label, where in (("integers-for-bytes", 2), ("integers-for-floats", 5)):
        draft = quantized().put("layers", "shift", 5, where).put("layers", "activation", RELU, where)
        yield 39, label, draft.data()
    for label, where in (("first-expects-integers", 0), ("decoder-expects-integers", 4)):
        draft = quantized().put("layers", "input_scale", 0.0, where)
        draft.put("layers", "input_zero", 0, where).put("layers", "input_max", 0, where)
        yield 39, label, draft.data()
    # The encoder's last layer has nobody to give integers to, although the decoder's first takes some.
    draft = quantized()
    draft.put("layers", "element", INT8_INTEGER, 3).put("layers", "input_scale", 1.0, 3)
    draft.put("layers", "input_max", 127, 3).put("layers", "activation", RELU, 3)
    draft.put("layers", "shift", 4, 3).put("layers", "input_scale", 0.0, 4)
    draft.put("layers", "input_zero", 0, 4).put("layers", "input_max", 0, 4)
    yield 39, "integers-from-encoder-to-decoder", draft.data()
    draft = quantized()
    draft.put("layers", "element", INT8_INTEGER, 6).put("layers", "input_scale", 1.0, 6)
    draft.put("layers", "input_max", 127, 6).put("layers", "activation", RELU, 6)
    draft["weights"][8:12] = u32(INT8_INTEGER)  # what a reader sees that looks for a next layer
    yield 39, "integers-from-the-last", draft.put("layers", "shift", 4, 6).data()
