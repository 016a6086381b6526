#if PICKET_AVX
  import CPicketKernels

  /// Where the memory of each record of a tile has what.
  ///
  /// It is that of `Scratch`, with the vectors of every other layer in place of the list's values, and
  /// in place of its rows: flags and divergence, and the bits of two vectors.
  extension Model {
    /// A tile without records.
    @inline(__always)
    func tile(at memory: UnsafeMutableRawPointer) -> picket_tile {
      let list = listBytes
      let marks = Int(truncatingIfNeeded: markBytes)
      let values = inputBytes &+ activationBytes
      let flags = values &+ list
      return picket_tile(
        memory: memory.assumingMemoryBound(to: CChar.self), record_bytes: flags &+ list, count: 0,
        front: picket_vector(values: inputBytes, words: flags &+ 8),
        back: picket_vector(values: values, words: flags &+ 8 &+ marks), flags: flags)
    }

    /// Whether the first layer's outputs are in front: what is reconstructed ends up there, where
    /// the explanation looks for it.
    @inline(__always)
    var startsInFront: Bool { decoderCount == 0 || layerCount & 1 == 1 }

    /// Where a record is encoded: not where the first layer's outputs go, and where it stays if it is
    /// to be reconstructed.
    @inline(__always)
    func encoded(_ tile: picket_tile) -> picket_vector {
      let free = startsInFront ? tile.back : tile.front
      return decoderCount == 0 ? free : picket_vector(values: 0, words: free.words)
    }
  }
#endif

extension Model {
  #if PICKET_AVX || PICKET_DISPATCH
    /// Whether records are scored, and explained, in tiles where vectors are wide.
    @inline(__always) public var scoresTiles: Bool { markBytes != 0 }
  #endif

  /// Bytes for the bits of the longest vector of a tile, or 0 if there can be no tiles: a layer has
  /// integers or a convolution, or the scratch of a record is too small.
  @_optimize(size)
  var markBytesOfTiles: Int {
    let marks = roundedUp(longestList.int, to: 64) >> 3
    let fits = activationBytes <= listBytes && 8 &+ marks &* 2 <= listBytes
    let isPlain = !hasIntegers && largestImage == 0
    return fits && isPlain ? marks : 0
  }
}
