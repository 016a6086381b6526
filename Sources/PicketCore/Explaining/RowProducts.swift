import CPicket
import CPicketKernels

/// The way back through a layer: products of rows of weights with the errors of its outputs.
enum RowProducts {
  /// Products of each value of a list, its row of weights and the errors.
  ///
  /// W is stored by input, so what comes back to an input is one product of two vectors.
  ///
  /// - Parameters:
  ///   - layer: What the file says of the layer.
  ///   - bytes: The file.
  ///   - list: Inputs of the layer; rows are numbers of inputs, padded with row 0.
  ///   - errors: The numbers that the taps lead to: `layer.stride` from each on.
  ///   - taps: Where rows and errors meet.
  ///   - products: Receives as many numbers as the list has; may be the list's values.
  @inline(never)
  static func multiply(
    _ layer: Layer, _ bytes: UnsafeRawPointer, _ list: NonZeroList, _ errors: UnsafeRawPointer,
    _ taps: Taps, into products: UnsafeMutableRawPointer
  ) {
    let weights = bytes + layer.weights
    let scale = bytes + layer.scale
    switch layer.element {
    case PICKET_FLOAT16:
      multiply(Float16Row.self, weights, scale, layer, list, errors, taps, products)
    #if !PICKET_FLOAT_ONLY
      case PICKET_INT8:
        multiply(Int8Row.self, weights, scale, layer, list, errors, taps, products)
    #endif
    default: multiply(Float32Row.self, weights, scale, layer, list, errors, taps, products)
    }
  }

  @inline(__always)
  private static func multiply<Row: WeightRow>(
    _: Row.Type, _ weights: UnsafeRawPointer, _ scale: UnsafeRawPointer, _ layer: Layer,
    _ list: NonZeroList, _ errors: UnsafeRawPointer, _ taps: Taps,
    _ products: UnsafeMutableRawPointer
  ) {
    var i = 0
    while i < list.count {
      let group = RowGroup(list, i, weights, rowBytes: layer.rowBytes)
      var a = SIMD16<Float>.zero
      var b = a
      var c = a
      var d = a
      var tap = 0
      while tap < taps.count {
        let first = errors + taps.outputs[tap].int
        let row = taps.weights[tap].int
        var column = 0
        while column < layer.stride {
          var error = first.floats16(column &* 4)
          if Row.isScaled { error *= scale.floats16(column &* 4) }
          let at = row &+ column &* Row.bytes
          multiplyAdd(&a, error, Row.load(group.a + at))
          multiplyAdd(&b, error, Row.load(group.b + at))
          #if PICKET_AVX
            multiplyAdd(&c, error, Row.load(group.c + at))
            multiplyAdd(&d, error, Row.load(group.d + at))
          #endif
          column &+= 16
        }
        tap &+= 1
      }
      RowGroup.store(group.values * picket_sum_four(a, b, c, d), products + i &* 4)
      i &+= RowGroup.size
    }
  }
}

/// Rows of weights that are taken together: four if there are the registers, else two.
struct RowGroup {
  #if PICKET_AVX
    @inline(__always) static var size: Int { 4 }
  #else
    @inline(__always) static var size: Int { 2 }
  #endif

  let a: UnsafeRawPointer
  let b: UnsafeRawPointer
  let c: UnsafeRawPointer
  let d: UnsafeRawPointer
  /// The inputs' values; of a group of two, whatever follows them too.
  let values: SIMD4<Float>

  /// The rows of four inputs of a list, or of two and those again.
  ///
  /// - Parameters:
  ///   - list: Inputs by number, in whole groups.
  ///   - start: The first of them.
  @inline(__always)
  init(_ list: NonZeroList, _ start: Int, _ weights: UnsafeRawPointer, rowBytes: Int) {
    let second = RowGroup.size &- 2
    a = weights + list.rows[start].int &* rowBytes
    b = weights + list.rows[start &+ 1].int &* rowBytes
    c = weights + list.rows[start &+ second].int &* rowBytes
    d = weights + list.rows[start &+ second &+ 1].int &* rowBytes
    values = UnsafeRawPointer(list.values + start).floats4()
  }

  /// Stores a number for each input of a group.
  @inline(__always)
  static func store(_ values: SIMD4<Float>, _ place: UnsafeMutableRawPointer) {
    #if PICKET_AVX
      place.store4(values)
    #else
      place.store2(values.lowHalf)
    #endif
  }
}
