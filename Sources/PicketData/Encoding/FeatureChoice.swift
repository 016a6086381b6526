/// What is made of each numeric field.
public struct FeatureChoice: Sendable, Equatable {
  /// What is made of the fields that are not named below; at least one.
  public var common: [NumericFeature]
  /// What is made of particular fields, by name.
  public var byField: [ByteName: [NumericFeature]]

  /// Min-max scaling of all fields.
  public static let minMax = FeatureChoice([.minMax])

  /// Chooses.
  public init(_ common: [NumericFeature], byField: [ByteName: [NumericFeature]] = [:]) {
    self.common = common
    self.byField = byField
  }

  /// What is made of a field.
  public func features(of field: String) -> [NumericFeature] {
    byField[ByteName(field)] ?? common
  }
}

extension RecordSet {
  /// Fits the encoding to some rows of all tables.
  ///
  /// - Parameters:
  ///   - rows: The training rows of all classes: ranges and categories are theirs.
  ///   - normal: The normal ones among them, which logarithms and quantiles are fitted to.
  ///   - features: What to make of numbers.
  public func fit(rows: [Int], normal: [Int], features: FeatureChoice) -> FeatureEncoding {
    var encoding = fit(rows: rows)
    for (index, field) in encoding.fields.enumerated() {
      guard case .numeric(let numeric) = field else { continue }
      let wanted = features.features(of: numeric.name)
      guard wanted != [.minMax] else { continue }
      encoding.fields[index] = .numeric(
        NumericEncoding(
          name: numeric.name, minimum: numeric.minimum, maximum: numeric.maximum,
          features: wanted, normal: values(ofField: index, rows: normal)))
    }
    return encoding
  }
}
