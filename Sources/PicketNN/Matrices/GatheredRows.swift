/// Memory in which the rows of a batch stand one after the other.
///
/// An epoch visits rows in random order, and a data set is larger than the caches: read where it
/// lies, each row stops the products for a while. Copied first, the rows arrive together, because
/// nothing that one of them holds is needed to ask for the next.
public final class GatheredRows {
  private let starts: UnsafeMutablePointer<Int32>
  private let sources: UnsafeMutablePointer<Int32>
  private let columns: UnsafeMutablePointer<Int32>
  private let values: UnsafeMutablePointer<Float>
  private let maximumRows: Int

  /// Makes room for up to `maximumRows` rows of `columnCount` numbers, none of them zero.
  public init(maximumRows: Int, columnCount: Int) {
    self.maximumRows = maximumRows
    starts = .allocate(capacity: maximumRows + 1)
    sources = .allocate(capacity: maximumRows)
    columns = .allocate(capacity: maximumRows * columnCount)
    values = .allocate(capacity: maximumRows * columnCount)
  }

  deinit {
    starts.deallocate()
    sources.deallocate()
    columns.deallocate()
    values.deallocate()
  }

  /// The same batch in this memory, until the next call.
  public func take(_ batch: SparseBatch) -> SparseBatch {
    precondition(batch.count <= maximumRows, "a batch within the memory for it")
    starts[0] = 0
    for row in 0..<batch.count {
      let entries = batch.entries(row)
      sources[row] = Int32(entries.lowerBound)
      starts[row + 1] = starts[row] + Int32(entries.count)
    }
    for row in 0..<batch.count {
      let (source, target) = (Int(sources[row]), Int(starts[row]))
      for entry in 0..<Int(starts[row + 1]) - target {
        columns[target + entry] = batch.rows.columns[source + entry]
        values[target + entry] = batch.rows.values[source + entry]
      }
    }
    let view = SparseView(
      rowStart: starts, columns: columns, values: values, count: batch.count,
      columnCount: batch.rows.columnCount)
    return view.batch(0..<batch.count)
  }
}
