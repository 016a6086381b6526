import Foundation
import PicketData

/// What a writer fills before it takes its target's place: `TARGET.PROCESS-NUMBER.partial`.
///
/// Its writer holds a lock on it, which ends with the writer, however that ends: what has no lock was
/// left by one that was killed. The process number would not tell: it may be another's by now, and
/// containers that share a folder count for themselves.
struct PartialFile {
  let path: String
  let file: Int32

  /// Makes one that no other writer has.
  init(of target: String) throws(ExportError) {
    var number = 0
    while true {
      let path = "\(target).\(getpid())-\(number).partial"
      let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if file >= 0, Self.holds(file) {
        (self.path, self.file) = (path, file)
        return
      }
      guard file >= 0 || errno == EEXIST else {
        throw ExportError("cannot create \(target): \(String(cString: strerror(errno)))")
      }
      if file >= 0 { close(file) }
      number += 1
    }
  }

  /// Locks a new file; false if another writer took it for one that was left, and removes it.
  private static func holds(_ file: Int32) -> Bool {
    // Where the file system has no locks, nothing is removed either.
    guard flock(file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else { return false }
    var status = stat()
    return fstat(file, &status) == 0 && status.st_nlink > 0
  }

  /// Removes what killed writers left of a target.
  static func removeAbandoned(of target: String) {
    let folder = target.dropLast(target.fileName.count)
    let entries = try? FileManager.default.contentsOfDirectory(
      atPath: folder.isEmpty ? "." : String(folder))
    for entry in entries ?? [] where isPartial(entry, of: target.fileName) {
      removeIfAbandoned(folder + entry)
    }
  }

  private static func isPartial(_ entry: String, of name: String) -> Bool {
    let (start, end) = ("\(name).".utf8, ".partial".utf8)
    let bytes = entry.utf8
    guard bytes.count > start.count + end.count, bytes.starts(with: start),
      bytes.suffix(end.count).elementsEqual(end)
    else { return false }
    let numbers = bytes.dropFirst(start.count).dropLast(end.count)
      .split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return numbers.count == 2
      && numbers.allSatisfy { !$0.isEmpty && $0.allSatisfy(digits.contains) }
  }

  /// Removes a partial file that nobody holds.
  private static func removeIfAbandoned(_ path: String) {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return }
    defer { close(file) }
    var (held, named) = (stat(), stat())
    // The name may lead to a newer file by now, whose writer lives.
    guard flock(file, LOCK_EX | LOCK_NB) == 0, fstat(file, &held) == 0,
      held.st_mode & S_IFMT == S_IFREG, lstat(path, &named) == 0, held.st_dev == named.st_dev,
      held.st_ino == named.st_ino
    else { return }
    unlink(path)
  }
}
