import Foundation
import PicketData
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
}

/// The alerts of a file that picketd wrote, each with the number of its line.
struct AlertFile {
  let path: String
  private(set) var alerts: [(line: Int, alert: Alert)] = []

  /// Reads a file of JSON lines; one that a power cut tore at the end is passed over.
  init(path: String) throws {
    self.path = path
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure("\(path): cannot be read; expected the output.path of picketd's configuration")
    }
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.dropLast().enumerated() {
      do {
        alerts.append((index + 1, try JSONDecoder().decode(Alert.self, from: line)))
      } catch let error as DecodingError {
        throw Self.failure(error, path, index + 1)
      }
    }
    guard !alerts.isEmpty else {
      throw Failure("\(path): found no alert; expected a line of JSON for each")
    }
  }

  /// The same fault in words: which field of which line.
  private static func failure(_ error: DecodingError, _ path: String, _ line: Int) -> Failure {
    let place = "\(path):\(line)"
    let advice = "give a file that picketd wrote"
    switch error {
    case .keyNotFound(let key, _):
      return Failure("\(place): found no field '\(key.stringValue)'; expected an alert; \(advice)")
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      let field = context.codingPath.map(\.stringValue).joined(separator: ".")
      return Failure("\(place): '\(field)': \(context.debugDescription); \(advice)")
    default:
      return Failure("\(place): found no JSON; expected an alert; \(advice)")
    }
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
