import Foundation
import PicketDetectors
import PicketNN
import Testing

@Suite("Scoring network")
struct ScoringNetworkTests {
  /// One input, one latent coordinate: z = 2 x + 1, reconstruction = sigmoid(z).
  private let encoder = DenseParameters(
    inputs: 1, outputs: 1, weights: [2], bias: [1], activation: .linear)
  private let decoder = DenseParameters(
    inputs: 1, outputs: 1, weights: [1], bias: [0], activation: .sigmoid)

  @Test("computes each score as its formula says")
  func scores() {
    let distance = ScoringNetwork(
      kind: .anoEAN, score: .mahalanobis(mean: [1], covariance: [4]), latentSize: 1,
      encoder: [encoder])
    #expect(distance.referenceScore([3]) == 3 && distance.inputs == 1)

    let reconstruction = ScoringNetwork(
      kind: .vae, score: .reconstruction, latentSize: 1, encoder: [encoder], decoder: [decoder])
    let error = 0.5 - 1 / (1 + exp(-2.0))
    #expect(abs(reconstruction.referenceScore([0.5]) - error * error) < 1e-15)

    let both = DenseParameters(
      inputs: 1, outputs: 2, weights: [2, -1], bias: [1, 0], activation: .linear)
    let loss = ScoringNetwork(
      kind: .vae, score: .reconstructionAndKL(alpha: 10, beta: 3), latentSize: 1, encoder: [both],
      decoder: [decoder])
    let divergence = 0.5 * (4 + exp(-0.5) - 1 + 0.5)
    #expect(abs(loss.referenceScore([0.5]) - (10 * error * error + 3 * divergence)) < 1e-14)
  }

  @Test(
    "applies every activation",
    arguments: [
      (Activation.linear, -2), (.relu, 0), (.leakyReLU(slope: 0.25), -0.5),
      (.tanh, -0.964_027_580_075_816_9), (.sigmoid, 0.119_202_922_022_117_55),
    ])
  func activations(_ activation: Activation, expected: Double) {
    let layer = DenseParameters(
      inputs: 2, outputs: 1, weights: [1, 3], bias: [-1], activation: activation)
    let network = ScoringNetwork(
      kind: .anoEAN, score: .mahalanobis(mean: [0], covariance: [1]), latentSize: 1,
      encoder: [layer])
    #expect(abs(network.referenceScore([-1, 0]) - abs(expected)) < 1e-15)
  }

  @Test("survives being written and read")
  func roundTrip() throws {
    let network = ScoringNetwork(
      kind: .vae, score: .reconstructionAndKL(alpha: 10, beta: 3), latentSize: 1,
      encoder: [
        DenseParameters(
          inputs: 1, outputs: 2, weights: [0.1, -1e-30], bias: [1, 0],
          activation: .leakyReLU(slope: 0.2))
      ], decoder: [decoder])
    let bytes = try JSONEncoder().encode(network)
    #expect(try JSONDecoder().decode(ScoringNetwork.self, from: bytes) == network)
  }

  @Test("configurations survive being written beside their results")
  func configurations() throws {
    var anoEAN = AnoEANConfiguration()
    anoEAN.activation = .leakyReLU(slope: 0.1)
    let first = try JSONEncoder().encode(anoEAN)
    #expect(try JSONDecoder().decode(AnoEANConfiguration.self, from: first) == anoEAN)
    var vae = VAEConfiguration()
    vae.score = .latentMahalanobis
    let second = try JSONEncoder().encode(vae)
    #expect(try JSONDecoder().decode(VAEConfiguration.self, from: second) == vae)
  }
}
