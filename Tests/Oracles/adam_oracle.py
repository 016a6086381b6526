"""Twelve steps of Adam by optax in double precision, printed as a Swift table.

usage: adam_oracle.py > ../PicketNNTests/AdamOracle.swift
Needs from PyPI: numpy jax optax.
"""
import jax
import numpy as np
import optax

jax.config.update("jax_enable_x64", True)
STEPS = 12
start = np.array([0.5, -1.25, 3.0])


def gradient(step):
    """The same numbers are computed by the test: exact in single precision."""
    return np.array([(step % 5 - 2) / 4, (step * step % 7) / 8, (-1.0) ** step * step / 2])


print(f"// Written by Tests/Oracles/adam_oracle.py with optax {optax.__version__}.")
print("struct AdamCase: Sendable {")
print("  let learningRate, beta1, beta2, epsilon: Float")
print("  let parameters: [[Double]]\n}\n")
print("// swift-format-ignore\nlet adamCases: [AdamCase] = [")
for rate, beta1, beta2, epsilon in ((1e-3, 0.5, 0.999, 1e-8), (0.05, 0.9, 0.99, 1e-3)):
    adam = optax.adam(rate, b1=beta1, b2=beta2, eps=epsilon)
    parameters = jax.numpy.array(start)
    state = adam.init(parameters)
    print(f"  AdamCase(learningRate: {rate}, beta1: {beta1}, beta2: {beta2}, epsilon: {epsilon},")
    print("  parameters: [")
    for step in range(1, STEPS + 1):
        update, state = adam.update(jax.numpy.array(gradient(step)), state)
        parameters = optax.apply_updates(parameters, update)
        print("    [" + ", ".join(repr(float(p)) for p in parameters) + "],")
    print("  ]),")
print("]")
