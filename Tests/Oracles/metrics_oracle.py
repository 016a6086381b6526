"""What scikit-learn says of small scored sets, printed as a Swift table.

usage: metrics_oracle.py > ../PicketMetricsTests/MetricsOracle.swift
Needs from PyPI: numpy scikit-learn.
"""
import numpy as np
from sklearn import __version__
from sklearn.metrics import (accuracy_score, average_precision_score, precision_recall_curve,
                             roc_auc_score, roc_curve)


def cases():
    rng = np.random.default_rng(20)
    for name, rows, share, levels in (
        ("separated", 30, 0.3, 0), ("random", 60, 0.2, 0), ("few anomalies", 80, 0.03, 0),
        ("tied at five levels", 60, 0.4, 5), ("tied at two levels", 40, 0.25, 2),
        ("all equal", 20, 0.5, 1),
    ):
        truth = np.zeros(rows, bool)
        truth[: max(1, round(rows * share))] = True
        rng.shuffle(truth)
        scores = rng.normal(size=rows) + truth * (5 if name == "separated" else 0.7)
        if levels:
            scores = np.floor(levels * rng.random(rows) ** (1 - 0.4 * truth)) / 4
        yield name, scores, truth


def figures(scores, truth):
    precision, recall, thresholds = precision_recall_curve(truth, scores)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-300)
    best = len(f1) - 1 - int(np.argmax(f1[::-1]))  # the largest threshold among equals
    fpr, tpr, _ = roc_curve(truth, scores, drop_intermediate=False)
    return {
        "averagePrecision": average_precision_score(truth, scores),
        "areaUnderROC": roc_auc_score(truth, scores),
        "bestF1": f1[best],
        "bestThreshold": thresholds[best],
        "accuracy": accuracy_score(truth, scores >= thresholds[best]),
        "rateAt5Percent": tpr[fpr <= 0.05].max(),
        "rateAt20Percent": tpr[fpr <= 0.2].max(),
    }


print(f"// Written by Tests/Oracles/metrics_oracle.py with scikit-learn {__version__}.")
print("struct MetricsCase: Sendable {")
print("  let name: String, scores: [Double], anomalies: [Int]")
print("  let averagePrecision, areaUnderROC, bestF1, bestThreshold, accuracy: Double")
print("  let rateAt5Percent, rateAt20Percent: Double\n}\n")
print("// swift-format-ignore\nlet metricsCases: [MetricsCase] = [")
for name, scores, truth in cases():
    print(f'  MetricsCase(name: "{name}", scores: [')
    numbers = [repr(float(s)) for s in scores]
    for i in range(0, len(numbers), 4):
        print("    " + ", ".join(numbers[i : i + 4]) + ",")
    print("  ], anomalies: " + str([int(i) for i in np.flatnonzero(truth)]) + ",")
    rest = [f"{k}: {float(v)!r}" for k, v in figures(scores, truth).items()]
    print("  " + ",\n  ".join(rest) + "),")
print("]")
