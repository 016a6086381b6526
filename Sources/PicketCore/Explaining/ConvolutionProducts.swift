/// The way back through a convolution, a pixel of its input at a time.
struct ConvolutionProducts {
  private let shape: Convolution
  private let rowBytes: Int

  init(_ shape: Convolution, rowBytes: Int) {
    self.shape = shape
    self.rowBytes = rowBytes
  }

  /// Brings errors back to all inputs.
  ///
  /// - Parameter step: Says where the errors are, finite or not up to a whole vector behind the last,
  ///   and where the products go; its list is empty.
  @inline(never)
  @_optimize(size)
  func run(_ step: inout ExplainStep) {
    step.first = 0
    step.count = shape.input.channels
    forEachPixel { rows, columns in
      step.taps = Taps(behind: step.list)
      listTaps(rows, columns, &step.taps)
      step.perform(.products)
      step.products += shape.input.channels
    }
  }

  /// Replaces differences of a first layer's inputs by what they add to the distance.
  @inline(never)
  @_optimize(size)
  func replaceDifferences(
    _ differences: UnsafeMutablePointer<Float>, isRectifier: Bool, _ step: inout ExplainStep
  ) {
    var pixel = differences
    forEachPixel { rows, columns in
      step.list.removeAll()
      step.list.append(pixel, length: shape.input.channels, firstRow: 0, rowBytes: 1)
      if step.list.count > 0 {
        step.taps = Taps(behind: step.list)
        listTaps(rows, columns, &step.taps)
        step.replaceDifferences(isRectifier: isRectifier)
        step.list.scatter(to: pixel)
      }
      pixel += shape.input.channels
    }
  }

  /// Goes over the pixels of the input, and what they meet on both axes.
  @inline(__always)
  private func forEachPixel(_ body: (PixelWalk, PixelWalk) -> Void) {
    var rows = shape.rows(overWide: !shape.isTransposed)
    var row = 0
    while row < shape.input.height {
      var columns = shape.columns(overWide: !shape.isTransposed)
      var column = 0
      while column < shape.input.width {
        body(rows, columns)
        columns.advance()
        column &+= 1
      }
      rows.advance()
      row &+= 1
    }
  }

  /// Lists where the rows of a pixel's inputs meet errors.
  @inline(never)
  @_optimize(size)
  private func listTaps(_ rows: PixelWalk, _ columns: PixelWalk, _ taps: inout Taps) {
    let placeBytes = shape.input.channels &* rowBytes
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
  }
}
