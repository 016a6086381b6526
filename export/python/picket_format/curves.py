"""Inputs that are no straight line of their field, step by step in float32."""

import numpy as np

# The polynomial of ln m, from the highest power of m - 1 on, and ln 2 in two parts.
TERMS = [np.float32(term) for term in (
    7.0376836e-2, -1.15146103e-1, 1.16769987e-1, -1.24201408e-1, 1.42493228e-1, -1.66680577e-1,
    2.00007148e-1, -2.49999940e-1, 3.33333310e-1)]
HIGH, LOW = np.float32(0.693359375), np.float32(-2.12194440e-4)


def signed_logarithm(x):
    """s(x) = sign(x) ln(1 + |x|), by the steps that FORMAT.md prescribes."""
    y = np.abs(np.float32(x))
    shifted = (int((y + np.float32(1)).view(np.uint32)) + 0x3F800000 - 0x3F3504F3) % 2 ** 32
    e = np.float32((shifted >> 23) - 127)
    m = np.uint32((shifted & 0x7FFFFF) + 0x3F3504F3).view(np.float32)
    f = y if e == 0 else m - np.float32(1)
    p = TERMS[0]
    with np.errstate(under="ignore"):
        for term in TERMS[1:]:
            p = p * f + term
        z = f * f
        rest = (p * f * z - z * np.float32(0.5)) + e * LOW
        return np.copysign((f + rest) + e * HIGH, np.float32(x))


def quantile(knots, x):
    """Linear between knots, constant beyond them, by the steps that FORMAT.md prescribes."""
    values, quantiles = (np.array(column, np.float32) for column in zip(*knots))
    i = max(int(np.searchsorted(values, x, "right")) - 1, 0)
    j = min(i + 1, len(values) - 1)
    half, low, high = np.float32(0.5), quantiles[i], quantiles[j]
    if x <= values[i] or i == j:
        return low
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        start = values[i] * half
        part = (np.float32(x) * half - start) / (values[j] * half - start)
        between = low + part * (high - low)
    return min(between, high) if between > low else low
