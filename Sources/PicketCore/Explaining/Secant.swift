/// Slopes of activations between two points, instead of at one.
enum Secant {
  /// Activates a layer's sums and finds the slope from those of another input to these:
  /// (f(a) - f(b)) / (a - b).
  ///
  /// Multiplying the difference of the sums by this slope gives the difference of the outputs, so
  /// nothing is lost on the way back through a rectifier that is off at one of the two points, as
  /// it would be with the derivative. Where a and b all but agree, the slope is the derivative.
  ///
  /// - Parameters:
  ///   - layer: Whose activation.
  ///   - sums: a, `layer.stride` numbers; receives f(a).
  ///   - slopes: b, as many; receives the slopes.
  static func activate(
    _ layer: Layer, _ sums: UnsafeMutableRawPointer, _ slopes: UnsafeMutableRawPointer
  ) {
    var at = 0
    while at < layer.stride &* 4 {
      let a = sums.loadUnaligned(fromByteOffset: at, as: SIMD16<Float>.self)
      let b = slopes.loadUnaligned(fromByteOffset: at, as: SIMD16<Float>.self)
      Activation.apply(layer.activation, slope: layer.slope, sums + at, count: 16)
      Activation.apply(layer.activation, slope: layer.slope, slopes + at, count: 16)
      let fa = sums.loadUnaligned(fromByteOffset: at, as: SIMD16<Float>.self)
      let fb = slopes.loadUnaligned(fromByteOffset: at, as: SIMD16<Float>.self)
      let flat = derivative(layer, a, fa, fb)
      let step = a - b
      var slope = (fa - fb) / step
      slope.replace(with: flat, where: same(layer, a, b, step))
      slopes.storeBytes(of: slope, toByteOffset: at, as: SIMD16<Float>.self)
      at &+= 64
    }
  }

  /// Where the quotient would only magnify rounding: both points on one side of a kink, or, on a
  /// smooth curve, closer than 1/1000, where the derivative is as good as 1e-7.
  @inline(__always)
  private static func same(
    _ layer: Layer, _ a: SIMD16<Float>, _ b: SIMD16<Float>, _ step: SIMD16<Float>
  ) -> SIMDMask<SIMD16<Int32>> {
    if layer.activation <= Activation.leakyReLU { return (a .> 0) .== (b .> 0) }
    return step * step .< 1e-6
  }

  /// The derivative at a, or half way between the two points.
  @inline(__always)
  private static func derivative(
    _ layer: Layer, _ a: SIMD16<Float>, _ fa: SIMD16<Float>, _ fb: SIMD16<Float>
  ) -> SIMD16<Float> {
    let one = SIMD16<Float>(repeating: 1)
    let middle = (fa + fb) * 0.5
    switch layer.activation {
    case Activation.reLU, Activation.leakyReLU:
      // A rectifier's own slope is 0 in the file.
      return SIMD16(repeating: layer.slope).replacing(with: 1, where: a .> 0)
    case Activation.tanh: return one - middle * middle
    case Activation.sigmoid: return middle * (one - middle)
    default: return one
    }
  }
}
