import PicketCore

/// Numbers as they stand in record files.
enum NumberCell {
  private static let powers = SIMD8<Float>(1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000)

  /// Reads a number of at most seven digits that ends with `delimiter` or a line feed.
  ///
  /// Nearly every cell of a record file is one. Seven digits and their power of ten are exact
  /// floats, so that their quotient is the nearest float: the same bits as `parseDecimal` gives.
  ///
  /// - Parameters:
  ///   - position: The cell's first byte; moved to the byte that ends it, if it was read.
  ///   - delimiter: The byte between two cells.
  ///   - value: Where the number goes.
  /// - Returns: Whether the cell was such a number.
  @inline(__always)
  static func readShort(
    _ position: inout UnsafePointer<UInt8>, delimiter: UInt8, _ value: inout Float
  ) -> Bool {
    let start = position
    var stop = start
    var number: UInt32 = 0
    var digit = stop[0] &- 0x30
    while digit <= 9 {
      number = number &* 10 &+ UInt32(digit)
      stop += 1
      digit = stop[0] &- 0x30
    }
    var digits = stop - start
    if stop[0] == delimiter || stop[0] == 0x0A {
      if digits &- 1 >= 7 || digits == 0 { return false }
      value = Float(number)
      position = stop
      return true
    }
    guard stop[0] == 0x2E else { return false }
    stop += 1
    let fraction = stop
    digit = stop[0] &- 0x30
    while digit <= 9 {
      number = number &* 10 &+ UInt32(digit)
      stop += 1
      digit = stop[0] &- 0x30
    }
    digits += stop - fraction
    guard stop[0] == delimiter || stop[0] == 0x0A, digits > 0, digits <= 7 else { return false }
    value = Float(number) / powers[stop - fraction]
    position = stop
    return true
  }

  /// Whether a text is one of the usual ways of writing that there is no value, or no finite one.
  static func saysNone(_ text: String) -> Bool {
    let text = text.lowercased()
    let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? String(text.dropFirst()) : text
    return ["", "nan", "inf", "infinity", "na", "n/a", "null", "none", "?"].contains(unsigned)
  }

  /// Reads a cell that holds a number and nothing else.
  static func read(_ cell: CellScanner.Cell) -> Float? {
    var value: Float = 0
    return parseDecimal(cell.text, cell.count, &value) ? value : nil
  }
}
