/// Layers of their own for the two parts of a row, a record and its code, side by side behind them.
public final class PairTower: Tower {
  /// Numbers of a row that comes out.
  public let outputs: Int
  private let record: Part
  private let code: Part
  private let seen: Matrix
  private let seenGradients: Matrix

  /// Lays out a tower whose parameters are zero.
  ///
  /// - Parameters:
  ///   - layers: Those of either part.
  ///   - record: Numbers of a record.
  ///   - code: Numbers of a code.
  ///   - maximumRows: The most rows of a batch.
  public init(_ layers: [Perceptron.Shape], record: Int, code: Int, maximumRows: Int) {
    self.record = Part(layers, inputs: record, at: 0, behind: 0, maximumRows)
    let width = self.record.network.outputs
    self.code = Part(layers, inputs: code, at: record, behind: width, maximumRows)
    outputs = width + self.code.network.outputs
    seen = Matrix(rows: maximumRows, columns: outputs)
    seenGradients = Matrix(rows: maximumRows, columns: outputs)
  }

  /// The networks of the parts.
  public var networks: [Perceptron] { [record.network, code.network] }

  /// What becomes of rows.
  public func forward(_ rows: MatrixView) -> MatrixView {
    let result = result(0..<rows.rows)
    record.forward(rows, into: result)
    code.forward(rows, into: result)
    return result
  }

  /// What became of the rows of the last `forward`.
  public func result(_ range: Range<Int>) -> MatrixView { seen.view.rows(range) }

  /// Where the gradient of what came out belongs.
  public func gradient(_ range: Range<Int>) -> MatrixView { seenGradients.view.rows(range) }

  /// Goes back from `gradient`; see `Tower`.
  public func backward(_ count: Int, inputGradient: MatrixView?, parameters: Bool) {
    let gradient = gradient(0..<count)
    record.backward(gradient, inputGradient: inputGradient, parameters: parameters)
    code.backward(gradient, inputGradient: inputGradient, parameters: parameters)
  }
}

/// What becomes of some columns of rows.
private final class Part {
  let network: Perceptron
  /// The first column of what it reads, and of what it writes.
  private let source: Int
  private let target: Int
  private let inputs: Matrix
  private let inputGradients: Matrix
  private let values: Matrix
  private let gradients: Matrix

  init(
    _ layers: [Perceptron.Shape], inputs count: Int, at source: Int, behind target: Int,
    _ rows: Int
  ) {
    network = Perceptron(inputs: count, layers: layers, maximumRows: rows)
    self.source = source
    self.target = target
    inputs = Matrix(rows: rows, columns: count)
    inputGradients = Matrix(rows: rows, columns: count)
    values = Matrix(rows: rows, columns: network.outputs)
    gradients = Matrix(rows: rows, columns: network.outputs)
  }

  func forward(_ rows: MatrixView, into result: MatrixView) {
    let (input, value) = (inputs.view.rows(0..<rows.rows), values.view.rows(0..<rows.rows))
    rows.getColumns(from: source, input)
    network.forward(.dense(input), into: value)
    result.setColumns(from: target, value)
  }

  func backward(_ gradient: MatrixView, inputGradient: MatrixView?, parameters: Bool) {
    let range = 0..<gradient.rows
    let own = gradients.view.rows(range)
    gradient.getColumns(from: target, own)
    let received = inputGradient == nil ? nil : inputGradients.view.rows(range)
    network.backward(
      .dense(inputs.view.rows(range)), output: values.view.rows(range), outputGradient: own,
      inputGradient: received, parameters: parameters)
    if let inputGradient, let received { inputGradient.setColumns(from: source, received) }
  }
}
