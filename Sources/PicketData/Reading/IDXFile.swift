/// Reads the files that MNIST comes in: a magic number, sizes, then bytes.
///
/// ```
/// 0 0 8 n | n sizes, 32 bits each, big-endian | bytes, the last index fastest
/// ```
///
/// 8 is the type of a byte, n the number of dimensions (LeCun, "The MNIST database").
struct IDXFile {
  /// The size of each dimension.
  let sizes: [Int]
  /// All numbers.
  let bytes: [UInt8]

  /// Reads a file, plain or gzipped.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - dimensions: How many it must have.
  /// - Throws: `DataError` when the file cannot be read or is not one of bytes in that many
  ///   dimensions, with as many bytes as they say.
  init(path: String, dimensions: Int) throws(DataError) {
    let raw = try FileBytes(path: path)
    let text = try Gzip.text(of: raw, file: path)
    let all = text.withBytes { Array($0) }
    func fault(_ found: String, _ expected: String) -> DataError {
      DataError(
        file: path, found: found, expected: expected,
        advice: "check that this is the right idx file of MNIST")
    }

    let header = 4 + 4 * dimensions
    guard all.count >= header else {
      throw fault("\(all.count) bytes", "a header of \(header)")
    }
    guard all[..<4].elementsEqual([0, 0, 8, UInt8(dimensions)]) else {
      throw fault(
        "the magic number \(all[0]) \(all[1]) \(all[2]) \(all[3])", "0 0 8 \(dimensions)")
    }
    let sizes = (1...dimensions).map { dimension in
      all[4 * dimension..<4 * dimension + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    // Three sizes of 32 bits may be too large together for 64.
    var count = 1
    for size in sizes {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      count = overflow ? .max : product
    }
    guard all.count - header == count else {
      throw fault(
        "\(all.count - header) bytes after the header",
        sizes.map(String.init).joined(separator: " x ") + ", as the header says")
    }
    self.sizes = sizes
    bytes = Array(all[header...])
  }
}

extension ImageSet {
  /// Reads images and labels from two idx files, plain or gzipped.
  ///
  /// - Parameters:
  ///   - images: A file of three dimensions: images, rows, columns.
  ///   - labels: A file of one dimension, a digit for each image.
  /// - Throws: `DataError` when a file is not of that form, their counts differ, or a label is
  ///   above 9.
  public init(images: String, labels: String) throws(DataError) {
    let pixels = try IDXFile(path: images, dimensions: 3)
    let digits = try IDXFile(path: labels, dimensions: 1)
    guard pixels.sizes[0] == digits.sizes[0] else {
      throw DataError(
        file: labels, found: "\(digits.sizes[0]) labels",
        expected: "\(pixels.sizes[0]), as \(images) has images",
        advice: "give the two files of one set")
    }
    if let place = digits.bytes.firstIndex(where: { $0 > 9 }) {
      throw DataError(
        file: labels, found: "label \(digits.bytes[place]) for image \(place + 1)",
        expected: "a digit", advice: "check that this is the right idx file of MNIST")
    }
    self.init(
      height: pixels.sizes[1], width: pixels.sizes[2], labels: digits.bytes, pixels: pixels.bytes)
  }
}
