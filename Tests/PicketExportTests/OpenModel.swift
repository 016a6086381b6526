import CPicket
import PicketRuntime
import Testing

/// A model file opened through the C functions, with the memory that they need.
final class OpenModel {
  private let bytes: UnsafeMutableRawBufferPointer
  private let scratch: UnsafeMutableRawBufferPointer
  var model = picket_model()
  let fieldCount: Int

  init(_ file: [UInt8]) throws {
    bytes = .allocate(byteCount: file.count, alignment: 64)
    bytes.copyBytes(from: file)
    try #require(picket_open(&model, bytes.baseAddress, file.count, nil) == 0)
    var info = picket_info()
    try #require(picket_model_info(&model, &info) == 0)
    fieldCount = Int(info.field_count)
    scratch = .allocate(byteCount: picket_explain_scratch_size(&model), alignment: 1)
  }

  deinit {
    bytes.deallocate()
    scratch.deallocate()
  }

  func score(_ record: [Float]) throws -> picket_result {
    var result = picket_result()
    try #require(picket_score(&model, record, scratch.baseAddress, scratch.count, &result) == 0)
    return result
  }

  /// The status, and the results of the records that were scored.
  func scoreBatch(_ records: [Float]) -> (status: Int32, results: [picket_result]) {
    var results = [picket_result](repeating: picket_result(), count: records.count / fieldCount)
    var scored = 0
    let status = picket_score_batch(
      &model, records, fieldCount, results.count, scratch.baseAddress, scratch.count, &results,
      &scored)
    return (status, Array(results.prefix(scored)))
  }

  func explain(_ record: [Float]) throws -> (contributions: [Float], result: picket_result) {
    var result = picket_result()
    var contributions = [Float](repeating: .nan, count: fieldCount)
    try #require(
      picket_explain(
        &model, record, scratch.baseAddress, scratch.count, &contributions, &result) == 0)
    return (contributions, result)
  }

  /// A monitor, which needs the model no more.
  func drift() throws -> picket_drift {
    var drift = picket_drift()
    try #require(picket_drift_init(&drift, &model) == 0)
    return drift
  }
}
