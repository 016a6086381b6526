extension Activation {
  /// Applies an activation to `count` numbers, a multiple of 16, in place.
  ///
  /// The rectifiers keep a NaN, so that a network that overflowed is noticed at its score.
  static func apply(
    _ activation: Int, slope: Float, _ values: UnsafeMutableRawPointer, count: Int
  ) {
    var at = 0
    let end = count &* 4
    switch activation {
    case reLU:
      while at < end {
        var x = UnsafeRawPointer(values).floats16(at)
        x.replace(with: 0, where: x .< 0)
        values.store16(x, at)
        at &+= 64
      }
    case leakyReLU:
      while at < end {
        var x = UnsafeRawPointer(values).floats16(at)
        x.replace(with: x * slope, where: x .< 0)
        values.store16(x, at)
        at &+= 64
      }
    case tanh:
      while at < end {
        let x = UnsafeRawPointer(values).floats16(at)
        values.store16(hyperbolicTangent(x), at)
        at &+= 64
      }
    case sigmoid:
      while at < end {
        let x = UnsafeRawPointer(values).floats16(at)
        values.store16(logistic(x), at)
        at &+= 64
      }
    default: break
    }
  }
}
