"""Writes Tests/PicketNNTests/SplineOracle.swift: what the spline flow authors' program computes.

usage: spline_oracle.py > ../PicketNNTests/SplineOracle.swift
Needs from PyPI: torch, nflows, umnn, matplotlib.
"""

import math
from importlib.metadata import version

import torch
from nflows.distributions.normal import StandardNormal
from nflows.flows.base import Flow
from nflows.transforms.base import CompositeTransform
from nflows.transforms.coupling import PiecewiseRationalQuadraticCouplingTransform
from nflows.transforms.splines.rational_quadratic import unconstrained_rational_quadratic_spline

torch.set_default_dtype(torch.float64)
BINS = 8
NUMBERS = 3 * BINS - 1
# nflows makes slopes of 1 from this number, Picket of 0.
SHIFT = math.log(math.exp(1 - 1e-3) - 1)
BOUND = 3.0
MOVED = [[0, 2], [1, 3], [1, 2]]
COLUMNS, HIDDEN, ROWS = 4, 5, 3


def ramp(count, step, scale=1.0):
    """Numbers from -1 to 1 in no order, the same in both programs."""
    return torch.tensor([scale * ((i * step) % 17 - 8) / 8 for i in range(count)])


def text(numbers):
    return "[" + ", ".join(f"{n:.9g}" for n in numbers.reshape(-1).tolist()) + "]"


def spline_case(x, step, scale):
    """One number through one spline; the loss is 0.7 y - 1.3 log dy/dx."""
    x = torch.tensor([x], requires_grad=True)
    numbers = ramp(NUMBERS, step, scale).requires_grad_()
    y, log_slope = unconstrained_rational_quadratic_spline(
        x, numbers[None, :BINS], numbers[None, BINS:2 * BINS], numbers[None, 2 * BINS:] + SHIFT,
        tail_bound=BOUND)
    # In the tails the splines' numbers have no part in the loss.
    (0.7 * y - 1.3 * log_slope + 0 * numbers.sum()).sum().backward()
    print(f"  SplineCase(x: {x.item():.9g}, step: {step}, scale: {scale}, y: {y.item():.9g},")
    print(f"    logSlope: {log_slope.item():.9g}, gradient: {x.grad.item():.9g},")
    print(f"    numberGradient: {text(numbers.grad)}),")


class Conditioner(torch.nn.Module):
    """A network of one hidden layer; its parameters lie as Picket's: weights by input, then bias."""

    def __init__(self, inputs, outputs, step):
        super().__init__()
        self.sides = [(inputs, HIDDEN), (HIDDEN, outputs)]
        count = sum((rows + 1) * columns for rows, columns in self.sides)
        self.parameters_row = torch.nn.Parameter(ramp(count, step))
        self.shift = torch.tensor(([0.0] * 2 * BINS + [SHIFT] * (BINS - 1)) * (outputs // NUMBERS))

    def forward(self, x, context=None):
        offset = 0
        for index, (rows, columns) in enumerate(self.sides):
            weights = self.parameters_row[offset:offset + rows * columns].reshape(rows, columns)
            offset += rows * columns
            x = x @ weights + self.parameters_row[offset:offset + columns]
            offset += columns
            if index == 0:
                x = torch.relu(x)
        return x + self.shift


print(f"// Written by Tests/Oracles/spline_oracle.py with nflows {version('nflows')} on PyTorch "
      f"{torch.__version__.split('+')[0]}.")
print("""struct SplineCase: Sendable {
  let x: Float
  let step: Int
  let scale: Float
  let y, logSlope, gradient: Double
  let numberGradient: [Double]
}

// swift-format-ignore
let splineCases: [SplineCase] = [""")
for x, step, scale in [
    (-2.9, 5, 1), (-1.25, 7, 1), (0.1, 11, 2), (0.75, 3, 3), (2.95, 13, 2), (-3.5, 5, 1),
    (7.0, 7, 2),
]:
    spline_case(x, step, scale)
print("]")

nets = []


def conditioner(inputs, outputs):
    nets.append(Conditioner(inputs, outputs, 5 + 2 * len(nets)))
    return nets[-1]


def mask(moved):
    return torch.tensor([1 if column in moved else -1 for column in range(COLUMNS)])


flow = Flow(CompositeTransform([
    PiecewiseRationalQuadraticCouplingTransform(
        mask(moved), conditioner, num_bins=BINS, tails="linear", tail_bound=BOUND)
    for moved in MOVED
]), StandardNormal([COLUMNS]))
rows = ramp(ROWS * COLUMNS, 7, 2).reshape(ROWS, COLUMNS).requires_grad_()
log_likelihoods = flow.log_prob(rows)
(-log_likelihoods.mean()).backward()
print(f"""
/// A flow of three layers and what it makes of three rows; the loss is minus their mean.
enum SplineFlowOracle {{
  static let moved = {MOVED}
  static let (columns, hidden, rows) = ({COLUMNS}, {HIDDEN}, {ROWS})
  static let bound: Float = {BOUND}""")
print("  // swift-format-ignore")
print(f"  static let logLikelihoods: [Double] = {text(log_likelihoods)}")
print("  // swift-format-ignore")
print(f"  static let rowGradient: [Double] = {text(rows.grad)}")
print("  // swift-format-ignore")
print("  static let gradients: [[Double]] = [")
for net in nets:
    print(f"    {text(net.parameters_row.grad)},")
print("  ]\n}")
