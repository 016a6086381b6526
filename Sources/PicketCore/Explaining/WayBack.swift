import CPicket
import CPicketKernels

/// The way back through a layer: from what came back to its outputs to what comes back to inputs.
///
/// W is stored by input, so what comes back to an input is a product of two vectors.
struct WayBack {
  private let element: Int
  private let view: picket_way_back

  /// - Parameters:
  ///   - layer: What the file says of the layer.
  ///   - bytes: The file.
  ///   - first: The input whose row is the first.
  ///   - errors: The numbers that the taps lead to: `columns` from each on.
  ///   - columns: A multiple of sixteen; `layer.stride`, or less if zeros follow.
  ///   - taps: Where rows and errors meet.
  @inline(__always)
  init(
    _ layer: Layer, _ bytes: UnsafeRawPointer, from first: Int, errors: UnsafeRawPointer,
    columns: Int, _ taps: Taps
  ) {
    element = layer.element
    let start = bytes.assumingMemoryBound(to: CChar.self)
    view = picket_way_back(
      weights: start + (layer.weights &+ first &* layer.rowBytes), scale: start + layer.scale,
      errors: errors.assumingMemoryBound(to: CChar.self), tap_rows: taps.weights,
      tap_outputs: taps.outputs, taps: taps.count, row_bytes: layer.rowBytes, stride: columns)
  }

  /// What comes back to `count` inputs from the first on: products of their rows and the errors.
  @inline(__always)
  func products(count: Int, into result: UnsafeMutablePointer<Float>) {
    element == PICKET_FLOAT32
      ? WayBack.floats(view, count, result) : WayBack.others(view, element, count, result)
  }

  /// Replaces the differences Δx of a list of inputs by what a layer of rectifiers would lose.
  ///
  /// Only one row of weights is needed to know the layer's sums without that difference, so its effect
  /// on a rectifier is taken exactly, through the kink, where a gradient sees nothing on one side:
  ///
  /// ```
  /// c_i = Σ_j e_j (max(a_j, 0) - max(a_j - Δx_i w_ij, 0))
  /// ```
  ///
  /// - Parameter sums: a, as the errors e are laid out. Beyond the layer's outputs weights are 0, so
  ///   what stands there adds nothing.
  @inline(__always)
  func losses(_ list: NonZeroList, sums: UnsafeRawPointer) {
    let sums = sums.assumingMemoryBound(to: CChar.self)
    element == PICKET_FLOAT32
      ? WayBack.floatLosses(view, sums, list) : WayBack.otherLosses(view, element, sums, list)
  }

  /// Rows that are taken at a time: as many as there are registers for their sums.
  @inline(__always) private static var group: Int32 {
    #if PICKET_AVX
      8
    #else
      DenseLayer.width &* 2
    #endif
  }

  /// Columns that are taken at a time.
  @inline(__always) private static var lanes: Int32 {
    #if PICKET_AVX512
      16
    #else
      8
    #endif
  }

  @inline(__always) private static var lossGroup: Int32 {
    #if PICKET_AVX
      4
    #else
      2
    #endif
  }

  // What is rarer has less code: rows alone, whose weights are told apart as they are read.

  @inline(never)
  @_optimize(speed)
  private static func floats(
    _ view: picket_way_back, _ count: Int, _ result: UnsafeMutablePointer<Float>
  ) {
    picket_products(view, count, result, 1, group, lanes, DenseLayer.fused)
  }

  @inline(never)
  private static func others(
    _ view: picket_way_back, _ element: Int, _ count: Int, _ result: UnsafeMutablePointer<Float>
  ) {
    picket_products(view, count, result, narrow(element), 1, 16, DenseLayer.fused)
  }

  @inline(never)
  @_optimize(speed)
  private static func floatLosses(
    _ view: picket_way_back, _ sums: UnsafePointer<CChar>, _ list: NonZeroList
  ) {
    picket_losses(
      view, sums, list.values, list.rows, list.count, 1, lossGroup, lanes, DenseLayer.fused)
  }

  @inline(never)
  private static func otherLosses(
    _ view: picket_way_back, _ element: Int, _ sums: UnsafePointer<CChar>, _ list: NonZeroList
  ) {
    picket_losses(
      view, sums, list.values, list.rows, list.count, narrow(element), 1, 16, DenseLayer.fused)
  }

  /// An element type that is not binary32.
  @inline(__always)
  private static func narrow(_ element: Int) -> Int32 {
    #if PICKET_FLOAT_ONLY
      2
    #else
      element == PICKET_FLOAT16 ? 2 : 3
    #endif
  }
}
