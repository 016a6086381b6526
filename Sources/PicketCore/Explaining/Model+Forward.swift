/// The way to a distance, for an explanation.
extension Model {
  /// Runs the encoder, keeping the first layer's sums and the others' derivatives.
  ///
  /// - Returns: The score, with the last layer's outputs left in the activations.
  @inline(__always)
  func forward(_ list: inout NonZeroList, _ scratch: ExplainScratch) -> Float {
    var slopes = scratch.slopes
    var i = 0
    while i < encoderCount.int {
      let layer = layer(i)
      let room = room(of: layer)
      sums(layer, isFirst: i == 0, &list, scratch.activations, scratch.image)
      activate(i, layer, scratch.activations, keeping: slopes, count: room)
      slopes += room &* 4
      i &+= 1
    }
    return score(ofEncoding: scratch.activations)
  }

  /// Activates a layer's sums, and keeps what the way back needs: sums of a first layer of rectifiers,
  /// derivatives of others.
  @inline(__always)
  func activate(
    _ index: Int, _ layer: Layer, _ values: UnsafeMutableRawPointer,
    keeping slopes: UnsafeMutableRawPointer, count: Int
  ) {
    if index == 0 && layer.activation == Activation.reLU {
      copy(values, count: count, to: slopes)
      Activation.apply(layer.activation, slope: layer.slope, values, count: count)
    } else if index < layerCount &- 1 || layer.activation != Activation.linear {
      Derivative.activate(layer, values, slopes, count: count)
    }
  }
}
