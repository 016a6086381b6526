"""The calibration table: checks 53 to 55, p-values and thresholds."""

import struct

from .container import finite, require


def read_calibration(model, data, o):
    require(len(data) % 8 == 0 and 2 <= len(data) // 8 <= 1024, 53, f"{len(data)} bytes")
    numbers = struct.unpack(f"{o}{len(data) // 4}f", data)
    points = list(zip(numbers[:len(numbers) // 2], numbers[len(numbers) // 2:]))
    for i, (score, tail) in enumerate(points):
        require(finite(score) and (i == 0 or score > points[i - 1][0]), 54, f"score {score}")
        require(0 < tail <= 1 and (i == 0 or tail < points[i - 1][1]), 55, f"tail {tail}")
    model.calibration = points


def calibration_section(points, o):
    return b"".join(struct.pack(o + "f", number) for numbers in zip(*points) for number in numbers)


def p_value(points, s):
    if s < points[0][0]:
        return 1.0
    for (a, tail_a), (b, tail_b) in zip(points, points[1:]):
        if s <= b:
            return tail_a + (tail_b - tail_a) * (s - a) / (b - a)
    return points[-1][1]


def threshold(points, rate):
    """The smallest float32 whose p-value is at most rate; None if the table cannot tell."""
    if rate < points[-1][1]:
        return None
    if rate >= points[0][1]:
        return points[0][0]
    above, within = next((place(a), place(b)) for (a, _), (b, tail_b) in zip(points, points[1:])
                         if tail_b <= rate)
    # By bisection: a formula for the inverse would miss by a rounding.
    while within - above > 1:
        middle = (above + within) // 2
        if p_value(points, number(middle)) <= rate:
            within = middle
        else:
            above = middle
    return number(within)


def place(x):
    """Where a float32 stands among all of them in order; zero of both signs is 0."""
    bits, = struct.unpack("<i", struct.pack("<f", x))
    return bits if bits >= 0 else -2 ** 31 - bits


def number(at):
    """The float32 at a place."""
    return struct.unpack("<f", struct.pack("<i", at if at >= 0 else -2 ** 31 - at))[0]
