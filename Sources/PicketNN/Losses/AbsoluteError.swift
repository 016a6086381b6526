/// The sum of absolute differences: L = w sum_i |y_i - x_i|, dL/dy_i = w sign(y_i - x_i).
public enum AbsoluteError {
  /// The loss and its gradient; at a difference of 0 the gradient is 0.
  ///
  /// - Parameters:
  ///   - output: y, any shape.
  ///   - target: x, same shape.
  ///   - weight: w.
  ///   - gradient: Receives dL/dy, same shape.
  /// - Returns: L.
  public static func evaluate(
    output: MatrixView, target: MatrixView, weight: Float, gradient: MatrixView
  ) -> Double {
    var loss = 0.0
    for index in 0..<output.count {
      let difference = output.base[index] - target.base[index]
      loss += Double(abs(difference))
      gradient.base[index] = difference > 0 ? weight : difference < 0 ? -weight : 0
    }
    return Double(weight) * loss
  }
}
