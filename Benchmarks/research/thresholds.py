"""From how many labels on a classifier of labels helps a sum of one-class members.

usage: thresholds.py [seeds]
Needs from PyPI: numpy pandas scikit-learn. The rows of P9: labelled attacks of three families, so many
for each normal row, the fourth family tests. Prints the sum of Mahalanobis distance, isolation forest
and two covers, without the classifiers and with them, at most 10 nats a member.
"""
import sys
import warnings

import numpy as np
from covers import cover, nearest
from family_figures import FAMILIES, figures
from features import training_file
from sklearn.neural_network import MLPClassifier
from splits import leaving_out
from teachers import forest, mahalanobis, surprise
from views import views

SHARES = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1)


def classifiers(rows, known, seed):
    """The mean logit of two networks; few labels are repeated up to a quarter of the normal rows."""
    repeated = np.resize(np.arange(len(known)), max(len(known), len(rows) // 4))
    given = np.r_[rows, known[repeated]]
    truth = np.r_[np.zeros(len(rows)), np.ones(len(repeated))]
    networks = [
        MLPClassifier((64, 32), batch_size=256, max_iter=6, random_state=10 * seed + number).fit(given, truth)
        for number in range(2)]

    def score(asked):
        odds = [network.predict_log_proba(asked) for network in networks]
        return sum(np.maximum(one[:, 1], -60) - np.maximum(one[:, 0], -60) for one in odds)
    return score


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    table, labels, families = training_file()
    found = {}
    for seed in range(int((sys.argv + ["1"])[1])):
        for family in FAMILIES:
            train, known, held, _, normals, attacks = (
                np.array(rows) for rows in leaving_out(family, labels, families, seed))
            seen = views(table, train)
            sums = [np.zeros(len(normals)), np.zeros(len(attacks))]

            def add(score, encode, to):
                calibration = score(encode(held))
                return [own + np.minimum(surprise(calibration, score(encode(rows))), 10)
                        for own, rows in zip(to, (normals, attacks))]

            for make in (mahalanobis, forest):
                sums = add(make(seen["both"](train)), seen["both"], sums)
            for view in ("quantiles", "unit logs"):
                kept = cover(seen[view](train).astype(np.float32))
                sums = add(lambda rows: nearest(kept, rows.astype(np.float32)), seen[view], sums)
            found.setdefault((family, 0), []).append(figures(*sums))
            for share in SHARES:
                own = known[: int(share * len(train))]
                score = classifiers(seen["both"](train), seen["both"](own), seed)
                found.setdefault((family, share), []).append(figures(*add(score, seen["both"], sums)))
            print(seed, family, [np.round(found[family, share][-1], 4).tolist() for share in (0, *SHARES)],
                  file=sys.stderr, flush=True)
    print("| labels for each normal row |", " | ".join(FAMILIES), "|\n| --- |" + " --- |" * len(FAMILIES))
    for share in (0, *SHARES):
        cells = [np.mean(found[family, share], 0) for family in FAMILIES]
        print(f"| {share:g} |", " | ".join(f"{area:.4f} / {rate:.3f}" for area, rate in cells), "|")
