import Foundation
import PicketData
import PicketExport
import PicketReport
import PicketText

/// One alert of a daemon's file, as far as marking needs it.
struct Alert: Decodable {
  let id: UInt64
  let start: String
  let source: String
  let sourcePort: UInt16
  let destination: String
  let destinationPort: UInt16
  let protocolName: String
  let service: String
  let flag: String
  let score: Double
  let reasons: [Reason]

  /// A field that speaks for an anomaly.
  struct Reason: Decodable { let text: String }

  private enum CodingKeys: String, CodingKey {
    case id, start, source, destination, service, flag, score, reasons
    case sourcePort = "source_port"
    case destinationPort = "destination_port"
    case protocolName = "protocol"
  }

  /// What picketd writes in a field.
  fileprivate static func form(of field: String) -> String {
    switch field {
    case "id": "a whole number"
    case "source_port", "destination_port": "a whole number from 0 to 65535"
    case "score": "a number"
    case "reasons": "a list of objects with a 'text'"
    default: "a string"
    }
  }
}

/// The alerts of a file that picketd wrote, each with the number of its line.
struct AlertFile {
  let path: String
  private(set) var alerts: [(line: Int, alert: Alert)] = []

  /// Reads a file of JSON lines; a last one that a power cut tore is passed over.
  init(path: String) throws {
    self.path = path
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure("\(path): cannot be read; expected the output.path of picketd's configuration")
    }
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      do {
        alerts.append((index + 1, try JSONDecoder().decode(Alert.self, from: line)))
      } catch let error as DecodingError {
        // Behind the last line feed there is nothing, or what was not written to its end.
        if index + 1 == lines.count { break }
        throw Self.failure(error, of: line, at: "\(path):\(index + 1)")
      }
    }
    guard !alerts.isEmpty else {
      throw Failure("\(path): found no alert; expected a line of JSON for each")
    }
  }

  /// The same fault in words: which field of which line.
  private static func failure(_ error: DecodingError, of line: Data, at place: String) -> Failure {
    let advice = "delete the line, or give a file that picketd wrote"
    let field: String
    switch error {
    case .keyNotFound(let key, let context):
      field = context.codingPath.first?.stringValue ?? key.stringValue
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      field = context.codingPath.first?.stringValue ?? ""
    @unknown default:
      field = ""
    }
    guard let found = try? JSONDecoder().decode(JSONValue.self, from: line) else {
      return Failure("\(place): found no JSON; expected an alert; \(advice)")
    }
    guard case .object(let members) = found else {
      return Failure("\(place): found no JSON object; expected an alert; \(advice)")
    }
    guard let value = members[field] else {
      return Failure("\(place): found no field '\(field)'; expected an alert; \(advice)")
    }
    return Failure(
      "\(place): '\(field)': found \(JSON(value).compact.shown(atMost: 40)); expected "
        + "\(Alert.form(of: field)); \(advice)")
  }
}

extension Alert {
  /// A mark for this connection alone.
  ///
  /// - Throws: `Failure` naming the field that is not what picketd writes.
  func mark(_ verdict: ConnectionMark.Verdict, at place: String) throws(Failure) -> ConnectionMark {
    func fault(_ field: String, _ value: String, _ expected: String) -> Failure {
      Failure("\(place): '\(field)': found '\(value.shown(atMost: 40))'; expected \(expected)")
    }
    guard let time = RecordTime(start) else { throw fault("start", start, RecordTime.form) }
    var mark = ConnectionMark(verdict, from: time.nanoseconds, through: time.nanoseconds)
    guard let from = NetworkAddress(source) else { throw fault("source", source, "an address") }
    guard let to = NetworkAddress(destination) else {
      throw fault("destination", destination, "an address")
    }
    mark.protocolName = protocolName
    (mark.source, mark.sourcePort) = (from, sourcePort)
    (mark.destination, mark.destinationPort) = (to, destinationPort)
    return mark
  }
}
