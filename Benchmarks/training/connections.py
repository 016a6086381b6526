"""The rows that all contestants learn from: NSL-KDD, or random rows of its shape without it."""

import csv
import gzip
import os

import numpy as np

SYMBOLIC = (1, 2, 3)
FIELDS = 41


def read(path):
    """The rows of KDDTrain+, one-hot and min-max, and whether each is normal."""
    with gzip.open(path, "rt", newline="") as file:
        rows = list(csv.reader(file))
    columns = []
    for field in range(FIELDS):
        cells = [row[field] for row in rows]
        if field in SYMBOLIC:
            names = {name: at for at, name in enumerate(sorted(set(cells)))}
            columns.append(np.eye(len(names), dtype=np.float32)[[names[cell] for cell in cells]])
        else:
            x = np.array(cells, dtype=np.float64)
            span = x.max() - x.min()
            columns.append(((x - x.min()) / (span or 1)).astype(np.float32)[:, None])
    return np.hstack(columns), np.array([row[FIELDS] == "normal" for row in rows])


def draw(data, normal, anomalous, validation):
    """Three sets of rows, of given sizes: normal and anomalous ones to learn from, normal ones to
    fit the Gaussian with."""
    path = os.path.join(data, "nsl-kdd", "KDDTrain+.txt.gz") if data else ""
    random = np.random.default_rng(1)
    if os.path.exists(path):
        rows, is_normal = read(path)
    else:
        rows = (random.random((126000, 122)) < 0.15).astype(np.float32)
        is_normal = random.random(126000) < 0.53
    normals, anomalies = random.permutation(rows[is_normal]), random.permutation(rows[~is_normal])
    return (normals[:normal], anomalies[:anomalous], normals[normal:normal + validation])
