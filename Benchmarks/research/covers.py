"""Distances to a cover of the normal rows, and sums of one-class members with them, without a student.

usage: covers.py [seed]
Needs from PyPI: numpy pandas scikit-learn. Rows and figures are those of views.py.
"""
import sys

import numpy as np
from features import split, training_file
from teachers import components, forest, mahalanobis, surprise
from views import figures, mixture, views

SQUARED_RADIUS = 0.05


def squared(rows, others):
    return (rows * rows).sum(1)[:, None] + (others * others).sum(1) - 2 * rows @ others.T


def cover(rows, radius=SQUARED_RADIUS):
    """Rows of which one lies within the radius (squared) of every row."""
    kept = rows[:1]
    for start in range(0, len(rows), 1024):
        block = rows[start : start + 1024]
        far = block[squared(block, kept).min(1) > radius]
        leaders = []
        while len(far):
            leaders.append(far[0])
            far = far[((far - far[0]) ** 2).sum(1) > radius]
        if leaders:
            kept = np.r_[kept, np.array(leaders)]
    return kept


def nearest(kept, asked):
    blocks = [asked[start : start + 2048] for start in range(0, len(asked), 2048)]
    return np.concatenate(
        [np.sqrt(np.maximum(squared(block, kept).min(1), 0)) for block in blocks])


if __name__ == "__main__":
    seed = int((sys.argv + ["0"])[1])
    table, labels, _ = training_file()
    train, calibration, test, attacks = split(labels, seed)
    mixed = np.random.default_rng(seed).choice(
        np.where(labels != "normal")[0], len(test) // 4, replace=False)
    kinds, found = labels[attacks], {}

    def add(name, score, parts):
        held, *asked = [score(part) for part in parts[1:]]
        found[name] = [surprise(held, part) for part in asked]

    for view, encode in views(table, train).items():
        parts = [encode(rows) for rows in (train, calibration, test, mixed, attacks)]
        if view == "both":
            makers = {"mixture 64": mixture(64, seed), "mixture 128": mixture(128, seed),
                      "forest": forest, "mahalanobis": mahalanobis, "PCA": components}
            for name, make in makers.items():
                add(name, make(parts[0]), parts)
        elif view != "min-max":
            kept = cover(parts[0].astype(np.float32))
            print(f"{view}: {len(kept)} rows cover {len(train)}")
            add(view, lambda rows, kept=kept: nearest(kept, rows.astype(np.float32)), parts)

    five, covers = list(makers), ["quantiles", "unit logs"]
    for title, members in {
        "cover, quantiles": covers[:1], "cover, unit logs": covers[1:], "both covers": covers,
        "five": five, "five and both covers": five + covers,
        "both mixtures and both covers": five[:2] + covers,
        "Mahalanobis, forest and both covers": ["mahalanobis", "forest"] + covers,
    }.items():
        for limit in (np.inf, 10):
            parts = [sum(np.minimum(found[name][part], limit) for name in members) for part in range(3)]
            row = figures(*parts, kinds)
            print(f"{title:36} limit {limit:4} held out {row[0]:.4f} / {row[1]:.3f}  "
                  f"types {row[2]:.4f} / {row[3]:.3f}", flush=True)
