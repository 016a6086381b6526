extension String {
  /// What stands after a path's last slash: the name of the file that it leads to, without folders.
  ///
  /// Empty when the path ends with a slash: then it names a folder.
  public var fileName: String {
    lastIndex(of: "/").map { String(self[index(after: $0)...]) } ?? self
  }
}
