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
      if i == 0 && layer.activation == Activation.reLU {
        copy(scratch.activations, count: room, to: slopes)
        Activation.apply(layer.activation, slope: layer.slope, scratch.activations, count: room)
      } else if i < layerCount &- 1 || layer.activation != Activation.linear {
        Derivative.activate(layer, scratch.activations, slopes, count: room)
      }
      slopes += room &* 4
      i &+= 1
    }
    return score(ofEncoding: scratch.activations)
  }
}
