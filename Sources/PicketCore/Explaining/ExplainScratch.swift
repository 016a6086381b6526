import CPicket

/// The caller's memory, divided for the explanation of a distance.
///
/// In order, each starting on a multiple of 64 bytes: the differences between the record's inputs
/// and the typical ones (later what each of them adds), a number a field, one for each output of
/// each layer, the activations of one layer, the errors that come back to one layer, the list of
/// non-zero inputs, and the inputs of a convolution.
struct ExplainScratch {
  let differences: UnsafeMutableRawPointer
  let totals: UnsafeMutableRawPointer
  /// The first layer's sums if it is of rectifiers; derivatives of all other layers.
  let slopes: UnsafeMutableRawPointer
  let activations: UnsafeMutableRawPointer
  let errors: UnsafeMutableRawPointer
  let list: NonZeroList
  let image: UnsafeMutableRawPointer

  @inline(__always)
  init(_ memory: UnsafeMutableRawPointer, for model: Model) {
    let address = UInt(bitPattern: memory)
    differences = memory + Int(bitPattern: (64 &- (address & 63)) & 63)
    totals = differences + roundedUp(model.inputCount.int, to: 16) &* 4
    slopes = totals + roundedUp(model.fieldCount.int, to: 16) &* 4
    activations = slopes + model.slopeBytes
    errors = activations + model.activationBytes
    let values = errors + model.activationBytes
    list = NonZeroList(
      values: values.assumingMemoryBound(to: Float.self),
      rows: (values + model.listBytes).assumingMemoryBound(to: UInt32.self))
    image = values + model.listBytes &* 2
  }
}

extension Model {
  /// Bytes for a number an input and a number a field.
  private var differenceBytes: Int {
    (roundedUp(inputCount.int, to: 16) &+ roundedUp(fieldCount.int, to: 16)) &* 4
  }

  /// Bytes for a number an output of each layer.
  var slopeBytes: Int { outputCount.int &* 4 }

  /// Exact bytes of scratch for an explanation.
  ///
  /// A reconstruction is explained by what its score
  /// leaves behind; a distance needs more than its score.
  public var explainScratchBytes: Int {
    guard decoderCount == 0 else { return scratchBytes }
    return differenceBytes &+ slopeBytes &+ activationBytes &* 2 &+ listBytes &* 2 &+ imageBytes
      &+ 63
  }
}
