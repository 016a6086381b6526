/// The convolutions through which a critic sees each image of a row.
///
/// A row is images side by side, then other numbers; what comes out is what each image became, the
/// same layers for all of them, then the other numbers.
public final class ImageTower: Tower {
  /// The layers of an image, for rows of one image each.
  public let network: Perceptron
  /// Numbers of a row that comes out.
  public let outputs: Int
  /// The networks of the parts.
  public var networks: [Perceptron] { [network] }

  private let images: Int
  private let rest: Int
  /// The images of all rows, one under the other, and what became of them.
  private let stacked: Matrix
  private let stackedGradients: Matrix
  private let values: Matrix
  private let valueGradients: Matrix
  private let seen: Matrix
  private let seenGradients: Matrix

  /// Lays out a tower whose parameters are zero.
  ///
  /// - Parameters:
  ///   - layers: Those of one image.
  ///   - image: Numbers of an image.
  ///   - inputs: Numbers of a row: as many images as fit, then the others.
  ///   - maximumRows: The most rows of a batch.
  ///
  /// - Precondition: A row has an image at least.
  public init(
    _ layers: [Perceptron.Shape], image: Int, inputs: Int, maximumRows: Int
  ) {
    precondition(inputs >= image, "a row has an image")
    images = inputs / image
    rest = inputs % image
    let rows = images * maximumRows
    network = Perceptron(inputs: image, layers: layers, maximumRows: rows)
    outputs = images * network.outputs + rest
    stacked = Matrix(rows: rows, columns: image)
    stackedGradients = Matrix(rows: rows, columns: image)
    values = Matrix(rows: rows, columns: network.outputs)
    valueGradients = Matrix(rows: rows, columns: network.outputs)
    seen = Matrix(rows: maximumRows, columns: outputs)
    seenGradients = Matrix(rows: maximumRows, columns: outputs)
  }

  /// What becomes of rows.
  public func forward(_ rows: MatrixView) -> MatrixView {
    let range = 0..<rows.rows
    let all = 0..<images * rows.rows
    let result = result(range)
    exchange(rows, stacked.view, intoParts: true)
    network.forward(.dense(stacked.view.rows(all)), into: values.view.rows(all))
    exchange(result, values.view, intoParts: false)
    copyRest(from: rows, to: result)
    return result
  }

  /// What became of the rows of the last `forward`.
  public func result(_ range: Range<Int>) -> MatrixView { seen.view.rows(range) }

  /// Where the gradient of what came out belongs.
  public func gradient(_ range: Range<Int>) -> MatrixView { seenGradients.view.rows(range) }

  /// Goes back from `gradient`; see `Tower`.
  public func backward(_ count: Int, inputGradient: MatrixView?, parameters: Bool) {
    let all = 0..<images * count
    let gradient = seenGradients.view.rows(0..<count)
    exchange(gradient, valueGradients.view, intoParts: true)
    network.backward(
      .dense(stacked.view.rows(all)), output: values.view.rows(all),
      outputGradient: valueGradients.view.rows(all),
      inputGradient: inputGradient == nil ? nil : stackedGradients.view.rows(all),
      parameters: parameters)
    guard let inputGradient else { return }
    exchange(inputGradient, stackedGradients.view, intoParts: false)
    copyRest(from: gradient, to: inputGradient)
  }

  /// Moves the images of rows under each other, or back.
  private func exchange(_ rows: MatrixView, _ parts: MatrixView, intoParts: Bool) {
    for row in 0..<rows.rows {
      for image in 0..<images {
        let whole = rows.base + row * rows.columns + image * parts.columns
        let part = parts.base + (row * images + image) * parts.columns
        let (source, target) = intoParts ? (whole, part) : (part, whole)
        target.update(from: source, count: parts.columns)
      }
    }
  }

  private func copyRest(from source: MatrixView, to target: MatrixView) {
    for row in 0..<source.rows {
      (target.base + (row + 1) * target.columns - rest)
        .update(from: source.base + (row + 1) * source.columns - rest, count: rest)
    }
  }
}
