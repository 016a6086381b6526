import PicketDetectors
import PicketNN
import PicketNumbers

/// Two-dimensional records: normal ones around the origin, anomalies in four far places.
///
/// Only two of the places have anomalies to learn from. A third column is always 1, so that no
/// row is empty.
struct ToyRecords {
  let normal: [[Float]]
  let anomalies: [[Float]]
  let unseen: [[Float]]

  init(seed: UInt64, normals: Int = 2000, anomalies count: Int = 200) {
    var generator = SeededGenerator(seed: seed)
    func around(_ x: Float, _ y: Float, _ deviation: Double) -> [Float] {
      [
        x + Float(deviation * generator.normal()), y + Float(deviation * generator.normal()), 1,
      ]
    }
    normal = (0..<normals).map { _ in around(0, 0, 0.4) }
    anomalies = (0..<count).map { $0 % 2 == 0 ? around(3, 3, 0.3) : around(-3, 3, 0.3) }
    unseen = (0..<count).map { $0 % 2 == 0 ? around(3, -3, 0.3) : around(0, 5, 0.3) }
  }

  static func rows(_ rows: some Collection<[Float]>) -> SparseRows {
    SparseRows(dense: Array(rows), columnCount: 3)
  }

  /// Nine tenths to learn from, one tenth to validate with.
  var anoEAN: TrainingRecords {
    TrainingRecords(
      normal: Self.rows(normal.dropLast(normal.count / 10)),
      anomalies: Self.rows(anomalies.dropLast(anomalies.count / 10)),
      validationNormal: Self.rows(normal.suffix(normal.count / 10)),
      validationAnomalies: Self.rows(anomalies.suffix(anomalies.count / 10)))
  }

  /// The same split without the anomalies.
  var vae: TrainingRecords {
    TrainingRecords(
      normal: Self.rows(normal.dropLast(normal.count / 10)),
      validationNormal: Self.rows(normal.suffix(normal.count / 10)))
  }
}

extension AnoEANConfiguration {
  /// Small enough to train in a blink.
  static var toy: AnoEANConfiguration {
    var configuration = AnoEANConfiguration()
    configuration.encoderHidden = [16, 16]
    configuration.latentSize = 2
    configuration.discriminatorHidden = [16, 8]
    configuration.batchSize = 110
    configuration.epochs = 40
    configuration.patience = 40
    configuration.seed = 1
    return configuration
  }
}

extension VAEConfiguration {
  /// Small enough to train in a blink.
  static var toy: VAEConfiguration {
    var configuration = VAEConfiguration()
    configuration.encoderHidden = [16]
    configuration.decoderHidden = [16]
    configuration.latentSize = 1
    configuration.outputActivation = .linear
    configuration.alpha = 30
    configuration.batchSize = 50
    configuration.epochs = 20
    configuration.seed = 1
    return configuration
  }
}
