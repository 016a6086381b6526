/// Runs the layers of a model.
extension Model {
  /// Runs layers `first` up to, not including, `last`.
  ///
  /// - Parameters:
  ///   - list: The inputs of the first of them; used up.
  ///   - activations: Receives the outputs of the last of them.
  func run(
    from first: Int, to last: Int, _ list: inout NonZeroList,
    _ activations: UnsafeMutableRawPointer
  ) {
    var i = first
    while i < last {
      let layer = layer(i)
      if i > first { gather(&list, activations, layer) }
      DenseLayer.run(layer, bytes, list, activations)
      i &+= 1
    }
  }

  /// Lists the non-zero inputs that a layer finds among the activations.
  func gather(_ list: inout NonZeroList, _ activations: UnsafeMutableRawPointer, _ layer: Layer) {
    list.gather(
      activations.assumingMemoryBound(to: Float.self), length: layer.inputs,
      rowBytes: layer.rowBytes)
  }
}
