import PicketCore

/// What the cells of one column look like.
struct ColumnTally {
  /// Distinct texts are counted up to here; a column with more is no set of categories.
  static let manyNames = 1000

  private(set) var numberCount = 0
  private(set) var missingCount = 0
  private(set) var otherCount = 0
  private(set) var minimum = Float.infinity
  private(set) var maximum = -Float.infinity
  private(set) var nameCounts: [Int] = []
  private var interner = Interner()

  /// The distinct texts, up to `manyNames` of them.
  var names: [String] { interner.names }

  /// Whether the column has more distinct texts than are counted.
  var hasManyNames: Bool { names.count > ColumnTally.manyNames }

  /// Whether the cells are numbers, apart from missing values and one stray cell in a hundred.
  var isNumeric: Bool { numberCount > 0 && otherCount * 99 <= numberCount }

  /// Looks at one cell.
  mutating func add(_ cell: CellScanner.Cell) {
    if let value = NumberCell.read(cell) {
      numberCount += 1
      minimum = min(minimum, value)
      maximum = max(maximum, value)
    } else if ColumnTally.isMissing(cell) {
      missingCount += 1
      return
    } else {
      otherCount += 1
    }
    guard !hasManyNames, let code = interner.code(cell.text, cell.count) else { return }
    if Int(code) == nameCounts.count { nameCounts.append(0) }
    nameCounts[Int(code)] += 1
  }

  /// The usual ways of writing that there is no value, and values that are no finite number.
  private static func isMissing(_ cell: CellScanner.Cell) -> Bool {
    if cell.count == 0 { return true }
    guard cell.count <= 9 else { return false }
    let bytes = UnsafeBufferPointer(start: cell.text, count: cell.count)
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? String(text.dropFirst()) : text
    return ["", "nan", "inf", "infinity", "na", "n/a", "null", "none", "?"].contains(unsigned)
  }
}
