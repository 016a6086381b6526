import PicketDetectors
import Testing

@Suite("Cancelled trainings")
struct CancellationTests {
  /// Every detector that takes steps, at its smallest, by name.
  static let detectors: [(name: String, detector: any Detector)] = {
    var (encoder, vae, flow) = (AnoEANDetector(), VAEDetector(), SplineFlowDetector())
    var (coder, student) = (Autoencoder(), DistilledDetector())
    encoder.configuration = .toy
    vae.configuration = .toy
    flow.batchSize = 50
    coder.batchSize = 50
    student.configuration.teacher = [.mahalanobis]
    student.configuration.batchSize = 50
    let adversarial = AdversarialTests.detectors()
    return [
      ("anoean", encoder), ("vae", vae), ("spline-flow", flow), ("ae", coder),
      ("distilled", student),
    ] + adversarial.map { (type(of: $0).card.name, $0) }
  }()

  @Test("before its first step a training has no result", arguments: detectors.map(\.name))
  func nothingLearned(_ name: String) throws {
    let detector = try #require(Self.detectors.first { $0.name == name }?.detector)
    var epochs = 0
    let observer = TrainingObserver(onEpoch: { _ in epochs += 1 }, isCancelled: { true })
    #expect(throws: TrainingError.self) {
      try detector.fit(ToyRecords(seed: 1).anoEAN, seed: 1, observer: observer)
    }
    #expect(epochs == 0)
  }

  @Test("while a teacher learns there is no student")
  func halfATeacher() {
    var student = DistilledDetector()
    student.configuration.teacher = [.isolationForest, .mahalanobis]
    student.configuration.batchSize = 50
    // A forest asks before each tree but the first: only some have grown.
    var questions = 0
    let observer = TrainingObserver(isCancelled: {
      questions += 1
      return questions > 5
    })
    let error = #expect(throws: TrainingError.self) {
      try student.fit(ToyRecords(seed: 1).vae, seed: 1, observer: observer)
    }
    #expect(error?.description == "cancelled while the teacher learned")
  }
}
