import PicketData
import PicketDetectors
import PicketNumbers

/// How rows become a network's inputs, fitted to some rows: those of one split that train.
struct InputEncoder: Sendable {
  let data: ExperimentData
  /// What travels in the exported file.
  let encoding: FeatureEncoding

  /// - Parameters:
  ///   - data: Records or images.
  ///   - rows: The rows that ranges and categories come from, ascending. Images need none.
  ///   - normal: The normal ones among the training rows, ascending.
  ///   - features: What is made of numbers; pixels are divided by 255.
  init(
    _ data: ExperimentData, fittedTo rows: [Int], normal: [Int], features: [NumericFeature]
  ) {
    self.data = data
    switch data {
    case .records(let records):
      encoding = records.fit(rows: rows, normal: normal, features: FeatureChoice(features))
    case .images(let images): encoding = images.encoding
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
    case .records(let records): try records.inputs(rows, encoding)
    case .images(let images): images.inputs(rows)
    }
  }

  /// The records of some ascending rows, which the exported file scores.
  func records(_ rows: [Int]) throws -> [Float] {
    switch data {
    case .records(let records): try records.records(rows, encoding)
    case .images(let images): images.records(rows)
    }
  }

  /// What the fields are of, for the exported file.
  var schemaName: String {
    switch data {
    case .records(let records): records.tables[0].schema.name
    case .images(let images): "images of \(images.height) x \(images.width)"
    }
  }
}
