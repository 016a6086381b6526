extension ConvolutionGeometry {
  /// The image that windows are laid on: the input, or the output of a transposed convolution.
  var wide: ImageSize { isTransposed ? output : input }
  /// The image with a pixel for each window.
  var narrow: ImageSize { isTransposed ? input : output }
  /// Numbers of a window.
  var patchLength: Int { kernelHeight * kernelWidth * wide.channels }
  /// Numbers of all windows of an image.
  var patchCount: Int { narrow.height * narrow.width * patchLength }

  /// Multiply-adds of one image, those with zeros of the padding included.
  public var multiplyAdds: Int { narrow.height * narrow.width * weightCount }

  /// Terms of one output's sum: the places of the kernel that meet it, times the channels.
  public var fanIn: Int { max(1, places(isTransposed) * input.channels) }
  /// Sums that one input is a term of.
  public var fanOut: Int { max(1, places(!isTransposed) * output.channels) }

  /// Kernel places that meet a pixel: all for a narrow image's, one in a stride for a wide one's.
  private func places(_ ofWide: Bool) -> Int {
    let all = kernelHeight * kernelWidth
    return ofWide ? all / (strideHeight * strideWidth) : all
  }
}
