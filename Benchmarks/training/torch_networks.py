"""The two trainings in PyTorch: eager, and through torch.compile."""

import time

import torch
from torch import nn
from torch.nn.functional import softplus

import settings


def chain(inputs, widths, last=None):
    layers = []
    for outputs in widths:
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
        inputs = outputs
    return nn.Sequential(*layers[:-1], *([last] if last else []))


def optimizer(parameters, rate, beta1):
    return torch.optim.Adam(parameters, lr=rate, betas=(beta1, 0.999), fused=True)


def anoean(normal, anomalous, seed, compiled):
    """Algorithm 1 of the publication; gives the seconds that it took and the encoder."""
    s = settings.ANOEAN
    torch.manual_seed(seed)
    normal, anomalous = torch.from_numpy(normal), torch.from_numpy(anomalous)
    begin = time.perf_counter()
    encoder = chain(normal.shape[1], settings.ENCODER)
    discriminator = chain(settings.ENCODER[-1], settings.DISCRIMINATOR)
    both = [optimizer(each.parameters(), s["rate"], s["beta1"]) for each in (discriminator, encoder)]

    def losses(n, a, z):
        codes = encoder(torch.cat([n, a]))
        fixed = codes.detach()
        judged = discriminator(torch.cat([fixed, z]))
        rows = len(n)
        told = (softplus(-judged[len(codes):]).mean() + softplus(judged[:rows]).mean()
                + softplus(judged[rows:len(codes)]).mean())
        return codes, told

    def fooled(codes, rows):
        judged = discriminator(codes)
        return softplus(-judged[:rows]).mean() + softplus(judged[rows:]).mean()

    if compiled:
        losses, fooled = torch.compile(losses), torch.compile(fooled)
    steps = len(normal) // s["normal_rows"]
    total = steps * s["epochs"]
    for epoch in range(s["epochs"]):
        order = torch.randperm(len(normal))
        for step in range(steps):
            rate = s["rate"] * (1 - (epoch * steps + step) / total)
            for each in both:
                each.param_groups[0]["lr"] = rate
            n = normal[order[step * s["normal_rows"]:(step + 1) * s["normal_rows"]]]
            a = anomalous[torch.randint(len(anomalous), (s["anomaly_rows"],))]
            z = torch.randn(s["normal_rows"] + s["anomaly_rows"], settings.ENCODER[-1])
            codes, told = losses(n, a, z)
            both[0].zero_grad()
            told.backward(retain_graph=True)
            both[0].step()
            both[1].zero_grad()
            fooled(codes, len(n)).backward()
            both[1].step()
    seconds = time.perf_counter() - begin
    return seconds, lambda rows: encoder(torch.from_numpy(rows)).detach().numpy()


def vae(normal, seed, compiled):
    """Gives the seconds that it took and the reconstruction through the latent means."""
    s, latent = settings.VAE, settings.VAE_LATENT
    torch.manual_seed(seed)
    normal = torch.from_numpy(normal)
    begin = time.perf_counter()
    encoder = chain(normal.shape[1], settings.VAE_ENCODER + [2 * latent])
    decoder = chain(latent, settings.VAE_DECODER + [normal.shape[1]], nn.Sigmoid())
    adam = optimizer([*encoder.parameters(), *decoder.parameters()], s["rate"], 0.9)

    def loss(x, noise):
        mean, logarithm = encoder(x).split(latent, 1)
        y = decoder(mean + noise * torch.exp(logarithm / 2))
        divergence = 0.5 * (mean ** 2 + logarithm.exp() - 1 - logarithm).sum(1).mean()
        return s["alpha"] * ((x - y) ** 2).mean() + divergence

    if compiled:
        loss = torch.compile(loss)
    for _ in range(s["epochs"]):
        order = torch.randperm(len(normal))
        for step in range(len(normal) // s["rows"]):
            x = normal[order[step * s["rows"]:(step + 1) * s["rows"]]]
            adam.zero_grad()
            loss(x, torch.randn(s["rows"], latent)).backward()
            adam.step()
    seconds = time.perf_counter() - begin
    return seconds, lambda rows: decoder(
        encoder(torch.from_numpy(rows))[:, :latent]).detach().numpy()
