"""Boosted trees, DeepSAD and DevNet on one attack family left out: the rows of `picket reproduce P9`.

usage: family_peers.py [seeds] [epochs] > PAGE
Needs from PyPI: deepod numpy pandas scikit-learn torch tqdm. They learn from the same normal rows and
labelled attacks as the detectors of the command, held-out ones too, as quantiles, logarithms and
one-hot columns. The settings are their libraries' own, but for DeepOD's epochs and batch size (256).
"""
import sys

import numpy as np
from deepod.models.tabular import DeepSAD, DevNet
from family_figures import FAMILIES, figures
from features import Encoder, training_file
from sklearn.ensemble import HistGradientBoostingClassifier
from splits import leaving_out


def deep(kind):
    def scores(seed, epochs, rows, truth, asked):
        model = kind(epochs=epochs, device="cpu", verbose=0, random_state=seed, batch_size=256)
        model.fit(rows, truth)
        return model.decision_function(asked)
    return scores


def trees(seed, _, rows, truth, asked):
    model = HistGradientBoostingClassifier(random_state=seed).fit(rows, truth)
    return model.decision_function(asked)


if __name__ == "__main__":
    seeds, epochs = (int(given) for given in (sys.argv[1:] + ["5", "20"][len(sys.argv) - 1:]))
    table, labels, families = training_file()
    peers = {"boosted trees": trees, "DeepSAD": deep(DeepSAD), "DevNet": deep(DevNet)}
    found = {(family, name): [] for family in FAMILIES for name in peers}
    for seed in range(seeds):
        for family in FAMILIES:
            parts = leaving_out(family, labels, families, seed)
            normal, known = parts[0] + parts[2], parts[1] + parts[3]
            encoder = Encoder(table, normal)
            rows, asked = encoder(table, normal + known), encoder(table, parts[4] + parts[5])
            truth = np.r_[np.zeros(len(normal)), np.ones(len(known))].astype(int)
            for name, score in peers.items():
                scores = score(seed, epochs, rows, truth, asked)
                found[family, name].append(figures(scores[: len(parts[4])], scores[len(parts[4]):]))
                print(seed, family, name, *found[family, name][-1], file=sys.stderr, flush=True)
    print(f"| left out | {' | '.join(peers)} |\n| --- |{' --- |' * len(peers)}")
    for family in FAMILIES:
        cells = []
        for name in peers:
            (area, rate), (area_spread, rate_spread) = (
                function(found[family, name], axis=0)
                for function in (np.mean, lambda rows, axis: np.std(rows, axis, ddof=min(1, seeds - 1))))
            cells.append(f"{area:.4f} ± {area_spread:.4f} / {rate:.3f} ± {rate_spread:.3f}")
        print(f"| {family} | {' | '.join(cells)} |")
