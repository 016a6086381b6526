import Glibc

extension Schema {
  /// The schemas that need no file, by name.
  public static let builtIn: [Schema] = [kdd99, nslKDD, synth]

  /// The built-in schema of a name, if there is one.
  public static func builtIn(named name: String) -> Schema? {
    builtIn.first { $0.name == name }
  }

  /// The schema that a name or a path means: a built-in one, else a TOML file.
  ///
  /// - Throws: `DataError` when there is neither, or the file is not a schema.
  public static func named(_ nameOrPath: String) throws(DataError) -> Schema {
    if let schema = builtIn(named: nameOrPath) { return schema }
    let looksLikeFile = nameOrPath.contains("/") || nameOrPath.hasSuffix(".toml")
    guard looksLikeFile || access(nameOrPath, R_OK) == 0 else {
      throw DataError(
        file: "schema '\(nameOrPath)'", found: "no schema of this name",
        expected: builtIn.map(\.name).joined(separator: ", ") + ", or the path of a TOML file",
        advice: "guess one from your records with 'picket schema'")
    }
    return try Schema(path: nameOrPath)
  }

  /// KDD Cup 1999: 41 features and a label with a trailing dot; no header.
  public static let kdd99 = Schema(
    unchecked: "kdd99", kddFields + [Column("label", .label)], labelSuffix: ".")

  /// NSL-KDD: the 41 features, a label, and a difficulty that is not a feature; no header.
  public static let nslKDD = Schema(
    unchecked: "nsl-kdd", kddFields + [Column("label", .label), Column("difficulty", .ignored)])

  /// What `Synth` writes: the 26 KDD columns that a gateway can know, a label, and a header.
  public static let synth = Schema(
    unchecked: "synth",
    (basicNames + windowNames).map(kddColumn) + [Column("label", .label)], hasHeader: true)

  /// The columns of one connection that a gateway's connection table holds.
  static let basicNames = [
    "duration", "protocol_type", "service", "flag", "src_bytes", "dst_bytes", "land",
  ]

  /// The columns computed over the connections before, see `WindowColumns`.
  static let windowNames = [
    "count", "srv_count", "serror_rate", "srv_serror_rate", "rerror_rate", "srv_rerror_rate",
    "same_srv_rate", "diff_srv_rate", "srv_diff_host_rate", "dst_host_count",
    "dst_host_srv_count", "dst_host_same_srv_rate", "dst_host_diff_srv_rate",
    "dst_host_same_src_port_rate", "dst_host_srv_diff_host_rate", "dst_host_serror_rate",
    "dst_host_srv_serror_rate", "dst_host_rerror_rate", "dst_host_srv_rerror_rate",
  ]

  /// The columns that need the packets' contents.
  private static let contentNames = [
    "wrong_fragment", "urgent", "hot", "num_failed_logins", "logged_in", "num_compromised",
    "root_shell", "su_attempted", "num_root", "num_file_creations", "num_shells",
    "num_access_files", "num_outbound_cmds", "is_host_login", "is_guest_login",
  ]

  private static let kddFields = (basicNames + contentNames + windowNames).map(kddColumn)

  /// The yes-or-no columns are numbers here: 0 and 1 need no one-hot code.
  private static func kddColumn(_ name: String) -> Column {
    Column(name, ["protocol_type", "service", "flag"].contains(name) ? .symbolic : .numeric)
  }
}
