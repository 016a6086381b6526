/// How a number becomes inputs: one for each plane.
public struct NumericEncoding: Sendable, Equatable {
  /// The field's name.
  public var name: String
  /// The smallest value in the training rows.
  public var minimum: Float
  /// The largest value in the training rows.
  public var maximum: Float
  /// What each input is made by, in the order of the inputs.
  public var planes: [NumericPlane]

  /// Min-max scaling, clipped: one input.
  public init(name: String, minimum: Float, maximum: Float) {
    self.init(
      name: name, minimum: minimum, maximum: maximum,
      planes: [.affine(AffinePlane(minimum: minimum, maximum: maximum))])
  }

  /// An encoding with given planes, in the order of `NumericPlane.Kind`, each kind at most once.
  public init(name: String, minimum: Float, maximum: Float, planes: [NumericPlane]) {
    self.name = name
    self.minimum = minimum
    self.maximum = maximum
    self.planes = planes
  }

  /// An encoding fitted to normal values.
  ///
  /// - Parameters:
  ///   - features: What to make of the field; in whatever order, they stand in that of their kinds.
  ///   - values: The field's values in the normal training rows.
  public init(
    name: String, minimum: Float, maximum: Float, features: [NumericFeature],
    normal values: [Float]
  ) {
    let planes = NumericFeature.allCases.filter(features.contains).map { feature in
      switch feature {
      case .minMax: NumericPlane.affine(AffinePlane(minimum: minimum, maximum: maximum))
      case .log: NumericPlane.log(LogPlane(fittedTo: values))
      case .quantile: NumericPlane.quantile(QuantilePlane(fittedTo: values))
      }
    }
    self.init(name: name, minimum: minimum, maximum: maximum, planes: planes)
  }

  /// The inputs for a value.
  public func inputs(for value: Float) -> [Float] {
    planes.map { $0.input(for: value) }
  }
}

extension NumericEncoding: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, minimum, maximum, planes
  }

  /// Reads what `encode` wrote, or the constants of one affine plane, as earlier trainers did.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    minimum = try container.decode(Float.self, forKey: .minimum)
    maximum = try container.decode(Float.self, forKey: .maximum)
    planes =
      try container.decodeIfPresent([NumericPlane].self, forKey: .planes)
      ?? [.affine(AffinePlane(from: decoder))]
  }
}
