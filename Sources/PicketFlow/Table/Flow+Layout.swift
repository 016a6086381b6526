import CPicketFlow

/// Where the tables lie in a flow's memory, one behind the other.
struct Layout {
  let observation: Int
  let connections: Int
  let buckets: Int
  let bucketCount: UInt32
  let toldEnds: Int
  let toldEndRows: UInt32
  let lists: Int
  let ring: Int
  let services: Int
  let hosts: Int
  let fragments: Int
  let templates: Int
  let templateFields: Int
  let exporterStarts: Int
  let size: Int

  init(_ configuration: picket_flow_configuration) {
    var end = MemoryLayout<Flow>.size
    func take(_ stride: Int, _ count: Int) -> Int {
      let start = (end &+ 7) & ~7
      end = start &+ stride &* count
      return start
    }
    observation = take(MemoryLayout<Observation>.stride, 1)
    let capacity = configuration.connections
    // Half as many connections as buckets, or fewer: chains of one or two.
    var buckets: UInt32 = 32
    while buckets < capacity &* 2 { buckets &*= 2 }
    bucketCount = buckets
    // One more, for a connection of which nothing but its end is told.
    connections = take(MemoryLayout<Connection>.stride, capacity.int &+ 1)
    self.buckets = take(MemoryLayout<UInt32>.stride, buckets.int)
    toldEndRows = ToldEnds.rows(of: capacity)
    toldEnds = take(MemoryLayout<UInt32>.stride &* ToldEnds.rowLength, toldEndRows.int)
    lists = take(MemoryLayout<Silence>.stride, SilenceList.count)
    ring = take(MemoryLayout<Start>.stride, configuration.starts.int)
    services = take(MemoryLayout<UInt32>.stride, DistinctSet.capacity)
    hosts = take(MemoryLayout<UInt32>.stride, DistinctSet.capacity)
    fragments = take(MemoryLayout<Fragment>.stride, configuration.fragments.int)
    templates = take(MemoryLayout<Template>.stride, configuration.templates.int)
    templateFields = take(
      MemoryLayout<UInt32>.stride &* Template.mostFields, configuration.templates.int)
    exporterStarts = take(MemoryLayout<ExporterStart>.stride, configuration.templates.int)
    size = (end &+ 7) & ~7
  }
}

extension Flow {
  /// Fills memory of `Layout.size` bytes.
  static func fill(
    _ memory: UnsafeMutableRawPointer, _ configuration: picket_flow_configuration
  ) {
    let layout = Layout(configuration)
    var i = 0
    while i < layout.size {
      memory.storeBytes(of: 0, toByteOffset: i, as: UInt64.self)
      i &+= 8
    }
    // All zeros are a legal Flow but for its pointers, which come next.
    let flow = memory.assumingMemoryBound(to: Flow.self)
    func table<T>(_ offset: Int, _ type: T.Type) -> UnsafeMutablePointer<T> {
      (memory + offset).assumingMemoryBound(to: type)
    }
    flow.pointee.configuration = configuration
    flow.pointee.observation = table(layout.observation, Observation.self)
    flow.pointee.connections = table(layout.connections, Connection.self)
    flow.pointee.buckets = table(layout.buckets, UInt32.self)
    flow.pointee.bucketMask = layout.bucketCount &- 1
    flow.pointee.toldEnds = ToldEnds(
      table(layout.toldEnds, UInt32.self), rows: layout.toldEndRows)
    flow.pointee.lists = table(layout.lists, Silence.self)
    flow.pointee.ring = table(layout.ring, Start.self)
    flow.pointee.services = DistinctSet(table(layout.services, UInt32.self))
    flow.pointee.hosts = DistinctSet(table(layout.hosts, UInt32.self))
    flow.pointee.fragments = table(layout.fragments, Fragment.self)
    flow.pointee.templates = table(layout.templates, Template.self)
    flow.pointee.templateFields = table(layout.templateFields, UInt32.self)
    flow.pointee.exporterStarts = table(layout.exporterStarts, ExporterStart.self)
    flow.pointee.clearTable()
    flow.pointee.seal = sealed
  }

  /// Frees every entry, empties every bucket and list.
  private mutating func clearTable() {
    var i: UInt32 = 0
    while i <= bucketMask {
      buckets[i.int] = nobody
      i &+= 1
    }
    free = nobody
    i = configuration.connections &+ 1
    while i > 0 {
      i &-= 1
      connections[i.int].next = free
      free = i
    }
    var list = 0
    while list < SilenceList.count {
      lists[list] = Silence(
        oldest: nobody, newest: nobody, limit: limit(ofList: list), goneBefore: 0)
      list &+= 1
    }
  }

  private mutating func limit(ofList list: Int) -> UInt64 {
    switch SilenceList(rawValue: UInt8(truncatingIfNeeded: list)) {
    case .unanswered: configuration.unanswered_ns
    case .open: configuration.open_ns
    case .closed: configuration.closed_ns
    case .udp, .unansweredUDP: configuration.udp_ns
    case .icmp, .unansweredICMP: configuration.icmp_ns
    default: UInt64.max
    }
  }
}
