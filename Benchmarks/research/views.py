"""One-class members in several views of the records, and sums of them, without a student.

usage: views.py [seeds]
Needs from PyPI: numpy pandas scikit-learn. The rows of P7 (a), drawn by numpy: 72 % of the normal
rows train, 8 % calibrate, 20 % test against a quarter as many attacks (AUC-PR, TPR at 1 %) and against
every attack type (at most 600 rows; the means of ROC area and TPR at 1 %).
"""
import sys

import numpy as np
from features import SYMBOLIC, Encoder, split, training_file
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import NearestNeighbors
from teachers import components, forest, mahalanobis, surprise

MEMBERS = ("mahalanobis", "forest", "PCA", "mixture 64", "mixture 128")


def mixture(count, seed):
    def make(rows):
        drawn = rows[np.random.default_rng(seed).choice(len(rows), 20000, replace=False)]
        fitted = GaussianMixture(
            count, covariance_type="diag", reg_covar=0.01, max_iter=20, random_state=seed)
        fitted.fit(drawn)
        return lambda asked: -fitted.score_samples(asked)
    return make


def neighbours(count, seed):
    def make(rows):
        if count < len(rows):
            rows = rows[np.random.default_rng(seed).choice(len(rows), count, replace=False)]
        fitted = NearestNeighbors(n_neighbors=3, algorithm="brute").fit(rows)
        return lambda asked: fitted.kneighbors(asked)[0][:, 2]
    return make


def views(table, train):
    """Functions from rows to inputs: both planes, min-max, quantiles, logarithms in [0, 1]."""
    both, quantiles, logs = (Encoder(table, train, kinds) for kinds in ("ql", "q", "l"))
    numbers = [column for column in range(41) if column not in SYMBOLIC]
    values = table[numbers].to_numpy(float)
    low, high = values[train].min(0), values[train].max(0)
    span = np.ptp(logs(table, train), axis=0)

    def linear(rows):
        scaled = np.clip((values[rows] - low) / np.where(high > low, high - low, 1), 0, 1)
        fresh = Encoder(table, train, "")(table, rows)
        return np.c_[scaled, fresh].astype(np.float32)

    return {
        "both": lambda rows: both(table, rows), "min-max": linear,
        "quantiles": lambda rows: quantiles(table, rows),
        "unit logs": lambda rows: logs(table, rows) / np.where(span > 0, span, 1),
    }


def figures(normal, mixed, attacks, kinds):
    limit = np.sort(normal)[int(np.ceil(len(normal) * 0.99)) - 1]
    truth = np.r_[np.zeros(len(normal)), np.ones(len(mixed))]
    row = [average_precision_score(truth, np.r_[normal, mixed]), (mixed > limit).mean()]
    types = []
    for kind in sorted(set(kinds)):
        own = attacks[kinds == kind]
        if len(own) >= 20:
            truth = np.r_[np.zeros(len(normal)), np.ones(len(own))]
            types.append([roc_auc_score(truth, np.r_[normal, own]), (own > limit).mean()])
    return row + list(np.mean(types, 0))


def scores(seed, table, labels):
    train, calibration, test, attacks = split(labels, seed)
    rng = np.random.default_rng(seed)
    mixed = rng.choice(np.where(labels != "normal")[0], len(test) // 4, replace=False)
    made = {}
    for view, encode in views(table, train).items():
        parts = [encode(rows) for rows in (train, calibration, test, mixed, attacks)]
        makers = {"mixture 64": mixture(64, seed), "forest": forest, "mahalanobis": mahalanobis,
                  "neighbours of all": neighbours(10**9, seed),
                  "neighbours of 5000": neighbours(5000, seed)}
        if view == "both":
            makers |= {"PCA": components, "mixture 128": mixture(128, seed)}
        for name, make in makers.items():
            score = make(parts[0])
            held, *asked = [score(part) for part in parts[1:]]
            made[name if view == "both" else f"{view}: {name}"] = [
                surprise(held, part) for part in asked]
    return made, labels[attacks]


if __name__ == "__main__":
    table, labels, _ = training_file()
    runs = [scores(seed, table, labels) for seed in range(int((sys.argv + ["1"])[1]))]
    names = list(runs[0][0])
    sums = {name: ((name,), np.inf) for name in names}
    for limit in (np.inf, 10):
        told = "" if limit == np.inf else f", at most {limit}"
        sums["five" + told] = (MEMBERS, limit)
        for name in names:
            if name not in MEMBERS:
                sums[f"five and {name}{told}"] = (MEMBERS + (name,), limit)
        sums["five and min-max of all five kinds" + told] = (MEMBERS + tuple(
            name for name in names if name.startswith("min-max") and "5000" not in name), limit)
    for title, (members, limit) in sums.items():
        rows = []
        for made, kinds in runs:
            parts = [sum(np.minimum(made[name][part], limit) for name in members) for part in range(3)]
            rows.append(figures(*parts, kinds))
        mean = np.mean(rows, 0)
        print(f"{title:48} held out {mean[0]:.4f} / {mean[1]:.3f}  types {mean[2]:.4f} / {mean[3]:.3f}",
              flush=True)
