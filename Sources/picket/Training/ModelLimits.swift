import CPicket
import PicketData
import PicketExport
import PicketReport

/// The limits of the model file, looked at before a training rather than after it.
enum ModelLimits {
  /// Throws when no model file can hold what a training would give; says which column, or which option,
  /// is too much.
  static func check(
    _ encoding: FeatureEncoding, _ detector: DetectorConfiguration, _ type: ElementType
  ) throws {
    try check(encoding)
    try checkIntegers(detector, type)
    let layers = detector.layers(inputs: encoding.inputCount) ?? []
    try check(layers, detector)
    let bytes = try ModelOutline(encoding, layers, type).leastBytes
    try check(
      bytes, PICKET_MAX_MODEL_BYTES, "bytes of a model file in \(type.rawValue)", detector)
  }

  private static func check(_ encoding: FeatureEncoding) throws(Failure) {
    guard encoding.fieldCount <= Int(PICKET_MAX_FIELDS) else {
      throw Failure(
        "found \(encoding.fieldCount) fields; expected at most \(PICKET_MAX_FIELDS); make some "
          + "'ignored' in the schema")
    }
    var widest: SymbolicEncoding?
    for case .symbolic(let field) in encoding.fields
    where field.categories.count > widest?.categories.count ?? 0 { widest = field }
    if let widest, widest.categories.count > Int(PICKET_MAX_CATEGORIES) {
      throw Failure(
        "'\(widest.name)': found \(NumberText.count(widest.categories.count, "category", "categories"))"
          + "; expected at most \(NumberText.grouped(Int(PICKET_MAX_CATEGORIES))); if it is an "
          + "identifier, make it 'ignored' in the schema")
    }
    guard encoding.inputCount <= Int(PICKET_MAX_INPUTS) else {
      let most = widest.map { "; '\($0.name)' alone has \($0.categories.count)" } ?? ""
      throw Failure(
        "found \(NumberText.grouped(encoding.inputCount)) inputs after one-hot coding; expected at "
          + "most \(NumberText.grouped(Int(PICKET_MAX_INPUTS)))\(most); make a column 'ignored' in "
          + "the schema")
    }
  }

  /// Integer arithmetic is for dense layers, and passes on what ReLU gives.
  private static func checkIntegers(
    _ detector: DetectorConfiguration, _ type: ElementType
  ) throws(Failure) {
    guard type == .integer, !detector.channels.isEmpty || detector.activation != .relu else {
      return
    }
    throw Failure(
      "--type \(type.rawValue): expected dense layers of ReLU; leave out --channels and give "
        + "--activation relu, or choose --type int8")
  }

  private static func check(
    _ layers: [ModelOutline.Layer], _ detector: DetectorConfiguration
  ) throws(Failure) {
    let outputs = layers.map(\.shape.outputs)
    try check(outputs.max() ?? 0, PICKET_MAX_WIDTH, "outputs of a layer", detector)
    try check(outputs.reduce(0, +), PICKET_MAX_OUTPUTS, "outputs of all layers", detector)
    let products = layers.reduce(0) { sum, layer in
      switch layer.shape.connection {
      case .dense(let outputs): sum + layer.inputs * outputs
      case .convolution(let shape): sum + shape.multiplyAdds
      }
    }
    try check(products, PICKET_MAX_MULTIPLY_ADDS, "multiplications of a score", detector)
  }

  private static func check(
    _ found: Int, _ most: some BinaryInteger, _ what: String, _ detector: DetectorConfiguration
  ) throws(Failure) {
    guard found > Int(most) else { return }
    throw Failure(
      "\(detector.sizes): found \(NumberText.grouped(found)) \(what); expected at most "
        + "\(NumberText.grouped(Int(most))); choose smaller layers")
  }
}
