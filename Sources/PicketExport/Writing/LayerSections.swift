import PicketDetectors
import PicketNN

/// The sections that say what is computed.
struct LayerSections {
  private(set) var layers: FileBytes
  private(set) var weights: FileBytes

  init(_ network: [StoredLayer], _ order: ByteOrder) {
    layers = FileBytes(order)
    weights = FileBytes(order)
    let shapes = network.compactMap(\.geometry)
    var place = 64 * network.count
    for (index, layer) in network.enumerated() {
      if index > 0 { weights.pad(to: 64) }
      append(layer, geometry: layer.geometry == nil ? 0 : place)
      if layer.geometry != nil { place += 64 }
    }
    for shape in shapes { append(shape) }
  }

  /// Appends the shape of a convolution.
  private mutating func append(_ shape: ConvolutionGeometry) {
    for image in [shape.input, shape.output] {
      for size in [image.height, image.width, image.channels] { layers.append(UInt32(size)) }
    }
    for number in [
      shape.kernelHeight, shape.kernelWidth, shape.strideHeight, shape.strideWidth,
      shape.paddingTop, shape.paddingLeft,
    ] { layers.append(UInt32(number)) }
    layers.pad(to: 64)
  }

  /// Appends a layer; `geometry` is where in *layers* its shape stands.
  private mutating func append(_ layer: StoredLayer, geometry: Int) {
    let stride = (layer.outputs + 15) / 16 * 16
    let (activation, slope) = layer.activation.number
    let start = layers.count
    layers.append(UInt32(layer.geometry.map { $0.isTransposed ? 3 : 2 } ?? 1))
    layers.append(activation)
    layers.append(layer.elementType.number)
    layers.append(slope)
    for number in [layer.inputs, layer.outputs, stride, weights.count] {
      layers.append(UInt32(number))
    }
    switch layer.numbers {
    case .float32(let values, let bias):
      appendRows(values.map(\.bitPattern), layer, stride)
      appendBias(bias.map(\.bitPattern), stride)
    case .float16(let values, let bias):
      appendRows(values.map(\.bitPattern), layer, stride)
      appendBias(bias.map(\.bitPattern), stride)
    case .int8(let values, let bias, let scale):
      appendRows(values, layer, stride)
      appendBias(bias.map(\.bitPattern), stride)
      appendScale(scale.map(\.bitPattern), stride)
    case .integer(let values, let bias, let numbers):
      appendGroups(values, layer, stride)
      appendBias(bias.map(UInt32.init(bitPattern:)), stride)
      switch numbers.output {
      case .integers(let multipliers, let shift):
        appendScale(multipliers.map(UInt32.init(bitPattern:)), stride)
        layers.append(UInt32(shift))
      case .floats(let scale):
        appendScale(scale.map(\.bitPattern), stride)
        layers.append(UInt32(0))
      }
      layers.append(numbers.input?.scale ?? 0)
      layers.append(UInt32(numbers.input?.zero ?? 0))
      layers.append(UInt32(numbers.input?.max ?? 0))
    }
    layers.appendZeros(start + 56 - layers.count)
    layers.append(UInt32(geometry))
    layers.pad(to: 64)
  }

  private mutating func appendRows<Word: FixedWidthInteger>(
    _ values: [Word], _ layer: StoredLayer, _ stride: Int
  ) {
    for row in 0..<layer.inputs {
      for value in values[row * layer.outputs..<(row + 1) * layer.outputs] {
        weights.append(value)
      }
      weights.appendZeros((stride - layer.outputs) * Word.bitWidth / 8)
    }
  }

  /// Rows of four inputs side by side.
  private mutating func appendGroups(_ values: [Int8], _ layer: StoredLayer, _ stride: Int) {
    for first in Swift.stride(from: 0, to: layer.inputs, by: 4) {
      for output in 0..<stride {
        for row in first..<first + 4 {
          let isThere = row < layer.inputs && output < layer.outputs
          weights.append(isThere ? values[row * layer.outputs + output] : 0)
        }
      }
    }
  }

  private mutating func appendBias(_ bias: [UInt32], _ stride: Int) {
    layers.append(appendArray(bias, stride))
  }

  private mutating func appendScale(_ scale: [UInt32], _ stride: Int) {
    layers.append(appendArray(scale, stride))
  }

  /// Appends an array and gives its offset.
  private mutating func appendArray(_ words: [UInt32], _ stride: Int) -> UInt32 {
    weights.pad(to: 64)
    let offset = UInt32(weights.count)
    for word in words { weights.append(word) }
    weights.appendZeros((stride - words.count) * 4)
    return offset
  }
}
