/// The shape of a convolution, or of a transposed one, over images of several channels.
///
/// A row of numbers is an image with its channels last: the number at (y, x) of channel c stands
/// at (y * width + x) * channels + c. A sequence is an image of height 1. Weights are stored as
/// [kernelHeight][kernelWidth][inputChannels][outputChannels].
public struct ConvolutionGeometry: Sendable, Codable, Hashable {
  /// Whether the layer widens (transposed convolution) rather than narrows.
  public var isTransposed: Bool
  /// Height, width and channels of the input.
  public var input: ImageSize
  /// Height, width and channels of the output.
  public var output: ImageSize
  /// Rows of the kernel.
  public var kernelHeight: Int
  /// Columns of the kernel.
  public var kernelWidth: Int
  /// Rows of the larger image from one window to the next.
  public var strideHeight: Int
  /// Columns of the larger image from one window to the next.
  public var strideWidth: Int
  /// Rows of zeros assumed before the first row of the larger image.
  public var paddingTop: Int
  /// Columns of zeros assumed before its first column.
  public var paddingLeft: Int

  /// Height, width and channels of an image.
  public struct ImageSize: Sendable, Codable, Hashable {
    /// Rows of pixels.
    public var height: Int
    /// Columns of pixels.
    public var width: Int
    /// Numbers of a pixel.
    public var channels: Int

    /// Numbers in the image.
    public var count: Int { height * width * channels }

    /// Describes an image.
    public init(height: Int, width: Int, channels: Int) {
      self.height = height
      self.width = width
      self.channels = channels
    }
  }

  /// Describes a layer.
  public init(
    isTransposed: Bool, input: ImageSize, output: ImageSize, kernelHeight: Int, kernelWidth: Int,
    strideHeight: Int, strideWidth: Int, paddingTop: Int, paddingLeft: Int
  ) {
    self.isTransposed = isTransposed
    self.input = input
    self.output = output
    self.kernelHeight = kernelHeight
    self.kernelWidth = kernelWidth
    self.strideHeight = strideHeight
    self.strideWidth = strideWidth
    self.paddingTop = paddingTop
    self.paddingLeft = paddingLeft
  }

  /// Numbers of the kernel: [kernelHeight][kernelWidth][inputChannels][outputChannels].
  public var weightCount: Int {
    kernelHeight * kernelWidth * input.channels * output.channels
  }
}
