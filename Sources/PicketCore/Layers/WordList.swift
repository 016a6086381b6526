import CPicketKernels

/// The inputs of a layer in integer arithmetic, four to a word, of which those words that are not
/// zero are listed: like `NonZeroList`, for groups of four.
struct WordList {
  /// Four numbers from 0 to 127 each, as they lie in memory.
  let words: UnsafeMutablePointer<UInt32>
  /// Where the weights of each group start.
  let rows: UnsafeMutablePointer<UInt32>
  private(set) var count = 0

  init(words: UnsafeMutablePointer<UInt32>, rows: UnsafeMutablePointer<UInt32>) {
    self.words = words
    self.rows = rows
  }

  /// Lists the groups that are not zero.
  ///
  /// - Parameters:
  ///   - source: The numbers, a byte each, zeros up to the end of the last group; it may be where
  ///     the list's words go.
  ///   - groups: How many groups there are.
  ///   - rowBytes: Bytes of the weights of one group.
  mutating func gather(_ source: UnsafeRawPointer, groups: Int, rowBytes: Int) {
    count = 0
    var row: UInt32 = 0
    var i = 0
    while i < groups {
      let word = source.load(fromByteOffset: i &* 4, as: UInt32.self)
      words[count] = word
      rows[count] = row
      count &+= word != 0 ? 1 : 0
      row &+= UInt32(truncatingIfNeeded: rowBytes)
      i &+= 1
    }
    // A group of zeros of row 0 behind the last, so that a kernel can take two at a time.
    words[count] = 0
    rows[count] = 0
  }
}
