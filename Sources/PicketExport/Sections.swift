import CPicket
import PicketData
import PicketDetectors

/// The nine sections of a model file.
struct Sections {
  private let model: FileBytes
  private let schema: SchemaSections
  private let layers: LayerSections
  private let calibration: FileBytes
  private let provenance: FileBytes

  var inOrder: [FileBytes] {
    [
      model, schema.strings, schema.fields, schema.categories, schema.features, layers.layers,
      layers.weights, calibration, provenance,
    ]
  }

  init(
    _ trained: TrainedModel, _ element: ElementType, _ order: ByteOrder, _ table: CalibrationTable
  ) throws(ExportError) {
    let network = trained.network
    let encoder = try FoldedLayer.encoder(of: network)
    let decoder = network.decoder.map(FoldedLayer.init)
    guard network.inputs == trained.encoding.inputCount else {
      throw ExportError(
        "the network has \(network.inputs) inputs, the encoding gives "
          + "\(trained.encoding.inputCount)")
    }
    schema = try SchemaSections(trained.encoding, order)
    layers = try LayerSections(encoder + decoder, element, order)

    var model = FileBytes(order)
    model.append(UInt32(network.kind == .anoEAN ? PICKET_ANOEAN : PICKET_VAE))
    let (score, alpha, beta) = Self.score(of: network)
    model.append(UInt32(score))
    for count in [
      trained.encoding.fieldCount, network.inputs, network.latentSize, encoder.count,
      decoder.count,
    ] { model.append(UInt32(count)) }
    model.append(alpha)
    model.append(beta)
    model.append(UInt32(table.rows))
    model.pad(to: 64)
    self.model = model

    var calibration = FileBytes(order)
    for point in table.points {
      calibration.append(point.score)
      calibration.append(point.tail)
    }
    self.calibration = calibration

    var provenance = FileBytes(order)
    provenance.append(raw: try trained.provenance.text())
    provenance.appendZeros(1)
    self.provenance = provenance
  }

  private static func score(of network: ScoringNetwork) -> (Int, alpha: Float, beta: Float) {
    switch network.score {
    case .mahalanobis: (PICKET_SCORE_MAHALANOBIS, 0, 0)
    case .reconstruction: (PICKET_SCORE_RECONSTRUCTION, 1, 0)
    case .reconstructionAndKL(let alpha, let beta):
      (PICKET_SCORE_RECONSTRUCTION_KL, Float(alpha), Float(beta))
    }
  }
}

/// The sections that say what a record is and how it becomes inputs.
struct SchemaSections {
  private(set) var strings: FileBytes
  private(set) var fields: FileBytes
  private(set) var categories: FileBytes
  private(set) var features: FileBytes
  private var offsets: [String: UInt32] = [:]

  init(_ encoding: FeatureEncoding, _ order: ByteOrder) throws(ExportError) {
    strings = FileBytes(order)
    fields = FileBytes(order)
    categories = FileBytes(order)
    features = FileBytes(order)
    strings.appendZeros(1)
    var firstInput = 0
    for (index, field) in encoding.fields.enumerated() {
      switch field {
      case .numeric(let numeric): try append(numeric, at: index, firstInput)
      case .symbolic(let symbolic): try append(symbolic, at: index, firstInput)
      }
      firstInput += field.inputCount
    }
  }

  private mutating func append(
    _ field: NumericEncoding, at index: Int, _ firstInput: Int
  ) throws(ExportError) {
    fields.append(try name(field.name))
    fields.append(UInt32(PICKET_NUMERIC))
    fields.append(field.minimum)
    fields.append(field.maximum)
    fields.appendZeros(16)
    for number in [index, 1, firstInput, 1] { features.append(UInt32(number)) }
    for number in [field.offset, field.scale, field.low, field.high] { features.append(number) }
  }

  private mutating func append(
    _ field: SymbolicEncoding, at index: Int, _ firstInput: Int
  ) throws(ExportError) {
    fields.append(try name(field.name))
    fields.append(UInt32(PICKET_SYMBOLIC))
    fields.appendZeros(8)
    fields.append(UInt32(categories.count / 4))
    fields.append(UInt32(field.categories.count))
    fields.appendZeros(8)
    for category in field.categories { categories.append(try name(category)) }
    for number in [index, 2, firstInput, field.categories.count] {
      features.append(UInt32(number))
    }
    features.appendZeros(16)
  }

  /// The offset of a name, which is stored once however often it is used.
  private mutating func name(_ text: String) throws(ExportError) -> UInt32 {
    if let offset = offsets[text] { return offset }
    let bytes = Array(text.utf8)
    let printable = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    guard (1...Int(PICKET_MAX_NAME)).contains(bytes.count), printable else {
      throw ExportError(
        "the name '\(text)' cannot be stored: 1 to \(PICKET_MAX_NAME) bytes without control "
          + "characters are expected; rename it in the schema or in the data")
    }
    let offset = UInt32(strings.count)
    strings.append(raw: bytes)
    strings.appendZeros(1)
    offsets[text] = offset
    return offset
  }
}

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
