"""Faults of convolutions, and of the sizes that they lead to: checks 37 to 49."""

from picket_format import INT8_INTEGER
from .drafts import byte_set, images
from .layout import ALL, SHAPE
from .quantization import small_layers


def convolutions():
    """Checks 37, 38, 40, 41 and 43 of convolutions, and 46 to 49."""
    shapes = bytes(images()["layers"])
    yield 37, "shape-missing", images().replace("layers", shapes[:-64]).data()
    yield 37, "shape-too-many", images().replace("layers", shapes + shapes[-64:]).data()
    yield 38, "convolution-in-integers", images().put("layers", "element", INT8_INTEGER, 0).put(
        "layers", "input_scale", 1.0, 0).put("layers", "input_max", 127, 0).data()
    for label, where, value in (
            ("dense-with-shape", 1, 256), ("shape-0", 0, 0), ("shape-of-another", 3, 256),
            ("shape-late", 0, 320), ("shape-unaligned", 0, 257), ("shape-4-gi", 3, ALL - 63)):
        yield 46, label, images().put("layers", "geometry", value, where).data()
    yield 46, "first-reserved", byte_set(images, "layers", 4 * 64 + 48, 1)
    yield 46, "last-reserved", byte_set(images, "layers", 6 * 64 - 1, 0x80)
    for what in SHAPE:
        if not what.startswith("padding"):
            yield 47, f"{what.replace('_', '-')}-0", images().put_shape(what, 0).data()
        label = f"{what.replace('_', '-')}-8193"
        yield 47, label, images().put_shape(what, 8193, 1).data()
        yield 47, label.replace("8193", "4-gi"), images().put_shape(what, ALL).data()
    for label, what, value in (
            ("input-8200", "in_height", 2050), ("output-8196", "out_width", 2732),
            ("window-8193", "kernel_height", 2731), ("input-wraps", "in_channels", 8192)):
        yield 47, label, images().put_shape(what, value).data()
    for label, what, value in (
            ("padding-is-kernel", "padding_top", 3), ("padding-left-is-kernel", "padding_left", 3),
            ("a-row-more", "out_height", 3), ("a-column-less", "in_width", 7),
            ("stride-too-small", "stride_width", 1), ("kernel-of-another-weight", "kernel_width", 4),
            ("channels-in", "in_channels", 2), ("channels-out", "out_channels", 2)):
        yield 48, label, images().put_shape(what, value).data()
        if what not in ("out_height", "in_width"):
            yield 48, f"transposed-{label}", images().put_shape(what, value, 1).data()
    yield 48, "rows", images().put("layers", "inputs", 8, 0).data()
    yield 48, "columns", images().put("layers", "outputs", 4, 0).data()
    yield 48, "not-transposed", images().put("layers", "operation", 2, 3).data()
    yield 40, "image-lower", images().put_shape("in_height", 1).data()
    yield 42, "of-a-convolution", images().put("layers", "stride", 32, 0).data()
    yield 43, "after-a-convolution", images().put("layers", "weights", 704, 1).data()
    # Weights need not be there: their place is checked after what they cost.
    yield 49, "outputs-32770", small_layers(2, 8192, 8192, 8192, 8192, 2)
    yield 49, "multiply-adds", small_layers(8192, 8192, 2)
