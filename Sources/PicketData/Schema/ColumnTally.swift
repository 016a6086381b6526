import PicketCore

/// What the cells of one column look like.
struct ColumnTally {
  /// Distinct texts are counted up to here; a column with more is no set of categories.
  static let manyNames = 1000
  /// So many distinct texts may be categories, however few rows were seen.
  private static let fewNames = 20
  /// So many distinct numbers do not ascend by chance.
  private static let risingNumbers = 100

  private(set) var numberCount = 0
  private(set) var missingCount = 0
  private(set) var otherCount = 0
  private var commaCount = 0
  private var blankCount = 0
  private var neverFalls = true
  private var last = -Float.infinity
  private(set) var minimum = Float.infinity
  private(set) var maximum = -Float.infinity
  private(set) var nameCounts: [Int] = []
  private var interner = Interner()

  /// The distinct texts, up to `manyNames` of them.
  var names: [String] { interner.names }

  /// Whether the column has more distinct texts than are counted.
  var hasManyNames: Bool { names.count > ColumnTally.manyNames }

  /// Whether the cells are numbers, apart from missing values and one stray cell in a hundred.
  var isNumeric: Bool { isNumeric(but: 0) }

  /// Whether nearly every cell has a text of its own, as names of single records have.
  var isIdentifier: Bool {
    hasManyNames
      || names.count > ColumnTally.fewNames && names.count * 10 >= 9 * (numberCount + otherCount)
  }

  /// Whether the texts are categories: each stands in two cells, on the average.
  var hasRecurringNames: Bool { !hasManyNames && otherCount >= max(2, 2 * names.count) }

  /// Whether the numbers are those of a clock or of a counter: they tell where a row stands in the file.
  var isClock: Bool { isNumeric && neverFalls && names.count > ColumnTally.risingNumbers }

  /// Whether the cells would be numbers if they had points for commas.
  var hasDecimalCommas: Bool { commaCount > 0 && isNumeric(but: commaCount) }

  /// Whether the cells would be numbers without blanks in them.
  var hasBlanks: Bool { blankCount > 0 && isNumeric(but: blankCount) }

  /// The same if so many of the other cells were numbers.
  private func isNumeric(but slips: Int) -> Bool {
    let numbers = numberCount + slips
    return numbers > 0 && (otherCount - slips) * 99 <= numbers
  }

  /// Looks at one cell.
  mutating func add(_ cell: CellScanner.Cell) {
    if let value = NumberCell.read(cell) {
      numberCount += 1
      minimum = min(minimum, value)
      maximum = max(maximum, value)
      if value < last { neverFalls = false }
      last = value
    } else if ColumnTally.isMissing(cell) {
      missingCount += 1
      return
    } else {
      otherCount += 1
      let text = UnsafeBufferPointer(start: cell.text, count: cell.count)
      let (comma, point, blank) = (UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: " "))
      if text.contains(comma), ColumnTally.isNumber(text.map { $0 == comma ? point : $0 }) {
        commaCount += 1
      }
      if text.contains(blank), ColumnTally.isNumber(text.filter { $0 != blank }) { blankCount += 1 }
    }
    guard !hasManyNames, let code = interner.code(cell.text, cell.count) else { return }
    if Int(code) == nameCounts.count { nameCounts.append(0) }
    nameCounts[Int(code)] += 1
  }

  /// Whether other bytes make a number of a cell.
  private static func isNumber(_ text: some Sequence<UInt8>) -> Bool {
    var value: Float = 0
    return Array(text).withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { parseDecimal($0, bytes.count, &value) } ?? false
    }
  }

  /// Whether there is no value, or no finite one.
  private static func isMissing(_ cell: CellScanner.Cell) -> Bool {
    if cell.count == 0 { return true }
    guard cell.count <= 9 else { return false }
    let bytes = UnsafeBufferPointer(start: cell.text, count: cell.count)
    return NumberCell.saysNone(String(decoding: bytes, as: UTF8.self))
  }
}
