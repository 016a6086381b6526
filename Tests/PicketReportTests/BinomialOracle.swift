// Written by Tests/Oracles/binomial_oracle.py: exact fractions, and scipy 1.17.1.

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

  static let all = [
    BinomialCase(0, 10, 0.95, 0.0, 0.30849710781876083),
    BinomialCase(1, 10, 0.95, 0.0025285785444617843, 0.44501611702819543),
    BinomialCase(5, 10, 0.95, 0.18708602844739852, 0.8129139715526015),
    BinomialCase(10, 10, 0.95, 0.6915028921812392, 1.0),
    BinomialCase(3, 200, 0.95, 0.0031041076215535097, 0.04320828191771261),
    BinomialCase(13, 300, 0.99, 0.018803119440957274, 0.08322508927197458),
    BinomialCase(0, 1, 0.95, 0.0, 0.975),
    BinomialCase(1, 1, 0.95, 0.025, 1.0),
    BinomialCase(299, 300, 0.9, 0.9842854451084161, 0.9998290369678865),
    BinomialCase(13, 6734, 0.95, 0.0010282988349810923, 0.0032989546011271548),
    BinomialCase(669, 9711, 0.95, 0.06393203570678328, 0.07411026757812983),
    BinomialCase(7, 100000, 0.99, 2.0373778463446272e-05, 0.0001713272515971727),
    BinomialCase(50000, 1000000, 0.95, 0.04957363954732641, 0.05042896936846393),
    BinomialCase(999999, 1000000, 0.95, 0.9999944283693448, 0.9999999746821924),
  ]
}
