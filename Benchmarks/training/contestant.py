"""One training by one contestant, in a process of its own: contestant.py NAME NETWORK SEED SIZES DATA

Prints seconds, seconds without compilation, and a figure of what was learned: for the AnoEAN the
share of anomalies that lie beyond 99 % of the normal rows by Mahalanobis distance, for the VAE the
mean squared error of rows that did not train.
"""

import json
import sys

import numpy as np

import connections


def detected(encode, normal, anomalous):
    codes, others = np.asarray(encode(normal), float), np.asarray(encode(anomalous), float)
    mean, inverse = codes.mean(0), np.linalg.inv(np.cov(codes.T) + 1e-6 * np.eye(codes.shape[1]))

    def distance(z):
        return np.einsum("ij,jk,ik->i", z - mean, inverse, z - mean)

    return float((distance(others) > np.quantile(distance(codes), 0.99)).mean())


def main():
    name, network, seed, sizes, data = sys.argv[1:6]
    normal, anomalous, fresh = connections.draw(data, *map(int, sizes.split(",")))
    if name == "jax":
        import jax_networks as networks
        more = []
    else:
        import torch
        import torch_networks as networks
        torch.set_num_threads(int(sys.argv[6]))
        more = [name == "torch-compile"]
    if network == "anoean":
        *seconds, encode = networks.anoean(normal, anomalous, int(seed), *more)
        figure = detected(encode, fresh, anomalous)
    else:
        *seconds, reconstruct = networks.vae(normal, int(seed), *more)
        figure = float(((np.asarray(reconstruct(fresh)) - fresh) ** 2).mean())
    print(json.dumps({"seconds": seconds[0], "warm": seconds[-1], "figure": figure}))


main()
