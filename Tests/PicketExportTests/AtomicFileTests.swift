import Foundation
import PicketExport
import Synchronization
import Testing

@Suite final class `A file is written whole or not at all` {
  private let temporary: TemporaryFolder
  private var folder: String { temporary.path }

  init() throws { temporary = try TemporaryFolder() }

  deinit { temporary.remove() }

  private func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
  }

  private func mode(of path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode : 0
  }

  @Test func `by two writers at once, whole by one of them`() throws {
    let path = folder + "/model.picket"
    let failures = Atomic(0)
    for _ in 0..<40 {
      DispatchQueue.concurrentPerform(iterations: 2) { writer in
        do {
          try AtomicFile.write(Array(repeating: UInt8(writer), count: 100_000), to: path)
        } catch { failures.add(1, ordering: .relaxed) }
      }
      let written = try bytes(of: "model.picket")
      #expect(written.count == 100_000 && Set(written).count == 1)
    }
    #expect(failures.load(ordering: .relaxed) == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["model.picket"])
  }

  @Test func `where a symbolic link leads, there or not yet, and the link stays`() throws {
    #expect(mkdir(folder + "/deep", 0o755) == 0)
    #expect(symlink("deep/second", folder + "/first") == 0)
    #expect(symlink("end", folder + "/deep/second") == 0)
    for content: [UInt8] in [[1, 2], [3]] {
      try AtomicFile.write(content, to: folder + "/first")
      #expect(try bytes(of: "deep/end") == content)
      for link in ["/first", "/deep/second"] {
        #expect(mode(of: folder + link) & S_IFMT == S_IFLNK)
      }
    }
    #expect(symlink("circle", folder + "/circle") == 0)
    #expect(throws: ExportError.self) { try AtomicFile.write([1], to: folder + "/circle") }
  }

  @Test func `into a pipe, which stays one`() throws {
    let path = folder + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    // Opened for both, it waits for nobody.
    let reader = open(path, O_RDWR)
    defer { close(reader) }
    try AtomicFile.write([7, 8, 9], to: path)
    #expect(mode(of: path) & S_IFMT == S_IFIFO)
    var read = [UInt8](repeating: 0, count: 8)
    #expect(Foundation.read(reader, &read, 8) == 3 && read.starts(with: [7, 8, 9]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["pipe"])
  }

  // Through a link: what replaces devices would replace the link alone.
  @Test func `into a device, which stays one`() throws {
    #expect(symlink("/dev/null", folder + "/device") == 0)
    try AtomicFile.write([1, 2, 3], to: folder + "/device")
    #expect(mode(of: folder + "/device") & S_IFMT == S_IFLNK)
    #expect(symlink("/dev/full", folder + "/full") == 0)
    #expect(throws: ExportError.self) { try AtomicFile.write([1], to: folder + "/full") }
    #expect(mode(of: folder + "/full") & S_IFMT == S_IFLNK)
  }

  @Test func `with the permissions of a new file, or those that it had`() throws {
    let (plain, path) = (folder + "/plain", folder + "/model.picket")
    close(open(plain, O_WRONLY | O_CREAT, 0o666))
    try AtomicFile.write([1], to: path)
    #expect(mode(of: path) == mode(of: plain))
    #expect(chmod(path, 0o600) == 0)
    try AtomicFile.write([2], to: path)
    #expect(mode(of: path) == S_IFREG | 0o600)
    #expect(try bytes(of: "model.picket") == [2])
  }

  @Test func `with those that belong to it, or none of them`() throws {
    let (first, second) = (folder + "/first", folder + "/second")
    try AtomicFile.write([([1], first), ([2], second)])
    for bad in [folder + "/none/third", folder, ""] {
      #expect(throws: ExportError.self) {
        try AtomicFile.write([([3], first), ([4], bad), ([5], second)])
      }
      #expect(try bytes(of: "first") == [1] && bytes(of: "second") == [2])
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(names == ["first", "second"])
    }
  }

  @Test func `under a name`() {
    #expect(throws: ExportError.self) { try AtomicFile.write([1], to: "") }
  }
}
