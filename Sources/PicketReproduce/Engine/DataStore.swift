import Synchronization

/// Reads each data source once, when it is first needed.
final class DataStore: Sendable {
  private let folder: String
  private let loaded = Mutex<[DataSource: ExperimentData]>([:])

  init(folder: String) { self.folder = folder }

  /// The rows of a source; whoever asks while it is read waits.
  func data(_ source: DataSource) throws -> ExperimentData {
    try loaded.withLock { loaded in
      if let data = loaded[source] { return data }
      let data = try source.load(from: folder)
      loaded[source] = data
      return data
    }
  }
}
