import PicketExport
import PicketReport

extension Inspect {
  func layers(of loaded: LoadedModel) -> TextTable {
    var table = TextTable([
      .right("layer"), .right("inputs"), .right("outputs"), .left("activation"), .left("weights"),
      .left("operation"),
    ])
    for (index, layer) in loaded.layers.enumerated() {
      table.append([
        "\(index + 1)", NumberText.grouped(layer.inputs), NumberText.grouped(layer.outputs),
        layer.activation, layer.elementType, layer.operation,
      ])
    }
    return table
  }

  func table(_ fields: [FieldInfo]) -> String {
    var table = TextTable([
      .right("field"), .left("name"), .left("kind"), .right("minimum"), .right("maximum"),
      .left("features"), .left("categories"),
    ])
    for (index, field) in fields.enumerated() {
      let shown = field.categories.prefix(6).joined(separator: " ")
      let more = field.categories.count > 6 ? " ..." : ""
      table.append([
        "\(index)", field.name, field.isSymbolic ? "symbolic" : "numeric",
        field.isSymbolic ? "" : "\(field.minimum)", field.isSymbolic ? "" : "\(field.maximum)",
        field.features.joined(separator: ", "),
        field.isSymbolic ? "\(field.categories.count): \(shown)\(more)" : "",
      ])
    }
    return table.text()
  }

  static func json(_ fields: [FieldInfo]) -> JSON {
    .array(
      fields.map { field in
        field.isSymbolic
          ? [
            "name": .string(field.name), "kind": "symbolic",
            "categories": .array(field.categories.map { .string($0) }),
          ]
          : [
            "name": .string(field.name), "kind": "numeric", "minimum": .float(field.minimum),
            "maximum": .float(field.maximum),
            "features": .array(field.features.map { .string($0) }),
          ]
      })
  }

  func json(of loaded: LoadedModel) throws -> JSON {
    let info = loaded.info
    return [
      "kind": .string(info.kind), "score": .string(info.score),
      "model_bytes": .integer(info.modelBytes), "scratch_bytes": .integer(info.scratchBytes),
      "field_count": .integer(info.fieldCount), "input_count": .integer(info.inputCount),
      "latent_size": .integer(info.latentSize), "parameter_count": .integer(info.parameterCount),
      "element_types": .array(info.elementTypes.map { .string($0) }),
      "calibration_rows": .integer(info.calibrationRows),
      "smallest_budget": .float(info.smallestBudget), "feature_hash": .string(info.featureHash),
      "layers": .array(
        loaded.layers.map {
          [
            "inputs": .integer($0.inputs), "outputs": .integer($0.outputs),
            "activation": .string($0.activation), "element_type": .string($0.elementType),
            "operation": .string($0.operation),
          ]
        }),
      "fields": Self.json(loaded.fields), "provenance": try Self.provenance(of: loaded),
    ]
  }
}
