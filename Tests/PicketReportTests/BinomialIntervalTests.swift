import PicketReport
import Testing

struct BinomialIntervalTests {
  @Test(arguments: BinomialCase.all)
  func `the interval is that of exact binomial sums`(_ known: BinomialCase) {
    let interval = BinomialInterval(
      successes: known.successes, trials: known.trials, confidence: known.confidence)
    #expect(isClose(interval.lower, known.lower), "\(interval.lower), not \(known.lower)")
    #expect(isClose(interval.upper, known.upper), "\(interval.upper), not \(known.upper)")
  }

  @Test func `the interval of misses mirrors that of hits`() {
    let hits = BinomialInterval(successes: 17, trials: 400)
    let misses = BinomialInterval(successes: 383, trials: 400)
    #expect(abs(hits.lower - (1 - misses.upper)) < 1e-12)
    #expect(abs(hits.upper - (1 - misses.lower)) < 1e-12)
  }

  @Test(arguments: [0, 1, 40, 99, 100])
  func `the share itself lies within`(_ successes: Int) {
    let interval = BinomialInterval(successes: successes, trials: 100)
    #expect(interval.lower <= Double(successes) / 100)
    #expect(interval.upper >= Double(successes) / 100)
  }

  private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(abs(b), 1e-6) }
}
