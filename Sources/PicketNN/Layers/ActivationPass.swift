/// The elementwise part of a layer: bias and activation forward, derivative and bias gradient back.
///
/// Each pass reads and writes a batch once. The loops are plain so that the compiler turns them
/// into vector code of whatever width the processor has.
enum ActivationPass {
  /// Y = f(S + b), in place of S.
  static func forward(_ activation: Activation, _ sums: MatrixView, bias: MatrixView) {
    switch activation {
    case .linear: apply(sums, bias) { $0 }
    case .relu: apply(sums, bias) { $0 > 0 ? $0 : 0 }
    case .leakyReLU(let slope): apply(sums, bias) { $0 > 0 ? $0 : slope * $0 }
    case .tanh: apply(sums, bias) { VectorMath.tanh($0) }
    case .sigmoid: apply(sums, bias) { VectorMath.sigmoid($0) }
    }
  }

  /// dL/dS = dL/dY * f'(S), in place of dL/dY.
  ///
  /// Every derivative is told from the output y: 1; [y > 0]; slope or 1; 1 - y^2; y (1 - y).
  static func backward(_ activation: Activation, output: MatrixView, gradient: MatrixView) {
    assert(output.count == gradient.count)
    switch activation {
    case .linear: break
    case .relu: scale(gradient, output) { $0 > 0 ? 1 : 0 }
    case .leakyReLU(let slope): scale(gradient, output) { $0 > 0 ? 1 : slope }
    case .tanh: scale(gradient, output) { 1 - $0 * $0 }
    case .sigmoid: scale(gradient, output) { $0 * (1 - $0) }
    }
  }

  /// The sum of each column: the gradient of the bias.
  static func sumColumns(_ matrix: MatrixView, into sums: MatrixView) {
    sums.fill(0)
    let total = sums.base
    for row in 0..<matrix.rows {
      let source = matrix.base + row * matrix.columns
      for column in 0..<matrix.columns { total[column] += source[column] }
    }
  }

  @inline(__always)
  private static func apply(_ sums: MatrixView, _ bias: MatrixView, _ f: (Float) -> Float) {
    let offset = bias.base
    guard sums.columns > 1 else {
      // An image of one channel: a loop over columns would be no loop.
      let only = offset[0]
      for index in 0..<sums.count { sums.base[index] = f(sums.base[index] + only) }
      return
    }
    for row in 0..<sums.rows {
      let target = sums.base + row * sums.columns
      for column in 0..<sums.columns { target[column] = f(target[column] + offset[column]) }
    }
  }

  @inline(__always)
  private static func scale(
    _ gradient: MatrixView, _ output: MatrixView, _ derivative: (Float) -> Float
  ) {
    let (target, source) = (gradient.base, output.base)
    for index in 0..<gradient.count { target[index] *= derivative(source[index]) }
  }
}
