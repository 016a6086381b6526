import Foundation
import PicketDetectors
import Testing

@Suite("Trainings that diverge")
struct DivergenceTests {
  /// An adversarial detector with a batch of all rows, so that an epoch is one step.
  private static func detector(_ index: Int, rate: Float) -> any Detector {
    func shrunk<Chosen: AdversarialDetector>(_ detector: Chosen) -> Chosen {
      var detector = detector
      detector.settings.latentSize = 2
      detector.settings.batchSize = 50
      detector.settings.adam.learningRate = rate
      detector.settings.epochs = 40
      return detector
    }
    // EGBAD keeps a mean of its parameters, or here, once more, the last step.
    var last = shrunk(EGBAD())
    last.settings.averageDecay = 0
    return [shrunk(AnoGAN()), shrunk(EGBAD()), shrunk(ALAD()), shrunk(AAE()), last][index]
  }

  private static let records = {
    let rows = ToyRecords.rows(
      ToyRecords(seed: 4).normal.prefix(50).map { [($0[0] + 6) / 12, ($0[1] + 6) / 12, 1] })
    return TrainingRecords(normal: rows, validationNormal: rows)
  }()

  @Test("are refused in whatever epoch they do, and end there", arguments: 0..<5)
  func refused(_ index: Int) {
    var late = 0
    for exponent in 0...37 {
      let detector = Self.detector(index, rate: Float(pow(10, Double(exponent))))
      var figures: [Double] = []
      let observer = TrainingObserver(onEpoch: { figures.append($0.validation) })
      let fitted = try? detector.fit(Self.records, seed: 1, observer: observer)
      let isDiverged = figures.contains(where: \.isNaN)
      let endsThere = figures.dropLast().allSatisfy(\.isFinite)
      #expect((fitted == nil) == isDiverged && endsThere, "a rate of 1e\(exponent)")
      if isDiverged, figures.count > 1 { late += 1 }
    }
    #expect(late > 0, "some rate is small enough for the first epoch alone")
  }
}
