extension RationalQuadraticSpline {
  /// Goes back through a spline by the chain rule.
  ///
  /// - Parameters:
  ///   - x: What `forward` was given.
  ///   - knots: The spline's numbers.
  ///   - outputGradient: dL/dy.
  ///   - logSlopeGradient: dL/d(log dy/dx).
  ///   - gradient: Receives dL/d(knots).
  /// - Returns: dL/dx.
  @inline(__always)
  public func backward(
    _ x: Float, _ knots: UnsafePointer<Float>, outputGradient: Float, logSlopeGradient: Float,
    into gradient: UnsafeMutablePointer<Float>
  ) -> Float {
    gradient.update(repeating: 0, count: Self.parameterCount)
    guard abs(x) < bound else { return outputGradient }
    let piece = SplinePiece(knots, at: x, from: -bound, edges: 0)
    let slopes = piece.gradient(
      (x - piece.left) / piece.width, output: outputGradient, logSlope: logSlopeGradient)
    let (index, bins) = (piece.index, Self.bins)
    // What lies before the bin moves its corner; what lies behind it changes nothing.
    for bin in 0..<index {
      gradient[bin] = -slopes.x
      gradient[bins + bin] = outputGradient
    }
    gradient[index] = slopes.width
    gradient[bins + index] = slopes.height
    if index > 0 { gradient[2 * bins + index - 1] = slopes.leftSlope }
    if index < bins - 1 { gradient[2 * bins + index] = slopes.rightSlope }
    return slopes.x
  }
}

/// What a loss says of one bin.
struct SplinePieceGradient {
  let x: Float
  let width: Float
  let height: Float
  let leftSlope: Float
  let rightSlope: Float
}

extension SplinePiece {
  /// The derivatives of y and of log dy/dx = 2 log s + log C - 2 log D, C the slope's sum.
  ///
  /// With A above y's bar and D below it, and a, c, e the gradients of A, C and D:
  ///
  /// ```
  /// a = h/D dL/dy      c = 1/C dL/dlog      e = -(h A/D^2 dL/dy + 2/D dL/dlog)
  /// ```
  ///
  /// - Parameters:
  ///   - t: The place in the bin, 0 to 1.
  ///   - output: dL/dy.
  ///   - logSlope: dL/d(log dy/dx).
  @inline(__always)
  func gradient(_ t: Float, output: Float, logSlope: Float) -> SplinePieceGradient {
    let (rest, both, turn) = (1 - t, t * (1 - t), 1 - 2 * t)
    let terms = terms(t)
    let a = output * height / terms.below
    let c = logSlope / terms.slope
    let e = -(a * terms.above + 2 * logSlope) / terms.below
    let chordGradient =
      a * t * t + 2 * c * both + e * (1 - 2 * both) + 2 * logSlope / chord
    let placeGradient =
      a * (2 * chord * t + leftSlope * turn)
      + 2 * c * (rightSlope * t + chord * turn - leftSlope * rest)
      + e * (leftSlope + rightSlope - 2 * chord) * turn
    return SplinePieceGradient(
      x: placeGradient / width,
      width: -(chordGradient * chord + placeGradient * t) / width,
      height: output * terms.above / terms.below + chordGradient / width,
      leftSlope: (a + e) * both + c * rest * rest,
      rightSlope: e * both + c * t * t)
  }
}
