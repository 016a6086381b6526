"""What scikit-learn's classic detectors say of a few rows, printed as a Swift table.

usage: classic_oracle.py > ../PicketDetectorsTests/ClassicOracle.swift
Needs from PyPI: numpy scikit-learn.
"""
import numpy as np
from sklearn import __version__
from sklearn.decomposition import PCA
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors
from sklearn.svm import SVC, OneClassSVM

rng = np.random.default_rng(7)
mix = rng.normal(size=(5, 5)) / 2


def draw(count, shift):
    rows = (rng.normal(size=(count, 5)) @ mix + shift).astype(np.float32)
    rows[rng.random(rows.shape) < 0.3] = 0  # as sparse as records are
    return rows


normal, anomalies, probes = draw(40, 0.2), draw(16, 0.9), draw(20, 0.5)
both = np.vstack([normal, anomalies]).astype(float)
truth = np.repeat([0, 1], [len(normal), len(anomalies)])
wide, asked = normal.astype(float), probes.astype(float)


def classify(weights):
    return KNeighborsClassifier(3, weights=weights, algorithm="brute").fit(both, truth) \
        .predict_proba(asked)[:, 1]


pca = PCA(2, svd_solver="full").fit(wide)
residual = asked - pca.inverse_transform(pca.transform(asked))
centred = asked - wide.mean(0)
precision = np.linalg.inv(np.cov(wide.T) + 1e-3 * np.eye(5))
tables = {
    "ocsvm": -OneClassSVM(nu=0.1, tol=1e-9).fit(wide).decision_function(asked),
    "svm": SVC(class_weight="balanced", tol=1e-9).fit(both, truth).decision_function(asked),
    "knn": classify("uniform"),
    "knnByDistance": classify("distance"),
    "thirdNearest": NearestNeighbors(n_neighbors=3, algorithm="brute").fit(wide)
    .kneighbors(asked)[0][:, 2],
    "squaredResiduals": (residual**2).sum(1),
    "varianceRatios": pca.explained_variance_ratio_,
    "mahalanobis": np.sqrt(np.einsum("ij,jk,ik->i", centred, precision, centred)),
}


def show(name, kind, numbers):
    lines = [", ".join(numbers[i : i + 5]) for i in range(0, len(numbers), 5)]
    print(f"  static let {name}: [{kind}] = [\n    " + ",\n    ".join(lines) + ",\n  ]")


print(f"// Written by Tests/Oracles/classic_oracle.py with scikit-learn {__version__}.")
print("// swift-format-ignore\nenum ClassicOracle {")
for name, rows in (("normal", normal), ("anomalies", anomalies), ("probes", probes)):
    show(name, "Float", [str(v) for v in rows.ravel()])
for name, values in tables.items():
    show(name, "Double", [repr(float(v)) for v in values])
print("}")
