import Foundation
import PicketData
import PicketExport
import PicketReport
import PicketText

/// The alerts of a file that picketd wrote, each with the number of its line.
struct AlertFile {
  let path: String
  private(set) var alerts: [(line: Int, alert: Alert)] = []

  /// Reads a file of JSON lines; a last one that a power cut tore is passed over.
  init(path: String) throws {
    self.path = path
    let bytes: [UInt8]
    do throws(DataError) {
      bytes = try SourceFile(path: path).contents
    } catch {
      throw Failure(
        "\(path): found \(error.found); expected the output.path of picketd's configuration")
    }
    let lines = Data(bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      do {
        alerts.append((index + 1, try JSONDecoder().decode(Alert.self, from: line)))
      } catch {
        // Behind the last line feed there is nothing, or what was not written to its end.
        if index + 1 == lines.count { break }
        throw Self.failure(error as? Alert.FieldFault, of: line, at: "\(path):\(index + 1)")
      }
    }
    guard !alerts.isEmpty else {
      throw Failure("\(path): found no alert; expected a line of JSON for each")
    }
  }

  /// A line that is no alert, in words; the fault of one field, if it is that.
  private static func failure(
    _ fault: Alert.FieldFault?, of line: Data, at place: String
  ) -> Failure {
    let advice = "delete the line, or give a file that picketd wrote"
    guard let fault,
      case .object(let members) = try? JSONDecoder().decode(JSONValue.self, from: line)
    else { return Failure("\(place): found no JSON object; expected an alert; \(advice)") }
    guard let value = members[fault.name] else {
      return Failure("\(place): found no field '\(fault.name)'; expected an alert; \(advice)")
    }
    return Failure(
      "\(place): '\(fault.name)': found \(JSON(value).compact.shown(atMost: 40)); expected "
        + "\(fault.form); \(advice)")
  }
}
