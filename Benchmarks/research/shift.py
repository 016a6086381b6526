"""teachers.py's detectors where the normal test records are not drawn as the training ones were.

usage: shift.py
Needs from PyPI: numpy pandas scikit-learn. First a quarter of the normal test records are such as the
file calls hard (difficulty of 18 or below); then, three times, four services are left out of training.
"""
import numpy as np
from features import Encoder
from teachers import attacks, calibration, judge, makers, surprise, table, train, validation

difficulty, service = table[42].to_numpy(), table[2].to_numpy()
members = [name for name in makers if name != "third neighbour"]


def run(title, train, calibration, groups):
    encoder = Encoder(table, train)
    rows = [encoder(table, part) for part in (train, calibration, validation, attacks)]
    total = 0
    for name in members:
        score = makers[name](rows[0])
        held, normal, anomalous = [score(part) for part in rows[1:]]
        scores = surprise(held, normal), surprise(held, anomalous)
        total = total + np.concatenate(scores)
        for group, chosen in groups.items():
            judge(f"{title}{group}: {name}", scores[0][chosen], scores[1])
    for group, chosen in groups.items():
        judge(f"{title}{group}: sum of all", total[: len(validation)][chosen], total[len(validation):])


hard = np.where(difficulty[validation] <= 18)[0]
easy = np.where(difficulty[validation] > 18)[0]
mixed = np.r_[hard, np.random.default_rng(0).choice(easy, 3 * len(hard), replace=False)]
run("", train, calibration, {"as drawn": slice(None), "a quarter hard": mixed})
names, counts = np.unique(service[train], return_counts=True)
for draw in range(3):
    left_out = np.random.default_rng(draw).choice(
        names[(counts > 100) & (counts < 5000)], 4, replace=False)
    kept = [part[~np.isin(service[part], left_out)] for part in (train, calibration)]
    run(f"without {' '.join(left_out)}", *kept, {"": slice(None)})
