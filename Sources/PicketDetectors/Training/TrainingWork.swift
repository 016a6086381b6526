import PicketNN

/// How many multiply-adds a training did in its matrix products.
///
/// Activations, losses and the optimizer are not counted.
public struct TrainingWork: Sendable, Codable, Equatable {
  /// What was computed: the first layer works for non-zero inputs alone.
  public internal(set) var multiplyAdds = 0
  /// What the same training costs where the first layer's rows are dense.
  public internal(set) var denseMultiplyAdds = 0

  /// Counts a forward pass of some rows and, with it or not, the way back.
  ///
  /// Back through a layer costs one product for its weights and one for its input; the first
  /// layer's input gets no gradient.
  mutating func count(_ network: Perceptron, rows: Int, backward: Bool = true) {
    let products = rows * network.multiplyAddsPerRow
    let first = rows * network.layers[0].multiplyAddsPerRow
    let work = backward ? 3 * products - first : products
    multiplyAdds += work
    denseMultiplyAdds += work
  }

  /// Counts dense products beside those of a network's passes.
  mutating func add(_ products: Int) {
    multiplyAdds += products
    denseMultiplyAdds += products
  }

  /// Counts the same for a first layer that reads sparse rows.
  mutating func count(_ network: Perceptron, _ batch: SparseBatch, backward: Bool = true) {
    let passes = backward ? 2 : 1
    count(network, rows: batch.count, backward: backward)
    guard case .dense(let first) = network.layers[0] else { return }
    let layer = first.weights
    multiplyAdds -= passes * (batch.count * layer.count - batch.entryCount * layer.columns)
  }
}
