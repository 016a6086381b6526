import CPicket
import PicketCore
import PicketRuntime

/// The reader's numbered checks and refusals in words.
enum ReaderChecks {
  /// What a file that failed a check should have had.
  static func explain(_ error: FormatError) -> String {
    let expected = expectations[Int(error.check) - 1]
    let reason = picket_status_text(error.status).map { String(cString: $0) } ?? ""
    return "\(reason); check \(error.check) of export/FORMAT.md failed; expected: \(expected)"
  }

  /// Why a record was not scored.
  static func refusal(_ status: Int) -> String {
    switch status {
    case PICKET_E_NOT_FINITE: "it holds a NaN or an infinity"
    case PICKET_E_CATEGORY: "a symbolic value is neither a category index nor unknown (-1)"
    case PICKET_E_OVERFLOW: "its score is not a finite number"
    default: "status \(status)"
    }
  }

  /// In the order of the checks; a test holds them to the table in `export/FORMAT.md`.
  static let expectations = [
    "the bytes start at a multiple of 8",
    "there are at least 64 bytes",
    "magic",
    "byte_order",
    "major is 1",
    "there are at least file_bytes bytes",
    "there are exactly file_bytes bytes, a multiple of 64",
    "file_bytes is at most 16,777,216",
    "checksum",
    "the header's reserved bytes are 0",
    "section_count is 9 ... 16 and the table lies within the file",
    "kinds are 1 ... 9, then strictly ascending from 256",
    "each section starts where it must and ends within the file",
    "the last section's end, rounded up to 64, is file_bytes",
    "reserved words of the table, and the bytes between sections, are 0",
    "model has 64 bytes, its reserved ones 0",
    "kind is known, and score is known and belongs to it",
    "fields, inputs, latent and layer counts are within their limits, not 0",
    "decoder_layers is 0 for scores 1 and 4 and not 0 otherwise; latent is 1 for score 4",
    "weights α and β fit the score, calibration_rows is not 0",
    "strings has 1 ... 1,048,576 bytes, the first and the last of them NUL",
    "strings has no control characters but NUL",
    "fields has 16 bytes a field",
    "each field's name is a name in strings",
    "each field's kind is known",
    "each field's first_category and category_count are right; no more categories than inputs",
    "categories has 4 bytes for each category of the fields",
    "each category's name is a name in strings, and above the one before it",
    "no two fields share a name",
    "features has at least 64 bytes, reserved ones 0",
    "planes is at most 8, those that have a kind are at most planes, quantile_planes and knots within "
      + "their limits, one_hots is the number of symbolic fields",
    "features has as many bytes as its planes, knots and one-hots ask for",
    "ranges are finite, not reversed, 0 and category_count − 1 if symbolic, 0 beyond the fields",
    "the one-hots are of the symbolic fields, in order",
    "inputs are numbered as they must, and are as many as the model's; lanes without one say so",
    "offset, scale, low and high are finite, low not above high, 0 where there is no input",
    "layers has 64 bytes a layer and 64 for each convolution, a layer's reserved ones 0",
    "each layer's operation, activation and element type are known, and a convolution not of type 4",
    "each slope is finite, and 0 unless leaky ReLU",
    "each layer's inputs are what the layer before gives",
    "each layer's outputs are 1 ... 8,192",
    "each stride is outputs rounded up to 16",
    "each layer's weights and bias lie where they must",
    "the last encoder layer has as many outputs as the score asks, and is linear unless the score is 4",
    "the last decoder layer, if there is one, has the model's inputs as outputs",
    "the shape of each convolution stands where it must, its reserved bytes 0; a dense layer has none",
    "sizes, kernels, strides, paddings, images and windows of convolutions are within their limits",
    "the images of each convolution fit its kernel, stride and padding, and W fits its shape",
    "all layers together have at most 32,768 outputs and 2^26 multiplications",
    "weights ends with the last bias",
    "all weights and biases are finite",
    "padding in weights, between and within rows, is 0",
    "calibration has a multiple of 8 bytes, 2 ... 1,024 points",
    "calibration scores are finite and strictly ascending",
    "tails are within (0, 1] and strictly descending",
    "provenance has 1 ... 65,536 bytes, of which the last and no other is NUL",
    "typical, if it is there, has 4 bytes a field",
    "typical values are finite, and numbers of categories where the field is symbolic",
    "each field's table has 1 ... 32 knots where there is an input and none elsewhere; all tables have "
      + "knots",
    "knots are finite, values strictly ascending within a table, quantiles not descending",
  ]
}
