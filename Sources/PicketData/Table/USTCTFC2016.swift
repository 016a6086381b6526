/// The conversation tables of USTC-TFC2016: one CSV file an application, in one archive.
///
/// A file named `Benign_*` holds normal records, `Malware_*` anomalies; what follows is the
/// application and the transport, such as `Zeus_TCP`. That is the label: no column holds one.
public enum USTCTFC2016 {
  /// Reads every table.
  ///
  /// - Parameter path: The archive, `flows-csv.tar.xz`.
  /// - Throws: `DataError` when the archive cannot be read, a table has a row that cannot be read,
  ///   or a file has another name.
  public static func records(path: String) throws(DataError) -> RecordSet {
    var tables: [Table] = []
    for file in try Archive.files(path: path) {
      let name = file.name.fileName
      let inArchive = "\(path):\(file.name)"
      guard name.hasSuffix(".csv"), name.hasPrefix("Benign_") || name.hasPrefix("Malware_") else {
        throw DataError(
          file: inArchive, found: "this name", expected: "Benign_NAME.csv or Malware_NAME.csv",
          advice: "leave only conversation tables in the archive")
      }
      let table = try Table(bytes: file.bytes, file: inArchive, schema: .ustcConversations)
      tables.append(table.labelled(String(name.dropLast(4))))
    }
    return RecordSet(tables)
  }
}

extension Table {
  /// The same records, each with one label, which is a normal one if it begins with `Benign_`.
  fileprivate func labelled(_ label: String) -> Table {
    var labelled = schema
    labelled.normalLabels = label.hasPrefix("Benign_") ? [label] : []
    return Table(
      schema: labelled, source: source, rowCount: rowCount, fields: fields,
      labels: Symbolic(
        name: "application", codes: Array(repeating: 0, count: rowCount), names: [label]),
      skipped: skipped)
  }
}
