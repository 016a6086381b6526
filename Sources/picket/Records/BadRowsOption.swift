import ArgumentParser
import PicketData
import PicketReport

/// The choice of what to do with rows that cannot be read.
struct BadRowsOption: ParsableArguments {
  @Flag(
    help: "Leave rows out that cannot be read, and list them, instead of stopping at the first.")
  var skipBadRows = false

  /// Reads a file, and tells of every row that was left out, and of another delimiter than the schema's.
  func read(
    _ path: String, schema: Schema, places: ColumnPlaces = .asListed
  ) throws(DataError) -> Table {
    let table = try Table(
      path: path, schema: schema, badRows: skipBadRows ? .skip : .fail, places: places)
    if table.schema.delimiter != schema.delimiter {
      StandardError.note(
        "\(path) has \(table.schema.shownDelimiter) between its cells, where the schema "
          + "'\(schema.name)' has \(schema.shownDelimiter); it is read so")
    }
    Self.tell(of: table.skipped, in: path, of: table.rowCount + table.skipped.count)
    return table
  }

  /// Lists the rows that were left out, if any.
  ///
  /// - Parameter rows: How many rows there are, those among them; nil where nobody counted.
  static func tell(of skipped: Table.SkippedRows, in path: String, of rows: Int? = nil) {
    guard skipped.count > 0 else { return }
    StandardError.note(
      "left out \(NumberText.count(skipped.count, "row")) of \(path) that cannot be read"
        + (rows.map { ", of \(NumberText.grouped($0))" } ?? "") + ":")
    for error in skipped.first { StandardError.put("  \(error.fault)\n") }
    let more = skipped.count - skipped.first.count
    if more > 0 { StandardError.put("  and \(NumberText.grouped(more)) more\n") }
  }
}
