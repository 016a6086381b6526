/// The four families of attacks in KDD Cup 1999 and NSL-KDD.
///
/// After the task's description (Lippmann and others, 2000) and its list of training attack types.
package enum AttackFamily: String, CaseIterable, Sendable {
  /// Denial of service.
  case dos
  /// Surveillance.
  case probe
  /// Access from a remote machine.
  case r2l
  /// Access to the superuser's rights.
  case u2r

  /// The family of an attack; nil for a name that is no attack of either data set.
  package init?(attack: String) {
    guard let family = Self.families[attack] else { return nil }
    self = family
  }

  /// Whether the training files hold this attack; 17 of the 37 in KDDTest+ are not among them.
  package static func isInTraining(_ attack: String) -> Bool { training.contains(attack) }

  private static let training: Set<String> = [
    "back", "buffer_overflow", "ftp_write", "guess_passwd", "imap", "ipsweep", "land", "loadmodule",
    "multihop", "neptune", "nmap", "perl", "phf", "pod", "portsweep", "rootkit", "satan", "smurf",
    "spy", "teardrop", "warezclient", "warezmaster",
  ]

  private static let members: [(AttackFamily, [String])] = [
    (
      .dos,
      [
        "apache2", "back", "land", "mailbomb", "neptune", "pod", "processtable", "smurf",
        "teardrop", "udpstorm", "worm",
      ]
    ),
    (.probe, ["ipsweep", "mscan", "nmap", "portsweep", "saint", "satan"]),
    (
      .r2l,
      [
        "ftp_write", "guess_passwd", "httptunnel", "imap", "multihop", "named", "phf", "sendmail",
        "snmpgetattack", "snmpguess", "spy", "warezclient", "warezmaster", "xlock", "xsnoop",
      ]
    ),
    (
      .u2r,
      ["buffer_overflow", "loadmodule", "perl", "ps", "rootkit", "sqlattack", "xterm"]
    ),
  ]

  private static let families = Dictionary(
    members.flatMap { family, names in names.map { ($0, family) } }, uniquingKeysWith: { $1 })
}
