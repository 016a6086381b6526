import PicketNN
import PicketNumbers
import Testing

@Suite("Adam")
struct AdamTests {
  @Test("moves parameters as optax does", arguments: adamCases)
  func agreesWithOracle(_ known: AdamCase) {
    // The only network with three parameters that matter: two weights and a bias.
    let network = Perceptron(
      inputs: 2, layers: [.init(outputs: 1, activation: .linear)], maximumRows: 1)
    for (index, value) in [Float(0.5), -1.25, 3].enumerated() {
      network.parameters.view.base[index] = value
    }
    let adam = Adam(
      network,
      .init(
        learningRate: known.learningRate, beta1: known.beta1, beta2: known.beta2,
        epsilon: known.epsilon))
    for (index, expected) in known.parameters.enumerated() {
      let step = index + 1
      let gradient = [
        Float(step % 5 - 2) / 4, Float(step * step % 7) / 8,
        Float(step % 2 == 0 ? step : -step) / 2,
      ]
      for (index, value) in gradient.enumerated() { network.gradients.view.base[index] = value }
      adam.step()
      #expect(relativeError(network.parameters.elements, expected) < 1e-6, "step \(step)")
    }
    #expect(adam.steps == known.parameters.count)
  }

  @Test("finds the bottom of a bowl")
  func descends() {
    let network = Perceptron(
      inputs: 3, layers: [.init(outputs: 2, activation: .linear)], maximumRows: 1)
    var generator = SeededGenerator(seed: 1)
    network.initialize(.xavier, using: &generator)
    let adam = Adam(network, .init(learningRate: 0.05))
    for _ in 0..<600 {
      network.gradients.copy(from: network.parameters)
      adam.step()
    }
    #expect(network.parameters.elements.allSatisfy { abs($0) < 1e-3 })
  }
}

extension AdamCase: CustomTestStringConvertible {
  var testDescription: String { "beta1 \(beta1), epsilon \(epsilon)" }
}
