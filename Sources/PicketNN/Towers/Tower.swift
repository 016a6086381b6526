/// The layers through which a critic sees the parts of a row, each for itself.
public protocol Tower: AnyObject {
  /// The networks of the parts.
  var networks: [Perceptron] { get }
  /// Numbers of a row that comes out.
  var outputs: Int { get }

  /// What becomes of rows.
  func forward(_ rows: MatrixView) -> MatrixView

  /// What became of the rows of the last `forward`.
  func result(_ range: Range<Int>) -> MatrixView

  /// Where the gradient of what came out belongs.
  func gradient(_ range: Range<Int>) -> MatrixView

  /// Goes back from `gradient`.
  ///
  /// - Parameters:
  ///   - count: Rows of the last `forward`.
  ///   - inputGradient: Receives the gradient of the rows, unless nil.
  ///   - parameters: Whether the networks get a gradient.
  func backward(_ count: Int, inputGradient: MatrixView?, parameters: Bool)
}
