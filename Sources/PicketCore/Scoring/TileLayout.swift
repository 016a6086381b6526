#if PICKET_AVX
  import CPicketKernels

  /// Where the memory of one record of a tile has what.
  ///
  /// It is that of `Scratch`, with the vectors of odd layers in place of the list's values, and in
  /// place of its rows: flags and divergence, the bits of two vectors, and the rows of categories.
  struct TileLayout {
    /// Where the inputs are, if something is to be reconstructed.
    static var inputs: Int { 0 }

    let front: picket_vector
    let back: picket_vector
    let flags: Int
    let categories: Int
    /// Bytes of a record's memory.
    let bytes: Int

    /// - Returns: nil if the model's scores are computed record by record.
    @inline(__always)
    init?(_ model: Model) {
      let list = model.listBytes
      let lanes = model.lanes
      let planes = model.planeCount.int
      let marked = max(model.longestList.int, planes &* roundedUp(lanes, to: 64))
      let wordBytes = roundedUp(marked, to: 64) >> 3
      let tail = 8 &+ wordBytes &* 2 &+ (model.oneHotCount.int &+ 1) &* 4
      guard !model.hasIntegers && model.largestImage == 0 else { return nil }
      guard
        model.activationBytes <= list && planes &* lanes &* 4 <= list && tail <= list
      else { return nil }
      let activations = model.inputBytes
      let values = activations &+ model.activationBytes
      flags = values &+ list
      front = picket_vector(values: activations, words: flags &+ 8)
      back = picket_vector(values: values, words: flags &+ 8 &+ wordBytes)
      categories = flags &+ 8 &+ wordBytes &* 2
      bytes = flags &+ list
    }

    /// Where the divergence is.
    @inline(__always) var divergence: Int { flags &+ 4 }
  }
#endif
