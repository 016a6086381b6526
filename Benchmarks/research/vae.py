"""What a VAE's decoder should say of a record, and which of its scores serves.

usage: vae.py collapse [seeds]      what a collapsed VAE would score on KDD99's rows of P3
       vae.py likelihoods [seeds]   decoders and scores on NSL-KDD's training file
Needs from PyPI: numpy pandas scikit-learn torch.
"""
import os
import sys

import numpy as np
import pandas as pd
import torch
from features import SYMBOLIC, split, training_file
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from views import figures

torch.set_num_threads(1)
NUMBERS = [column for column in range(41) if column not in SYMBOLIC]


def dense(widths):
    layers = [part for a, b in zip(widths, widths[1:]) for part in (nn.Linear(a, b), nn.ReLU())]
    return nn.Sequential(*layers[:-1])


def one_hot(table, rows, fitted):
    columns = []
    for column in SYMBOLIC:
        values = table[column].to_numpy()
        names = sorted(set(values[fitted]))
        columns.append(np.stack([values[rows] == name for name in names], 1))
    return columns


class VAE(nn.Module):
    """Numbers in [0, 1] first, then the one-hot columns of each symbolic field."""

    LIKELIHOODS = {
        "squares, mean": 0, "squares, sum": 0, "squares, sum times 100": 0, "categorical and squares": 0,
        "categorical and fitted variances": 0, "categorical, heteroscedastic": 1,
        "categorical, zero-inflated": 2,
    }

    def __init__(self, numbers, categories, likelihood, latent=8):
        super().__init__()
        self.numbers, self.categories, self.likelihood = numbers, categories, likelihood
        inputs, extra = numbers + sum(categories), self.LIKELIHOODS[likelihood]
        self.encoder = dense([inputs, 64, 32, 2 * latent])
        self.decoder = dense([latent, 32, 64, inputs + extra * numbers])
        self.spread = nn.Parameter(torch.full((numbers,), -2.0))

    def numbers_error(self, x, decoded):
        """-ln p of the numbers, constants left out."""
        mean, zero, like = decoded[:, : self.numbers], (x == 0).float(), self.likelihood
        if like.startswith("squares") or like.endswith("and squares"):
            return ((mean - x) ** 2).sum(1)
        extra = decoded[:, self.numbers + sum(self.categories):]
        # A deviation of at least .01: below it a density grows without end.
        log = (self.spread if like.endswith("variances") else extra[:, : self.numbers]).clamp(-4.6, 1)
        gauss = 0.5 * ((mean - x) / log.exp()) ** 2 + log
        if not like.endswith("zero-inflated"):
            return gauss.sum(1)
        absent = binary_cross_entropy_with_logits(extra[:, self.numbers:], zero, reduction="none")
        return (absent + (1 - zero) * gauss).sum(1)

    def error(self, x, z):
        decoded = self.decoder(z)
        error = self.numbers_error(x[:, : self.numbers], decoded)
        start = self.numbers
        for count in self.categories:
            own, asked = x[:, start : start + count], decoded[:, start : start + count]
            if self.likelihood.startswith("squares"):
                error = error + ((asked - own) ** 2).sum(1)
            else:
                # A category that training did not have costs what the rarest one does.
                cost = cross_entropy(asked, own.argmax(1), reduction="none")
                unseen = -torch.log_softmax(asked, 1).min(1).values
                error = error + torch.where(own.sum(1) > 0, cost, unseen)
            start += count
        return error / x.shape[1] if self.likelihood.endswith("mean") else error

    def forward(self, x, noise=True):
        mean, log = self.encoder(x).chunk(2, 1)
        log = log.clamp(-10, 10)
        z = mean + torch.randn_like(mean) * (0.5 * log).exp() if noise else mean
        divergence = 0.5 * (mean**2 + log.exp() - 1 - log).sum(1)
        weight = 100 if self.likelihood.endswith("100") else 1
        return weight * self.error(x, z), divergence, mean


