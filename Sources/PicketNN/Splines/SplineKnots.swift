/// The widths, heights and slopes of a spline, made of any 23 numbers, and the way back.
///
/// ```
/// w = 2 bound (1e-3 + (1 - 8e-3) softmax(u))     so for h
/// d = 1e-3 + softplus(v + c)                     c such that v = 0 gives d = 1
/// ```
///
/// "Neural Spline Flows" (Durkan and others, 2019, section 3.1); the least width, height and slope are
/// those of its program. All zeros give the identity.
public enum SplineKnots {
  /// The least width and height, as a share of the square's side, and the least slope.
  @inline(__always) static var least: Float { 1e-3 }
  /// c = log(e^(1 - least) - 1).
  @inline(__always) private static var shift: Float { 0.539_742_42 }

  /// Makes knots, in place.
  ///
  /// - Parameters:
  ///   - numbers: 8 numbers for the widths, 8 for the heights, 7 for the slopes.
  ///   - bound: Half the side of the square.
  @inline(__always)
  public static func make(_ numbers: UnsafeMutablePointer<Float>, bound: Float) {
    let bins = RationalQuadraticSpline.bins
    share(numbers, side: 2 * bound)
    share(numbers + bins, side: 2 * bound)
    let slopes = numbers + 2 * bins
    for inner in 0..<bins - 1 {
      slopes[inner] = least + VectorMath.softplus(slopes[inner] + shift)
    }
  }

  /// dL/d(numbers) of dL/d(knots), in place.
  ///
  /// - Parameters:
  ///   - gradient: dL/d(knots).
  ///   - knots: What `make` wrote.
  ///   - bound: What `make` was given.
  @inline(__always)
  public static func differentiate(
    _ gradient: UnsafeMutablePointer<Float>, knots: UnsafePointer<Float>, bound: Float
  ) {
    let bins = RationalQuadraticSpline.bins
    unshare(gradient, knots, side: 2 * bound)
    unshare(gradient + bins, knots + bins, side: 2 * bound)
    for inner in 2 * bins..<3 * bins - 1 {
      // The logistic function of v + c, told from its softplus.
      gradient[inner] *= 1 - VectorMath.exp(least - knots[inner])
    }
  }

  /// Divides a side as a softmax says.
  @inline(__always)
  private static func share(_ parts: UnsafeMutablePointer<Float>, side: Float) {
    let bins = RationalQuadraticSpline.bins
    var largest = parts[0]
    for bin in 1..<bins { largest = parts[bin] > largest ? parts[bin] : largest }
    // A sum in the same loop has an order to keep, and would keep it scalar.
    for bin in 0..<bins { parts[bin] = VectorMath.exp(parts[bin] - largest) }
    var sum: Float = 0
    for bin in 0..<bins { sum += parts[bin] }
    let scale = side * (1 - Float(bins) * least) / sum
    for bin in 0..<bins { parts[bin] = side * least + scale * parts[bin] }
  }

  /// p (g - sum of p g), p the softmax, told from the parts, and g dL/dp.
  @inline(__always)
  private static func unshare(
    _ gradient: UnsafeMutablePointer<Float>, _ parts: UnsafePointer<Float>, side: Float
  ) {
    let bins = RationalQuadraticSpline.bins
    var sum: Float = 0
    // side (1 - 8 least) p is what a part has above the least one.
    let room = side * (1 - Float(bins) * least)
    for bin in 0..<bins { sum += (parts[bin] - side * least) * gradient[bin] }
    let mean = sum / room
    for bin in 0..<bins {
      gradient[bin] = (parts[bin] - side * least) * (gradient[bin] - mean)
    }
  }
}
