import CPicket
import PicketData
import PicketDetectors

/// The sections of a model file: the nine that every file has, and those that it may have.
struct Sections {
  private let model: FileBytes
  private let schema: SchemaSections
  private let layers: LayerSections
  private let calibration: FileBytes
  private let provenance: FileBytes
  private let typical: FileBytes?

  /// Kinds and bytes, in file order.
  var inOrder: [(kind: Int, bytes: FileBytes)] {
    let required = [
      model, schema.strings, schema.fields, schema.categories, schema.features, layers.layers,
      layers.weights, calibration, provenance,
    ]
    var all = required.enumerated().map { (kind: $0 + 1, bytes: $1) }
    if let typical { all.append((512, typical)) }
    return all
  }

  /// The least minor version of the format that describes the file.
  let minor: Int

  init(
    _ trained: TrainedModel, _ element: ElementType, _ order: ByteOrder, _ table: CalibrationTable
  ) throws(ExportError) {
    let network = trained.network
    let encoder = try FoldedLayer.encoder(of: network)
    let decoder = network.decoder.map { FoldedLayer($0) }
    let stored = try Self.stored(encoder, decoder, trained, element)
    guard network.inputs == trained.encoding.inputCount else {
      throw ExportError(
        "the network has \(network.inputs) inputs, the encoding gives "
          + "\(trained.encoding.inputCount)")
    }
    schema = try SchemaSections(trained.encoding, order)
    layers = LayerSections(stored, order)

    var model = FileBytes(order)
    model.append(Self.number(of: network.kind))
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
    for point in table.points { calibration.append(point.score) }
    for point in table.points { calibration.append(point.tail) }
    self.calibration = calibration

    var provenance = FileBytes(order)
    provenance.append(raw: try trained.provenance.text())
    provenance.appendZeros(1)
    self.provenance = provenance

    // A reconstruction is explained without comparison.
    let record = TypicalRecord(records: trained.calibrationRecords, encoding: trained.encoding)
    typical = decoder.isEmpty ? record.section(order) : nil
    let isNew = network.kind == .distilled || schema.hasTables
    minor = isNew ? 2 : (typical == nil ? 0 : 1)
  }

  /// The layers in the numbers of an element type.
  private static func stored(
    _ encoder: [FoldedLayer], _ decoder: [FoldedLayer], _ trained: TrainedModel,
    _ element: ElementType
  ) throws(ExportError) -> [StoredLayer] {
    guard element == .integer else {
      // What has a decoder is not explained by its encoder.
      let encoder = decoder.isEmpty ? encoder.ordered(by: trained.rangeInputs) : encoder
      var layers: [StoredLayer] = []
      for (index, layer) in (encoder + decoder).enumerated() {
        layers.append(try StoredLayer(layer, element, index: index))
      }
      return layers
    }
    if let index = (encoder + decoder).firstIndex(where: { $0.geometry != nil }) {
      throw ExportError(
        "layer \(index + 1) is a convolution, and \(element.rawValue) is for dense layers alone: "
          + "export as int8, float16 or float32")
    }
    for (index, layer) in (encoder + decoder).enumerated() {
      try StoredLayer.checkFinite(layer, element, index: index)
    }
    let samples = trained.rangeInputs
    guard !samples.isEmpty else {
      throw ExportError("integer arithmetic needs sample records: train the model anew")
    }
    let first = try IntegerPlan(encoder, firstIndex: 0, samples: samples)
    guard !decoder.isEmpty else { return first.layers }
    let codes = first.outputs.map { Array($0.prefix(trained.network.latentSize)) }
    return try first.layers
      + IntegerPlan(decoder, firstIndex: encoder.count, samples: codes).layers
  }

  private static func number(of kind: ScoringNetwork.Kind) -> UInt32 {
    switch kind {
    case .anoEAN: UInt32(PICKET_ANOEAN)
    case .vae: UInt32(PICKET_VAE)
    case .distilled: UInt32(PICKET_DISTILLED)
    }
  }

  private static func score(of network: ScoringNetwork) -> (Int, alpha: Float, beta: Float) {
    switch network.score {
    case .mahalanobis: (PICKET_SCORE_MAHALANOBIS, 0, 0)
    case .reconstruction: (PICKET_SCORE_RECONSTRUCTION, 1, 0)
    case .reconstructionAndKL(let alpha, let beta):
      (PICKET_SCORE_RECONSTRUCTION_KL, Float(alpha), Float(beta))
    case .output: (PICKET_SCORE_OUTPUT, 0, 0)
    }
  }
}
