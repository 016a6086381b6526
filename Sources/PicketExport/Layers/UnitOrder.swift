/// In which order the units between two layers stand in the file.
///
/// Integers go from layer to layer in groups of four, and kernels leave out a group of zeros. With the
/// units that are active most often first, those that mostly rest fill groups of their own, so more
/// groups are left out. Of floats an explanation goes no further back than the last unit that is active.
/// The order is free: sums of integers are exact, whatever comes first, so a score keeps its bits; of
/// floats it is off by roundings.
struct UnitOrder {
  /// The unit at each place.
  let units: [Int]

  /// The order of the network itself: of inputs, latent codes and outputs, which have a meaning.
  init(kept count: Int) {
    units = Array(0..<count)
  }

  /// Orders units by the number of rows in which they are active; ties keep their order.
  ///
  /// - Parameters:
  ///   - outputs: What the units give for each sample row.
  ///   - step: What an integer of 1 stands for: a unit is active above the half of it, where its
  ///     integer is not zero.
  init(_ outputs: [[Float]], step: Double) {
    var active = [Int](repeating: 0, count: outputs.first?.count ?? 0)
    for row in outputs {
      for (unit, value) in row.enumerated() where Double(value) > step / 2 { active[unit] += 1 }
    }
    units = active.indices.sorted { (active[$1], $0) < (active[$0], $1) }
  }
}

extension [FoldedLayer] {
  /// The layers of an encoder with hidden rectifiers in order of activity; all else keeps its place.
  ///
  /// - Parameter samples: Inputs of the first layer, of rows such as will be scored.
  func ordered(by samples: [[Float]]) -> [FoldedLayer] {
    guard !samples.isEmpty, allSatisfy({ $0.geometry == nil }) else { return self }
    var (ordered, before) = ([FoldedLayer](), UnitOrder(kept: first?.inputs ?? 0))
    // A few hundred rows tell how often a unit is active.
    var outputs = stride(from: 0, to: samples.count, by: (samples.count - 1) / 500 + 1).map {
      samples[$0]
    }
    for (index, layer) in enumerated() {
      var after = UnitOrder(kept: layer.outputs)
      if index < count - 1 {
        outputs = outputs.map { layer.run($0) }
        if layer.activation == .relu { after = UnitOrder(outputs, step: 0) }
      }
      ordered.append(layer.ordered(inputs: before, outputs: after))
      before = after
    }
    return ordered
  }
}

extension FoldedLayer {
  /// The layer with its rows, its columns and its bias in the order of the units on either side.
  func ordered(inputs: UnitOrder, outputs: UnitOrder) -> FoldedLayer {
    var ordered = self
    ordered.bias = outputs.units.map { bias[$0] }
    ordered.weights = inputs.units.flatMap { row in
      outputs.units.map { weights[row * self.outputs + $0] }
    }
    return ordered
  }
}