def train(model, rows, epochs, rate, batch):
    adam = torch.optim.Adam(model.parameters(), rate)
    rows = torch.tensor(rows, dtype=torch.float32)
    for _ in range(epochs):
        for chosen in torch.randperm(len(rows))[: len(rows) // batch * batch].view(-1, batch):
            error, divergence, _ = model(rows[chosen])
            adam.zero_grad()
            (error + divergence).mean().backward()
            adam.step()


def scores(model, rows, held=None):
    """Error, bound, divergence and the latent Mahalanobis distance of each row."""
    with torch.no_grad():
        error, divergence, mean = model(torch.tensor(rows, dtype=torch.float32), noise=False)
        _, _, normal = model(torch.tensor(held if held is not None else rows, dtype=torch.float32), False)
    normal, mean = normal.double().numpy(), mean.double().numpy()
    inverse = np.linalg.inv(np.cov(normal.T) + 1e-6 * np.eye(normal.shape[1]))
    shifted = mean - normal.mean(0)
    latent = np.sqrt(np.einsum("ij,jk,ik->i", shifted, inverse, shifted))
    return {"error": error.numpy(), "bound": (error + divergence).numpy(),
            "divergence": divergence.numpy(), "latent": latent}


def accuracy(validation, test):
    """Accuracy of the threshold that serves the validation rows best; pairs of known and other rows' scores."""
    cuts = np.quantile(np.r_[validation], np.linspace(0, 1, 2001))
    best = max(cuts, key=lambda cut: (validation[0] <= cut).mean() + (validation[1] > cut).mean())
    return ((test[0] <= best).mean() + (test[1] > best).mean()) / 2


def collapse(seeds):
    folder = os.environ.get("PICKET_DATA", "../shared/data")
    table = pd.read_csv(f"{folder}/kdd99/kddcup.data_10_percent.gz", header=None)
    attack = (table[41] != "normal.").to_numpy()
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        attacks, normals = (rng.permutation(np.where(attack == kind)[0]) for kind in (True, False))
        known, rest = np.split(attacks, [len(attacks) * 4 // 5])
        count = min(len(rest), len(normals))
        values = table[NUMBERS].to_numpy(float)
        low, high = values[known].min(0), values[known].max(0)
        scaled = np.clip((values - low) / np.where(high > low, high - low, 1), 0, 1)
        symbols = one_hot(table, np.arange(len(table)), known)
        rows = np.concatenate([scaled, *symbols], 1).astype(np.float32)
        parts = [rows[part] for part in (rest[: count * 4 // 5], normals[: count * 4 // 5],
                                         rest[count * 4 // 5 : count], normals[count * 4 // 5 : count])]
        centre = rows[known].mean(0)
        constant = [((part - centre) ** 2).mean(1) for part in parts]
        majority = max(len(parts[2]), len(parts[3])) / (len(parts[2]) + len(parts[3]))
        print(f"seed {seed}: majority rate {majority:.3f}, "
              f"distance from the mean row {accuracy(constant[:2], constant[2:]):.4f}", flush=True)


def likelihoods(seeds):
    table, labels, _ = training_file()
    print("| decoder | score | parameters | held out | types |\n| --- | --- | ---: | --- | --- |")
    found = {}
    for seed in range(seeds):
        torch.manual_seed(seed)
        train_rows, held, test, attacks = split(labels, seed)
        mixed = np.random.default_rng(seed).choice(
            np.where(labels != "normal")[0], len(test) // 4, replace=False)
        logs = np.log1p(table[NUMBERS].to_numpy(float))
        scaled = np.clip(logs / np.maximum(logs[train_rows].max(0), 1e-9), 0, 1.5)
        symbols = one_hot(table, np.arange(len(table)), train_rows)
        rows = np.concatenate([scaled, *symbols], 1).astype(np.float32)
        for likelihood in VAE.LIKELIHOODS:
            model = VAE(len(NUMBERS), [part.shape[1] for part in symbols], likelihood)
            train(model, rows[train_rows], 15, 1e-3, 128)
            told = [scores(model, rows[part], rows[held]) for part in (test, mixed, attacks)]
            for kind in told[0]:
                used = model.encoder.parameters() if kind in ("latent", "divergence") else model.parameters()
                found.setdefault((likelihood, kind, sum(part.numel() for part in used)), []).append(
                    figures(*[one[kind] for one in told], labels[attacks]))
        print(f"seed {seed} done", file=sys.stderr, flush=True)
    for (likelihood, kind, count), own in found.items():
        mean, spread = np.mean(own, 0), np.std(own, 0, ddof=min(1, seeds - 1))
        print(f"| {likelihood} | {kind} | {count:,} | {mean[0]:.3f} ± {spread[0]:.3f} / {mean[1]:.3f} "
              f"| {mean[2]:.3f} ± {spread[2]:.3f} / {mean[3]:.3f} |")


if __name__ == "__main__":
    {"collapse": collapse, "likelihoods": likelihoods}[sys.argv[1]](int((sys.argv + ["3"])[2]))
