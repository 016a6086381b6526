import PicketNN

/// What a critic is made of.
struct CriticLayers: Sendable {
  /// Numbers of a row: one record or two, then others.
  let inputs: Int
  /// Numbers of a record.
  let record: Int
  /// What it sees rows through; nil where it sees them as they are.
  var tower: TowerLayers?
  /// The layers of f.
  let hidden: [Perceptron.Shape]

  /// The layers before f.
  enum TowerLayers {
    /// Those of each image.
    case images([Perceptron.Shape])
    /// Those of a record, and as many for the code behind it.
    case pair([Perceptron.Shape])

    /// Lays them out, for batches of up to `maximumRows` rows.
    func made(_ layers: CriticLayers, maximumRows: Int) -> any Tower {
      switch self {
      case .images(let shapes):
        ImageTower(shapes, image: layers.record, inputs: layers.inputs, maximumRows: maximumRows)
      case .pair(let shapes):
        PairTower(
          shapes, record: layers.record, code: layers.inputs - layers.record,
          maximumRows: maximumRows)
      }
    }
  }
}
