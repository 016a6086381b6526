import Glibc

/// Finds the folder that holds the public data sets.
public enum DataDirectory {
  /// The environment variable that names the folder.
  public static let variable = "PICKET_DATA"

  /// The folder of data sets, or nil when there is none.
  ///
  /// If `PICKET_DATA` is set, it alone counts. Otherwise `../shared/data` is looked for, from the
  /// current directory and from each one above it up to the one that holds `Package.swift`.
  public static func locate() -> String? {
    if let named = getenv(variable) {
      let path = String(cString: named)
      return isDirectory(path) ? path : nil
    }
    guard let buffer = getcwd(nil, 0) else { return nil }
    defer { free(buffer) }
    var directory = String(cString: buffer)
    while true {
      let candidate = directory + "/../shared/data"
      if isDirectory(candidate) { return candidate }
      if access(directory + "/Package.swift", F_OK) == 0 { return nil }
      guard let slash = directory.lastIndex(of: "/"), slash != directory.startIndex else {
        return nil
      }
      directory = String(directory[..<slash])
    }
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
