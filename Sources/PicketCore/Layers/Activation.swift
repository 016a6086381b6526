/// The functions that a layer applies to its sums, by their numbers in the file.
enum Activation {
  static var linear: Int { 0 }
  static var reLU: Int { 1 }
  static var leakyReLU: Int { 2 }
  static var tanh: Int { 3 }
  static var sigmoid: Int { 4 }

  static func isKnown(_ activation: Int) -> Bool {
    activation >= linear && activation <= sigmoid
  }

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
