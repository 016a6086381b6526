import CPicket
import PicketCore

/// What a model file is and costs.
public struct ModelInfo: Codable, Sendable, Equatable {
  /// `anoean`, `vae` or `distilled`.
  public let kind: String
  /// `mahalanobis`, `reconstruction`, `reconstruction-kl` or `output`.
  public let score: String
  /// The element types that occur.
  public let elementTypes: [String]
  /// Floats of a record.
  public let fieldCount: Int
  /// Inputs of the network.
  public let inputCount: Int
  /// Numbers in the latent space.
  public let latentSize: Int
  /// Layers that scoring runs.
  public let layerCount: Int
  /// Weights and biases of those layers.
  public let parameterCount: Int
  /// Normal records behind the calibration table.
  public let calibrationRows: Int
  /// The smallest false-alarm rate that has a threshold.
  public let smallestBudget: Float
  /// What the fields mean, as sixteen hexadecimal digits.
  public let featureHash: String
  /// Bytes of the file.
  public let modelBytes: Int
  /// Bytes of scratch that scoring needs.
  public let scratchBytes: Int
  /// JSON text: data, seed, configuration, metrics.
  public let provenance: String
}

/// One field of the records that a model scores.
public struct FieldInfo: Codable, Sendable, Equatable {
  /// Its name.
  public let name: String
  /// Whether it holds a category rather than a number.
  public let isSymbolic: Bool
  /// Its categories, ascending; none for a number.
  public let categories: [String]
  /// The smallest value seen in training.
  public let minimum: Float
  /// The largest value seen in training.
  public let maximum: Float
  /// What is made of a number: `scaled`, `log`, `quantile by 12 knots`; none of a category.
  public let features: [String]
}

/// One layer of a model file.
public struct LayerInfo: Codable, Sendable, Equatable {
  /// Numbers that go in.
  public let inputs: Int
  /// What is computed: `dense`, or a convolution with its images, kernel and stride.
  public let operation: String
  /// Numbers that come out.
  public let outputs: Int
  /// The function applied to the sums.
  public let activation: String
  /// How its weights are stored.
  public let elementType: String
}

extension LoadedModel {
  /// What the file is and costs.
  public var info: ModelInfo {
    var info = picket_info()
    model.describe(into: &info)
    let hash = String(info.feature_hash, radix: 16)
    return ModelInfo(
      kind: ["anoean", "vae", "distilled"][Int(info.kind) - 1],
      score: ["mahalanobis", "reconstruction", "reconstruction-kl", "output"][
        Int(info.score_kind) - 1],
      elementTypes: ElementType.allCases.filter { info.element_types >> $0.number & 1 == 1 }
        .map(\.rawValue),
      fieldCount: Int(info.field_count), inputCount: Int(info.input_count),
      latentSize: Int(info.latent_size), layerCount: Int(info.layer_count),
      parameterCount: Int(info.parameter_count), calibrationRows: Int(info.calibration_rows),
      smallestBudget: info.smallest_budget,
      featureHash: String(repeating: "0", count: 16 - hash.count) + hash,
      modelBytes: info.model_bytes, scratchBytes: info.scratch_bytes,
      provenance: info.provenance.map { String(cString: $0) } ?? "")
  }

  /// The fields of a record, in order.
  public var fields: [FieldInfo] {
    (0..<model.recordCount).map { index in
      var field = picket_field()
      _ = model.describe(field: index, into: &field)
      let categories = (0..<Int(field.category_count)).map { category in
        model.categoryName(field: index, index: category).map { String(cString: $0) } ?? ""
      }
      return FieldInfo(
        name: field.name.map { String(cString: $0) } ?? "",
        isSymbolic: Int(field.kind) == PICKET_SYMBOLIC, categories: categories,
        minimum: field.minimum, maximum: field.maximum, features: features(ofField: index))
    }
  }

  private func features(ofField index: Int) -> [String] {
    let planes = model.planes(ofField: index)
    let scaled = Array(repeating: "scaled", count: planes.scaled)
    let logs = Array(repeating: "log", count: planes.logarithms)
    let knots = planes.knots == 1 ? "knot" : "knots"
    return scaled + logs + (planes.knots == 0 ? [] : ["quantile by \(planes.knots) \(knots)"])
  }

  /// The layers that scoring runs, encoder first.
  public var layers: [LayerInfo] {
    let activations = ["linear", "relu", "leaky relu", "tanh", "sigmoid"]
    return (0..<model.layerCount).map { index in
      let layer = model.layer(index)
      let shape = model.convolution(at: index)
      return LayerInfo(
        inputs: shape?.input.count ?? layer.inputs, operation: shape?.text ?? "dense",
        outputs: shape?.output.count ?? layer.outputs, activation: activations[layer.activation],
        elementType: ElementType.allCases.first { Int($0.number) == layer.element }?.rawValue ?? "")
    }
  }
}

extension Convolution {
  /// Images, kernel and stride in words.
  var text: String {
    let (name, images) = (isTransposed ? "transposed" : "convolution", [input, output])
    let sizes = images.map { "\($0.height)x\($0.width)x\($0.channels)" }
    return "\(name) \(sizes.joined(separator: " to ")), kernel \(kernel.height)x\(kernel.width), "
      + "stride \(stride.height)x\(stride.width)"
  }
}
