import PicketNN
import PicketNumbers

/// The same layers computed in double precision by the plainest possible code.
///
/// Central differences of it are exact to about 1e-9, so the trainer's single-precision gradients
/// can be held to their own rounding error.
struct ReferenceNetwork {
  let inputs: Int
  let shapes: [Perceptron.Shape]

  init(inputs: Int, _ shapes: [Perceptron.Shape]) {
    self.inputs = inputs
    self.shapes = shapes
  }

  /// Parameters lie as in `Perceptron`: each layer's weights, then its bias.
  func outputs(_ parameters: [Double], _ rows: [[Double]]) -> [[Double]] {
    rows.map { row in
      var (values, offset) = (row, 0)
      for shape in shapes {
        let sums: [Double]
        switch shape.connection {
        case .dense(let outputs):
          let bias = offset + values.count * outputs
          sums = (0..<outputs).map { output in
            values.indices.reduce(parameters[bias + output]) {
              $0 + values[$1] * parameters[offset + $1 * outputs + output]
            }
          }
          offset = bias + outputs
        case .convolution(let geometry):
          sums = geometry.sums(parameters[offset...], values)
          offset += geometry.weightCount + geometry.output.channels
        }
        values = sums.map(shape.activation.exact)
      }
      return values
    }
  }
}

extension Activation {
  /// The function in double precision.
  func exact(_ s: Double) -> Double {
    switch self {
    case .linear: s
    case .relu: max(s, 0)
    case .leakyReLU(let slope): s > 0 ? s : Double(slope) * s
    case .tanh: 1 - 2 / (exponential(2 * s) + 1)
    case .sigmoid: 1 / (1 + exponential(-s))
    }
  }
}

/// The slope of `f` at each coordinate of `x`, by central differences.
func centralDifferences(
  _ x: [Double], step: Double = 1e-6, of f: ([Double]) -> Double
) -> [Double] {
  x.indices.map { index in
    var (above, below) = (x, x)
    above[index] += step
    below[index] -= step
    return (f(above) - f(below)) / (2 * step)
  }
}

/// The largest difference, in units of the largest number that should be there.
func relativeError(_ found: [Float], _ expected: [Double]) -> Double {
  let scale = expected.map(abs).max() ?? 1
  return zip(found, expected).map { abs(Double($0) - $1) }.max().map { $0 / max(scale, 1e-30) } ?? 0
}

extension SeededGenerator {
  /// A matrix of N(0, 1) numbers.
  mutating func matrix(rows: Int, columns: Int) -> Matrix {
    let matrix = Matrix(rows: rows, columns: columns)
    fillNormal(matrix.view)
    return matrix
  }
}

extension MatrixView {
  /// The rows in double precision.
  var doubleRows: [[Double]] {
    (0..<rows).map { row in (0..<columns).map { Double(self[row, $0]) } }
  }
}
