import Foundation

extension TrainedModel {
  /// The model as JSON.
  public func json() throws(ExportError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(self))
    } catch {
      throw ExportError("cannot write the trained model as JSON: \(error)")
    }
  }

  /// Reads a model from a file of what `json` gives.
  public static func load(from path: String) throws(ExportError) -> TrainedModel {
    guard let json = FileManager.default.contents(atPath: path) else {
      throw ExportError("cannot read \(path): give the folder that picket train wrote")
    }
    do {
      return try JSONDecoder().decode(TrainedModel.self, from: json)
    } catch let error as DecodingError {
      throw ExportError(
        "\(path) is not a model that picket train wrote, or one of another version: "
          + Self.text(of: error))
    } catch {
      throw ExportError(
        "\(path) is not a model that picket train wrote, or one of another version: \(error)")
    }
  }

  /// Where in the file a fault lies, and what it is.
  private static func text(of error: DecodingError) -> String {
    switch error {
    case .dataCorrupted(let context), .keyNotFound(_, let context),
      .typeMismatch(_, let context), .valueNotFound(_, let context):
      // A place in a list counts from 1, as messages do; enumerations without names are passed over.
      let names = context.codingPath.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }
      let place = names.filter { $0 != "_0" }.joined(separator: " ")
      return place.isEmpty ? context.debugDescription : "\(place): \(context.debugDescription)"
    @unknown default: return "\(error)"
    }
  }
}
