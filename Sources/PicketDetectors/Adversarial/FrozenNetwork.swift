import PicketNN

/// A trained network as plain numbers, which any thread may hold and run a copy of.
struct FrozenNetwork: Sendable {
  private let inputs: Int
  private let shapes: [Perceptron.Shape]
  private let parameters: [Float]

  /// Copies a network.
  init(_ network: Perceptron) {
    inputs = network.inputs
    shapes = network.shapes
    parameters = network.parameters.elements
  }

  /// A network with these parameters, for batches of up to `maximumRows`.
  func thawed(maximumRows: Int) -> Perceptron {
    let network = Perceptron(inputs: inputs, layers: shapes, maximumRows: maximumRows)
    for (place, value) in parameters.enumerated() { network.parameters.view[0, place] = value }
    return network
  }

  /// Bytes of the parameters, 4 each.
  var bytes: Int { parameters.count * MemoryLayout<Float>.size }
}

/// A trained critic as plain numbers.
struct FrozenCritic: Sendable {
  private let layers: CriticLayers
  private let parameters: [[Float]]

  /// Copies a critic.
  init(_ critic: Critic) {
    layers = critic.layers
    parameters = critic.networks.map(\.parameters.elements)
  }

  /// A critic with these parameters, for batches of up to `maximumRows`.
  func thawed(maximumRows: Int) -> Critic {
    let critic = Critic(layers, maximumRows: maximumRows)
    for (network, numbers) in zip(critic.networks, parameters) {
      for (place, value) in numbers.enumerated() { network.parameters.view[0, place] = value }
    }
    return critic
  }

  /// Bytes of the parameters, 4 each.
  var bytes: Int { parameters.reduce(0) { $0 + $1.count * MemoryLayout<Float>.size } }
}
