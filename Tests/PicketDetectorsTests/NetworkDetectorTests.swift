import PicketDetectors
import PicketMetrics
import PicketNumbers
import Testing

/// The detectors that export, behind the protocol that all detectors share.
@Suite("Detectors that export")
struct NetworkDetectorTests {
  /// Sixteen columns between 0 and 1: normal rows rise from left to right, anomalies fall.
  static func records() -> (train: TrainingRecords, test: SparseRows, isAnomaly: [Bool]) {
    var generator = SeededGenerator(seed: 8)
    func rows(_ count: Int, rising: Bool) -> SparseRows {
      SparseRows(
        dense: (0..<count).map { _ in
          let start = 0.1 * Float(generator.normal())
          return (0..<16).map { column in
            let level = Float(rising ? column : 15 - column) / 15
            return min(max(level + start + 0.05 * Float(generator.normal()), 0), 1)
          }
        }, columnCount: 16)
    }
    let (normal, held) = (rows(1000, rising: true), rows(300, rising: true))
    let test = SparseRows(rows(300, rising: true), then: rows(100, rising: false))
    return (
      TrainingRecords(
        normal: normal, anomalies: rows(100, rising: false), validationNormal: held,
        validationAnomalies: rows(50, rising: false)), test, (0..<400).map { $0 >= 300 }
    )
  }

  static func detectors() -> [any Detector] {
    var (dense, image) = (AnoEANDetector(), ConvolutionalAnoEAN())
    var (vae, folded, coder) = (VAEDetector(), ConvolutionalVAE(), Autoencoder())
    dense.configuration.epochs = 8
    image.configuration.epochs = 8
    image.configuration.convolutionChannels = [4, 8]
    vae.configuration.latentSize = 2
    folded.configuration.latentSize = 2
    folded.configuration.convolutionChannels = [4, 8]
    coder.latentSize = 2
    coder.batchSize = 50
    return [dense, image, vae, folded, coder]
  }

  @Test("tells anomalies, by scores that are the exported network's", arguments: 0..<5)
  func detects(_ index: Int) throws {
    let (train, test, isAnomaly) = Self.records()
    let fitted = try Self.detectors()[index].fit(train, seed: 2, observer: TrainingObserver())
    let scores = fitted.scores(test)
    let curve = try #require(DetectionCurve(scores: scores, isAnomaly: isAnomaly))
    #expect(curve.areaUnderROC > 0.95)
    let network = try #require(fitted.network)
    for row in stride(from: 0, to: test.count, by: 23) {
      let exact = network.referenceScore(test.denseRow(row))
      #expect(abs(scores[row] - exact) <= 1e-4 * abs(exact))
    }
    #expect(!fitted.history.isEmpty)
  }

  @Test(
    "the autoencoders of 116 inputs have as many parameters as published",
    arguments: [([Int](), 6873), ([58], 17081)])
  func parameters(_ hidden: [Int], _ count: Int) throws {
    let rows = SparseRows(dense: [[Float](repeating: 0.5, count: 116)], columnCount: 116)
    var coder = Autoencoder()
    coder.hidden = hidden
    coder.batchSize = 1
    coder.epochs = 1
    let fitted = try coder.fit(
      TrainingRecords(normal: rows, validationNormal: rows), seed: 1, observer: TrainingObserver())
    #expect(fitted.scoringBytes == 4 * count)
  }

  @Test("the VAE 116-58-(29, 29)-58-116 has 18,792 parameters")
  func variationalParameters() throws {
    let row = [Float](repeating: 0.5, count: 116)
    let rows = SparseRows(dense: [row, row], columnCount: 116)
    var vae = VAEDetector()
    vae.configuration.encoderHidden = [58]
    vae.configuration.decoderHidden = [58]
    vae.configuration.latentSize = 29
    vae.configuration.batchSize = 2
    vae.configuration.epochs = 1
    vae.configuration.score = .reconstructionAndKL
    let fitted = try vae.fit(
      TrainingRecords(normal: rows, validationNormal: rows), seed: 1, observer: TrainingObserver())
    #expect(fitted.scoringBytes == 4 * 18792)
  }

  @Test("convolutions over rows that are no such image are refused")
  func wrongImage() {
    var (train, _, _) = Self.records()
    train.shape = .image(height: 5, width: 5)
    #expect(throws: TrainingError.self) {
      try ConvolutionalAnoEAN().fit(train, seed: 1, observer: TrainingObserver())
    }
    train.shape = .columns
    var deep = ConvolutionalAnoEAN()
    deep.configuration.convolutionChannels = [2, 2, 2, 2, 2]
    #expect(throws: TrainingError.self) {
      try deep.fit(train, seed: 1, observer: TrainingObserver())
    }
  }
}
