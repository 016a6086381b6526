/// Derivatives of activations.
enum Derivative {
  /// Activates a layer's sums and keeps their derivatives.
  ///
  /// - Parameters:
  ///   - layer: Whose activation.
  ///   - values: Sums; receives the activations.
  ///   - derivatives: Receives as many derivatives.
  ///   - count: How many there are, a multiple of 16.
  static func activate(
    _ layer: Layer, _ values: UnsafeMutableRawPointer, _ derivatives: UnsafeMutableRawPointer,
    count: Int
  ) {
    copy(values, count: count, to: derivatives)
    Activation.apply(layer.activation, slope: layer.slope, values, count: count)
    let one = SIMD16<Float>(repeating: 1)
    var at = 0
    while at < count &* 4 {
      let sums = UnsafeRawPointer(derivatives).floats16(at)
      let y = UnsafeRawPointer(values).floats16(at)
      var derivative = one
      switch layer.activation {
      case Activation.linear: break
      case Activation.tanh: derivative = one - y * y
      case Activation.sigmoid: derivative = y * (one - y)
      // The slope of a plain rectifier is 0 in the file.
      default: derivative = SIMD16(repeating: layer.slope).replacing(with: 1, where: sums .> 0)
      }
      derivatives.store16(derivative, at)
      at &+= 64
    }
  }
}
