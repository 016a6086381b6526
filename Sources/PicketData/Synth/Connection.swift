/// One connection, as a gateway's connection table knows it when it has ended.
public struct Connection: Sendable, Equatable {
  /// The transport protocol.
  public enum Transport: String, Sendable, CaseIterable {
    case tcp, udp, icmp
  }

  /// How a connection went, by the names that KDD gives it.
  public enum Flag: String, Sendable, CaseIterable {
    /// Opened and closed in good order; for UDP and ICMP, answered.
    case normal = "SF"
    /// Asked for, never answered.
    case unanswered = "S0"
    /// Opened, never closed.
    case open = "S1"
    /// Opened, closed by the asking side only.
    case closedBySource = "S2"
    /// Opened, closed by the asked side only.
    case closedByDestination = "S3"
    /// Asked for and closed by the asking side, never answered.
    case abandoned = "SH"
    /// Refused.
    case refused = "REJ"
    /// Opened, then reset by the asking side.
    case resetBySource = "RSTO"
    /// Opened, then reset by the asked side.
    case resetByDestination = "RSTR"
    /// Asked for, then reset by the asking side, never answered.
    case resetUnanswered = "RSTOS0"
    /// Seen from the middle.
    case other = "OTH"

    /// Whether it counts as a SYN error.
    public var isSynError: Bool {
      switch self {
      case .unanswered, .open, .closedBySource, .closedByDestination, .abandoned: true
      default: false
      }
    }

    /// Whether it counts as a rejection error.
    public var isRejectError: Bool {
      switch self {
      case .refused, .resetBySource, .resetByDestination, .resetUnanswered: true
      default: false
      }
    }
  }

  /// When it began, in microseconds.
  public var start: Int64
  /// How long it lasted, in milliseconds.
  public var duration: Int64
  /// The transport protocol.
  public var transport: Transport
  /// The address that asked for the connection.
  public var source: UInt32
  /// The port it asked from.
  public var sourcePort: UInt16
  /// The address it asked for.
  public var destination: UInt32
  /// The port it asked for; the type for ICMP.
  public var port: UInt16
  /// How it went.
  public var flag: Flag
  /// Payload bytes from the asking side.
  public var sourceBytes: Int64
  /// Payload bytes from the asked side.
  public var destinationBytes: Int64

  /// Describes a connection; what is left out is zero.
  public init(
    start: Int64, duration: Int64 = 0, transport: Transport = .tcp, source: UInt32,
    sourcePort: UInt16, destination: UInt32, port: UInt16, flag: Flag, sourceBytes: Int64 = 0,
    destinationBytes: Int64 = 0
  ) {
    self.start = start
    self.duration = duration
    self.transport = transport
    self.source = source
    self.sourcePort = sourcePort
    self.destination = destination
    self.port = port
    self.flag = flag
    self.sourceBytes = sourceBytes
    self.destinationBytes = destinationBytes
  }

  /// Whether both ends are the same address and port.
  public var isLand: Bool { source == destination && sourcePort == port }

  /// The name of the service, `other` where the port has no name here.
  public var service: String {
    switch (transport, port) {
    case (.tcp, 21): "ftp"
    case (.tcp, 22): "ssh"
    case (.tcp, 25): "smtp"
    case (.tcp, 80): "http"
    case (.tcp, 443): "https"
    case (.tcp, 445): "smb"
    case (.tcp, 587): "submission"
    case (.tcp, 993): "imaps"
    case (.tcp, 3389): "rdp"
    case (.tcp, 8883): "mqtt"
    case (.udp, 53): "domain"
    case (.udp, 123): "ntp"
    case (.udp, 443): "quic"
    case (.icmp, 8): "echo"
    default: "other"
    }
  }
}
