import PicketNN

extension ConvolutionGeometry {
  /// The layer's sums by its definition, in double precision; parameters as in `Perceptron`.
  func sums(_ parameters: ArraySlice<Double>, _ values: [Double]) -> [Double] {
    let first = parameters.startIndex
    var sums = (0..<output.count).map { parameters[first + weightCount + $0 % output.channels] }
    let (wide, narrow) = isTransposed ? (output, input) : (input, output)
    for (y, x) in pairs(narrow.height, narrow.width) {
      for (kernelY, kernelX) in pairs(kernelHeight, kernelWidth) {
        let wideY = y * strideHeight + kernelY - paddingTop
        let wideX = x * strideWidth + kernelX - paddingLeft
        guard (0..<wide.height).contains(wideY), (0..<wide.width).contains(wideX) else { continue }
        let place = kernelY * kernelWidth + kernelX
        let (far, near) = (wideY * wide.width + wideX, y * narrow.width + x)
        for (i, o) in pairs(input.channels, output.channels) {
          if isTransposed {
            let weight = (i * kernelHeight * kernelWidth + place) * output.channels + o
            sums[far * output.channels + o] +=
              parameters[first + weight] * values[near * input.channels + i]
          } else {
            let weight = (place * input.channels + i) * output.channels + o
            sums[near * output.channels + o] +=
              parameters[first + weight] * values[far * input.channels + i]
          }
        }
      }
    }
    return sums
  }

  private func pairs(_ rows: Int, _ columns: Int) -> [(Int, Int)] {
    (0..<rows).flatMap { row in (0..<columns).map { (row, $0) } }
  }
}
