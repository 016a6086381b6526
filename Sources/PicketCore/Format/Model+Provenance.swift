import CPicket

/// Check 56: the section *provenance*.
extension Model {
  @_optimize(size)
  func checkProvenance() throws(FormatError) {
    let count = provenance.count
    try require(count >= 1 && count <= Int(PICKET_MAX_PROVENANCE), 56, PICKET_E_PROVENANCE)
    var i = provenance.first
    while i < provenance.end {
      try require(
        (bytes.byte(i) == 0) == (i == provenance.end &- 1), 56, PICKET_E_PROVENANCE)
      i &+= 1
    }
  }
}
