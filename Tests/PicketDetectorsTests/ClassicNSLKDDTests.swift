import PicketDetectors
import PicketMetrics
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
      if: OpenNSLKDD.directory != nil, "no data: set PICKET_DATA to the data sets' folder"))
  func openLabels() throws {
    let rows = try OpenNSLKDD()
    for (detector, floor) in Self.floors {
      let clock = ContinuousClock()
      let start = clock.now
      let fitted = try detector.fit(rows.records, seed: 0, observer: TrainingObserver())
      let trained = clock.now
      let curve = try #require(
        DetectionCurve(scores: fitted.scores(rows.test), isAnomaly: rows.isAnomaly))
      let name = type(of: detector).card.name
      print(
        "\(name): AUC-PR \(curve.averagePrecision), AUC-ROC \(curve.areaUnderROC), "
          + "F1 \(curve.bestF1.value), fit \(trained - start), scores \(clock.now - trained), "
          + "\(fitted.scoringBytes) bytes")
      #expect(curve.averagePrecision > floor, "\(name)")
    }
  }
}
