/// A file of a public data set that Picket's measurements use; `docs/DATA.md` says where each is
/// published.
public struct KnownDataSet: Sendable, Equatable {
  /// What commands and reports call it.
  public let name: String
  /// Where it lies in the data directory.
  public let path: String
  /// The SHA-256 of the file as it lies there, in hexadecimal.
  public let sha256: String
  /// How many records it has.
  public let rowCount: Int
  /// The name of its built-in schema, if there is one.
  public let schemaName: String?

  /// The files, in the order of the documentation.
  public static let all: [KnownDataSet] = [
    KnownDataSet(
      name: "nsl-kdd-train", path: "nsl-kdd/KDDTrain+.txt.gz",
      sha256: "39e78eaceffb1a183af002b4994b100b69795895bfbf67cfc62dabd4c9b76d4e",
      rowCount: 125_973, schemaName: "nsl-kdd"),
    KnownDataSet(
      name: "nsl-kdd-test", path: "nsl-kdd/KDDTest+.txt.gz",
      sha256: "1ebe1079af669e3c35ef7be25b5bafde1e47951244d1b4834682b14a22238da1",
      rowCount: 22_544, schemaName: "nsl-kdd"),
    KnownDataSet(
      name: "nsl-kdd-test-21", path: "nsl-kdd/KDDTest-21.txt.gz",
      sha256: "cf79d2eab7d8cc749e7c088260c0297cbb26d95062d27d1f8c761f4eeac3327a",
      rowCount: 11_850, schemaName: "nsl-kdd"),
    KnownDataSet(
      name: "kdd99", path: "kdd99/kddcup.data_10_percent.gz",
      sha256: "7bfaa8cef1350f72842018c32893e2fa4539d57efbb22f998eb74ecefc3da3b4",
      rowCount: 494_021, schemaName: "kdd99"),
    KnownDataSet(
      name: "kdd99-corrected", path: "kdd99/corrected.gz",
      sha256: "74f0daef49b242badc09f2adbd457dea6a45b4f77177efbd11216d333651044b",
      rowCount: 311_029, schemaName: "kdd99"),
    KnownDataSet(
      name: "mnist-train-images", path: "mnist/train-images-idx3-ubyte.gz",
      sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
      rowCount: 60_000, schemaName: nil),
    KnownDataSet(
      name: "mnist-train-labels", path: "mnist/train-labels-idx1-ubyte.gz",
      sha256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
      rowCount: 60_000, schemaName: nil),
    KnownDataSet(
      name: "mnist-test-images", path: "mnist/t10k-images-idx3-ubyte.gz",
      sha256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
      rowCount: 10_000, schemaName: nil),
    KnownDataSet(
      name: "mnist-test-labels", path: "mnist/t10k-labels-idx1-ubyte.gz",
      sha256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
      rowCount: 10_000, schemaName: nil),
    KnownDataSet(
      name: "cicids2017-sample", path: "cicids2017/cic_0.01km.csv.gz",
      sha256: "62c5b0d7e2984fa29494203f36d0831979a4732159e8677fb89ea0a5d73b3311",
      rowCount: 28_303, schemaName: nil),
    KnownDataSet(
      name: "cicids2017-seven-classes", path: "cicids2017/seven_class_sample.csv.gz",
      sha256: "2c07ca9feea81b5b0d874518ffaf708131782e9611630920e0487b7ec5bef894",
      rowCount: 6_311, schemaName: nil),
    KnownDataSet(
      name: "ustc-tfc2016", path: "ustc-tfc2016/flows-csv.tar.xz",
      sha256: "8c10536efd216e70ed4b34d9acadeb2dae92ae88f56adc5a6589db9ef7041f8a",
      rowCount: 165_077, schemaName: nil),
  ]

  /// The file of a name, if there is one.
  public static func named(_ name: String) -> KnownDataSet? {
    all.first { $0.name == name }
  }

  /// The file's path in a data directory, checked against the SHA-256.
  ///
  /// - Throws: `DataError` when the file cannot be read or is another one.
  public func verified(in directory: String) throws(DataError) -> String {
    let file = "\(directory)/\(path)"
    let found = try FileBytes(path: file).sha256
    guard found == sha256 else {
      throw DataError(
        file: file, found: "SHA-256 \(found)", expected: sha256,
        advice: "fetch the file again, see docs/DATA.md")
    }
    return file
  }
}
