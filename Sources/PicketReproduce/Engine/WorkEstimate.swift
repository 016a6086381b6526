/// How much of a run is done, each cell weighted with the time it is likely to take.
struct WorkEstimate {
  /// How many cells the run has.
  let total: Int
  /// How many of them are done.
  private(set) var finished = 0
  /// How much of each running cell is done, 0 to 1.
  var running: [CellName: Double] = [:]
  private var waiting: [CellName: Double]
  /// Those of which nothing like them is known.
  private var unknown: Set<CellName>
  private var done = 0.0

  /// Expects of each cell what a cell like it took before; of others the mean of those known.
  init(_ names: [CellName], _ ledger: Ledger) {
    total = names.count
    let known = names.map { ledger.seconds(like: $0) }
    let seconds = known.compactMap { $0 }
    let mean = seconds.isEmpty ? 1 : seconds.reduce(0, +) / Double(seconds.count)
    waiting = Dictionary(
      zip(names, known.map { max($0 ?? mean, 0.01) }), uniquingKeysWith: { $1 })
    unknown = Set(zip(names, known).filter { $0.1 == nil }.map(\.0))
  }

  /// The share of the work that is done.
  var share: Double {
    let begun = running.reduce(0) { $0 + $1.value * (waiting[$1.key] ?? 0) }
    let all = done + waiting.values.reduce(0, +)
    return all > 0 ? (done + begun) / all : 1
  }

  /// Enters a finished cell, and corrects what is expected of the cells like it.
  mutating func finish(_ cell: Cell) {
    finished += 1
    running[cell.name] = nil
    waiting[cell.name] = nil
    done += max(cell.facts.seconds, 0.01)
    unknown.remove(cell.name)
    for name in waiting.keys
    where name.experiment == cell.name.experiment && name.contestant == cell.name.contestant
      && name.protocolName == cell.name.protocolName
    {
      waiting[name] = max(cell.facts.seconds, 0.01)
      unknown.remove(name)
    }
    // The others are likely to take what these did.
    for name in unknown { waiting[name] = done / Double(finished) }
  }
}
