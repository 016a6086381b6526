import PicketNN

extension RowShape {
  /// The convolutions of an encoder; nil when there are to be none.
  ///
  /// - Parameters:
  ///   - channels: One count a layer.
  ///   - inputs: The length of a row.
  /// - Throws: `TrainingError` when the rows are no such images, or too small.
  func stack(_ channels: [Int], inputs: Int) throws(TrainingError) -> ConvolutionStack? {
    guard !channels.isEmpty else { return nil }
    try TrainingError.check("the channels of a convolution", channels)
    let image: ConvolutionGeometry.ImageSize
    switch self {
    case .columns: image = .init(height: 1, width: inputs, channels: 1)
    case .image(let height, let width): image = .init(height: height, width: width, channels: 1)
    }
    guard image.count == inputs else {
      throw TrainingError(
        description: "an image of \(image.height) x \(image.width) has \(image.count) numbers; "
          + "the rows have \(inputs)")
    }
    guard let stack = ConvolutionStack(image, channels: channels) else {
      throw TrainingError(
        description: "an image of \(image.height) x \(image.width) is too small to be halved "
          + "\(channels.count) times; choose fewer convolutions")
    }
    return stack
  }
}
