import ArgumentParser
import PicketText

/// The command: one subcommand a file in `Commands/`.
@main
struct Picket: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "picket",
    abstract: "Learn what normal connections look like; score records anywhere a C program runs.",
    discussion: """
      From records to alarms:

        picket train KDDTrain+.txt.gz --schema nsl-kdd -o run
        picket eval run KDDTest+.txt.gz
        picket score run KDDTest+.txt.gz --budget 0.001 > scores.csv
        picket export run -o model16.picket --type float16

      No data yet? 'picket synth -o records.csv' invents some. A file with columns of its own? \
      'picket schema records.csv > my.toml' guesses what they are; correct it and pass \
      '--schema my.toml'.

      On a gateway, 'picketd learn' writes a log of its connections instead:

        picket train --replay site.log -o run
        picket label false alerts.jsonl --id 4711 --labels site.labels
        picket train --replay site.log --labels site.labels -o run

      Scores: larger is more anomalous. A p-value is the share of normal records that are expected \
      to score as high; a budget is the share of normal records that may raise an alarm.

      Results go to standard output (add --json for machines), progress and notes to standard \
      error.

      EXIT CODES:
        0    done
        1    failed: bad data, a bad model, a file that cannot be read or
             written, a goal missed; the message says what was found, what was
             expected and what to do
        64   the command line is wrong
        130  interrupted by Ctrl-C; what was learnt so far is kept
      """,
    version: Version.text,
    subcommands: [
      Train.self, Export.self, Score.self, Evaluate.self, Inspect.self, DescribeSchema.self,
      Records.self, Label.self, Synthesize.self, Reproduce.self, Detectors.self,
    ])

  /// Runs the command line.
  ///
  /// The parser quotes what it refuses as it was typed; a script may have typed what came from elsewhere.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error where exitCode(for: error).isSuccess || message(for: error).isEmpty {
      exit(withError: error)
    } catch {
      let lines = fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false)
      StandardError.put(lines.map { $0.shown() }.joined(separator: "\n") + "\n")
      exit(withError: exitCode(for: error))
    }
  }
}
