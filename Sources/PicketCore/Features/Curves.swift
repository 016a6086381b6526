import CPicketKernels

/// Tables of quantiles, one behind the other: linear between knots, constant beyond them.
public struct QuantileTables {
  let tables: picket_tables
  /// Where the first of them begins.
  let first: UInt32

  /// Looks at tables.
  ///
  /// - Parameters:
  ///   - ends: For each of sixteen fields, where its knots end; without any, where the field's before
  ///     do.
  ///   - first: Where the knots of the first field begin. At most 32 are a field's.
  ///   - values: Of a field, finite and strictly ascending.
  ///   - quantiles: Of a field, finite and not descending.
  public init(
    ends: UnsafePointer<UInt32>, from first: UInt32, values: UnsafePointer<Float>,
    quantiles: UnsafePointer<Float>
  ) {
    tables = picket_tables(ends: ends, values: values, quantiles: quantiles)
    self.first = first
  }

  /// The quantiles of sixteen finite numbers, each by its field's table; 0 without one.
  @inline(__always)
  public func quantiles(_ x: SIMD16<Float>) -> SIMD16<Float> {
    var numbers = x
    withUnsafeMutableBytes(of: &numbers) { bytes in
      guard let start = bytes.baseAddress else { return }
      picket_quantiles(start.assumingMemoryBound(to: Float.self), tables, first)
    }
    return numbers
  }
}

/// sign(x) ln(1 + |x|) of sixteen finite numbers, each within 1e-7 relative: odd, and monotone over
/// all floats.
@inline(__always)
public func signedLogarithm(_ x: SIMD16<Float>) -> SIMD16<Float> {
  var numbers = x
  withUnsafeMutableBytes(of: &numbers) { bytes in
    guard let start = bytes.baseAddress else { return }
    picket_signed_logarithms(start.assumingMemoryBound(to: Float.self))
  }
  return numbers
}

extension Model {
  /// Lists the inputs that planes of logarithms and of quantiles make of sixteen fields.
  ///
  /// A function of its own, which reads the fields itself: models without such planes do not save
  /// vectors for it.
  @inline(never)
  @_optimize(size)
  func appendCurves(
    _ record: UnsafePointer<Float>, _ lane: Int, _ rowBytes: Int, to list: inout NonZeroList,
    _ spare: UnsafeMutableRawPointer
  ) {
    var i = firstCurve.int
    while i < planeCount.int {
      list.append(
        curve16(record, i, lane, spare), inputs: bytes + (plane(i).inputs &+ lane &* 4),
        rowBytes: rowBytes)
      i &+= 1
    }
  }

  /// What a plane of logarithms or of quantiles makes of sixteen fields of a record.
  @inline(never)
  @_optimize(size)
  func curve16(
    _ record: UnsafePointer<Float>, _ index: Int, _ lane: Int, _ spare: UnsafeMutableRawPointer
  ) -> SIMD16<Float> {
    let x = fields16(record, lane, spare)
    let plane = plane(index)
    if plane.kind == .log { return scaled16(signedLogarithm(x), plane, lane) }
    let ends = (bytes + plane.knotEnds).assumingMemoryBound(to: UInt32.self)
    let (values, quantiles) = knots
    let tables = QuantileTables(
      ends: ends + lane, from: lane == 0 ? 0 : ends[lane &- 1], values: values,
      quantiles: quantiles)
    return tables.quantiles(x)
  }
}
