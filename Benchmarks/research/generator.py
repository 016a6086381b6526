"""AnoEAN without labelled anomalies: perturbed normal records, or a generator's, in their place.

usage: generator.py [seeds] [epochs]
Needs from PyPI: numpy pandas scikit-learn torch. Prints, for each way, what teachers.py prints. The
generator makes rows from noise; its loss is that of a normal row in the discriminator's eyes, so it
searches what the encoder still takes for normal, and is kept away from the normal rows by what the
encoder learns of those.
"""
import sys

import numpy as np
import torch
from features import Encoder, split, training_file
from teachers import judge
from torch import nn
from torch.nn.functional import softplus

torch.set_num_threads(1)
table, labels, _ = training_file()
seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 2
epochs = int(sys.argv[2]) if len(sys.argv) > 2 else 10
LATENT, BATCH, NOISE = 8, 180, 32


def dense(*widths):
    layers = [part for a, b in zip(widths, widths[1:]) for part in (nn.Linear(a, b), nn.ReLU())]
    return nn.Sequential(*layers[:-1])


class Generator(nn.Module):
    """Rows as the encoder has them: a softmax for a symbolic field, quantile and logarithm else."""

    def __init__(self, fields):
        super().__init__()
        self.sizes = [len(shape) if scale is None else 2 for _, shape, scale in fields]
        self.symbolic = [scale is None for *_, scale in fields]
        self.body = dense(NOISE, 64, 128, sum(self.sizes))

    def forward(self, noise):
        parts = self.body(noise).split(self.sizes, 1)
        return torch.cat([
            part.softmax(1) if symbolic else torch.cat([part[:, :1].sigmoid(), 5 * part[:, 1:].tanh()], 1)
            for part, symbolic in zip(parts, self.symbolic)], 1)


def perturb(rows, sizes, count, rng):
    """A log-uniform number of fields, each from another normal row."""
    made = rows[rng.choice(len(rows), count)]
    changes = len(sizes) ** rng.random(count)
    ranks = rng.random((count, len(sizes))).argsort(1).argsort(1)
    ends = np.cumsum(sizes)
    for place, end in enumerate(ends):
        chosen = np.where(ranks[:, place] < changes)[0]
        own = slice(end - sizes[place], end)
        made[chosen, own] = rows[rng.choice(len(rows), len(chosen)), own]
    return made


def anoean(train, held, fields, way, seed):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    sizes = [len(shape) if scale is None else 2 for _, shape, scale in fields]
    encoder = dense(train.shape[1], 128, 64, 32, LATENT)
    discriminator = dense(LATENT, 32, 16, 1)
    generator = Generator(fields)
    adam = {net: torch.optim.Adam(net.parameters(), 1e-3, betas=(0.5, 0.999))
            for net in (encoder, discriminator, generator)}
    pool = torch.tensor(perturb(train, sizes, 2 * len(train), rng))
    normal = torch.tensor(train)

    def step(net, loss):
        adam[net].zero_grad()
        loss.backward()
        adam[net].step()

    for _ in range(epochs):
        for chosen in torch.randperm(len(normal))[: len(normal) // BATCH * BATCH].view(-1, BATCH):
            others = []
            if way != "generator":
                others.append(pool[torch.randint(len(pool), (BATCH // 4,))])
            if way != "perturbed":
                others.append(generator(torch.randn(BATCH // 4, NOISE)).detach())
            codes = encoder(torch.cat([normal[chosen], *others]))
            own, strange = codes[:BATCH], codes[BATCH:]
            prior = torch.randn(BATCH, LATENT)
            step(discriminator, softplus(-discriminator(prior)).mean()
                 + softplus(discriminator(own.detach())).mean()
                 + softplus(discriminator(strange.detach())).mean())
            step(encoder, softplus(-discriminator(own)).mean() + softplus(discriminator(strange)).mean())
            if way != "perturbed":
                made = generator(torch.randn(BATCH // 4, NOISE))
                step(generator, softplus(-discriminator(encoder(made))).mean())
    with torch.no_grad():
        codes = encoder(torch.tensor(held)).numpy().astype(float)
        covariance = np.cov(codes.T) + 1e-6 * np.eye(LATENT)
        root = np.linalg.cholesky(np.linalg.inv(covariance))
        return lambda asked: np.linalg.norm(
            (encoder(torch.tensor(asked)).detach().numpy() - codes.mean(0)) @ root, axis=1)


for way in ("perturbed", "generator", "both"):
    for seed in range(seeds):
        parts = split(labels, seed)
        encoding = Encoder(table, parts[0])
        train, held, normal, attacks = [encoding(table, rows) for rows in parts]
        score = anoean(train, held, encoding.fields, way, seed)
        judge(f"AnoEAN, {way}, seed {seed}", score(normal), score(attacks), labels[parts[3]])
