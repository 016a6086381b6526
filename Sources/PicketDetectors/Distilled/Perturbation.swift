import Foundation
import PicketData
import PicketNumbers

/// Records that no one sent: normal ones with some fields changed.
///
/// Each begins as a normal record. The number of fields that change is log-uniform from one to all of
/// them, so that many records stay near the normal ones and some are far off. A field takes
/// over what it is in another normal record, for half of the records always the same one; or, for a
/// share of the fields, what is drawn at random in the field's range: evenly, evenly in its
/// logarithm, or an end of it.
struct Perturbation {
  /// The share of changed fields that are drawn in their range.
  private static let drawnShare = 0.2

  private let normal: SparseRows
  /// What each field's inputs are made of; nil where rows are not of records.
  private let encodings: [FieldEncoding]?
  /// The inputs of each field.
  private let inputs: [Range<Int>]

  /// - Parameters:
  ///   - normal: Records to begin with and to take fields from; at least one.
  ///   - encoding: How fields became inputs; nil when every input is a field of its own.
  init(of normal: SparseRows, encoding: FeatureEncoding?) {
    self.normal = normal
    encodings = encoding?.fields
    var next = 0
    let counts =
      encoding?.fields.map(\.inputCount) ?? Array(repeating: 1, count: normal.columnCount)
    inputs = counts.map { count in
      next += count
      return next - count..<next
    }
    precondition(next == normal.columnCount, "an encoding of these rows")
  }

  /// Makes some.
  func rows(_ count: Int, using generator: inout SeededGenerator) -> SparseRows {
    var starts: [Int32] = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    var row = [Float](repeating: 0, count: normal.columnCount)
    for _ in 0..<count {
      make(&row, using: &generator)
      for (column, value) in row.enumerated() where value != 0 {
        columns.append(Int32(column))
        values.append(value)
      }
      starts.append(Int32(columns.count))
    }
    return SparseRows(
      rowStart: starts, columns: columns, values: values, columnCount: normal.columnCount)
  }

  private func make(_ row: inout [Float], using generator: inout SeededGenerator) {
    copy(0..<normal.columnCount, of: generator.below(normal.count), into: &row)
    let changed = Int(pow(Double(inputs.count), generator.unit()))
    let donor = generator.unit() < 0.5 ? generator.below(normal.count) : nil
    for field in generator.sample(changed, of: inputs.count) {
      if let encodings, generator.unit() < Self.drawnShare {
        let drawn = Self.draw(encodings[field], using: &generator)
        for (input, value) in zip(inputs[field], drawn) { row[input] = value }
      } else {
        copy(inputs[field], of: donor ?? generator.below(normal.count), into: &row)
      }
    }
  }

  /// Takes over some inputs of a normal record.
  private func copy(_ part: Range<Int>, of index: Int, into row: inout [Float]) {
    for input in part { row[input] = 0 }
    for entry in Int(normal.rowStart[index])..<Int(normal.rowStart[index + 1]) {
      let column = Int(normal.columns[entry])
      if part.contains(column) { row[column] = normal.values[entry] }
    }
  }

  /// The inputs of a field whose value is drawn in its range.
  private static func draw(
    _ field: FieldEncoding, using generator: inout SeededGenerator
  ) -> [Float] {
    switch field {
    case .symbolic(let names):
      let chosen = names.categories.isEmpty ? -1 : generator.below(names.categories.count)
      return names.categories.indices.map { $0 == chosen ? 1 : 0 }
    case .numeric(let number):
      let (low, high) = (Double(number.minimum), Double(number.maximum))
      let (way, place) = (generator.unit(), generator.unit())
      let value =
        switch way {
        case ..<0.15: low
        case ..<0.3: high
        case ..<0.65: low + (high - low) * place
        // The logarithm of the distance from the low end, so that any range has one.
        default: low + expm1(log1p(high - low) * place)
        }
      return number.inputs(for: Float(value))
    }
  }
}
