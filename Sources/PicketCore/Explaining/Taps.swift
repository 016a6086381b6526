/// Where rows of weights and outputs of a layer meet on the way back: once in a dense layer, once for
/// each pixel that a pixel of its input went into in a convolution.
struct Taps {
  /// Byte offsets of rows from those that a list of inputs names.
  let weights: UnsafeMutablePointer<UInt32>
  /// Byte offsets of outputs.
  let outputs: UnsafeMutablePointer<UInt32>
  private(set) var count = 0

  /// No taps yet, in the memory behind a list.
  ///
  /// A list with room for the window of a convolution has room for the inputs of a pixel and, behind
  /// them, for a tap for each place of the kernel: c + k <= c k, but for what a group fills up.
  init(behind list: NonZeroList) {
    weights = list.rows + list.count
    outputs = UnsafeMutableRawPointer(list.values + list.count)
      .assumingMemoryBound(to: UInt32.self)
  }

  @inline(__always)
  mutating func append(weights row: Int, outputs first: Int) {
    weights[count] = UInt32(truncatingIfNeeded: row)
    outputs[count] = UInt32(truncatingIfNeeded: first)
    count &+= 1
  }
}
