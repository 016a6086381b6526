import CPicket

/// The way back through a layer: products of rows of weights with the errors of its outputs.
enum RowProducts {
  /// Multiplies each value of a list by the product of its row of weights and the errors.
  ///
  /// W is stored by input, so what comes back to an input is one product of two vectors. Rows are
  /// taken four at a time: each product ends in a sum across lanes, and four of them overlap.
  ///
  /// - Parameters:
  ///   - layer: What the file says of the layer.
  ///   - bytes: The file.
  ///   - list: Inputs of the layer; rows are numbers of inputs, padded with row 0.
  ///   - errors: `layer.stride` numbers, zeros from `layer.outputs` on.
  @inline(never)
  static func multiply(
    _ layer: Layer, _ bytes: UnsafeRawPointer, _ list: NonZeroList, _ errors: UnsafeRawPointer
  ) {
    let weights = bytes + layer.weights
    if layer.element == PICKET_FLOAT16 {
      multiply(Float16Row.self, weights, layer, list, errors)
    } else {
      multiply(Float32Row.self, weights, layer, list, errors)
    }
  }

  @inline(__always)
  private static func multiply<Row: WeightRow>(
    _: Row.Type, _ weights: UnsafeRawPointer, _ layer: Layer, _ list: NonZeroList,
    _ errors: UnsafeRawPointer
  ) {
    var i = 0
    while i < list.count {
      let rowA = weights + list.rows[i].int &* layer.rowBytes
      let rowB = weights + list.rows[i &+ 1].int &* layer.rowBytes
      let rowC = weights + list.rows[i &+ 2].int &* layer.rowBytes
      let rowD = weights + list.rows[i &+ 3].int &* layer.rowBytes
      var a = SIMD16<Float>.zero
      var b = a
      var c = a
      var d = a
      var column = 0
      while column < layer.stride {
        let error = errors.loadUnaligned(fromByteOffset: column &* 4, as: SIMD16<Float>.self)
        let at = column &* Row.bytes
        multiplyAdd(&a, error, Row.load(rowA + at))
        multiplyAdd(&b, error, Row.load(rowB + at))
        multiplyAdd(&c, error, Row.load(rowC + at))
        multiplyAdd(&d, error, Row.load(rowD + at))
        column &+= 16
      }
      list.values[i] *= sum(a)
      list.values[i &+ 1] *= sum(b)
      list.values[i &+ 2] *= sum(c)
      list.values[i &+ 3] *= sum(d)
      i &+= 4
    }
  }
}
