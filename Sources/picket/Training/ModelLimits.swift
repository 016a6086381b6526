import CPicket
import PicketData
import PicketReport

/// The limits of the model file, looked at before a training rather than after it.
enum ModelLimits {
  /// Throws when no model file can hold this encoding; says which column is too much.
  static func check(_ encoding: FeatureEncoding) throws(Failure) {
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
}
