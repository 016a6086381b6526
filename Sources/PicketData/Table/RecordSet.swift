import PicketNumbers

/// The records of one or more files of one schema, their rows numbered through.
///
/// Lists of rows that are given to its methods ascend.
public struct RecordSet: Sendable {
  /// The files' tables, in order.
  public let tables: [Table]
  /// The number of each table's first row.
  private let firstRow: [Int]
  /// How many rows there are in all.
  public let rowCount: Int

  /// Numbers the rows of tables of one schema through.
  public init(_ tables: [Table]) {
    self.tables = tables
    var first: [Int] = []
    var next = 0
    for table in tables {
      first.append(next)
      next += table.rowCount
    }
    firstRow = first
    rowCount = next
  }

  /// The normal rows, ascending.
  public var normalRows: [Int] { rows(\.normalRows) }

  /// The anomalous rows, ascending.
  public var anomalyRows: [Int] { rows(\.anomalyRows) }

  /// The label of a row; nil when there is no label column.
  public func label(ofRow row: Int) -> String? {
    guard let table = firstRow.lastIndex(where: { $0 <= row }) else { return nil }
    return tables[table].label(ofRow: row - firstRow[table])
  }

  /// How many of some rows have each label, and whether it is a normal one; none of tables without labels.
  public func labelCounts(_ rows: [Int]) -> [LabelCount] {
    var counts: [ByteName: LabelCount] = [:]
    for part in parts(rows) {
      for (name, count) in part.table.labelCounts(ofRows: part.rows) where count > 0 {
        let isNormal = part.table.schema.isNormal(label: name)
        counts[
          ByteName(name), default: LabelCount(label: name, isNormal: isNormal, rows: 0)
        ].rows += count
      }
    }
    return counts.values.sorted { ($1.rows, $0.label) < ($0.rows, $1.label) }
  }

  /// A label, and how many rows have it.
  public struct LabelCount: Sendable, Equatable {
    /// The label, without its suffix.
    public let label: String
    /// Whether the schema calls it normal.
    public let isNormal: Bool
    /// How many rows have it.
    public var rows: Int
  }

  private func rows(_ list: (Table) -> [Int]) -> [Int] {
    zip(firstRow, tables).flatMap { first, table in list(table).map { first + $0 } }
  }

  /// The numbers that some rows hold in a field; none if it is symbolic.
  func values(ofField index: Int, rows: [Int]) -> [Float] {
    parts(rows).flatMap { part in
      guard case .numeric(let column) = part.table.fields[index] else { return [Float]() }
      return part.rows.map { column.values[$0] }
    }
  }

  /// Fits min-max scaling and categories to some rows of all tables.
  public func fit(rows: [Int]) -> FeatureEncoding {
    let fitted = parts(rows).filter { !$0.rows.isEmpty }.map { part in
      FeatureEncoding.fit(table: part.table, rows: part.rows)
    }
    guard var whole = fitted.first else { return FeatureEncoding(fields: []) }
    for other in fitted.dropFirst() {
      whole.fields = zip(whole.fields, other.fields).map(Self.union)
    }
    return whole
  }

  /// The network's inputs of some rows.
  public func inputs(_ rows: [Int], _ encoding: FeatureEncoding) throws(DataError) -> SparseRows {
    var whole: SparseRows?
    for part in parts(rows) {
      let next = try encoding.encodeSparse(part.table, rows: part.rows)
      whole = whole.map { SparseRows($0, then: next) } ?? next
    }
    return whole
      ?? SparseRows(
        rowStart: [0], columns: [], values: [], columnCount: encoding.inputCount)
  }

  /// The records of some rows, one float a field.
  public func records(_ rows: [Int], _ encoding: FeatureEncoding) throws(DataError) -> [Float] {
    var whole: [Float] = []
    for part in parts(rows) {
      whole += try encoding.bound(to: part.table).records(rows: part.rows)
    }
    return whole
  }

  /// Which rows are whose.
  private func parts(_ rows: [Int]) -> [(table: Table, rows: [Int])] {
    if tables.count == 1 { return [(tables[0], rows)] }
    var parts: [(table: Table, rows: [Int])] = []
    var position = 0
    for (first, table) in zip(firstRow, tables) {
      var own: [Int] = []
      while position < rows.count, rows[position] < first + table.rowCount {
        own.append(rows[position] - first)
        position += 1
      }
      parts.append((table, own))
    }
    precondition(position == rows.count, "rows ascend")
    return parts
  }

  private static func union(_ first: FieldEncoding, _ second: FieldEncoding) -> FieldEncoding {
    switch (first, second) {
    case (.numeric(let first), .numeric(let second)):
      .numeric(
        NumericEncoding(
          name: first.name, minimum: min(first.minimum, second.minimum),
          maximum: max(first.maximum, second.maximum)))
    case (.symbolic(let first), .symbolic(let second)):
      .symbolic(
        SymbolicEncoding(name: first.name, categories: first.categories + second.categories))
    default: first
    }
  }
}
