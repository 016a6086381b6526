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
    let one = SIMD16<Float>(repeating: 1)
    // The slope of a plain rectifier is 0 in the file.
    let isRectifier =
      layer.activation == Activation.reLU || layer.activation == Activation.leakyReLU
    if isRectifier { rectifier(slope: layer.slope, values, derivatives, count: count) }
    Activation.apply(layer.activation, slope: layer.slope, values, count: count)
    guard !isRectifier else { return }
    var at = 0
    while at < count &* 4 {
      let y = UnsafeRawPointer(values).floats16(at)
      var derivative = one
      if layer.activation == Activation.tanh { derivative -= y * y }
      if layer.activation == Activation.sigmoid { derivative = y * (one - y) }
      derivatives.store16(derivative, at)
      at &+= 64
    }
  }

  /// Derivatives of a rectifier: 1 where its sums, or what it made of them, are positive.
  @inline(__always)
  static func rectifier(
    slope: Float, _ values: UnsafeRawPointer, _ derivatives: UnsafeMutableRawPointer, count: Int
  ) {
    let one = SIMD16<Float>(repeating: 1)
    let slope = SIMD16(repeating: slope)
    var at = 0
    while at < count &* 4 {
      derivatives.store16(slope.replacing(with: one, where: values.floats16(at) .> 0), at)
      at &+= 64
    }
  }
}
