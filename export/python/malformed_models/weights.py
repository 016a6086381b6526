"""Faults of weights: checks 50 to 52."""

import struct

from .drafts import Reader, ends_in_scale, full, quantized, small, u16, u32
from .layout import ALL, INF, NAN
from .quantization import layer_numbers


def weights():
    plan = [struct.unpack_from(Reader.order + "IIII", full()["layers"], 64 * i + 20) for i in range(4)]
    good = small()["weights"]
    yield 50, "64-bytes-more", small().replace("weights", good + bytes(64)).data()
    yield 50, "64-bytes-less", small().replace("weights", good[:-64]).data()
    yield 50, "one-byte-more", small().replace("weights", good + bytes(1)).data()
    yield 50, "one-byte-less", small().replace("weights", good[:-1]).data()
    yield 50, "empty", small().replace("weights", b"").data()
    numbers = bytes(ends_in_scale()["weights"])
    yield 50, "scale-missing", ends_in_scale().replace("weights", numbers[:-64]).data()
    yield 50, "scale-short", ends_in_scale().replace("weights", numbers[:-4]).data()
    yield 50, "after-scale", ends_in_scale().replace("weights", numbers + bytes(64)).data()

    def with_bytes(base, at, content):
        draft = base()
        draft["weights"][at:at + len(content)] = content
        return draft.data()

    f32, f16 = Reader.order + "f", Reader.order + "e"
    nan, inf = struct.pack(f32, NAN), struct.pack(f32, INF)
    yield 51, "f32-nan", with_bytes(small, 0, nan)
    yield 51, "f32-infinite", with_bytes(small, 0, inf)
    yield 51, "f32-signalling-nan", with_bytes(small, 0, u32(0xFF800001))
    yield 51, "bias-nan", with_bytes(small, 64, nan)
    yield 51, "bias-infinite", with_bytes(small, 64, struct.pack(f32, -INF))
    last_row = plan[0][2] + 2 * (7 * plan[0][1] + plan[0][0] - 1)
    yield 51, "f16-nan", with_bytes(full, last_row, struct.pack(f16, NAN))
    yield 51, "f16-infinite", with_bytes(full, last_row, struct.pack(f16, INF))
    yield 51, "f16-minus-infinite", with_bytes(full, 0, u16(0xFC00))
    yield 51, "f16-signalling-nan", with_bytes(full, 0, u16(0x7C01))
    yield 51, "f16-layer-bias", with_bytes(full, plan[0][3] + 8, inf)
    yield 51, "decoder-weight", with_bytes(full, plan[3][2] + 4 * (plan[3][1] + 7), nan)
    yield 51, "decoder-bias", with_bytes(full, plan[3][3] + 4 * 7, nan)
    starts, biases, scales = (
        layer_numbers(quantized, what) for what in ("weights", "bias", "scale"))
    minus_zero, minus_one = u32(0x80000000), u32(ALL)
    for label, at, content in (
            ("int8-bias-nan", biases[3] + 4, nan), ("int8-bias-infinite", biases[3], inf),
            ("int8-scale-nan", scales[3] + 4, nan), ("int8-scale-infinite", scales[3], inf),
            ("int8-scale-below-0", scales[3], struct.pack(f32, -0.25)),
            ("int8-scale-minus-zero", scales[3] + 4, minus_zero),
            ("int8-scale-minus-nan", scales[3] + 4, minus_one),
            ("integer-scale-nan", scales[2] + 16, nan), ("integer-scale-infinite", scales[5], inf),
            ("integer-scale-below-0", scales[2], struct.pack(f32, -1)),
            ("integer-scale-minus-zero", scales[5] + 8, minus_zero),
            ("multiplier-minus-1", scales[0] + 8, minus_one),
            ("multiplier-2-gi", scales[1] + 4 * 17, minus_zero),
            ("multiplier-32768", scales[0] + 4, u32(2 ** 15)),
            ("multiplier-1-gi", scales[1], u32(2 ** 30)),
            ("decoder-multiplier", scales[4], u32(0xBF800000)),
            ("floats-after-integers", starts[6] + 4, nan)):
        yield 51, label, with_bytes(quantized, at, content)
    yield 52, "f32-row", with_bytes(small, 4, b"\1")
    yield 52, "f32-row-end", with_bytes(small, 63, b"\1")
    yield 52, "f32-minus-zero", with_bytes(small, 63, b"\x80")
    yield 52, "f16-row", with_bytes(full, 2 * plan[0][0], b"\1")
    yield 52, "f16-last-row-end", with_bytes(full, 8 * 32 - 1, b"\1")
    yield 52, "after-f16-weights", with_bytes(full, plan[2][2] + 32, b"\1")
    yield 52, "before-bias", with_bytes(full, plan[2][3] - 1, b"\1")
    yield 52, "bias", with_bytes(small, 68, b"\1")
    yield 52, "last-bias-end", with_bytes(full, len(full()["weights"]) - 1, b"\1")
    for label, at in (
            ("int8-row", starts[3] + 2), ("int8-last-row-end", starts[3] + 5 * 16 - 1),
            ("after-int8-weights", starts[3] + 5 * 16), ("before-int8-bias", biases[3] - 1),
            ("int8-bias", biases[3] + 8), ("int8-bias-end", biases[3] + 63),
            ("int8-scale", scales[3] + 8), ("int8-scale-end", scales[3] + 63),
            # Layer 1 has 3 inputs of one group and 18 outputs, layer 2 has 18 of four and a half.
            ("fourth-input-of-3", starts[1] + 3), ("fourth-input-of-last-output", starts[1] + 4 * 17 + 3),
            ("third-input-of-last-group", starts[2] + 4 * 64 + 2),
            ("fourth-input-of-last-group", starts[2] + 4 * 64 + 4 * 4 + 3),
            ("second-input-of-1", starts[4] + 1),
            ("group-row", starts[2] + 4 * 5), ("group-row-end", starts[2] + 63),
            ("last-group-row", starts[2] + 4 * 64 + 4 * 5), ("last-group-row-end", starts[2] + 5 * 64 - 1),
            ("wide-group-row", starts[1] + 4 * 18), ("integer-bias", biases[2] + 4 * 5),
            ("integer-bias-end", biases[2] + 63), ("integer-scale", scales[2] + 4 * 5),
            ("integer-scale-end", scales[2] + 63)):
        yield 52, label, with_bytes(quantized, at, b"\1")
    yield 52, "multipliers", with_bytes(quantized, scales[1] + 4 * 18, u32(1))
    yield 52, "multipliers-end", with_bytes(quantized, scales[1] + 124, u32(1))
