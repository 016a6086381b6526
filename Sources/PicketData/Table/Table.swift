/// The records of one file, column by column.
public struct Table: Sendable {
  /// A column of numbers.
  public struct Numeric: Sendable {
    /// The column's name.
    public let name: String
    /// One finite value a row.
    public let values: [Float]
  }

  /// A column of names, each row's given by its number.
  public struct Symbolic: Sendable {
    /// The column's name.
    public let name: String
    /// For each row, a position in `names`.
    public let codes: [Int32]
    /// The distinct names, in order of first appearance.
    public let names: [String]
  }

  /// One field of the records.
  public enum Field: Sendable {
    /// A column of numbers.
    case numeric(Numeric)
    /// A column of names.
    case symbolic(Symbolic)

    /// The column's name.
    public var name: String {
      switch self {
      case .numeric(let column): column.name
      case .symbolic(let column): column.name
      }
    }
  }

  /// Where the rows came from.
  public struct Source: Sendable, Equatable {
    /// The file's path or name.
    public let file: String
    /// How many bytes the file has, as it is on disk.
    public let byteCount: Int
    /// The SHA-256 of those bytes, in hexadecimal.
    public let sha256: String
  }

  /// The rows that were left out on request.
  public struct SkippedRows: Sendable, Equatable {
    /// How many are kept in full.
    public static let listed = 20
    /// How many there were.
    public internal(set) var count = 0
    /// The first of them, each with its fault.
    public internal(set) var first: [DataError] = []
    /// Their numbers in the file, ascending; those that follow one another as one range.
    private var numbers: [ClosedRange<Int>] = []

    /// Starts with none.
    public init() {}

    /// Counts what was left out, and keeps the first ones.
    public mutating func add(_ fault: DataError) {
      count += 1
      if first.count < Self.listed { first.append(fault) }
    }

    /// Counts a row that was left out, and remembers which it is.
    ///
    /// - Parameter number: Its number in the file, from 1; larger than those before.
    public mutating func add(_ fault: DataError, number: Int) {
      add(fault)
      if let last = numbers.last, last.upperBound + 1 == number {
        numbers[numbers.count - 1] = last.lowerBound...number
      } else {
        numbers.append(number...number)
      }
    }

    /// The numbers in the file, from 1, of so many rows that were not left out.
    public func numbers(ofOthers count: Int) -> [Int] {
      var others: [Int] = []
      others.reserveCapacity(count)
      var next = 1
      for leftOut in numbers {
        others += next..<leftOut.lowerBound
        next = leftOut.upperBound + 1
      }
      return others + (next..<next + count - others.count)
    }
  }

  /// What the columns are.
  public let schema: Schema
  /// Where the rows came from.
  public let source: Source
  /// How many rows there are.
  public let rowCount: Int
  /// The numeric and symbolic columns, in file order.
  public let fields: [Field]
  /// The label column, if the schema has one.
  public let labels: Symbolic?
  /// Whether each row's label is a normal one; every row is when there is no label column.
  public let isNormal: [Bool]
  /// The rows that were left out.
  public let skipped: SkippedRows
  /// What the columns mean, of records that a flow made; then its columns have all their categories,
  /// seen or not.
  public let specification: FlowSpecification?

  init(
    schema: Schema, source: Source, rowCount: Int, fields: [Field], labels: Symbolic?,
    skipped: SkippedRows, specification: FlowSpecification? = nil
  ) {
    self.specification = specification
    self.schema = schema
    self.source = source
    self.rowCount = rowCount
    self.fields = fields
    self.labels = labels
    self.skipped = skipped
    if let labels {
      let normal = labels.names.map(schema.isNormal)
      isNormal = labels.codes.map { normal[Int($0)] }
    } else {
      isNormal = Array(repeating: true, count: rowCount)
    }
  }

  /// The number of each row in the file, from 1: the header has none, rows that were left out keep theirs.
  public var rowNumbers: [Int] { skipped.numbers(ofOthers: rowCount) }

  /// How many rows are normal.
  public var normalCount: Int { isNormal.reduce(0) { $0 + ($1 ? 1 : 0) } }

  /// The positions of the normal rows, ascending.
  public var normalRows: [Int] { (0..<rowCount).filter { isNormal[$0] } }

  /// The positions of the anomalous rows, ascending.
  public var anomalyRows: [Int] { (0..<rowCount).filter { !isNormal[$0] } }

  /// The label of a row; nil when there is no label column.
  public func label(ofRow row: Int) -> String? {
    labels.map { $0.names[Int($0.codes[row])] }
  }
}
