/// A fully connected layer: Y = f(X W + b), for X of m x inputs and Y of m x outputs.
///
/// W is stored by input. The numbers belong to the `Perceptron` that holds the layer; so do their
/// gradients, which `backward` overwrites.
public struct DenseLayer {
  /// Columns of X.
  public var inputs: Int { weights.rows }
  /// Columns of Y.
  public var outputs: Int { weights.columns }
  /// f.
  public let activation: Activation
  /// W, inputs x outputs.
  public let weights: MatrixView
  /// b, 1 x outputs.
  public let bias: MatrixView
  /// dL/dW, inputs x outputs.
  public let weightGradient: MatrixView
  /// dL/db, 1 x outputs.
  public let biasGradient: MatrixView

  /// Y = f(X W + b).
  public func forward(_ input: LayerInput, into output: MatrixView) {
    switch input {
    case .dense(let x): MatrixProduct.multiply(x, weights, into: output)
    case .sparse(let x): SparseProduct.multiply(x, weights, into: output)
    }
    ActivationPass.forward(activation, output, bias: bias)
  }

  /// dL/dW = X^T dL/dS and dL/db = the column sums of dL/dS.
  func differentiateParameters(_ input: LayerInput, sumGradient: MatrixView) {
    switch input {
    case .dense(let x): MatrixProduct.multiplyTransposed(x, sumGradient, into: weightGradient)
    case .sparse(let x): SparseProduct.multiplyTransposed(x, sumGradient, into: weightGradient)
    }
    ActivationPass.sumColumns(sumGradient, into: biasGradient)
  }

  /// dL/dX = dL/dS W^T.
  func differentiateInput(sumGradient: MatrixView, into inputGradient: MatrixView) {
    MatrixProduct.multiplyByTransposed(sumGradient, weights, into: inputGradient)
  }
}
