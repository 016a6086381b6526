import CPicketFlow

/// Sets of templates: RFC 3954, section 5.2 and 6.1; RFC 7011, section 3.4.
extension Flow {
  /// Reads all templates of a set.
  ///
  /// - Returns: Whether they are well formed.
  mutating func readTemplates(
    _ bytes: UnsafeRawPointer, from start: Int, to end: Int, isOptions: Bool
  ) -> Bool {
    let isIPFIX = inbox.cursor.version == .ipfix
    let head = isOptions ? 6 : 4
    var at = start
    while end &- at >= head {
      let id = bytes.big16(at)
      var count = bytes.big16(at &+ 2).int
      if id < 256 { return id == 0 }  // what fills a set up is 0
      if count == 0 && isIPFIX {
        withdraw(id)
        at &+= 4
        continue
      }
      // NetFlow 9 tells the bytes of the options' two parts, and IPFIX the fields in all.
      if isOptions && !isIPFIX { count = (count &+ bytes.big16(at &+ 4).int) &>> 2 }
      let begin = at &+ head
      let next = skipFields(bytes, from: begin, to: end, count, isIPFIX: isIPFIX)
      guard next >= 0 else { return false }
      keep(bytes, from: begin, count, id: id, isOptions: isOptions, isIPFIX: isIPFIX)
      at = next
    }
    return true
  }

  /// Where the fields of a template end, or -1 if they do not fit.
  private mutating func skipFields(
    _ bytes: UnsafeRawPointer, from start: Int, to end: Int, _ count: Int, isIPFIX: Bool
  ) -> Int {
    var at = start
    var left = count
    while left > 0 {
      guard end &- at >= 4 else { return -1 }
      at &+= isIPFIX && bytes.byte(at) & 0x80 != 0 ? 8 : 4
      guard at <= end else { return -1 }
      left &-= 1
    }
    return at
  }

  /// Keeps a template whose fields are all there.
  private mutating func keep(
    _ bytes: UnsafeRawPointer, from start: Int, _ count: Int, id: UInt32, isOptions: Bool,
    isIPFIX: Bool
  ) {
    guard count <= Template.mostFields else {
      counters.templates_refused &+= 1
      withdraw(id)
      return
    }
    let index = placeForTemplate(inbox.exporter, inbox.cursor.domain, id)
    let fields = fields(of: index)
    var shortest: UInt32 = 0
    var at = start
    var i = 0
    while i < count {
      let element = bytes.big16(at)
      let length = bytes.big16(at &+ 2)
      let isVendors = isIPFIX && element & 0x8000 != 0
      let isReverse = isVendors && bytes.big32(at &+ 4) == TemplateField.reverseEnterprise
      // Of NetFlow 9 the numbers from 32,768 on are vendors' too.
      let isKnown = element < 0x8000 || isReverse
      fields[i] = TemplateField.word(
        element: isKnown ? element : 0, isReverse: isReverse, length: length)
      let isVariable = isIPFIX && length.int == TemplateField.variable
      shortest &+= isVariable ? 1 : length
      at &+= isVendors ? 8 : 4
      i &+= 1
    }
    templatesTold &+= 1
    templates[index.int] = Template(
      exporter: inbox.exporter, domain: inbox.cursor.domain, id: id,
      fieldCount: UInt32(truncatingIfNeeded: count), shortest: shortest, isOptions: isOptions,
      told: templatesTold)
    // Of records without bytes nothing tells how many there are.
    if shortest == 0 { templates[index.int].clear() }
  }

  private mutating func withdraw(_ id: UInt32) {
    let index = template(inbox.exporter, inbox.cursor.domain, id)
    if index != nobody { templates[index.int].clear() }
  }
}
