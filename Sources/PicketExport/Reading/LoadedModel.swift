import CPicket
import Foundation
import PicketCore
import PicketData

/// A model file in memory, whose every score is computed by PicketCore, as in the archive.
public final class LoadedModel: Sendable {
  nonisolated(unsafe) private let storage: UnsafeMutableRawBufferPointer
  nonisolated(unsafe) let model: Model

  /// Opens the bytes of a model file.
  ///
  /// - Throws: The reader check that failed and what was expected.
  public init(bytes: [UInt8]) throws(ExportError) {
    storage = .allocate(byteCount: max(bytes.count, 1), alignment: 64)
    storage.copyBytes(from: bytes)
    guard let start = storage.baseAddress else { throw ExportError("no memory for the model") }
    do throws(FormatError) {
      model = try Model.open(start, size: bytes.count)
    } catch {
      storage.deallocate()
      throw ExportError(ReaderChecks.explain(error))
    }
  }

  /// Opens a model file, or what comes out of a pipe.
  public convenience init(path: String) throws(ExportError) {
    let file: SourceFile
    do {
      file = try SourceFile(path: path)
    } catch {
      throw ExportError(
        "cannot read \(path): found \(error.found); expected a model file, or the folder of a training"
      )
    }
    do {
      try self.init(bytes: file.contents)
    } catch {
      throw ExportError("\(path): \(error)")
    }
  }

  deinit {
    storage.deallocate()
  }

  /// The share of normal records expected to score this or higher, in (0, 1].
  public func pValue(of score: Float) -> Float {
    model.pValue(score)
  }

  /// The score from which on a record is an alarm, for a false-alarm rate.
  public func threshold(rate: Float) throws(ExportError) -> Float {
    guard rate > 0 && rate < 1 else {
      throw ExportError("a false-alarm rate lies above 0 and below 1, not at \(rate)")
    }
    guard rate >= model.smallestTail else {
      throw ExportError(
        "a false-alarm rate of \(rate) is below \(model.smallestTail), the smallest that the "
          + "calibration table can tell: calibrate on more normal records")
    }
    return model.threshold(rate)
  }
}

extension LoadedModel {
  /// Bytes of scratch that explaining a score needs.
  public var explainScratchBytes: Int { model.explainScratchBytes }
}

/// The score of one record.
public struct ScoredRecord: Sendable, Equatable {
  /// Larger is more anomalous.
  public let score: Float
  /// The share of normal records expected to score this or higher.
  public let pValue: Float
  /// `PICKET_FLAG_` bits.
  public let flags: UInt32
}

extension LoadedModel {
  /// Scores records that stand one after the other.
  ///
  /// - Parameter records: `info.fieldCount` floats for each.
  /// - Throws: `ExportError` that names the first record that was refused, counted from 1.
  public func score(records: [Float]) throws(ExportError) -> [ScoredRecord] {
    let width = model.recordCount
    guard records.count.isMultiple(of: width) else {
      throw ExportError("\(records.count) floats are not records of \(width) fields")
    }
    let scratch = UnsafeMutableRawPointer.allocate(byteCount: model.scratchBytes, alignment: 64)
    defer { scratch.deallocate() }
    var scored: [ScoredRecord] = []
    scored.reserveCapacity(records.count / width)
    var status = PICKET_OK
    records.withUnsafeBufferPointer { records in
      guard let start = records.baseAddress else { return }
      var result = picket_result()
      for record in stride(from: 0, to: records.count, by: width) {
        status = model.score(start + record, scratch: scratch, into: &result)
        guard status == PICKET_OK else { return }
        scored.append(
          ScoredRecord(score: result.score, pValue: result.p_value, flags: result.flags))
      }
    }
    guard status == PICKET_OK else {
      throw ExportError("record \(scored.count + 1) was refused: \(ReaderChecks.refusal(status))")
    }
    return scored
  }

  /// The records of a table, its symbols turned into this model's categories.
  ///
  /// - Throws: `DataError` when the table's fields are not the model's.
  public func records(from table: Table) throws(DataError) -> [Float] {
    let encoding = FeatureEncoding(
      fields: fields.map { field in
        field.isSymbolic
          ? .symbolic(SymbolicEncoding(name: field.name, categories: field.categories))
          : .numeric(
            NumericEncoding(name: field.name, minimum: field.minimum, maximum: field.maximum))
      })
    return try encoding.bound(to: table).records(rows: Array(0..<table.rowCount))
  }
}
