import PicketData
import PicketDetectors
import PicketNumbers

/// What an experiment draws its rows from, numbered through.
package enum ExperimentData: Sendable {
  /// Connection or flow records of one schema.
  case records(RecordSet)
  /// Images of one size.
  case images(ImageSet)

  /// How many rows there are.
  package var rowCount: Int {
    switch self {
    case .records(let records): records.rowCount
    case .images(let images): images.count
    }
  }

  /// Names what a row is: a record's label, an image's digit.
  package func label(ofRow row: Int) -> String {
    switch self {
    case .records(let records): records.label(ofRow: row) ?? ""
    case .images(let images): "\(images.labels[row])"
    }
  }

  /// The records; throws when these are images.
  package func records() throws -> RecordSet {
    guard case .records(let records) = self else {
      throw ReproduceError("found images; this protocol divides records")
    }
    return records
  }

  /// The images; throws when these are records.
  package func images() throws -> ImageSet {
    guard case .images(let images) = self else {
      throw ReproduceError("found records; this protocol divides images")
    }
    return images
  }
}

/// How rows become a network's inputs, fitted to some rows: those of one split that train.
struct InputEncoder: Sendable {
  let data: ExperimentData
  /// The encoding of records; nil for images, whose pixels are divided by 255.
  let encoding: FeatureEncoding?

  /// - Parameters:
  ///   - data: Records or images.
  ///   - rows: The rows that ranges and categories come from, ascending.
  ///   - normal: The normal ones among the training rows, ascending.
  ///   - features: What is made of numbers.
  init(
    _ data: ExperimentData, fittedTo rows: [Int], normal: [Int], features: [NumericFeature]
  ) {
    self.data = data
    switch data {
    case .records(let records):
      encoding = records.fit(rows: rows, normal: normal, features: FeatureChoice(features))
    case .images: encoding = nil
    }
  }

  /// How the numbers of a row lie.
  var shape: RowShape {
    switch data {
    case .records: .columns
    case .images(let images): .image(height: images.height, width: images.width)
    }
  }

  /// The inputs of some ascending rows.
  func inputs(_ rows: [Int]) throws -> SparseRows {
    switch data {
    case .records(let records):
      try records.inputs(rows, encoding ?? FeatureEncoding(fields: []))
    case .images(let images): images.inputs(rows)
    }
  }
}
