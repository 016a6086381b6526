import PicketMetrics
import Testing

@Suite("Detection curve")
struct DetectionCurveTests {
  @Test("agrees with scikit-learn on every figure", arguments: metricsCases)
  func agreesWithOracle(_ known: MetricsCase) throws {
    let isAnomaly = known.scores.indices.map(Set(known.anomalies).contains)
    let curve = try #require(DetectionCurve(scores: known.scores, isAnomaly: isAnomaly))
    let best = curve.bestF1
    let confusion = curve.confusion(atThreshold: best.threshold)
    #expect(abs(curve.averagePrecision - known.averagePrecision) < 1e-12)
    #expect(abs(curve.areaUnderROC - known.areaUnderROC) < 1e-12)
    #expect(abs(best.value - known.bestF1) < 1e-12)
    #expect(best.threshold == known.bestThreshold)
    #expect(abs(confusion.accuracy - known.accuracy) < 1e-12)
    #expect(abs(confusion.f1 - best.value) < 1e-12)
    #expect(abs(curve.truePositiveRate(atFalsePositiveRate: 0.05) - known.rateAt5Percent) < 1e-12)
    #expect(abs(curve.truePositiveRate(atFalsePositiveRate: 0.2) - known.rateAt20Percent) < 1e-12)
  }

  @Test("does not depend on the order of the records")
  func ignoresOrder() throws {
    let scores = [0.5, 0.5, 0.5, 0.1, 0.9, 0.9]
    let truth = [true, false, true, false, true, false]
    let curve = try #require(DetectionCurve(scores: scores, isAnomaly: truth))
    let reversed = try #require(
      DetectionCurve(scores: scores.reversed(), isAnomaly: truth.reversed()))
    #expect(curve.thresholds == reversed.thresholds)
    #expect(curve.truePositives == reversed.truePositives)
    #expect(curve.falsePositives == reversed.falsePositives)
  }

  @Test("has no value where no figure has a meaning")
  func refusesEmptyClasses() {
    #expect(DetectionCurve(scores: [], isAnomaly: []) == nil)
    #expect(DetectionCurve(scores: [1, 2], isAnomaly: [true, true]) == nil)
    #expect(DetectionCurve(scores: [1, 2], isAnomaly: [false, false]) == nil)
    #expect(DetectionCurve(scores: [1, .nan], isAnomaly: [false, true]) == nil)
    #expect(DetectionCurve(scores: [1], isAnomaly: [false, true]) == nil)
  }

  @Test("ranks an infinite score above all others")
  func acceptsInfinity() throws {
    let curve = try #require(
      DetectionCurve(scores: [.infinity, 1, 2], isAnomaly: [true, false, false]))
    #expect(curve.averagePrecision == 1)
    #expect(curve.areaUnderROC == 1)
  }

  @Test("counts alarms at thresholds between, above and below the scores")
  func countsAlarms() throws {
    let curve = try #require(
      DetectionCurve(scores: [1, 2, 3, 4], isAnomaly: [false, true, false, true]))
    let none = curve.confusion(atThreshold: 5)
    #expect(none.truePositives == 0 && none.falsePositives == 0 && none.precision == 0)
    let two = curve.confusion(atThreshold: 2.5)
    #expect(two.truePositives == 1 && two.falsePositives == 1)
    #expect(two.trueNegatives == 1 && two.falseNegatives == 1 && two.accuracy == 0.5)
    let all = curve.confusion(atThreshold: -.infinity)
    #expect(all.recall == 1 && all.falsePositives == 2 && all.total == 4)
    #expect(curve.truePositiveRate(atFalsePositiveRate: 0) == 0.5)
  }

  @Test("judges 20,000 scores in a few milliseconds")
  func isFast() throws {
    var state: UInt64 = 1
    let scores = (0..<20_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11)
    }
    let truth = scores.indices.map { $0 % 5 == 0 }
    let elapsed = try ContinuousClock().measure {
      _ = try #require(DetectionCurve(scores: scores, isAnomaly: truth)).averagePrecision
    }
    // A hundred times what one core takes, so that a busy machine does not fail it; sorting in
    // quadratic time would.
    #expect(elapsed < .milliseconds(500))
  }
}

@Suite("Summary")
struct SummaryTests {
  @Test("gives mean, deviation and median of odd and even counts")
  func describesRuns() throws {
    let even = try #require(Summary([4, 1, 3, 2]))
    #expect(even.mean == 2.5 && even.median == 2.5 && even.minimum == 1 && even.maximum == 4)
    #expect(abs(even.deviation - 1.25.squareRoot()) < 1e-15)
    #expect(try #require(Summary([5, 1, 3])).median == 3)
    #expect(Summary([]) == nil && Summary([.nan, 1]) == nil)
  }
}

extension MetricsCase: CustomTestStringConvertible {
  var testDescription: String { name }
}
