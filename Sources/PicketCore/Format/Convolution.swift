/// The shape of a convolution or transposed convolution, as the file describes it.
///
/// Images have their channels last. One layer joins a narrow image and a wide one: pixel n of the
/// narrow one and place k of the kernel belong to pixel n * stride + k - padding of the wide one,
/// along each axis. A convolution reads the wide image, a transposed one the narrow.
public struct Convolution {
  static var bytes: Int { 64 }
  static var words: Int { 12 }

  /// Rows, columns and channels of an image.
  public struct ImageSize {
    /// Rows of pixels.
    public let height: Int
    /// Columns of pixels.
    public let width: Int
    /// Numbers of a pixel.
    public let channels: Int

    @inline(__always) var pixels: Int { height &* width }
    /// Numbers in the image.
    public var count: Int { pixels &* channels }
  }

  /// One axis of kernel and windows.
  struct Axis {
    let kernel: Int
    let stride: Int
    let padding: Int
  }

  /// Whether the input is the narrow image.
  public let isTransposed: Bool
  /// The image that it reads.
  public let input: ImageSize
  /// The image that it writes.
  public let output: ImageSize
  let vertical: Axis
  let horizontal: Axis

  /// Reads what stands at an address.
  init(_ geometry: UnsafeRawPointer, isTransposed: Bool) {
    self.isTransposed = isTransposed
    input = ImageSize(
      height: geometry.word(0), width: geometry.word(4), channels: geometry.word(8))
    output = ImageSize(
      height: geometry.word(12), width: geometry.word(16), channels: geometry.word(20))
    vertical = Axis(
      kernel: geometry.word(24), stride: geometry.word(32), padding: geometry.word(40))
    horizontal = Axis(
      kernel: geometry.word(28), stride: geometry.word(36), padding: geometry.word(44))
  }

  /// Rows and columns of the kernel.
  public var kernel: (height: Int, width: Int) { (vertical.kernel, horizontal.kernel) }
  /// Pixels of the wide image from one window to the next.
  public var stride: (height: Int, width: Int) { (vertical.stride, horizontal.stride) }

  @inline(__always) var narrow: ImageSize { isTransposed ? input : output }
  @inline(__always) var wide: ImageSize { isTransposed ? output : input }

  /// Inputs of a window of the kernel's size: rows of W.
  @inline(__always)
  var window: Int { vertical.kernel &* horizontal.kernel &* input.channels }

  /// The rows that meet those of an image: of the wide one or of the narrow one.
  @inline(__always)
  func rows(overWide: Bool) -> PixelWalk {
    PixelWalk(vertical, overWide: overWide, partners: overWide ? narrow.height : wide.height)
  }

  /// The columns that meet those of an image.
  @inline(__always)
  func columns(overWide: Bool) -> PixelWalk {
    PixelWalk(horizontal, overWide: overWide, partners: overWide ? narrow.width : wide.width)
  }
}

extension Model {
  /// The shape of a layer that is a convolution.
  @inline(never)
  func convolution(_ layer: Layer) -> Convolution {
    Convolution(bytes + layer.geometry, isTransposed: layer.operation == Layer.transposed)
  }

  #if !PICKET_ARCHIVE
    // An optional of what holds a byte is not for machines whose code is made of another one's text.
    /// The shape of the layer at an index that is known to exist; nil of a dense one.
    public func convolution(at index: Int) -> Convolution? {
      let layer = layer(index)
      return layer.isConvolution ? convolution(layer) : nil
    }
  #endif

  /// How many numbers a layer writes with what fills up its last vector, a multiple of 16.
  @inline(never)
  func room(of layer: Layer) -> Int {
    guard layer.isConvolution else { return layer.stride }
    // The output's height and width alone: a whole shape would cost every caller its stack.
    let pixels = bytes.word(layer.geometry &+ 12) &* bytes.word(layer.geometry &+ 16)
    return roundedUp((pixels &- 1) &* layer.outputs &+ layer.stride, to: 16)
  }
}
