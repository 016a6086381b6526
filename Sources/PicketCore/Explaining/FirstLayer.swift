import CPicket
import CPicketKernels

/// What a score would lose if one input of a first layer of rectifiers had another value.
///
/// Only one row of weights is needed to know the layer's sums without that value, so its effect
/// on a rectifier is taken exactly, through the kink, where a gradient sees nothing on one side:
///
/// ```
/// c_i = Σ_j e_j (max(a_j, 0) - max(a_j - Δx_i w_ij, 0))
/// ```
///
/// with the sums a and the errors e that came back to the layer's outputs.
struct FirstLayer {
  let layer: Layer
  let bytes: UnsafeRawPointer
  /// a, `layer.stride` numbers.
  let sums: UnsafeRawPointer
  /// e, as many.
  ///
  /// Beyond the layer's outputs weights are 0, so what stands there adds nothing.
  let errors: UnsafeRawPointer

  /// Replaces the differences Δx of a list, whose rows are numbers of inputs, by the losses c.
  @inline(never)
  ///
  /// - Parameter taps: Where rows and outputs meet.
  func replaceDifferences(of list: NonZeroList, _ taps: Taps) {
    switch layer.element {
    case PICKET_FLOAT16: replace(Float16Row.self, list, taps)
    #if !PICKET_FLOAT_ONLY
      case PICKET_INT8: replace(Int8Row.self, list, taps)
    #endif
    default: replace(Float32Row.self, list, taps)
    }
  }

  @inline(__always)
  private func replace<Row: WeightRow>(_: Row.Type, _ list: NonZeroList, _ taps: Taps) {
    let weights = bytes + layer.weights
    var i = 0
    while i < list.count {
      let group = RowGroup(list, i, weights, rowBytes: layer.rowBytes)
      let steps = group.values
      var a = SIMD16<Float>.zero
      var b = a
      var c = a
      var d = a
      var tap = 0
      while tap < taps.count {
        let first = taps.outputs[tap].int
        let row = taps.weights[tap].int
        var column = 0
        while column < layer.stride {
          let at = row &+ column &* Row.bytes
          let sum = sums.floats16(first &+ column &* 4)
          let error = errors.floats16(first &+ column &* 4)
          let scale =
            Row.isScaled
            ? (bytes + layer.scale).floats16(column &* 4) : SIMD16<Float>(repeating: 1)
          add(&a, sum, error, steps.x, scaled(Row.self, group.a + at, scale))
          add(&b, sum, error, steps.y, scaled(Row.self, group.b + at, scale))
          #if PICKET_AVX
            add(&c, sum, error, steps.z, scaled(Row.self, group.c + at, scale))
            add(&d, sum, error, steps.w, scaled(Row.self, group.d + at, scale))
          #endif
          column &+= 16
        }
        tap &+= 1
      }
      RowGroup.store(
        picket_sum_four(a, b, c, d), UnsafeMutableRawPointer(list.values + i))
      i &+= RowGroup.size
    }
  }

  @inline(__always)
  private func scaled<Row: WeightRow>(
    _: Row.Type, _ row: UnsafeRawPointer, _ scale: SIMD16<Float>
  ) -> SIMD16<Float> {
    Row.isScaled ? Row.load(row) * scale : Row.load(row)
  }

  @inline(__always)
  private func add(
    _ total: inout SIMD16<Float>, _ sum: SIMD16<Float>, _ error: SIMD16<Float>, _ step: Float,
    _ weights: SIMD16<Float>
  ) {
    var without = sum
    multiplyAdd(&without, SIMD16(repeating: 0 - step), weights)
    multiplyAdd(&total, error, picket_positive_part(sum) - picket_positive_part(without))
  }
}
