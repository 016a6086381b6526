import PicketNN
import PicketNumbers
import Testing

@Suite("Running mean of parameters")
struct ParameterAverageTests {
  private static func network() -> Perceptron {
    Perceptron(inputs: 2, layers: [.init(outputs: 1, activation: .linear)], maximumRows: 1)
  }

  private static func set(_ network: Perceptron, _ values: [Float]) {
    for (place, value) in values.enumerated() { network.parameters.view[0, place] = value }
  }

  @Test("early steps weigh d = (1 + t) / (10 + t), later ones d = decay")
  func means() {
    let network = Self.network()
    Self.set(network, [1, 2, 3])
    let average = ParameterAverage([network], decay: 0.2)
    Self.set(network, [11, 2, -7])
    average.update()
    Self.set(network, [0, 20, 0])
    average.update()
    average.update()
    average.install()
    // By hand: d = 0.1, then 2/11, then 0.2, for 3/12 is above it.
    let expected: [Double] = [
      0.2 * (2.0 / 11) * (0.1 * 1 + 0.9 * 11),
      0.2 * (2.0 / 11) * 2 + (1 - 0.2 * 2.0 / 11) * 20,
      0.2 * (2.0 / 11) * (0.1 * 3 + 0.9 * -7),
    ]
    #expect(relativeError(network.parameters.elements, expected) < 1e-6)
  }

  @Test("without a step it is where the networks began; each network gets its own mean back")
  func installs() {
    let networks = [Self.network(), Self.network()]
    Self.set(networks[0], [1, 2, 3])
    Self.set(networks[1], [4, 5, 6])
    let average = ParameterAverage(networks, decay: 0.9)
    for network in networks { Self.set(network, [0, 0, 0]) }
    average.install()
    #expect(networks.map(\.parameters.elements) == [[1, 2, 3], [4, 5, 6]])
  }
}
