"""Mean, covariance and Mahalanobis distances of forty codes by numpy, printed as a Swift table.

usage: mahalanobis_oracle.py > ../PicketDetectorsTests/MahalanobisOracle.swift
Needs from PyPI: numpy.
"""
import numpy as np

rng = np.random.default_rng(3)
mix = rng.normal(size=(3, 3))
codes = (rng.normal(size=(40, 3)) @ mix + [1, -2, 0.5]).astype(np.float32)
probes = (4 * rng.normal(size=(6, 3))).astype(np.float32)
wide = codes.astype(float)
mean = wide.mean(0)
covariance = np.cov(wide.T) + 1e-6 * np.eye(3)
apart = probes.astype(float) - mean
distances = np.sqrt(np.einsum("ij,jk,ik->i", apart, np.linalg.inv(covariance), apart))


def table(name, kind, values):
    numbers = [repr(kind(v)) for v in np.ravel(values)]
    lines = [", ".join(numbers[i : i + 4]) for i in range(0, len(numbers), 4)]
    print(f"  static let {name}: [{'Float' if kind is short else 'Double'}] = [")
    print("    " + ",\n    ".join(lines) + ",\n  ]")


def short(value):
    """The shortest decimal that is this single-precision number."""
    class Text(float):
        def __repr__(self):
            return str(np.float32(value))
    return Text(value)


print(f"// Written by Tests/Oracles/mahalanobis_oracle.py with numpy {np.__version__}.")
print("// swift-format-ignore\nenum MahalanobisOracle {")
table("codes", short, codes)
table("probes", short, probes)
table("mean", float, mean)
table("covariance", float, covariance)
table("distances", float, distances)
print("}")
