"""What scikit-learn's Gaussian mixture says of a few rows, printed as a Swift table.

usage: mixture_oracle.py > ../PicketDetectorsTests/MixtureOracle.swift
Needs from PyPI: numpy scikit-learn.

Three groups that lie apart have one best mixture of three, whatever it is begun with: so both must
end there.
"""
import numpy as np
from sklearn import __version__
from sklearn.mixture import GaussianMixture

rng = np.random.default_rng(11)
centres = np.array([[0, 0, 2], [5, 1, 0], [-3, 6, 1]])
rows = (centres[rng.integers(3, size=60)] + rng.normal(size=(60, 3)) * [0.5, 0.8, 0.3]).astype(np.float32)
probes = rng.normal(size=(20, 3)).astype(np.float32) * 4
asked = probes.astype(float)


def fit(components):
    return GaussianMixture(
        components, covariance_type="diag", reg_covar=0.01, tol=1e-13, max_iter=500, n_init=10,
        random_state=0).fit(rows.astype(float))


def show(name, kind, numbers):
    lines = [", ".join(numbers[i : i + 5]) for i in range(0, len(numbers), 5)]
    print(f"  static let {name}: [{kind}] = [\n    " + ",\n    ".join(lines) + ",\n  ]")


print(f"// Written by Tests/Oracles/mixture_oracle.py with scikit-learn {__version__}.")
print("// swift-format-ignore\nenum MixtureOracle {")
show("rows", "Float", [str(v) for v in rows.ravel()])
show("probes", "Float", [str(v) for v in probes.ravel()])
for name, components in (("one", 1), ("three", 3)):
    show(name, "Double", [repr(float(-v)) for v in fit(components).score_samples(asked)])
print("}")
