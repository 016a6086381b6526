import PicketDetectors
import PicketMetrics
import PicketNumbers
import Testing

/// The adversarial detectors on records of two numbers between 0 and 1.
@Suite("Adversarial detectors")
struct AdversarialTests {
  /// Small networks, in steps large enough to learn in a second.
  static func detectors() -> [any Detector] {
    var (gan, pairs, cycles, coder) = (AnoGAN(), EGBAD(), ALAD(), AAE())
    func shrink(_ settings: inout AdversarialSettings) {
      settings.latentSize = 2
      settings.batchSize = 50
      settings.adam.learningRate = 1e-3
      settings.epochs = 30
    }
    shrink(&gan.settings)
    shrink(&pairs.settings)
    shrink(&cycles.settings)
    shrink(&coder.settings)
    // Three discriminators take longer to agree.
    cycles.settings.epochs = 100
    return [gan, pairs, cycles, coder]
  }

  /// The toy records within the unit square.
  static func records() -> (train: TrainingRecords, test: SparseRows, isAnomaly: [Bool]) {
    let toy = ToyRecords(seed: 4)
    func unit(_ rows: some Collection<[Float]>) -> SparseRows {
      ToyRecords.rows(rows.map { [($0[0] + 6) / 12, ($0[1] + 6) / 12, 1] })
    }
    let held = toy.normal.suffix(400)
    return (
      TrainingRecords(
        normal: unit(toy.normal.dropLast(400)), validationNormal: unit(toy.normal.suffix(400))),
      SparseRows(unit(held), then: unit(toy.anomalies + toy.unseen)),
      held.map { _ in false } + (toy.anomalies + toy.unseen).map { _ in true }
    )
  }

  @Test("finds anomalies of a kind that it has never seen", arguments: 0..<4)
  func detects(_ index: Int) throws {
    let (train, test, isAnomaly) = Self.records()
    let fitted = try Self.detectors()[index].fit(train, seed: 1, observer: TrainingObserver())
    let curve = try #require(DetectionCurve(scores: fitted.scores(test), isAnomaly: isAnomaly))
    #expect(curve.areaUnderROC > 0.9)
    #expect(fitted.history.count == (index == 2 ? 100 : 30))
    #expect(fitted.scoringBytes > 0)
  }

  @Test("the same seed gives the same scores, another seed gives others", arguments: 0..<4)
  func repeats(_ index: Int) throws {
    let (train, test, _) = Self.records()
    func scores(_ seed: UInt64) throws -> [Double] {
      try Self.detectors()[index].fit(train, seed: seed, observer: TrainingObserver()).scores(test)
    }
    let first = try scores(1)
    #expect(try scores(1) == first)
    #expect(try scores(2) != first)
  }

  @Test("fewer rows than a batch are refused", arguments: 0..<4)
  func refuses(_ index: Int) {
    let row = ToyRecords.rows([[0.5, 0.5, 1]])
    #expect(throws: TrainingError.self) {
      try Self.detectors()[index].fit(
        TrainingRecords(normal: row, validationNormal: row), seed: 1, observer: TrainingObserver())
    }
  }
}
