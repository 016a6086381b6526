import PicketNN

/// A trained network as plain numbers, which any thread may hold and run a copy of.
struct FrozenNetwork: Sendable {
  private let inputs: Int
  private let shapes: [Perceptron.Shape]
  private let parameters: [Float]

  /// Copies a network.
  ///
  /// - Precondition: `shapes` are those that it was made of.
  init(_ network: Perceptron, _ shapes: [Perceptron.Shape]) {
    inputs = network.inputs
    self.shapes = shapes
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
