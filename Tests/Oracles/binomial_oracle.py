"""Clopper-Pearson intervals, printed as a Swift table.

usage: binomial_oracle.py > ../PicketReportTests/BinomialOracle.swift
Needs from PyPI: scipy, for the large counts.

Small counts use no beta function at all: the lower end is the p at which seeing k or more of n has
the probability of a tail, the upper end the p at which seeing k or fewer has. The sums are of exact
fractions, and p is found by bisection.
"""
from fractions import Fraction
from math import comb

from scipy import __version__
from scipy.stats import beta

SMALL = [(0, 10, 0.95), (1, 10, 0.95), (5, 10, 0.95), (10, 10, 0.95), (3, 200, 0.95),
         (13, 300, 0.99), (0, 1, 0.95), (1, 1, 0.95), (299, 300, 0.9)]
LARGE = [(13, 6734, 0.95), (669, 9711, 0.95), (7, 100_000, 0.99), (50_000, 1_000_000, 0.95),
         (999_999, 1_000_000, 0.95)]


def at_most(k, n, p):
    """P(X <= k), as an exact fraction with denominator p.denominator ** n."""
    a, b = p.numerator, p.denominator - p.numerator
    return Fraction(sum(comb(n, i) * a**i * b**(n - i) for i in range(k + 1)), p.denominator**n)


def bisect(is_below):
    low, high = Fraction(0), Fraction(1)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return float((low + high) / 2)


def exact(k, n, confidence):
    tail = (1 - Fraction(str(confidence))) / 2
    lower = 0.0 if k == 0 else bisect(lambda p: 1 - at_most(k - 1, n, p) < tail)
    upper = 1.0 if k == n else bisect(lambda p: at_most(k, n, p) > tail)
    return lower, upper


def by_beta(k, n, confidence):
    tail = (1 - confidence) / 2
    return float(beta.ppf(tail, k, n - k + 1)), float(beta.ppf(1 - tail, k + 1, n - k))


print(f"// Written by Tests/Oracles/binomial_oracle.py: exact fractions, and scipy {__version__}.")
print("""
struct BinomialCase: Sendable {
  let successes: Int
  let trials: Int
  let confidence: Double
  let lower: Double
  let upper: Double

  init(_ successes: Int, _ trials: Int, _ confidence: Double, _ lower: Double, _ upper: Double) {
    self.successes = successes
    self.trials = trials
    self.confidence = confidence
    self.lower = lower
    self.upper = upper
  }

  static let all = [""")
for case in SMALL:
    print("    BinomialCase({}, {}, {}, {!r}, {!r}),".format(*case, *exact(*case)))
for case in LARGE:
    print("    BinomialCase({}, {}, {}, {!r}, {!r}),".format(*case, *by_beta(*case)))
print("  ]\n}")
