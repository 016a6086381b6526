"""What a small network should be shown to learn a mixture's score: ways to perturb normal records.

usage: students.py
Needs from PyPI: numpy pandas scikit-learn torch. Prints, for each way, what teachers.py prints.
"""
import numpy as np
import torch
from features import Encoder, split, training_file
from sklearn.mixture import GaussianMixture
from teachers import judge, surprise

torch.set_num_threads(1)
table, labels, _ = training_file()
parts = split(labels)
encoder = Encoder(table, parts[0])
train, calibration, validation, attacks = [encoder(table, rows) for rows in parts]
rng = np.random.default_rng(3)
sizes = [len(shape) if scale is None else 2 for _, shape, scale in encoder.fields]
ends = np.cumsum(sizes)
inputs = [range(end - size, end) for size, end in zip(sizes, ends)]
mixtures = [
    GaussianMixture(count, covariance_type="diag", reg_covar=0.01, max_iter=20, random_state=1)
    .fit(train[rng.choice(len(train), 20000, replace=False)]) for count in (64, 128)]
held = [-mixture.score_samples(calibration) for mixture in mixtures]


def teacher(rows):
    return sum(surprise(own, -mixture.score_samples(rows)) for own, mixture in zip(held, mixtures))


def drawn(place, count):
    """A field's inputs, drawn in the range that normal records have."""
    column, shape, scale = encoder.fields[place]
    if scale is None:
        return np.eye(len(shape), dtype=np.float32)[rng.integers(len(shape), size=count)]
    low, high = shape[0][1], shape[0][-2]
    share, way = rng.random(count), rng.random(count)
    values = np.where(way < 0.5, low + (high - low) * share, low + np.expm1(np.log1p(high - low) * share))
    values = np.where(way < 0.15, low, np.where(way > 0.85, high, values))
    logs = np.sign(values) * np.log1p(np.abs(values))
    return np.stack([np.interp(values, *shape), np.clip((logs - scale[0]) / scale[1], -5, 5)], 1)


def perturbed(count, changes, drawn_share, one_donor):
    """Normal rows of which `changes` fields are changed; `one_donor` of them take from one row alone."""
    rows = train[rng.choice(len(train), count)]
    donors = train[rng.choice(len(train), count)]
    single = rng.random(count) < one_donor
    ranks = rng.random((count, len(inputs))).argsort(1).argsort(1)
    for place, own in enumerate(inputs):
        chosen = np.where(ranks[:, place] < changes)[0]
        other = train[rng.choice(len(train), len(chosen))]
        source = np.where(single[chosen, None], donors[chosen], other)[:, own.start : own.stop]
        random = rng.random(len(chosen)) < drawn_share
        source = np.where(random[:, None], drawn(place, len(chosen)), source)
        rows[np.ix_(chosen, list(own))] = source
    return rows


def student(rows, epochs=15, batch=256):
    torch.manual_seed(0)
    rows = np.concatenate([train, calibration, rows])
    given, wanted = torch.tensor(rows), torch.tensor(np.log(teacher(rows) + 0.1), dtype=torch.float32)
    widths = [given.shape[1], 128, 64]
    layers = [part for a, b in zip(widths, widths[1:]) for part in (torch.nn.Linear(a, b), torch.nn.ReLU())]
    network = torch.nn.Sequential(*layers, torch.nn.Linear(64, 1))
    adam = torch.optim.Adam(network.parameters(), 2e-3)
    steps = epochs * (len(given) // batch)
    falling = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: 1 - step / steps)
    for _ in range(epochs):
        for chosen in torch.randperm(len(given))[: steps // epochs * batch].view(-1, batch):
            loss = ((network(given[chosen])[:, 0] - wanted[chosen]) ** 2).mean()
            adam.zero_grad()
            loss.backward()
            adam.step()
            falling.step()
    return lambda asked: network(torch.tensor(asked)).detach().numpy()[:, 0]


count, fields = 150_000, len(inputs)
judge("the teacher", teacher(validation), teacher(attacks))
for name, changes, drawn_share, one_donor in (
    ("about four fields", rng.geometric(1 / 4, count), 0.3, 0),
    ("evenly from one to all", rng.integers(1, fields + 1, count), 0.3, 0),
    ("log-uniform", fields ** rng.random(count), 0.2, 0),
    ("log-uniform, half of one donor", fields ** rng.random(count), 0.2, 0.5),
    ("the same, nothing drawn", fields ** rng.random(count), 0, 0.5),
):
    score = student(perturbed(count, np.maximum(1, changes.astype(int)), drawn_share, one_donor))
    judge(name, score(validation), score(attacks))
