import CPicket
import CPicketKernels

/// y = f(x W + b), for inputs of which those that are zero are left out.
///
/// W is stored by input, so each input adds one row to all outputs: whole vectors, no horizontal
/// sums. Outputs are taken in blocks that stay in registers while the inputs pass by. Rows are
/// padded to 16 outputs, so there is no tail anywhere.
enum DenseLayer {
  /// Computes a layer.
  ///
  /// - Parameters:
  ///   - layer: What the file says of it.
  ///   - bytes: The file.
  ///   - inputs: Its inputs; listed rows are byte offsets into its weights.
  ///   - output: Receives `layer.stride` numbers.
  static func run(
    _ layer: Layer, _ bytes: UnsafeRawPointer, _ inputs: picket_rows,
    _ output: UnsafeMutableRawPointer
  ) {
    sums(layer, bytes, inputs, output)
    Activation.apply(layer.activation, slope: layer.slope, output, count: layer.stride)
  }

  /// Computes a layer up to its activation, x W + b.
  @inline(__always)
  static func sums(
    _ layer: Layer, _ bytes: UnsafeRawPointer, _ inputs: picket_rows,
    _ output: UnsafeMutableRawPointer
  ) {
    switch layer.element {
    case PICKET_FLOAT16: halves(layer, bytes, inputs, output)
    #if !PICKET_FLOAT_ONLY
      case PICKET_INT8: integers(layer, bytes, inputs, output)
    #endif
    default: floats(layer, bytes, inputs, output)
    }
  }

  // One function for each type, because the optimizer gives up on a larger one.

  @inline(never)
  @_optimize(speed)
  private static func floats(
    _ layer: Layer, _ bytes: UnsafeRawPointer, _ inputs: picket_rows,
    _ output: UnsafeMutableRawPointer
  ) {
    picket_dense(
      bytes + layer.weights, bytes + layer.bias, bytes, inputs, output, layer.stride, 1,
      fused, width)
  }

  @inline(never)
  @_optimize(speed)
  private static func halves(
    _ layer: Layer, _ bytes: UnsafeRawPointer, _ inputs: picket_rows,
    _ output: UnsafeMutableRawPointer
  ) {
    picket_dense(
      bytes + layer.weights, bytes + layer.bias, bytes, inputs, output, layer.stride, 2,
      fused, width)
  }

  @inline(never)
  @_optimize(speed)
  private static func integers(
    _ layer: Layer, _ bytes: UnsafeRawPointer, _ inputs: picket_rows,
    _ output: UnsafeMutableRawPointer
  ) {
    picket_dense(
      bytes + layer.weights, bytes + layer.bias, bytes + layer.scale, inputs, output,
      layer.stride, 3, fused, width)
  }

  /// Whether a multiplication and its addition are rounded once.
  #if PICKET_FMA
    @inline(__always) static var fused: Int32 { 1 }
  #else
    @inline(__always) static var fused: Int32 { 0 }
  #endif

  /// How many sums are in flight: as many as hide the latency of an addition, and as leave
  /// registers for the weights. (MIPS is compiled as riscv32.)
  @inline(__always)
  static var width: Int32 {
    #if PICKET_AVX512
      Int32(truncatingIfNeeded: PICKET_WIDEST)
    #elseif PICKET_AVX
      Int32(truncatingIfNeeded: PICKET_WIDE)
    #elseif arch(i386) || arch(riscv64) || arch(riscv32)
      Int32(truncatingIfNeeded: PICKET_NARROW)
    #else
      Int32(truncatingIfNeeded: PICKET_PLAIN)
    #endif
  }
}
