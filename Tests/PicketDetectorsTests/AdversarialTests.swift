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

  @Test(
    "convolutions score images, an AAE's find another kind; rows that are no images are refused",
    arguments: 0..<4)
  func detectsImages(_ index: Int) throws {
    var (gan, pairs, cycles, coder) = (AnoGAN(), EGBAD(), ALAD(), AAE())
    func fold(_ settings: inout AdversarialSettings) {
      settings.convolutionChannels = [4, 8]
      settings.latentSize = 4
      settings.batchSize = 50
      settings.adam.learningRate = 2e-3
      settings.epochs = 30
    }
    fold(&gan.settings)
    fold(&pairs.settings)
    fold(&cycles.settings)
    fold(&coder.settings)
    let detector: any Detector = [gan, pairs, cycles, coder][index]

    let (normal, test) = (Self.bars(600, seed: 1, across: false), 100)
    let mixed = SparseRows(
      Self.bars(test, seed: 2, across: false), then: Self.bars(test, seed: 3, across: true))
    var train = TrainingRecords(
      normal: normal, validationNormal: normal, shape: .image(height: 8, width: 8))
    let fitted = try detector.fit(train, seed: 1, observer: TrainingObserver())
    let scores = fitted.scores(mixed)
    #expect(scores.allSatisfy(\.isFinite) && Set(scores).count > test)
    let isAnomaly = (0..<2 * test).map { $0 >= test }
    let curve = try #require(DetectionCurve(scores: scores, isAnomaly: isAnomaly))
    // The games of the others take longer to settle than a test may.
    #expect(index != 3 || curve.areaUnderROC > 0.85)

    train.shape = .image(height: 8, width: 9)
    #expect(throws: TrainingError.self) {
      try detector.fit(train, seed: 1, observer: TrainingObserver())
    }
  }

  /// Images of 8 x 8 with a bar down, or across, at a random place and of random brightness.
  private static func bars(_ count: Int, seed: UInt64, across: Bool) -> SparseRows {
    var generator = SeededGenerator(seed: seed)
    return SparseRows(
      dense: (0..<count).map { _ in
        let (place, light) = (Int(generator.unit() * 8), 0.5 + 0.5 * Float(generator.unit()))
        return (0..<64).map { (across ? $0 / 8 : $0 % 8) == place ? light : 0 }
      }, columnCount: 64)
  }

  @Test("the mean of the parameters is kept where it is asked for, and refused where it is none")
  func averages() throws {
    let (train, test, _) = Self.records()
    func scores(_ decay: Float) throws -> [Double] {
      var pairs = EGBAD()
      pairs.settings.batchSize = 50
      pairs.settings.epochs = 2
      pairs.settings.averageDecay = decay
      return try pairs.fit(train, seed: 1, observer: TrainingObserver()).scores(test)
    }
    let (last, recent, mean) = (try scores(0), try scores(1e-6), try scores(0.99))
    #expect(zip(last, recent).allSatisfy { abs($0 - $1) < 1e-3 * abs($0) })
    #expect(zip(last, mean).contains { abs($0 - $1) > 1e-3 * abs($0) })
    for decay: Float in [-0.1, 1, .nan] {
      #expect(throws: TrainingError.self) { try scores(decay) }
    }
  }

  /// Adam's first step is as long as the learning rate wherever there is a gradient.
  ///
  /// So both phases of an AAE's first step move each weight of the encoder by as much, together or against each
  /// other; with the moments of the first phase the second's would have any length.
  @Test("what Adam remembers of one phase of an AAE does not steer the other")
  func keepsPhasesApart() throws {
    var settings = AAE().settings
    settings.batchSize = 50
    settings.adam.epsilon = 1e-20
    let (train, _, _) = Self.records()
    var generator = SeededGenerator(seed: 1)
    let step = AAEStep(try settings.layers(train), settings, using: &generator)
    let networks = [step.encoder, step.decoder]
    let before = networks.map(\.parameters.elements)
    train.normal.withView { rows in
      _ = step.step(rows.batch(0..<settings.batchSize), noise: &generator)
    }
    let moves = zip(networks, before).map { network, before in
      Set(
        zip(network.parameters.elements, before).map { after, before in
          (abs(after - before) / settings.adam.learningRate * 100).rounded() / 100
        })
    }
    #expect(moves == [[0, 2], [1]])
  }
}
