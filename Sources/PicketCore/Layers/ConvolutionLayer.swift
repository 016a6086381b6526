/// y = f(W * x + b) for images with their channels last.
///
/// Each pixel of the output is a dense layer over the window of inputs that it sees: those that are
/// not zero are listed, and the dense kernels add up their rows of weights.
struct ConvolutionLayer {
  let layer: Layer
  let shape: Convolution
  let bytes: UnsafeRawPointer

  /// Computes the layer up to its activation.
  ///
  /// - Parameters:
  ///   - image: The input.
  ///   - list: Memory for the inputs of one window.
  ///   - output: Receives the output image, and zeros up to a whole vector behind its last pixel.
  @inline(never)
  @_optimize(size)
  func sums(
    _ image: UnsafePointer<Float>, _ list: inout NonZeroList, _ output: UnsafeMutableRawPointer
  ) {
    var pixel = output
    var rows = shape.rows(overWide: shape.isTransposed)
    var row = 0
    while row < shape.output.height {
      var columns = shape.columns(overWide: shape.isTransposed)
      var column = 0
      while column < shape.output.width {
        listWindow(rows, columns, image, &list)
        // A pixel is written with zeros behind it, which the next one replaces.
        DenseLayer.sums(layer, bytes, list.listed, pixel)
        pixel += shape.output.channels &* 4
        columns.advance()
        column &+= 1
      }
      rows.advance()
      row &+= 1
    }
  }

  /// Lists the inputs that a pixel sees.
  @inline(__always)
  private func listWindow(
    _ rows: PixelWalk, _ columns: PixelWalk, _ image: UnsafePointer<Float>,
    _ list: inout NonZeroList
  ) {
    let channels = shape.input.channels
    list.removeAll()
    var y = rows.first
    while rows.isInside(y) {
      let pixels = y.partner &* shape.input.width
      let places = y.place &* shape.horizontal.kernel
      var x = columns.first
      while columns.isInside(x) {
        let run = columns.run(from: x)
        list.append(
          image + (pixels &+ x.partner) &* channels, length: run &* channels,
          firstRow: (places &+ x.place) &* channels, rowBytes: layer.rowBytes)
        x = columns.tap(after: x, run: run)
      }
      y = rows.tap(after: y, run: 1)
    }
    list.close()
  }
}
