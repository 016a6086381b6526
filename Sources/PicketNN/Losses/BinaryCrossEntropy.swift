/// Binary cross-entropy on logits: the loss of a classifier that ends without a sigmoid.
///
/// ```
/// L = -w sum_i [t ln p_i + (1 - t) ln(1 - p_i)],  p_i = 1 / (1 + e^-s_i)
///   = w sum_i [softplus(s_i) - t s_i]
/// dL/ds_i = w (p_i - t)
/// ```
///
/// The second form never takes the logarithm of a rounded probability, so it is exact for logits
/// of any size.
public enum BinaryCrossEntropy {
  /// The loss of logits that share one target, and its gradient.
  ///
  /// - Parameters:
  ///   - logits: s, any shape.
  ///   - target: t, in 0 ... 1.
  ///   - weight: w; one over the number of logits makes the loss their mean.
  ///   - gradient: Receives dL/ds, same shape.
  /// - Returns: L, in nats.
  public static func evaluate(
    logits: MatrixView, target: Float, weight: Float, gradient: MatrixView
  ) -> Double {
    assert(logits.count == gradient.count)
    let (s, g) = (logits.base, gradient.base)
    for index in 0..<logits.count {
      g[index] = VectorMath.softplus(s[index]) - target * s[index]
    }
    let loss = Double(weight) * sum(gradient)
    for index in 0..<logits.count { g[index] = weight * (VectorMath.sigmoid(s[index]) - target) }
    return loss
  }

  /// The loss of logits with a target each, and its gradient.
  ///
  /// - Parameters:
  ///   - logits: s, any shape.
  ///   - targets: t, same shape, each in 0 ... 1.
  ///   - weight: w.
  ///   - gradient: Receives dL/ds, same shape.
  /// - Returns: L, in nats.
  public static func evaluate(
    logits: MatrixView, targets: MatrixView, weight: Float, gradient: MatrixView
  ) -> Double {
    assert(logits.count == gradient.count && logits.count == targets.count)
    let (s, t, g) = (logits.base, targets.base, gradient.base)
    for index in 0..<logits.count {
      g[index] = VectorMath.softplus(s[index]) - t[index] * s[index]
    }
    let loss = Double(weight) * sum(gradient)
    for index in 0..<logits.count {
      g[index] = weight * (VectorMath.sigmoid(s[index]) - t[index])
    }
    return loss
  }
}

/// The sum of all numbers in view: sixteen running sums at a time, so that it is vector code.
func sum(_ view: MatrixView) -> Double {
  var sums = SIMD16<Float>.zero
  let whole = view.count / 16 * 16
  for index in stride(from: 0, to: whole, by: 16) {
    sums += UnsafeRawPointer(view.base + index).loadUnaligned(as: SIMD16<Float>.self)
  }
  var total = 0.0
  for lane in 0..<16 { total += Double(sums[lane]) }
  for index in whole..<view.count { total += Double(view.base[index]) }
  return total
}
