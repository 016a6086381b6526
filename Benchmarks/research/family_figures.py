"""The figures of P9: what scores of normal rows and of a family's attacks are worth.

Needs from PyPI: numpy scikit-learn.
"""
import numpy as np
from sklearn.metrics import roc_auc_score

FAMILIES = ("dos", "probe", "r2l", "u2r")


def figures(normal, attacks):
    """ROC area, and the share of attacks above the score that 1 % of the normal rows exceed."""
    truth = np.r_[np.zeros(len(normal)), np.ones(len(attacks))]
    limit = np.sort(normal)[int(np.ceil(len(normal) * 0.99)) - 1]
    return roc_auc_score(truth, np.r_[normal, attacks]), (attacks > limit).mean()
