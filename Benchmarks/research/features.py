"""NSL-KDD's training file as quantiles, standardised logarithms and one-hot columns.

Needs from PyPI: numpy pandas. The folder of data sets is $PICKET_DATA, or ../shared/data.
"""
import os

import numpy as np
import pandas as pd

SYMBOLIC = [1, 2, 3]
KNOTS = 32


def training_file():
    """The records and their labels."""
    folder = os.environ.get("PICKET_DATA", "../shared/data")
    table = pd.read_csv(f"{folder}/nsl-kdd/KDDTrain+.txt.gz", header=None)
    families = dict(
        line.strip().split(",") for line in open(f"{folder}/nsl-kdd/attack_types.csv"))
    return table, table[41].to_numpy(), families


def split(labels, seed=0, most=600):
    """70 % of the normal rows, 10 %, 20 %; of each attack type at most so many rows."""
    rng = np.random.default_rng(seed)
    normal = rng.permutation(np.where(labels == "normal")[0])
    cuts = [int(0.7 * len(normal)), int(0.8 * len(normal))]
    attacks = []
    for name in sorted(set(labels) - {"normal"}):
        rows = np.where(labels == name)[0]
        attacks.append(rows if len(rows) <= most else rng.choice(rows, most, replace=False))
    return (*np.split(normal, cuts), np.concatenate(attacks))


class Encoder:
    """Fitted to normal rows; kinds is a part of "ql": quantiles, logarithms."""

    def __init__(self, table, rows, kinds="ql"):
        self.kinds, self.fields = kinds, []
        for column in range(41):
            values = table[column].to_numpy()[rows]
            if column in SYMBOLIC:
                self.fields.append((column, sorted(set(values)), None))
                continue
            values = values.astype(float)
            points, counts = np.unique(values, return_counts=True)
            shares = (np.cumsum(counts) - counts / 2) / len(values)
            step = max(1e-3 * max(abs(points[0]), abs(points[-1]), points[-1] - points[0]), 1e-3)
            ends = points[0] - step, points[-1] + step
            if len(points) > KNOTS - 2:
                wanted = np.linspace(shares[0], shares[-1], KNOTS - 2)
                kept = np.unique([np.abs(shares - share).argmin() for share in wanted])
                points, shares = points[kept], shares[kept]
            knots = np.r_[ends[0], points, ends[1]], np.r_[0, shares, 1]
            logs = np.sign(values) * np.log1p(np.abs(values))
            self.fields.append((column, knots, (logs.mean(), logs.std() or 1)))

    def __call__(self, table, rows):
        inputs = []
        for column, shape, scale in self.fields:
            values = table[column].to_numpy()[rows]
            if scale is None:
                inputs += [values == name for name in shape]
                continue
            values = values.astype(float)
            if "q" in self.kinds:
                inputs.append(np.interp(values, *shape))
            if "l" in self.kinds:
                logs = np.sign(values) * np.log1p(np.abs(values))
                inputs.append(np.clip((logs - scale[0]) / scale[1], -5, 5))
        return np.stack(inputs, 1).astype(np.float32)
