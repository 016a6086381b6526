import CPicket

/// The caller's memory, divided.
///
/// In order, each starting on a multiple of 64 bytes: the inputs (only if something is to be
/// reconstructed), the activations of one layer, the list of non-zero inputs of the next, and its
/// inputs as integers or as an image (only if a layer takes such).
struct Scratch {
  let inputs: UnsafeMutableRawPointer
  let activations: UnsafeMutableRawPointer
  let list: NonZeroList
  /// A word for each listed input, or two bytes for each input.
  let low: UnsafeMutableRawPointer
  /// The inputs of a convolution, in the same place: no layer needs both.
  var image: UnsafeMutableRawPointer { low }

  init(_ memory: UnsafeMutableRawPointer, for model: Model) {
    let address = UInt(bitPattern: memory)
    let start = memory + Int(bitPattern: (64 &- (address & 63)) & 63)
    inputs = start
    activations = start + model.inputBytes
    let values = activations + model.activationBytes
    list = NonZeroList(
      values: values.assumingMemoryBound(to: Float.self),
      rows: (values + model.listBytes).assumingMemoryBound(to: UInt32.self))
    low = values + model.listBytes &* 2
  }
}

extension Model {
  /// Bytes for the dense inputs, zero for a model that only encodes.
  var inputBytes: Int {
    decoderCount == 0 ? 0 : roundedUp(inputCount.int, to: 16) &* 4
  }

  /// Bytes for the activations of the widest layer.
  var activationBytes: Int { widest.int &* 4 }

  /// Bytes for the values, or the rows, of the longest list, with the room that a group, or
  /// sixteen numbers written at once, may take behind it.
  var listBytes: Int {
    (roundedUp(longestList.int, to: 16) &+ 16) &* 4
  }

  /// Bytes for a word of each input of the longest list, if any layer computes in integers, or for
  /// the inputs of the largest convolution.
  private var digitBytes: Int {
    max(hasIntegers ? listBytes : 0, imageBytes)
  }

  /// Bytes for the inputs of the largest convolution.
  var imageBytes: Int { roundedUp(largestImage.int, to: 16) &* 4 }

  /// What each of its parts takes, with room to move the start to a multiple of 64.
  var scratchBytesNeeded: Int {
    inputBytes &+ activationBytes &+ listBytes &* 2 &+ digitBytes &+ 63
  }

  /// Exact bytes of scratch.
  @inline(__always)
  public var scratchBytes: Int {
    #if PICKET_AVX || PICKET_DISPATCH
      scratch.int
    #else
      scratchBytesNeeded
    #endif
  }
}
