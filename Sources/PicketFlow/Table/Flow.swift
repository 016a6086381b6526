import CPicketFlow

/// The head of a flow's memory: everything that is not a table, and where the tables lie.
///
/// All its methods are `mutating`, and what is larger than a few words is passed by pointer: one that
/// is not is given a copy of all of it, on the stack.
struct Flow {
  /// What memory holds that was filled by `picket_flow_init`.
  static var sealed: UInt64 { 0x5049_434B_464C_0001 }

  var seal: UInt64
  var configuration: picket_flow_configuration
  var counters: picket_flow_counters
  /// The latest time of an input.
  var now: UInt64
  /// The greatest id so far.
  var lastID: UInt64
  /// How many connections have begun.
  var starts: UInt64
  var inbox: Inbox
  /// What is to be worked on next, if the inbox says that there is something.
  var observation: UnsafeMutablePointer<Observation>

  var connections: UnsafeMutablePointer<Connection>
  var buckets: UnsafeMutablePointer<UInt32>
  var bucketMask: UInt32
  var free: UInt32
  var toldEnds: ToldEnds
  /// Something was left out of the dump that is being read.
  var isDumpBroken: Bool
  var lists: UnsafeMutablePointer<Silence>
  var ring: UnsafeMutablePointer<Start>
  var services: DistinctSet
  var hosts: DistinctSet
  var fragments: UnsafeMutablePointer<Fragment>
  var oldestFragment: UInt32
  var templates: UnsafeMutablePointer<Template>
  var templateFields: UnsafeMutablePointer<UInt32>
  /// How many templates have been told.
  var templatesTold: UInt64
  var exporterStarts: UnsafeMutablePointer<ExporterStart>
  var oldestExporterStart: UInt32
}

/// What an input function has left for `picket_flow_next`.
struct Inbox {
  enum Kind: UInt8 {
    case nothing
    /// Time alone.
    case time
    /// Every connection is to end.
    case finish
    /// One observation.
    case observation
    case conntrack
    case netflow
  }

  var kind: Kind
  /// Whether `observation` is filled and has not been worked on.
  var hasObservation: Bool
  /// A borrowed datagram, and how far it has been read.
  var bytes: UnsafeRawPointer?
  var size: Int
  var cursor: DatagramCursor
  var exporter: UInt64
}

/// Something that was seen of a connection: told as an event whose originator is the one that sent.
struct Observation {
  enum Kind: UInt8 {
    case packet
    /// The source says that a connection has begun, has changed, or has ended.
    case begin
    case update
    case end
    /// One direction of a connection, or both, from a flow exporter.
    case flow
  }

  var kind: Kind
  /// Of connection tracking.
  var kernel: KernelFacts
  var event: picket_flow_event

  init(_ kind: Kind, _ event: picket_flow_event) {
    self.kind = kind
    kernel = KernelFacts()
    self.event = event
  }
}
