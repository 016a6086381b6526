"""DeepSAD and DevNet on one attack family left out: the rows, features and seeds of a given split.

usage: deepod_families.py [seeds] [epochs]
Needs from PyPI: deepod numpy pandas scikit-learn torch. For each family: 72 % of the normal rows of
KDDTrain+ and a tenth as many labelled attacks of the other families train, with DeepOD's own
settings but for the epochs; 20 % of the normal rows test against the family.
"""
import sys

import numpy as np
from deepod.models.tabular import DeepSAD, DevNet
from features import Encoder, training_file
from sklearn.metrics import roc_auc_score

seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
epochs = int(sys.argv[2]) if len(sys.argv) > 2 else 20
table, labels, families = training_file()
family = np.array([families.get(label, "") for label in labels])
for left_out in ("dos", "probe", "r2l", "u2r"):
    for name, make in (("DeepSAD", DeepSAD), ("DevNet", DevNet)):
        figures = []
        for seed in range(seeds):
            rng = np.random.default_rng(seed)
            normal = rng.permutation(np.where(labels == "normal")[0])
            train, test = normal[: len(normal) * 72 // 100], normal[len(normal) * 80 // 100 :]
            known = np.where((labels != "normal") & (family != left_out))[0]
            known = rng.choice(known, len(train) // 10, replace=False)
            encoder = Encoder(table, train)
            rows = np.r_[train, known]
            truth = np.r_[np.zeros(len(train)), np.ones(len(known))]
            model = make(epochs=epochs, device="cpu", verbose=0, random_state=seed, batch_size=256)
            model.fit(encoder(table, rows), truth)
            attacks = np.where(family == left_out)[0]
            scores = model.decision_function(encoder(table, np.r_[test, attacks]))
            limit = np.sort(scores[: len(test)])[int(np.ceil(len(test) * 0.99)) - 1]
            asked = np.r_[np.zeros(len(test)), np.ones(len(attacks))]
            figures.append([roc_auc_score(asked, scores), (scores[len(test) :] > limit).mean()])
        mean, deviation = np.mean(figures, 0), np.std(figures, 0)
        print(f"{left_out:6} {name:8} ROC {mean[0]:.4f} ± {deviation[0]:.4f}  "
              f"TPR at 1 % {mean[1]:.4f} ± {deviation[1]:.4f}", flush=True)
