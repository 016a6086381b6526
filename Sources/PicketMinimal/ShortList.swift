/// The inputs of a layer that are not zero, in order: their values, and where their rows of weights
/// start.
struct ShortList {
  let values: UnsafeMutablePointer<Float>
  let rows: UnsafeMutablePointer<UInt32>
  private(set) var count = 0

  init(values: UnsafeMutablePointer<Float>, rows: UnsafeMutablePointer<UInt32>) {
    self.values = values
    self.rows = rows
  }

  /// Appends an input unless it is zero; writes behind the list even then.
  @inline(__always)
  mutating func append(_ value: Float, row: Int) {
    values[count] = value
    rows[count] = UInt32(truncatingIfNeeded: row)
    count &+= value != 0 ? 1 : 0
  }

  @inline(__always)
  mutating func removeAll() {
    count = 0
  }
}
