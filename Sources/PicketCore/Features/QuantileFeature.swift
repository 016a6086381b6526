/// A share of the training's normal values, by a table: linear between knots, constant beyond them.
///
/// With v_i the last value not above x,
///
/// ```
/// q(x) = q_i + (x - v_i) / (v_(i+1) - v_i) (q_(i+1) - q_i), within q_i ... q_(i+1)
/// ```
///
/// both differences of values taken of halves, because those of finite numbers may not be finite;
/// each step rounded to binary32, so that every reader gets the same bits. Each step is monotone,
/// and the bounds make it so from segment to segment.
///
/// - Parameters:
///   - x: The field's value, finite.
///   - values: v, finite, strictly ascending.
///   - quantiles: q, finite, not descending.
///   - count: How many knots, 1 ... 32: at most five comparisons find a segment.
/// - Returns: The input, finite and within the first and the last quantile.
@inlinable
public func quantileFeature(
  _ x: Float, values: UnsafePointer<Float>, quantiles: UnsafePointer<Float>, count: Int
) -> Float {
  var low = 0
  var left = count
  while left > 1 {
    let half = left &>> 1
    low = values[low &+ half] <= x ? low &+ half : low
    left &-= half
  }
  // Behind the last knot there is no segment: a width of 0, and bounds that are one number.
  let next = low &+ 1 < count ? low &+ 1 : low
  let first = quantiles[low]
  let last = quantiles[next]
  let start = values[low] * 0.5
  let part = (x * 0.5 - start) / (values[next] * 0.5 - start)
  let between = first + part * (last - first)
  // As in `affineFeature`: a NaN falls to the lower bound.
  let atLeast = between > first ? between : first
  return atLeast < last ? atLeast : last
}
