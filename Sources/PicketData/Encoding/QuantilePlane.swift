import PicketCore

/// The share of normal values below a number, by a table: linear between knots, constant beyond.
public struct QuantilePlane: Codable, Sendable, Equatable {
  /// The most knots of a table.
  public static let mostKnots = 32

  /// Where the knots are, strictly ascending.
  public var values: [Float]
  /// The input at each knot, not descending.
  public var quantiles: [Float]

  /// A table with given knots, at least one and at most 32.
  public init(values: [Float], quantiles: [Float]) {
    self.values = values
    self.quantiles = quantiles
  }

  /// The input for a value.
  public func input(for value: Float) -> Float {
    inputs(for: CollectionOfOne(value))[0]
  }

  /// The inputs for values.
  func inputs(for numbers: some Collection<Float>) -> [Float] {
    // One field, and fifteen behind it that have no knots.
    let ends = [UInt32](repeating: UInt32(values.count), count: 16)
    return ends.withUnsafeBufferPointer { ends in
      values.withUnsafeBufferPointer { values in
        quantiles.withUnsafeBufferPointer { quantiles in
          guard let ends = ends.baseAddress, let v = values.baseAddress,
            let q = quantiles.baseAddress
          else { return Array(repeating: 0, count: numbers.count) }
          let table = QuantileTables(ends: ends, from: 0, values: v, quantiles: q)
          return numbers.map { table.quantiles(SIMD16(repeating: $0))[0] }
        }
      }
    }
  }
}

extension QuantilePlane {
  /// Reads what `encode` wrote.
  ///
  /// - Throws: `DecodingError` when there are not as many quantiles as knots, or none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    values = try container.decode([Float].self, forKey: .values)
    quantiles = try container.decode([Float].self, forKey: .quantiles)
    guard (1...Self.mostKnots).contains(values.count), quantiles.count == values.count else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "\(values.count) knots and \(quantiles.count) quantiles; 1 to "
            + "\(Self.mostKnots) are expected, as many of both"))
    }
  }
}
