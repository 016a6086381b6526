import Foundation
import PicketDetectors
import PicketMetrics
import PicketNumbers
import Testing

/// The density of normal records as a detector.
@Suite("Spline flow detector")
struct SplineFlowDetectorTests {
  /// Small networks that learn in a second.
  private static func detector() -> SplineFlowDetector {
    var detector = SplineFlowDetector()
    detector.couplings = 4
    detector.hidden = [16]
    detector.batchSize = 50
    detector.epochs = 10
    return detector
  }

  @Test("finds anomalies of a kind that it has never seen")
  func detects() throws {
    let (train, test, isAnomaly) = AdversarialTests.records()
    let fitted = try Self.detector().fit(train, seed: 1, observer: TrainingObserver())
    let curve = try #require(DetectionCurve(scores: fitted.scores(test), isAnomaly: isAnomaly))
    #expect(curve.areaUnderROC > 0.98)
    #expect(!fitted.history.isEmpty && fitted.history.count <= 10)
    #expect(fitted.scoringBytes > 0)
  }

  @Test("scores are minus the log of a density in the records' own units: it sums to one")
  func isADensity() throws {
    var generator = SeededGenerator(seed: 5)
    // Deviations far from 1, so that a scale left out of the density would show.
    func rows(_ count: Int) -> SparseRows {
      SparseRows(
        dense: (0..<count).map { _ in
          [0.5 + 0.1 * Float(generator.normal()), 0.3 + 0.05 * Float(generator.normal())]
        }, columnCount: 2)
    }
    let fitted = try Self.detector().fit(
      TrainingRecords(normal: rows(1000), validationNormal: rows(200)), seed: 1,
      observer: TrainingObserver())
    let side = 400
    let line = (0..<side).map { (Float($0) + 0.5) / Float(side) }
    let grid = SparseRows(
      dense: line.flatMap { x in line.map { [-0.2 + 1.4 * x, -0.1 + 0.8 * $0] } }, columnCount: 2)
    let sum = fitted.scores(grid).reduce(0) { $0 + exp(-$1) }
    #expect(abs(sum * 1.4 * 0.8 / Double(side * side) - 1) < 0.02)
  }

  @Test("the same seed gives the same scores, another seed gives others")
  func repeats() throws {
    let (train, test, _) = AdversarialTests.records()
    var detector = Self.detector()
    detector.epochs = 2
    func scores(_ seed: UInt64) throws -> [Double] {
      try detector.fit(train, seed: seed, observer: TrainingObserver()).scores(test)
    }
    let first = try scores(1)
    #expect(try scores(1) == first)
    #expect(try scores(2) != first)
  }

  @Test("records and settings that cannot train are refused", arguments: 0..<4)
  func refuses(_ index: Int) {
    var detector = Self.detector()
    var (train, _, _) = AdversarialTests.records()
    switch index {
    case 0: train.normal = ToyRecords.rows([[0.5, 0.5, 1]])
    case 1: detector.noise = 0
    case 2: detector.couplings = 0
    default:
      let narrow = SparseRows(dense: (0..<60).map { [Float($0)] }, columnCount: 1)
      train = TrainingRecords(normal: narrow, validationNormal: narrow)
    }
    #expect(throws: TrainingError.self) {
      try detector.fit(train, seed: 1, observer: TrainingObserver())
    }
  }
}
