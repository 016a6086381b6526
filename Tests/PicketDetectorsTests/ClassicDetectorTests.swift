import PicketDetectors
import PicketNumbers
import Testing

@Suite("Classic detectors")
struct ClassicDetectorTests {
  private func rows(_ numbers: [Float]) -> SparseRows {
    let dense = stride(from: 0, to: numbers.count, by: 5).map { Array(numbers[$0..<$0 + 5]) }
    return SparseRows(dense: dense, columnCount: 5)
  }

  private var records: TrainingRecords {
    let none = SparseRows(dense: [], columnCount: 5)
    return TrainingRecords(
      normal: rows(ClassicOracle.normal), anomalies: rows(ClassicOracle.anomalies),
      validationNormal: none, validationAnomalies: none)
  }

  private func check(_ detector: some Detector, _ expected: [Double], within tolerance: Double)
    throws
  {
    let fitted = try detector.fit(records, seed: 1, observer: TrainingObserver())
    let scores = fitted.scores(rows(ClassicOracle.probes))
    let worst = zip(scores, expected).map { abs($0 - $1) }.max() ?? .infinity
    #expect(scores.count == expected.count && worst < tolerance)
    #expect(fitted.scoringBytes > 0 && fitted.network == nil)
  }

  @Test("a one-class SVM scores as scikit-learn's does")
  func oneClass() throws {
    var detector = OneClassSVM()
    detector.nu = 0.1
    detector.kernel.tolerance = 1e-9
    try check(detector, ClassicOracle.ocsvm, within: 1e-7)
  }

  @Test("a balanced SVM scores as scikit-learn's does")
  func twoClasses() throws {
    var detector = SupportVectorClassifier()
    detector.kernel.tolerance = 1e-9
    try check(detector, ClassicOracle.svm, within: 1e-7)
  }

  @Test("nearest neighbours classify as scikit-learn's do, with either weighting")
  func neighbours() throws {
    var detector = NeighbourClassifier()
    try check(detector, ClassicOracle.knn, within: 1e-12)
    detector.weighting = .inverseDistance
    try check(detector, ClassicOracle.knnByDistance, within: 1e-12)
  }

  @Test("the distance to the third nearest is scikit-learn's")
  func neighbourDistance() throws {
    try check(NeighbourDistance(), ClassicOracle.thirdNearest, within: 1e-12)
  }

  @Test("two principal components leave scikit-learn's residuals, as a sum and as a mean")
  func principalComponents() throws {
    var detector = PrincipalComponents()
    detector.components = 2
    try check(detector, ClassicOracle.squaredResiduals.map { $0 / 5 }, within: 1e-12)
    detector.reduction = .sum
    try check(detector, ClassicOracle.squaredResiduals, within: 1e-12)
    let ratios = try detector.fit(records.normal).explainedVarianceRatio
    for (found, expected) in zip(ratios, ClassicOracle.varianceRatios) {
      #expect(abs(found - expected) < 1e-12)
    }
  }

  @Test("the Mahalanobis distance is that of an inverted covariance")
  func mahalanobis() throws {
    try check(InputMahalanobis(), ClassicOracle.mahalanobis, within: 1e-10)
  }

  @Test("an isolation forest ranks far rows above near ones, the same for the same seed")
  func isolationForest() throws {
    let toy = ToyRecords(seed: 4)
    func scores(_ seed: UInt64, _ rows: [[Float]]) throws -> [Double] {
      try IsolationForest().fit(toy.vae, seed: seed, observer: TrainingObserver())
        .scores(ToyRecords.rows(rows))
    }
    let far = try scores(1, toy.unseen)
    let near = try scores(1, toy.normal)
    #expect(far.min() ?? 0 > near.reduce(0, +) / Double(near.count) + 0.1)
    #expect((near + far).allSatisfy { $0 > 0 && $0 < 1 })
    #expect(try scores(1, toy.unseen) == far && scores(2, toy.unseen) != far)
  }

  @Test("rows that are missing and settings that make no sense are refused", arguments: [0, 1])
  func refusals(_ count: Int) {
    let few = TrainingRecords(
      normal: SparseRows(dense: Array(repeating: [1, 0], count: count), columnCount: 2),
      validationNormal: SparseRows(dense: [], columnCount: 2))
    for detector in DetectorList.all {
      #expect(throws: TrainingError.self) {
        try detector.init().fit(few, seed: 1, observer: TrainingObserver())
      }
    }
    var machine = OneClassSVM()
    machine.nu = 2
    #expect(throws: TrainingError.self) {
      try machine.fit(records, seed: 1, observer: TrainingObserver())
    }
  }
}
