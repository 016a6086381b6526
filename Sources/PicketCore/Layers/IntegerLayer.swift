import CPicket
import CPicketKernels

/// A layer in exact integer arithmetic: the same bits on every machine, in any order of additions.
enum IntegerLayer {
  /// Computes a layer.
  ///
  /// - Parameters:
  ///   - layer: What the file says of it.
  ///   - bytes: The file.
  ///   - inputs: Its inputs.
  ///   - output: Receives `layer.stride` bytes if the next layer takes integers, else floats; apart
  ///     from the inputs.
  @inline(never)
  @_optimize(speed)
  static func run(
    _ layer: Layer, _ bytes: UnsafeRawPointer, _ inputs: picket_words,
    _ output: UnsafeMutableRawPointer
  ) {
    let shift = IntegerNumbers(layer, bytes).shift
    picket_integers(
      bytes + layer.weights, bytes + layer.bias, bytes + layer.scale, inputs, shift, output,
      layer.stride, DenseLayer.width)
    if shift == 0 {
      Activation.apply(layer.activation, slope: layer.slope, output, count: layer.stride)
    }
  }

  /// Turns sixteen numbers into inputs, as `quantize` does one.
  @inline(__always)
  static func quantize16(_ x: SIMD16<Float>, _ numbers: IntegerNumbers) -> SIMD16<UInt32> {
    let most = SIMD16<Float>(repeating: 4_194_304)
    let scaled = x * numbers.inputScale
    let above = (-most).replacing(with: scaled, where: scaled .> -most)
    let bounded = most.replacing(with: above, where: above .< most)
    var a =
      unsafeBitCast(bounded + 12_582_912, to: SIMD16<Int32>.self)
      &- SIMD16(repeating: 0x4B40_0000 &- Int32(bitPattern: numbers.inputZero))
    let last = SIMD16<Int32>(repeating: Int32(bitPattern: numbers.inputMax))
    a.replace(with: 0, where: a .< 0)
    a.replace(with: last, where: a .> last)
    return unsafeBitCast(a, to: SIMD16<UInt32>.self)
  }

  /// Turns a number into an input: clamp(rint(x * scale) + zero, 0, max).
  @inline(__always)
  static func quantize(_ x: Float, _ numbers: IntegerNumbers) -> UInt32 {
    let most: Float = 4_194_304
    let scaled = x * numbers.inputScale
    // The comparisons send a NaN to the lower bound; `Model.run` sees to it that there is no score.
    let bounded = scaled > -most ? (scaled < most ? scaled : most) : -most
    // Adding 1.5 * 2^23 rounds to the nearest integer, ties to even, in the low bits.
    let rounded = Int32(bitPattern: (bounded + 12_582_912).bitPattern) &- 0x4B40_0000
    let shifted = rounded &+ Int32(bitPattern: numbers.inputZero)
    let floor = shifted < 0 ? 0 : shifted
    let most32 = Int32(bitPattern: numbers.inputMax)
    return UInt32(bitPattern: floor < most32 ? floor : most32)
  }
}
