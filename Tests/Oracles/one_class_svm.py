#!/usr/bin/env python3
"""What scikit-learn's one-class SVM gets on P1's rows, with and without scaled columns.

    one_class_svm.py KDDTrain+.txt.gz SPLITS

Evidence for docs/P1.md: our figure lies far above the publication's, so another program must say
which is right. SPLITS is a folder of `nsl-kdd_open_SEED.txt.gz` and `nsl-kdd_all_SEED.txt.gz`, one
letter a row. Needs numpy, pandas and scikit-learn; nu = 0.0001 as published, gamma = "scale", at most
20,000 training rows.
"""

import gzip
import sys

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler
from sklearn.svm import OneClassSVM

SEEDS = range(6)
MOST_ROWS = 20_000
LABEL, DIFFICULTY = 41, 42


def inputs(path):
    rows = pd.read_csv(path, header=None).drop(columns=[LABEL, DIFFICULTY])
    return pd.get_dummies(rows, columns=[1, 2, 3]).to_numpy(float)


def figures(rows, split, scaler):
    normal = np.flatnonzero(split == "n")
    tested = (split == "N") | (split == "A")
    scaler.fit(rows[(split == "n") | (split == "a")])
    chosen = np.random.default_rng(0).permutation(normal)[:MOST_ROWS]
    machine = OneClassSVM(kernel="rbf", gamma="scale", nu=1e-4).fit(scaler.transform(rows[chosen]))
    scores = -machine.decision_function(scaler.transform(rows[tested]))
    truth = split[tested] == "A"
    precision, recall, _ = precision_recall_curve(truth, scores)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    return average_precision_score(truth, scores), f1.max(), roc_auc_score(truth, scores)


def main():
    rows = inputs(sys.argv[1])
    for protocol in ("open", "all"):
        for name, scaler in (("min-max", MinMaxScaler()), ("unscaled", FunctionTransformer())):
            found = []
            for seed in SEEDS:
                with gzip.open(f"{sys.argv[2]}/nsl-kdd_{protocol}_{seed}.txt.gz", "rt") as file:
                    found.append(figures(rows, np.array(list(file.read().strip())), scaler))
            mean, deviation = np.mean(found, axis=0), np.std(found, axis=0, ddof=1)
            print(protocol, name, *(f"{title} {m:.4f} +- {d:.4f}" for title, m, d in zip(
                ("AUC-PR", "best F1", "AUC-ROC"), mean, deviation)), flush=True)


main()
