import PicketNumbers

/// Grey images of one size, each with a number that says what it shows.
public struct ImageSet: Sendable {
  /// Rows of an image.
  public let height: Int
  /// Columns of an image.
  public let width: Int
  /// What each image shows.
  public let labels: [UInt8]
  /// All pixels, image after image, row after row; 255 is ink.
  public let pixels: [UInt8]

  /// Gathers images.
  ///
  /// - Precondition: There are `height * width` pixels for each label.
  public init(height: Int, width: Int, labels: [UInt8], pixels: [UInt8]) {
    precondition(pixels.count == labels.count * height * width, "pixels for every label")
    self.height = height
    self.width = width
    self.labels = labels
    self.pixels = pixels
  }

  /// The images of one set, then those of another.
  ///
  /// - Precondition: They are of one size.
  public init(_ first: ImageSet, then second: ImageSet) {
    precondition(first.height == second.height && first.width == second.width, "one size")
    self.init(
      height: first.height, width: first.width, labels: first.labels + second.labels,
      pixels: first.pixels + second.pixels)
  }

  /// How many images there are.
  public var count: Int { labels.count }

  /// Some images as rows of `height * width` numbers from 0 to 1.
  public func inputs(_ rows: [Int]) -> SparseRows {
    let size = height * width
    var rowStart: [Int32] = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    for row in rows {
      for (column, pixel) in pixels[row * size..<(row + 1) * size].enumerated() where pixel > 0 {
        columns.append(Int32(column))
        values.append(Float(pixel) / 255)
      }
      rowStart.append(Int32(columns.count))
    }
    return SparseRows(rowStart: rowStart, columns: columns, values: values, columnCount: size)
  }
}
