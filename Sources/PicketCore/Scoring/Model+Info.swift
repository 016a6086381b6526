import CPicket

/// What a model tells of itself as a whole.
extension Model {
  /// Fills in what the model is and costs.
  public func describe(into info: inout picket_info) {
    var types: UInt32 = 0
    var parameters = 0
    var i = 0
    while i < layerCount {
      let layer = layer(i)
      types |= 1 &<< UInt32(truncatingIfNeeded: layer.element)
      parameters &+= (layer.inputs &+ 1) &* layer.outputs
      i &+= 1
    }
    info.kind = kind
    info.score_kind = score
    info.element_types = types
    info.field_count = fieldCount
    info.input_count = inputCount
    info.latent_size = latentCount
    info.layer_count = UInt32(truncatingIfNeeded: layerCount)
    info.parameter_count = UInt32(truncatingIfNeeded: parameters)
    info.calibration_rows = calibrationRows
    info.smallest_budget = smallestTail
    info.feature_hash = bytes.load(fromByteOffset: 24, as: UInt64.self)
    info.model_bytes = size.int
    info.scratch_bytes = scratchBytes
    info.provenance = (bytes + provenance.first).assumingMemoryBound(to: CChar.self)
  }
}
