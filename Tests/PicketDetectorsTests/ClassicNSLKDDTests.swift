import PicketData
import PicketDetectors
import PicketMetrics
import PicketNumbers
import Testing

/// Protocol P1 on NSL-KDD by the detectors that AnoEAN is compared with.
@Suite("Classic detectors on NSL-KDD", .serialized)
struct ClassicNSLKDDTests {
  /// Floors are a few hundredths below what was measured on this seed.
  static let floors: [(any Detector, Double)] = [
    (NeighbourClassifier(), 0.85), (NeighbourDistance(), 0.96), (PrincipalComponents(), 0.92),
    (InputMahalanobis(), 0.92), (IsolationForest(), 0.88), (OneClassSVM(), 0.92),
    (SupportVectorClassifier(), 0.9), (OneClassSVM.withInjectedAnomalies, 0.5),
  ]

  @Test(
    "each detects attacks of labels that are not among the training rows",
    .enabled(
      if: DataDirectory.locate() != nil, "no data: set PICKET_DATA to the data sets' folder"))
  func openLabels() throws {
    let directory = try #require(DataDirectory.locate())
    let known = try #require(KnownDataSet.named("nsl-kdd-train"))
    let table = try Table(path: "\(directory)/\(known.path)", schema: .nslKDD)
    let split = RowSplit(table, ProtocolP1(.open, seed: 0))
    let encoding = FeatureEncoding.fit(table: table, rows: split.train)
    func rows(_ rows: [Int]) throws -> SparseRows {
      try encoding.encodeSparse(table, rows: rows)
    }
    let records = try TrainingRecords(
      normal: rows(split.trainNormal), anomalies: rows(split.trainAnomaly),
      validationNormal: rows(split.validationNormal),
      validationAnomalies: rows(split.validationAnomaly))
    let test = try rows(split.test)
    let truth = (0..<test.count).map { $0 >= split.testNormal.count }
    for (detector, floor) in Self.floors {
      let clock = ContinuousClock()
      let start = clock.now
      let fitted = try detector.fit(records, seed: 0, observer: TrainingObserver())
      let trained = clock.now
      let curve = try #require(DetectionCurve(scores: fitted.scores(test), isAnomaly: truth))
      let name = type(of: detector).card.name
      print(
        "\(name): AUC-PR \(curve.averagePrecision), AUC-ROC \(curve.areaUnderROC), "
          + "F1 \(curve.bestF1.value), fit \(trained - start), scores \(clock.now - trained), "
          + "\(fitted.scoringBytes) bytes")
      #expect(curve.averagePrecision > floor, "\(name)")
    }
  }
}
