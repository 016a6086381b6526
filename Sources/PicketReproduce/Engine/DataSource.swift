import PicketData

/// Where an experiment's rows come from.
package enum DataSource: String, Sendable, Hashable, CaseIterable {
  /// KDDTrain+.
  case nslKDDTrain
  /// KDDTrain+, then KDDTest+.
  case nslKDD
  /// The same, with the 26 columns that a gateway's connection table gives.
  case nslKDDGateway
  /// The 10 % file of KDD Cup 1999.
  case kdd99
  /// The same without its two constant columns.
  case kdd99Varying
  /// 60,000 training images, then 10,000 test images.
  case mnist
  /// The one-percent sample of CICIDS2017.
  case cicids2017
  /// The conversation tables of USTC-TFC2016.
  case ustcTFC2016

  /// The files, in the folder of data sets.
  package var files: [String] {
    switch self {
    case .nslKDDTrain: ["nsl-kdd/KDDTrain+.txt.gz"]
    case .nslKDD, .nslKDDGateway: ["nsl-kdd/KDDTrain+.txt.gz", "nsl-kdd/KDDTest+.txt.gz"]
    case .kdd99, .kdd99Varying: ["kdd99/kddcup.data_10_percent.gz"]
    case .mnist:
      ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"].map {
        "mnist/\($0)-ubyte.gz"
      }
    case .cicids2017: ["cicids2017/cic_0.01km.csv.gz"]
    case .ustcTFC2016: ["ustc-tfc2016/flows-csv.tar.xz"]
    }
  }

  /// Reads the files.
  ///
  /// - Parameter folder: The folder of data sets.
  package func load(from folder: String) throws -> ExperimentData {
    let paths = files.map { "\(folder)/\($0)" }
    switch self {
    case .mnist:
      let train = try ImageSet(images: paths[0], labels: paths[1])
      let test = try ImageSet(images: paths[2], labels: paths[3])
      return .images(ImageSet(train, then: test))
    case .ustcTFC2016: return .records(try USTCTFC2016.records(path: paths[0]))
    case .cicids2017:
      return .records(RecordSet([try Table(path: paths[0], schema: .cicids2017Sample)]))
    case .nslKDDGateway: return try tables(paths, .nslKDDGateway)
    case .nslKDD, .nslKDDTrain: return try tables(paths, .nslKDD)
    case .kdd99: return try tables(paths, .kdd99)
    case .kdd99Varying: return try tables(paths, .kdd99Varying)
    }
  }

  private func tables(_ paths: [String], _ schema: Schema) throws -> ExperimentData {
    .records(RecordSet(try paths.map { try Table(path: $0, schema: schema) }))
  }
}
