/// The one way a number becomes a network input: clamp((x - offset) * scale, low, high).
///
/// Min-max scaling is offset = minimum, scale = 1 / (maximum - minimum), low = 0, high = 1.
/// A constant column has scale 0. The trainer and the archive both call this function, so a
/// feature has one value wherever it is computed.
///
/// - Parameters:
///   - x: The field's value, finite.
///   - offset: What is subtracted first, in the field's unit.
///   - scale: What the difference is multiplied by, in one over the field's unit.
///   - low: The smallest input.
///   - high: The largest input, not below `low`.
/// - Returns: The input, finite and within low ... high whenever all arguments are finite.
@inlinable @inline(__always)
public func affineFeature(
  _ x: Float, offset: Float, scale: Float, low: Float, high: Float
) -> Float {
  let scaled = (x - offset) * scale
  // Comparisons, not min and max: a product that overflowed to infinity still ends in range, and
  // 0 * infinity (NaN) falls to `low`.
  let atLeast = scaled > low ? scaled : low
  return atLeast < high ? atLeast : high
}
