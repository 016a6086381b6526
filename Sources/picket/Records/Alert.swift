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

    /// What picketd writes in the field.
    var form: String {
      switch self {
      case .id: "a whole number from 0"
      case .sourcePort, .destinationPort: "a whole number from 0 to 65535"
      case .score: "a number"
      case .reasons: "a list of objects with a 'text'"
      default: "a string"
      }
    }
  }

  /// A field that is not there, or not what picketd writes.
  struct FieldFault: Error {
    let name: String
    let form: String
  }

  /// Reads the fields one by one: the decoder does not say which number is out of its range.
  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func field<Value: Decodable>(_ key: CodingKeys) throws(FieldFault) -> Value {
      do { return try fields.decode(Value.self, forKey: key) } catch {
        throw FieldFault(name: key.stringValue, form: key.form)
      }
    }
    id = try field(.id)
    start = try field(.start)
    source = try field(.source)
    sourcePort = try field(.sourcePort)
    destination = try field(.destination)
    destinationPort = try field(.destinationPort)
    protocolName = try field(.protocolName)
    service = try field(.service)
    flag = try field(.flag)
    score = try field(.score)
    reasons = try field(.reasons)
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
