/// The windows of images as rows of a matrix, and back.
///
/// Patch (image, y, x), for a pixel of the narrow image, holds the window of the wide image whose
/// first pixel is (y * stride - padding, x * stride - padding), row after row with its channels;
/// pixels outside are zeros. A row of a window lies in one piece in both places.
enum Patches {
  /// Copies each window into its patch.
  static func gather(_ shape: ConvolutionGeometry, _ wide: MatrixView, into patches: MatrixView) {
    let length = shape.kernelWidth * shape.wide.channels
    forEachWindowRow(shape, wide, patches) { pixels, patch, inside in
      copy(pixels, inside, length, into: patch)
    }
  }

  /// Sums up, for each pixel, what the patches that it belongs to hold of it.
  static func scatter(_ shape: ConvolutionGeometry, _ patches: MatrixView, into wide: MatrixView) {
    wide.fill(0)
    forEachWindowRow(shape, wide, patches) { pixels, patch, inside in
      add(patch, inside, to: pixels)
    }
  }

  /// Calls `body` for each row of each window.
  ///
  /// `body` gets where the row would begin in the wide image, where it begins in the patch, and
  /// which of its numbers are inside the image.
  @inline(__always)
  private static func forEachWindowRow(
    _ shape: ConvolutionGeometry, _ images: MatrixView, _ patches: MatrixView,
    _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, Range<Int>) -> Void
  ) {
    let (narrow, wide) = (shape.narrow, shape.wide)
    let rowLength = shape.kernelWidth * wide.channels
    let (imageRow, step) = (wide.width * wide.channels, shape.strideWidth * wide.channels)
    assert(patches.rows == images.rows * narrow.height * narrow.width)
    assert(patches.columns == shape.patchLength && images.columns == wide.count)
    var patch = patches.base
    for image in 0..<images.rows {
      let pixels = images.base + image * images.columns
      for y in 0..<narrow.height {
        let top = y * shape.strideHeight - shape.paddingTop
        var left = -shape.paddingLeft * wide.channels
        for _ in 0..<narrow.width {
          let first = left < 0 ? min(-left, rowLength) : 0
          let end = max(first, min(rowLength, imageRow - left))
          for row in top..<top + shape.kernelHeight {
            let isInside = row >= 0 && row < wide.height
            body(pixels + row * imageRow + left, patch, isInside ? first..<end : 0..<0)
            patch += rowLength
          }
          left += step
        }
      }
    }
  }

  @inline(__always)
  private static func copy(
    _ source: UnsafeMutablePointer<Float>, _ inside: Range<Int>, _ length: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    guard inside.count == length else {
      for index in 0..<length { target[index] = inside.contains(index) ? source[index] : 0 }
      return
    }
    var index = 0
    while index + 16 <= length {
      store(load(source + index, as: SIMD16<Float>.self), target + index)
      index += 16
    }
    while index + 4 <= length {
      store(load(source + index, as: SIMD4<Float>.self), target + index)
      index += 4
    }
    while index < length {
      target[index] = source[index]
      index += 1
    }
  }

  @inline(__always)
  private static func add(
    _ source: UnsafeMutablePointer<Float>, _ inside: Range<Int>,
    to target: UnsafeMutablePointer<Float>
  ) {
    var index = inside.lowerBound
    while index + 16 <= inside.upperBound {
      let sum = load(target + index, as: SIMD16<Float>.self)
      store(sum + load(source + index, as: SIMD16<Float>.self), target + index)
      index += 16
    }
    while index + 4 <= inside.upperBound {
      let sum = load(target + index, as: SIMD4<Float>.self)
      store(sum + load(source + index, as: SIMD4<Float>.self), target + index)
      index += 4
    }
    while index < inside.upperBound {
      target[index] += source[index]
      index += 1
    }
  }

  @inline(__always)
  private static func load<Vector: SIMD>(
    _ from: UnsafeMutablePointer<Float>, as type: Vector.Type
  ) -> Vector {
    UnsafeRawPointer(from).loadUnaligned(as: type)
  }

  @inline(__always)
  private static func store<Vector: SIMD>(_ vector: Vector, _ to: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(to).storeBytes(of: vector, as: Vector.self)
  }
}
