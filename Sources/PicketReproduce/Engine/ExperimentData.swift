import PicketData

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
