import CPicketFlow

/// How the records of a data set are laid out, as an exporter has told it.
struct Template {
  var exporter: UInt64
  /// The exporter's source or observation domain.
  var domain: UInt32
  /// From 256 on; 0 of an entry that is free.
  var id: UInt32
  var fieldCount: UInt32
  /// Bytes of the shortest record.
  var shortest: UInt32
  /// Its records tell of the exporter, not of flows.
  var isOptions: Bool
  /// How many templates had been told when this one was, itself included; 0 of an entry that is free.
  var told: UInt64

  /// The most fields that are kept of a template.
  static var mostFields: Int { 64 }

  /// Makes its entry a free one.
  mutating func clear() {
    id = 0
    told = 0
  }
}

/// One field of a template: its element and the bytes it takes, in a word.
struct TemplateField {
  /// The number of the element that RFC 7012 gives, 0 for those of vendors.
  let element: Int
  /// It tells of the other direction (RFC 5103).
  let isReverse: Bool
  /// Bytes, or `variable`.
  let length: Int

  static var variable: Int { 0xFFFF }
  /// The enterprise number of the other direction's elements.
  static var reverseEnterprise: UInt32 { 29305 }

  init(_ word: UInt32) {
    element = (word & 0x7FFF).int
    isReverse = word & 0x8000 != 0
    length = (word &>> 16).int
  }

  static func word(element: UInt32, isReverse: Bool, length: UInt32) -> UInt32 {
    length &<< 16 | (isReverse ? 0x8000 : 0) | element & 0x7FFF
  }
}

extension Flow {
  /// The fields of a template of the table.
  func fields(of index: UInt32) -> UnsafeMutablePointer<UInt32> {
    templateFields + index.int &* Template.mostFields
  }

  /// The index of a template, or nobody.
  func template(_ exporter: UInt64, _ domain: UInt32, _ id: UInt32) -> UInt32 {
    var index: UInt32 = 0
    while index < configuration.templates {
      let entry = templates + index.int
      if entry.pointee.id == id && entry.pointee.domain == domain
        && entry.pointee.exporter == exporter
      {
        return index
      }
      index &+= 1
    }
    return nobody
  }

  /// The entry for a template: that of the same number, or a free one, or the one told longest ago.
  mutating func placeForTemplate(_ exporter: UInt64, _ domain: UInt32, _ id: UInt32) -> UInt32 {
    let known = template(exporter, domain, id)
    if known != nobody { return known }
    var place: UInt32 = 0
    var index: UInt32 = 1
    while index < configuration.templates {
      if templates[index.int].told < templates[place.int].told { place = index }
      index &+= 1
    }
    return place
  }
}
