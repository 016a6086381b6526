import PicketDetectors
import PicketNN

/// How many multiply-adds the matrix products of one training step are.
///
/// A sparse row counts its non-zero entries. The optimizer, the activations and the validation
/// between epochs are left out, though they take their part of the time: the rate that is printed
/// is a lower bound of what the processor did.
struct TrainingWork {
  let perStep: Double

  /// A chain of dense layers, as widths from its input on.
  private struct Chain {
    let widths: [Int]

    /// Multiply-adds of a row through layers `first` and on.
    func products(from first: Int) -> Double {
      zip(widths, widths.dropFirst()).dropFirst(first).reduce(0) { $0 + Double($1.0 * $1.1) }
    }
    var all: Double { products(from: 0) }
    var afterFirst: Double { products(from: 1) }
  }

  /// One round of the AnoEAN's algorithm: the encoder forward and back once, the discriminator
  /// forward and back `discriminatorSteps` times on twice the rows, and once more for the encoder.
  init(
    _ configuration: AnoEANConfiguration, normal: PicketNN.SparseRows,
    anomalies: PicketNN.SparseRows
  ) {
    let rows = Double(configuration.batchSize)
    let share = Double(configuration.batchSize * 10 / 11) / rows
    let entries = share * Self.entries(normal) + (1 - share) * Self.entries(anomalies)
    let hidden = configuration.encoderHidden + [configuration.latentSize]
    let encoder = Chain(widths: [normal.columnCount] + hidden)
    let discriminator = Chain(
      widths: [configuration.latentSize] + configuration.discriminatorHidden + [1])
    let first = entries * Double(hidden[0])
    let encoderWork = 2 * first + 3 * encoder.afterFirst
    let discriminatorWork = 2 * (2 * discriminator.all + discriminator.afterFirst)
    perStep =
      rows
      * (encoderWork + Double(configuration.discriminatorSteps) * discriminatorWork
        + 2 * discriminator.all)
  }

  /// One step of a VAE: encoder and decoder forward and back.
  init(_ configuration: VAEConfiguration, normal: PicketNN.SparseRows) {
    let rows = Double(configuration.batchSize)
    let hidden = configuration.encoderHidden + [2 * configuration.latentSize]
    let encoder = Chain(widths: [normal.columnCount] + hidden)
    let decoder = Chain(
      widths: [configuration.latentSize] + configuration.decoderHidden + [normal.columnCount])
    let first = Self.entries(normal) * Double(hidden[0])
    perStep = rows * (2 * first + 3 * encoder.afterFirst + 3 * decoder.all)
  }

  /// Non-zero entries of a row, on average.
  private static func entries(_ rows: PicketNN.SparseRows) -> Double {
    rows.count == 0 ? 0 : Double(rows.values.count) / Double(rows.count)
  }
}
