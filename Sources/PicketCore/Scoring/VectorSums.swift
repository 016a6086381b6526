import CPicketKernels

// Sums over padded vectors, in a fixed order: the same bits on every machine with the same
// arithmetic.

/// The sum of sixteen lanes, by halves.
@inline(__always)
func sum(_ lanes: SIMD16<Float>) -> Float {
  picket_sum(lanes)
}

/// Whether sixteen lanes are all zero, without a comparison for each.
@inline(__always)
func isZero(_ lanes: SIMD16<UInt32>) -> Bool {
  let eight = lanes.lowHalf | lanes.highHalf
  let four = eight.lowHalf | eight.highHalf
  let two = unsafeBitCast(four, to: SIMD2<UInt64>.self)
  return two.x | two.y == 0
}

/// Sixteen numbers of a vector of `count`; beyond its end, zeros.
@inline(__always)
func lanes(_ vector: UnsafeRawPointer, _ start: Int, of count: Int) -> SIMD16<Float> {
  let all = vector.floats16(start &* 4)
  let left = SIMD16<Int32>(repeating: Int32(truncatingIfNeeded: count &- start))
  let index = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  return all.replacing(with: 0, where: index .>= left)
}

/// Σ x² over `count` numbers that are padded with anything to a multiple of 16.
func squaredLength(_ x: UnsafeRawPointer, count: Int) -> Float {
  #if PICKET_AVX
    if count <= 8 { return picket_squares_of_eight(x, count) }
  #endif
  var total = SIMD16<Float>.zero
  var i = 0
  while i < count {
    let block = lanes(x, i, of: count)
    multiplyAdd(&total, block, block)
    i &+= 16
  }
  return sum(total)
}

/// Σ (x - y)² over `count` numbers that are padded with anything to a multiple of 16.
func squaredDistance(_ x: UnsafeRawPointer, _ y: UnsafeRawPointer, count: Int) -> Float {
  var total = SIMD16<Float>.zero
  var i = 0
  while i < count {
    let difference = lanes(x, i, of: count) - lanes(y, i, of: count)
    multiplyAdd(&total, difference, difference)
    i &+= 16
  }
  return sum(total)
}

/// Copies `count` numbers of any kind, rounded up to 16: the library's copy traps on a negative count.
@inline(__always)
func copy(_ x: UnsafeRawPointer, count: Int, to result: UnsafeMutableRawPointer) {
  var at = 0
  while at < count &* 4 {
    result.store16(x.floats16(at), at)
    at &+= 64
  }
}

/// x × factor for `count` numbers, and zeros up to the next multiple of 16.
func scale(
  _ x: UnsafeRawPointer, by factor: Float, count: Int, into result: UnsafeMutableRawPointer
) {
  var i = 0
  while i < count {
    result.store16(lanes(x, i, of: count) * factor, i &* 4)
    i &+= 16
  }
}

/// Multiplies `count` numbers, rounded up to 16, by as many others.
@inline(never)
func multiply(_ x: UnsafeMutableRawPointer, by y: UnsafeRawPointer, count: Int) {
  var at = 0
  while at < count &* 4 {
    x.store16(UnsafeRawPointer(x).floats16(at) * y.floats16(at), at)
    at &+= 64
  }
}

/// KL divergence of N(m, diag e^v) from N(0, I): ½ Σ (m² + e^v - 1 - v).
///
/// - Parameters:
///   - encoded: `latent` means, then `latent` logarithms of variances, then memory that may be
///     read up to the next multiple of 16 numbers behind each.
func gaussianDivergence(_ encoded: UnsafeRawPointer, latent: Int) -> Float {
  let logVariances = encoded + latent &* 4
  var total = SIMD16<Float>.zero
  var i = 0
  while i < latent {
    let m = lanes(encoded, i, of: latent)
    let v = lanes(logVariances, i, of: latent)
    // A lane beyond the end has m = v = 0 and adds e^0 - 1 = 0.
    total += m * m + (exponential(v) - 1 - v)
    i &+= 16
  }
  return 0.5 * sum(total)
}
