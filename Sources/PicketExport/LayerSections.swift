import PicketDetectors

/// The sections that say what is computed.
struct LayerSections {
  private(set) var layers: FileBytes
  private(set) var weights: FileBytes

  init(_ network: [FoldedLayer], _ element: ElementType, _ order: ByteOrder) throws(ExportError) {
    layers = FileBytes(order)
    weights = FileBytes(order)
    for (index, layer) in network.enumerated() {
      let stride = (layer.outputs + 15) / 16 * 16
      let weightsAt = weights.count
      for row in 0..<layer.inputs {
        for column in 0..<layer.outputs {
          try append(layer.weights[row * layer.outputs + column], element, layer: index)
        }
        weights.appendZeros((stride - layer.outputs) * (element == .float16 ? 2 : 4))
      }
      weights.pad(to: 64)
      let biasAt = weights.count
      for value in layer.bias { try append(value, .float32, layer: index) }
      weights.appendZeros((stride - layer.outputs) * 4)

      let (activation, slope) = layer.activationNumber
      layers.append(UInt32(1))
      layers.append(activation)
      layers.append(element.number)
      layers.append(slope)
      for number in [layer.inputs, layer.outputs, stride, weightsAt, biasAt] {
        layers.append(UInt32(number))
      }
      layers.appendZeros(28)
      if index < network.count - 1 { weights.pad(to: 64) }
    }
  }

  private mutating func append(
    _ value: Float, _ element: ElementType, layer: Int
  ) throws(ExportError) {
    switch element {
    case .float32:
      guard value.isFinite else { throw Self.tooLarge(value, element, layer) }
      weights.append(value)
    case .float16:
      let half = Float16(value)
      guard half.isFinite else { throw Self.tooLarge(value, element, layer) }
      weights.append(half.bitPattern)
    }
  }

  private static func tooLarge(_ value: Float, _ element: ElementType, _ layer: Int) -> ExportError
  {
    ExportError(
      "layer \(layer + 1) has a weight of \(value), which \(element.rawValue) cannot hold: "
        + "export as float32, or train anew if it is not finite")
  }
}
