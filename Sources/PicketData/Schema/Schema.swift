/// What the columns of a record file are.
///
/// A schema lists the columns in file order. The numeric and symbolic ones are the *fields* of a
/// record; at most one column is the label; ignored columns are passed over.
public struct Schema: Sendable, Equatable {
  /// What one column holds.
  public enum Kind: String, Sendable, CaseIterable {
    /// A number; `nan`, `inf` and empty cells are bad cells.
    case numeric
    /// One of a set of names, such as a protocol.
    case symbolic
    /// The class of the record: a normal label, or the name of an anomaly.
    case label
    /// Passed over, whatever it holds.
    case ignored
  }

  /// One column of the file.
  public struct Column: Sendable, Equatable {
    /// The column's name, unique in its schema.
    public var name: String
    /// What it holds.
    public var kind: Kind
    /// What is made of a number; empty where the training decides.
    public var features: [NumericFeature]

    /// Names a column and says what it holds.
    public init(_ name: String, _ kind: Kind, features: [NumericFeature] = []) {
      self.name = name
      self.kind = kind
      self.features = features
    }
  }

  /// The schema's own name.
  public var name: String
  /// The columns, in file order.
  public var columns: [Column]
  /// Whether the first line names the columns.
  public var hasHeader: Bool
  /// The byte between two cells: a comma, unless said otherwise.
  public var delimiter: UInt8
  /// The labels of normal records.
  public var normalLabels: [String]
  /// What is taken off the end of a label that ends with it; KDD99 writes `normal.` for `normal`.
  public var labelSuffix: String

  /// Describes a file's columns.
  ///
  /// - Throws: `DataError` naming the fault: no field at all, two columns of one name, two label
  ///   columns, a label column without normal labels, or a delimiter that is a quote, a letter,
  ///   a digit or a line end.
  public init(
    name: String, columns: [Column], hasHeader: Bool = false,
    delimiter: UInt8 = UInt8(ascii: ","), normalLabels: [String] = ["normal"],
    labelSuffix: String = ""
  ) throws(DataError) {
    self.init(
      unchecked: name, columns, hasHeader: hasHeader, delimiter: delimiter,
      normalLabels: normalLabels, labelSuffix: labelSuffix)
    try check(file: "schema '\(name)'")
  }

  /// Describes columns that are known to be sound.
  init(
    unchecked name: String, _ columns: [Column], hasHeader: Bool = false,
    delimiter: UInt8 = UInt8(ascii: ","), normalLabels: [String] = ["normal"],
    labelSuffix: String = ""
  ) {
    self.name = name
    self.columns = columns
    self.hasHeader = hasHeader
    self.delimiter = delimiter
    self.normalLabels = normalLabels
    self.labelSuffix = labelSuffix
  }

  /// The numeric and symbolic columns, in file order.
  public var fields: [Column] {
    columns.filter { $0.kind == .numeric || $0.kind == .symbolic }
  }

  /// What is made of the numeric columns that say so, by name.
  public var featuresByField: [ByteName: [NumericFeature]] {
    Dictionary(
      fields.filter { !$0.features.isEmpty }.map { (ByteName($0.name), $0.features) },
      uniquingKeysWith: { $1 })
  }

  /// Whether a label is that of normal records.
  public func isNormal(label: String) -> Bool {
    normalLabels.contains { ByteName($0) == ByteName(label) }
  }

  /// The position of the label column, if there is one.
  public var labelIndex: Int? { columns.firstIndex { $0.kind == .label } }

  /// Throws the first fault found.
  func check(file: String) throws(DataError) {
    func fault(_ column: String, _ found: String, _ expected: String, _ advice: String) -> DataError
    { DataError(file: file, column: column, found: found, expected: expected, advice: advice) }

    if fields.isEmpty {
      throw fault(
        "columns", "no numeric or symbolic column", "at least one field", "give a column a kind")
    }
    var seen: Set<ByteName> = []
    for column in columns {
      if column.name.isEmpty {
        throw fault("columns", "an empty name", "a name for every column", "name it")
      }
      if !column.features.isEmpty, column.kind != .numeric {
        throw fault(
          column.name, "features of a column that is \(column.kind.rawValue)",
          "features of numeric columns alone", "delete them")
      }
      if !seen.insert(ByteName(column.name)).inserted {
        throw fault(column.name, "the name twice", "each name once", "rename one of the columns")
      }
    }
    let labels = columns.filter { $0.kind == .label }
    if labels.count > 1 {
      throw fault(
        labels[1].name, "a second label column", "at most one", "make the others 'ignored'")
    }
    if labels.count == 1, normalLabels.isEmpty {
      throw fault(
        "normal", "no normal label", "the label of normal records", "list at least one")
    }
    let isPlain =
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(delimiter)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(delimiter | 0x20)
    if isPlain || delimiter >= 0x80 || "\"\r\n.+-\0".utf8.contains(delimiter) {
      throw fault(
        "delimiter", "byte \(delimiter)", "one ASCII character that numbers and names do not use",
        "write \",\", \";\", \"|\" or \"\\t\"")
    }
  }
}
