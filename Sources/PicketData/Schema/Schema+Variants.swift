extension Schema {
  /// NSL-KDD with the 26 fields that a gateway's connection table can know: those of `synth`.
  public static let nslKDDGateway = nslKDD.keeping(Set(synth.fields.map(\.name)))

  /// KDD Cup 1999 without the two columns that hold one value throughout the 10 % file.
  public static let kdd99Varying = kdd99.ignoring(["num_outbound_cmds", "is_host_login"])

  /// The same file with fewer fields: those that are not named become ignored.
  func keeping(_ names: Set<String>) -> Schema {
    ignoring(Set(fields.map(\.name)).subtracting(names))
  }

  private func ignoring(_ names: Set<String>) -> Schema {
    var schema = self
    for index in columns.indices where names.contains(columns[index].name) {
      schema.columns[index].kind = .ignored
    }
    return schema
  }
}
