import CPicketFlow
import Glibc
import PicketFlow

/// The files of a replay log: PATH and, before it, what rotation made PATH.1, PATH.2, ...
struct ReplayLog {
  /// One file, in memory.
  struct File {
    let path: String
    let bytes: FileBytes
    /// Whole records in it.
    let count: Int
    /// Bytes behind the last whole one: what a killed daemon left.
    let tornBytes: Int
  }

  /// The files, oldest first.
  let files: [File]

  /// Reads all files of a log.
  ///
  /// - Throws: `DataError` when one cannot be read, or holds not one record.
  init(path: String) throws(DataError) {
    var rotated = 0
    while access("\(path).\(rotated + 1)", F_OK) == 0 { rotated += 1 }
    var files: [File] = []
    for number in stride(from: rotated, through: 0, by: -1) {
      let name = number > 0 ? "\(path).\(number)" : path
      let bytes = try FileBytes(path: name)
      let (count, torn) = bytes.count.quotientAndRemainder(dividingBy: FlowReplay.recordBytes)
      files.append(File(path: name, bytes: bytes, count: count, tornBytes: torn))
    }
    guard files.contains(where: { $0.count > 0 }) else {
      throw DataError(
        file: path, found: "\(files.last?.tornBytes ?? 0) bytes",
        expected: "records of \(FlowReplay.recordBytes) bytes",
        advice: "give the log.path that 'picketd learn' wrote")
    }
    self.files = files
  }

  /// How many connections began.
  var beginCount: Int {
    var count = 0
    for file in files {
      file.forEachRecord { _, bytes in count += LogRecordView(bytes).isEnd ? 0 : 1 }
    }
    return count
  }

  /// The most connections that are open at a time, by what the log says of beginnings and ends.
  var mostOpen: Int {
    var open: Set<UInt64> = []
    var most = 0
    for file in files {
      file.forEachRecord { _, bytes in
        let record = LogRecordView(bytes)
        if record.beginsRun { open.removeAll() }
        if record.isEnd { open.remove(record.id) } else { open.insert(record.id) }
        most = max(most, open.count)
      }
    }
    return most
  }
}

extension ReplayLog.File {
  /// Lends each whole record with its position, counted from 0.
  func forEachRecord<Failure: Error>(
    _ body: (Int, UnsafeRawPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try bytes.withBytes { buffer throws(Failure) in
      guard let base = buffer.baseAddress else { return }
      for index in 0..<count {
        try body(index, UnsafeRawPointer(base + index * FlowReplay.recordBytes))
      }
    }
  }

  /// What is wrong with a record, said for people.
  func fault(_ index: Int, _ status: Int32) -> DataError {
    let causes = [
      Int32(PICKET_FLOW_E_MALFORMED): ("other bytes", "the mark 'PFL1' of a record"),
      Int32(PICKET_FLOW_E_CHECKSUM): ("a checksum that does not fit", "a record as it was written"),
      Int32(PICKET_FLOW_E_EVENT): ("an event that cannot be", "a connection's begin or end"),
    ]
    let text = String(cString: picket_flow_status_text(status))
    let (found, expected) = causes[status] ?? (text, "a record of a log")
    return DataError(
      file: path, found: "\(found) at byte \(index * FlowReplay.recordBytes), record \(index + 1)",
      expected: expected,
      advice: "copy the log again, or pass over damaged records with --skip-bad-rows")
  }
}

/// What the reader itself looks at in a record's 128 bytes; `docs/FLOW.md` has the places.
struct LogRecordView {
  private let bytes: UnsafeRawPointer

  init(_ bytes: UnsafeRawPointer) { self.bytes = bytes }

  /// Connections are counted from 1 in each run of the daemon.
  var id: UInt64 { UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) }

  /// Nanoseconds since 1970.
  var start: UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
  }

  var isEnd: Bool { bytes.load(fromByteOffset: 116, as: UInt8.self) == UInt8(PICKET_FLOW_END) }

  /// Whether it is the first that a run of the daemon wrote: the beginning of connection 1.
  var beginsRun: Bool { id == 1 && !isEnd }
}
