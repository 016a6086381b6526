/// Images as records, so that what learned from them exports and scores like any other model.
extension ImageSet {
  /// One numeric field a pixel, row after row, whose values from 0 to 255 become 0 to 1.
  public var encoding: FeatureEncoding {
    FeatureEncoding(
      fields: (0..<height).flatMap { row in
        (0..<width).map { column in
          .numeric(NumericEncoding(name: "pixel \(row), \(column)", minimum: 0, maximum: 255))
        }
      })
  }

  /// The pixels of some images, a record each.
  public func records(_ rows: [Int]) -> [Float] {
    let size = height * width
    return rows.flatMap { pixels[$0 * size..<($0 + 1) * size].map(Float.init) }
  }
}
