"""One-class detectors and their sums, on attack types that none of them has seen.

usage: teachers.py
Needs from PyPI: numpy pandas scikit-learn. Prints, for each, the mean over attack types of the ROC
area and of the true positive rates at 1 % and 5 % false positives, on held-out normal rows.
"""
import numpy as np
from features import Encoder, split, training_file
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import NearestNeighbors

table, labels, _ = training_file()
train, calibration, validation, attacks = split(labels)


def sample(rows, count=20000):
    return rows[np.random.default_rng(1).choice(len(rows), count, replace=False)]


def mahalanobis(rows):
    covariance = np.cov(rows.T.astype(float))
    ridge = 1e-3 * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    root = np.linalg.cholesky(np.linalg.inv(covariance + ridge))
    return lambda asked: np.linalg.norm((asked - rows.mean(0)) @ root, axis=1)


def forest(rows):
    fitted = IsolationForest(n_estimators=200, max_samples=256, random_state=0).fit(rows)
    return lambda asked: -fitted.score_samples(asked)


def neighbours(rows):
    fitted = NearestNeighbors(n_neighbors=3, algorithm="brute").fit(sample(rows))
    return lambda asked: fitted.kneighbors(asked)[0][:, 2]


def components(rows):
    fitted = PCA(0.99, svd_solver="full").fit(rows)
    return lambda asked: np.linalg.norm(
        asked - fitted.inverse_transform(fitted.transform(asked)), axis=1)


def mixture(count):
    def make(rows):
        fitted = GaussianMixture(
            count, covariance_type="diag", reg_covar=0.01, max_iter=20, random_state=0)
        fitted.fit(sample(rows))
        return lambda asked: -fitted.score_samples(asked)
    return make


def surprise(normal, scores):
    """Minus the logarithm of the share of normal scores as high, an exponential tail from 5 % on."""
    ranked = np.sort(normal)
    start = ranked[int(0.95 * len(ranked))]
    excess = (ranked[ranked > start] - start).mean()
    share = 1 - np.searchsorted(ranked, scores) / (len(ranked) + 1)
    bulk = np.minimum(-np.log(np.maximum(share, 1e-9)), -np.log(0.05))
    return np.where(scores > start, -np.log(0.05) + (scores - start) / excess, bulk)


def judge(name, normal, anomalous, kinds=labels[attacks]):
    ranked = np.sort(normal)
    limits = [ranked[int(np.ceil(len(ranked) * share)) - 1] for share in (0.99, 0.95)]
    rows = []
    for kind in sorted(set(kinds)):
        own = anomalous[kinds == kind]
        if len(own) < 20:
            continue
        truth = np.r_[np.zeros(len(normal)), np.ones(len(own))]
        rows.append([roc_auc_score(truth, np.r_[normal, own]), *[(own > x).mean() for x in limits]])
    area, one, five = np.mean(rows, 0)
    print(f"{name:32} ROC {area:.4f}  TPR at 1 % {one:.3f}  at 5 % {five:.3f}", flush=True)


makers = {
    "mahalanobis": mahalanobis, "isolation forest": forest, "third neighbour": neighbours,
    "PCA residual": components, "mixture of 32": mixture(32), "mixture of 64": mixture(64),
    "mixture of 128": mixture(128),
}


if __name__ == "__main__":
    for kinds, title in (("q", "quantiles"), ("l", "logarithms"), ("ql", "both")):
        encoder = Encoder(table, train, kinds)
        rows = [encoder(table, part) for part in (train, calibration, validation, attacks)]
        scores = {}
        for name, make in makers.items():
            score = make(rows[0])
            held, *asked = [score(part) for part in rows[1:]]
            judge(f"{title}: {name}", *asked)
            scores[name] = [surprise(held, part) for part in asked]
    names = list(makers)
    for title, members in (
        ("sum of all", names),
        ("sum of the first four and 32", names[:5]),
        ("sum of 64 and 128", names[5:]),
        ("the same and neighbours", names[5:] + ["third neighbour"]),
        ("the same and Mahalanobis", names[5:] + ["mahalanobis"]),
    ):
        judge(title, *[sum(scores[name][part] for name in members) for part in (0, 1)])
