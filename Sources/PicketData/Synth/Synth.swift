/// Invents labelled connection records, for those who have no data yet.
///
/// A small site is simulated: clients that browse, fetch mail, resolve names, keep time, are
/// administered; devices that report; servers that strangers visit; and attacks among all that.
/// The window columns are then computed from the simulated stream, as a gateway would. The same
/// configuration gives the same bytes on every machine.
public struct Synth: Sendable, Equatable {
  /// The seed of everything random.
  public var seed: UInt64
  /// How many records.
  public var recordCount: Int
  /// The share of records that belong to attacks.
  public var anomalyShare: Double

  /// Describes a run.
  public init(seed: UInt64 = 1, recordCount: Int = 100_000, anomalyShare: Double = 0.2) {
    self.seed = seed
    self.recordCount = max(0, recordCount)
    self.anomalyShare = anomalyShare
  }

  /// The label of a connection: normal, or the attack it belongs to.
  public enum Label: String, Sendable, CaseIterable {
    /// Traffic that is meant to be there.
    case normal
    /// Many ports of a host, tried within seconds.
    case portScan = "port_scan"
    /// Openings that are never completed, faster than the server forgets them.
    case synFlood = "syn_flood"
    /// One log-in attempt after the other.
    case bruteForce = "brute_force"
    /// Data carried out in uploads that look like others.
    case exfiltration
    /// One port every few seconds, to stay below notice.
    case slowScan = "slow_scan"
  }

  /// A simulated connection and what it belongs to.
  public struct Event: Sendable, Equatable {
    /// The connection.
    public var connection: Connection
    /// What it belongs to.
    public var label: Label
  }

  /// Simulates the stream of connections, in order of start.
  public func events() -> [Event] {
    let anomalyCount = Int(Double(recordCount) * min(1, max(0, anomalyShare)))
    var site = SimulatedSite(seed: seed)
    let span = site.addNormal(recordCount - anomalyCount)
    site.addAttacks(anomalyCount, within: max(span, 60_000_000))
    let order = site.events.indices.sorted {
      let (left, right) = (site.events[$0].connection.start, site.events[$1].connection.start)
      return left != right ? left < right : $0 < $1
    }
    return order.map { site.events[$0] }
  }
}
