/// sum + x * y, lane by lane, fused where the processor that the code is built for can: a fused
/// step without the instruction would be a call into libm for each lane.
@inline(__always)
func multiplyAdd(_ sum: inout SIMD16<Float>, _ x: SIMD16<Float>, _ y: SIMD16<Float>) {
  #if PICKET_FMA
    sum.addProduct(x, y)
  #else
    sum += x * y
  #endif
}

/// Sixteen lanes held between two bounds; a NaN stays one.
///
/// Written out, because the library's `clamped` works lane by lane.
@inline(__always)
func clamp(_ x: SIMD16<Float>, _ low: Float, _ high: Float) -> SIMD16<Float> {
  x.replacing(with: low, where: x .< low).replacing(with: high, where: x .> high)
}
