import CPicketKernels

#if PICKET_AVX
  /// Where the memory of one record of a tile has what.
  ///
  /// It is that of `Scratch`, with the vectors of every other layer in place of the list's values, and
  /// in place of its rows: flags and divergence, the bits of two vectors, and the rows of categories.
  struct TileLayout {
    /// Where the inputs are, if something is to be reconstructed.
    static var inputs: Int { 0 }

    let front: picket_vector
    let back: picket_vector
    let flags: Int
    let categories: Int
    /// Bytes of a record's memory.
    let bytes: Int

    @inline(__always)
    init(_ model: Model) {
      let list = model.listBytes
      let marks = model.markBytes.int
      let activations = model.inputBytes
      let values = activations &+ model.activationBytes
      flags = values &+ list
      front = picket_vector(values: activations, words: flags &+ 8)
      back = picket_vector(values: values, words: flags &+ 8 &+ marks)
      categories = flags &+ 8 &+ marks &* 2
      bytes = flags &+ list
    }

    /// Where the divergence is.
    @inline(__always) var divergence: Int { flags &+ 4 }
  }
#endif

extension Model {
  /// Bytes for the bits of the longest vector of a tile, or 0 if there can be no tiles: a layer has
  /// integers or a convolution, or the scratch of a record is too small.
  @_optimize(size)
  var markBytesOfTiles: Int {
    let planes = planeCount.int
    let longest = max(longestList.int, planes &* roundedUp(lanes, to: 64))
    let marks = roundedUp(longest, to: 64) >> 3
    let tail = 8 &+ marks &* 2 &+ (oneHotCount.int &+ 1) &* 4
    let fits =
      activationBytes <= listBytes && planes &* lanes &* 4 <= min(listBytes, activationBytes)
      && tail <= listBytes
    return fits && !hasIntegers && largestImage == 0 ? marks : 0
  }
}
