import PicketDetectors
import PicketNumbers
import Testing

@Suite("Distilled")
struct DistilledTests {
  private var detector: DistilledDetector {
    var detector = DistilledDetector()
    detector.configuration.teacher = [.mahalanobis, .isolationForest]
    detector.configuration.hidden = [32, 16]
    detector.configuration.batchSize = 50
    detector.configuration.epochs = 20
    return detector
  }

  private func share(_ first: [Double], above second: [Double]) -> Double {
    let pairs = first.flatMap { one in second.map { one > $0 ? 1.0 : one == $0 ? 0.5 : 0 } }
    return pairs.reduce(0, +) / Double(pairs.count)
  }

  @Test("a student ranks anomalies that no one showed it above normal records")
  func detects() throws {
    let toy = ToyRecords(seed: 5)
    let fitted = try detector.fit(toy.vae, seed: 1, observer: TrainingObserver())
    let normal = fitted.scores(ToyRecords.rows(ToyRecords(seed: 6).normal.prefix(300)))
    #expect(share(fitted.scores(ToyRecords.rows(toy.unseen)), above: normal) > 0.99)
    #expect(fitted.network?.kind == .distilled)
  }

  @Test("on held-out rows, three quarters of what the teacher says is learned at least")
  func regression() throws {
    let toy = ToyRecords(seed: 5)
    var short = detector.configuration
    short.epochs = 1
    short.adam.learningRate = 1e-9
    // A student that has learned nothing errs by about the targets' own size.
    let before = try Distilled.train(toy.vae, short).validationError
    let after = try Distilled.train(toy.vae, detector.configuration).validationError
    #expect(after < before / 4)
  }

  @Test("rows of fewer columns than the teacher's principal components are learned from")
  func fewColumns() throws {
    var detector = detector
    detector.configuration.teacher = [.principalComponents]
    let toy = ToyRecords(seed: 5)
    var losses: [String] = []
    let observer = TrainingObserver(onEpoch: { losses = $0.losses.map(\.name) })
    let fitted = try detector.fit(toy.vae, seed: 1, observer: observer)
    let normal = fitted.scores(ToyRecords.rows(ToyRecords(seed: 6).normal.prefix(300)))
    let plain = try #require(fitted.network)
    #expect(plain.kind == .distilled && normal.allSatisfy(\.isFinite))
    #expect(losses == ["error"])
  }

  @Test("who follows a training hears of each member of the teacher before the first epoch")
  func preparation() throws {
    var heard: [String] = []
    let observer = TrainingObserver(
      onEpoch: { if $0.epoch == 1 { heard.append("epoch") } },
      onPreparation: { heard.append("\($0.what) \($0.step)/\($0.steps)") })
    _ = try detector.fit(ToyRecords(seed: 5).vae, seed: 1, observer: observer)
    #expect(
      heard == [
        "teacher, mahalanobis 1/3", "teacher, isolation-forest 2/3",
        "the teacher's word on the student's rows 3/3", "epoch",
      ])
  }

  @Test("a seed gives the same student again")
  func seeded() throws {
    let toy = ToyRecords(seed: 5)
    func network(_ seed: UInt64) throws -> ScoringNetwork? {
      try detector.fit(toy.vae, seed: seed, observer: TrainingObserver()).network
    }
    #expect(try network(7) == network(7))
    #expect(try network(7) != network(8))
  }

  @Test("without held-out normal rows there is nothing to calibrate by, and it says so")
  func calibration() throws {
    var records = ToyRecords(seed: 5).vae
    records.validationNormal = SparseRows(dense: [], columnCount: 3)
    #expect(throws: TrainingError.self) {
      try detector.fit(records, seed: 1, observer: TrainingObserver())
    }
  }

  @Test("labelled anomalies among the normal records are found by a teacher that learns labels")
  func labels() throws {
    // A place that every one-class detector finds ordinary: just beside the origin.
    func inside(_ seed: UInt64) -> SparseRows {
      var generator = SeededGenerator(seed: seed)
      return ToyRecords.rows(
        (0..<200).map { _ in
          [0.05 + 0.02 * Float(generator.normal()), 0.05 * Float(generator.normal()), 1]
        })
    }
    let toy = ToyRecords(seed: 5)
    let normal = ToyRecords.rows(ToyRecords(seed: 6).normal.prefix(300))
    func area(_ records: TrainingRecords) throws -> Double {
      var detector = detector
      detector.configuration.teacherOfLabels = [.mahalanobis, .labels]
      let fitted = try detector.fit(records, seed: 1, observer: TrainingObserver())
      return share(fitted.scores(inside(2)), above: fitted.scores(normal))
    }
    var labelled = toy.vae
    labelled.anomalies = inside(1)
    #expect(try area(toy.vae) < 0.5)
    #expect(try area(labelled) > 0.9)
  }

  @Test(
    "no network of the classifier of labels begins with the weights of another, moved by a few places"
  )
  func beginsAnew() throws {
    // One step: no weight is then further from its beginning than the learning rate.
    var classifier = LabelClassifier()
    (classifier.epochs, classifier.leastSteps) = (1, 1)
    var records = ToyRecords(seed: 5, normals: 100).vae
    records.anomalies = ToyRecords.rows(ToyRecords(seed: 5).anomalies.prefix(20))
    let fitted = try classifier.fit(records, seed: 1, observer: TrainingObserver())
    let networks = try #require(fitted as? FittedLabelClassifier).networks
    let weights = networks.compactMap { network -> [Float]? in
      guard case .dense(let layer) = network.network?.encoder[1] else { return nil }
      return layer.weights
    }
    #expect(weights.count == 3)
    for (one, next) in zip(weights, weights.dropFirst()) {
      for places in 0..<8 {
        let alike = zip(one.dropFirst(places), next).filter { abs($0 - $1) < 2.1e-3 }.count
        #expect(alike < one.count / 10)
      }
    }
  }

  @Test(
    "the teacher of labels takes over from one for fifty normal records on",
    arguments: [35, 36])
  func enoughLabels(_ count: Int) throws {
    var detector = detector
    detector.configuration.teacherOfLabels = []
    var records = ToyRecords(seed: 5).vae
    records.anomalies = ToyRecords.rows(ToyRecords(seed: 5).anomalies.prefix(count))
    #expect(records.normal.count == 1800)
    if count < 36 {
      _ = try detector.fit(records, seed: 1, observer: TrainingObserver())
    } else {
      // A teacher without members refuses.
      #expect(throws: TrainingError.self) {
        try detector.fit(records, seed: 1, observer: TrainingObserver())
      }
    }
  }
}
