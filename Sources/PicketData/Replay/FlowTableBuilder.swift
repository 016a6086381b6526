/// Gathers a flow's records column by column.
struct FlowTableBuilder {
  private(set) var rowCount = 0
  private var values = Array(repeating: [Float](), count: FlowColumns.count)
  private var labels: [Int32] = []

  /// Appends a record of `FlowColumns.count` floats.
  mutating func append(_ record: UnsafeBufferPointer<Float>, isNormal: Bool) {
    for (column, value) in record.enumerated() { values[column].append(value) }
    labels.append(isNormal ? 0 : 1)
    rowCount += 1
  }

  /// The records as a table, which knows every category that the flow can give.
  func table(of file: ReplayLog.File, _ specification: FlowSpecification) -> Table {
    let fields = zip(FlowColumns.names, FlowColumns.categories).enumerated().map {
      column, meaning in
      let (name, categories) = meaning
      return categories.isEmpty
        ? Table.Field.numeric(.init(name: name, values: values[column]))
        : .symbolic(.init(name: name, codes: values[column].map { Int32($0) }, names: categories))
    }
    return Table(
      schema: .flow,
      source: .init(file: file.path, byteCount: file.bytes.count, sha256: file.bytes.sha256),
      rowCount: rowCount, fields: fields,
      labels: .init(name: "label", codes: labels, names: ["normal", "anomaly"]),
      skipped: .init(), specification: specification)
  }
}
