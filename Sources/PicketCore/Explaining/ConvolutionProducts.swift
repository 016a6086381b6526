/// The way back through a convolution, a pixel of its input at a time.
struct ConvolutionProducts {
  let layer: Layer
  let shape: Convolution
  let bytes: UnsafeRawPointer
  /// Errors of the layer's outputs, finite or not up to a whole vector behind the last.
  let errors: UnsafeRawPointer
  /// The layer's sums, if it is a first one of rectifiers: what comes back then are losses.
  let sums: UnsafeRawPointer?

  /// Replaces numbers of the input that are not zero by what comes back to them, times themselves.
  ///
  /// - Parameters:
  ///   - values: The numbers; nil stands for ones.
  ///   - list: Memory for the inputs of a pixel and its taps.
  ///   - result: Receives as many numbers at the places of those that are not zero; may be `values`.
  @inline(never)
  func run(
    _ values: UnsafePointer<Float>?, _ list: inout NonZeroList,
    into result: UnsafeMutablePointer<Float>
  ) {
    let channels = shape.input.channels
    var at = 0
    var rows = shape.rows(overWide: !shape.isTransposed)
    var row = 0
    while row < shape.input.height {
      var columns = shape.columns(overWide: !shape.isTransposed)
      var column = 0
      while column < shape.input.width {
        if let values {
          list.gather(values + at, length: channels, rowBytes: 1)
        } else {
          list.count(to: channels)
        }
        if list.count > 0 { comeBack(rows, columns, list) }
        list.scatter(to: result + at)
        at &+= channels
        columns.advance()
        column &+= 1
      }
      rows.advance()
      row &+= 1
    }
  }

  private func comeBack(_ rows: PixelWalk, _ columns: PixelWalk, _ list: NonZeroList) {
    var taps = Taps(behind: list)
    let placeBytes = shape.input.channels &* layer.rowBytes
    var y = rows.first
    while rows.isInside(y) {
      let places = y.place &* shape.horizontal.kernel
      let pixels = y.partner &* shape.output.width
      var x = columns.first
      while columns.isInside(x) {
        taps.append(
          weights: (places &+ x.place) &* placeBytes,
          outputs: (pixels &+ x.partner) &* shape.output.channels &* 4)
        x = columns.tap(after: x, run: 1)
      }
      y = rows.tap(after: y, run: 1)
    }
    if let sums {
      FirstLayer(layer: layer, bytes: bytes, sums: sums, errors: errors)
        .replaceDifferences(of: list, taps)
    } else {
      RowProducts.multiply(layer, bytes, list, errors, taps, into: list.values)
    }
  }
}
