import PicketDetectors
import PicketMetrics
import PicketNN
import Testing

@Suite("VAE")
struct VAETests {
  @Test(
    "scores records unlike the normal ones higher, by each of its scores",
    arguments: [VAEConfiguration.Score.reconstruction, .reconstructionAndKL, .latentMahalanobis])
  func separates(_ score: VAEConfiguration.Score) throws {
    var configuration = VAEConfiguration.toy
    configuration.score = score
    // The latent distance needs a latent coordinate for each direction of the plane.
    configuration.latentSize = score == .latentMahalanobis ? 2 : 1
    let result = try VAE.train(ToyRecords(seed: 1).vae, configuration)
    let test = ToyRecords(seed: 2, normals: 1000)
    let outliers = test.anomalies + test.unseen
    let scores = (test.normal + outliers).map(result.network.referenceScore)
    let truth = scores.indices.map { $0 >= test.normal.count }
    let curve = try #require(DetectionCurve(scores: scores, isAnomaly: truth))
    #expect(curve.areaUnderROC > 0.95)
    #expect(result.network.decoder.isEmpty == (score == .latentMahalanobis))
  }

  @Test("its loss falls, in training and in validation")
  func lossFalls() throws {
    var training: [Double] = []
    var validation: [Double] = []
    let observer = TrainingObserver(onEpoch: {
      training.append($0.losses.reduce(0) { $0 + $1.value })
      validation.append(-$0.validation)
    })
    let result = try VAE.train(ToyRecords(seed: 1).vae, .toy, observer: observer)
    let (first, last) = try (#require(training.first), #require(training.last))
    #expect(last < 0.7 * first)
    #expect(result.validationLoss == validation.min())
    #expect(validation[result.epoch - 1] == result.validationLoss)
  }

  @Test("gives the same bits for the same seed, others for another")
  func isDeterministic() throws {
    let records = ToyRecords(seed: 1).vae
    var configuration = VAEConfiguration.toy
    configuration.epochs = 3
    let first = try VAE.train(records, configuration).network
    #expect(try VAE.train(records, configuration).network == first)
    configuration.seed = 2
    #expect(try VAE.train(records, configuration).network != first)
  }

  @Test("a larger beta leaves less in the code, a larger alpha a better reconstruction")
  func weightsDoWhatTheySay() throws {
    func losses(alpha: Float, beta: Float) throws -> (reconstruction: Double, divergence: Double) {
      var configuration = VAEConfiguration.toy
      (configuration.alpha, configuration.beta) = (alpha, beta)
      var last = (reconstruction: 0.0, divergence: 0.0)
      let observer = TrainingObserver(onEpoch: {
        last = ($0.losses[0].value / Double(alpha), $0.losses[1].value / Double(beta))
      })
      _ = try VAE.train(ToyRecords(seed: 1).vae, configuration, observer: observer)
      return last
    }
    let (plain, alpha, beta) = try (
      losses(alpha: 30, beta: 1), losses(alpha: 300, beta: 1), losses(alpha: 30, beta: 10)
    )
    #expect(beta.divergence < plain.divergence)
    #expect(alpha.reconstruction < plain.reconstruction)
  }

  @Test("ends when told to, with the best network so far")
  func canBeCancelled() throws {
    var epochs = 0
    let observer = TrainingObserver(
      onEpoch: { _ in epochs += 1 }, isCancelled: { epochs == 2 })
    let result = try VAE.train(ToyRecords(seed: 1).vae, .toy, observer: observer)
    #expect(epochs == 3 && result.epoch <= 3)
  }

  @Test("says what is missing")
  func refusesIncompleteRecords() {
    var records = ToyRecords(seed: 1).vae
    records.normal = ToyRecords.rows([[0, 0, 1]])
    #expect(throws: TrainingError.self) { try VAE.train(records, .toy) }
    records = ToyRecords(seed: 1).vae
    records.validationNormal = ToyRecords.rows([])
    #expect(throws: TrainingError.self) { try VAE.train(records, .toy) }
  }
}
