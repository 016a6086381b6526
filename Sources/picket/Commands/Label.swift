import ArgumentParser
import PicketData
import PicketReport
import PicketText

/// `picket label`: what an operator says of alerts.
struct Label: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Mark alerts of picketd as true or false, for the next training.",
    discussion: """
      A false alert is learned as normal, a true one as an anomaly, and of what is marked 'unsure' \
      nothing is learned. Marks are lines of a text file, which are appended and can be edited; of \
      lines that fit a connection the last counts. Only connections of the log can be learned from: \
      set log.while_running in picketd's configuration.

      picketd tells an attack once or a few times; its other connections are in the log as well. \
      --within marks them too: all that began so many seconds before or after a chosen alert, of \
      the same originator, or whatever --same says.

      EXAMPLES:
        picket label list alerts.jsonl
        picket label false alerts.jsonl --id 4711 --labels site.labels
        picket label true alerts.jsonl --source 192.0.2.7 --within 60 --labels site.labels
        picket label true alerts.jsonl --line 12 --within 10 --same destination,port,flag \
      --labels site.labels
        picket train --replay site.log --labels site.labels -o run
      """)

  /// What is said of the alerts; or nothing.
  enum Verdict: String, ExpressibleByArgument, CaseIterable {
    case isTrue = "true"
    case isFalse = "false"
    case unsure, list
  }

  @Argument(help: "true, false or unsure; list shows the alerts with their lines.")
  var verdict: Verdict

  @Argument(help: ArgumentHelp("The output.path of picketd.", valueName: "alerts.jsonl"))
  var alerts: String

  @Option(
    help: ArgumentHelp("The file of marks, made if it is not there.", valueName: "site.labels"))
  var labels: String?

  @OptionGroup(title: "Which alerts (all that fit every option)") var selection: AlertSelection
  @OptionGroup(title: "Which connections") var spread: MarkSpread

  func validate() throws {
    guard verdict != .list else { return }
    guard labels != nil else {
      throw ValidationError("--labels is missing: the file that the marks are appended to")
    }
    guard !selection.isEmpty else {
      throw ValidationError(
        "say which alerts: --line, --id, --source, --destination, --port, or --all; "
          + "'picket label list \(alerts.shown(atMost: 80))' shows them")
    }
  }

  func run() throws {
    let file = try AlertFile(path: alerts)
    let chosen = try selection.choose(from: file)
    guard let verdict = ConnectionMark.Verdict(rawValue: verdict.rawValue), let labels else {
      return try StandardOutput.print(Self.table(of: chosen).text())
    }
    let marks = try spread.marks(
      of: chosen.map { entry in
        (try entry.alert.mark(verdict, at: "\(alerts):\(entry.line)"), entry.alert.flag)
      })
    if let torn = try ConnectionMarks.append(marks, to: labels) {
      StandardError.note(
        "\(labels): cut off a last line that was not written to its end: '\(torn.shown(atMost: 80))'"
      )
    }
    StandardError.note(
      "\(NumberText.count(chosen.count, "alert")) marked \(verdict.rawValue): "
        + "\(NumberText.count(marks.count, "line")) appended to \(labels)")
  }

  private static func table(of alerts: [(line: Int, alert: Alert)]) -> TextTable {
    var table = TextTable([
      .right("line"), .right("id"), .left("start"), .left("connection"), .right("score"),
      .left("first reason"),
    ])
    for (line, alert) in alerts {
      table.append([
        String(line), String(alert.id), alert.start,
        "\(alert.source) > \(alert.destination):\(alert.destinationPort) "
          + "\(alert.protocolName) \(alert.service) \(alert.flag)",
        NumberText.significant(alert.score, 4), alert.reasons.first?.text ?? "",
      ])
    }
    return table
  }
}
