import CPicket

/// What a model tells of its fields.
extension Model {
  /// How many floats a record has.
  public var recordCount: Int { fieldCount.int }

  /// Fills in one field.
  ///
  /// - Returns: Whether there is such a field.
  public func describe(field index: Int, into info: inout picket_field) -> Bool {
    guard index >= 0 && index < fieldCount.int else { return false }
    let field = field(index)
    let symbolic = field.kind == PICKET_SYMBOLIC
    info.name = cString(field.name)
    info.kind = UInt32(truncatingIfNeeded: field.kind)
    info.category_count = UInt32(truncatingIfNeeded: field.categoryCount)
    info.minimum = symbolic ? 0 : bytes.float(minimums &+ index &* 4)
    info.maximum = symbolic ? 0 : bytes.float(maximums &+ index &* 4)
    return true
  }

  /// The index of the field with a name of `length` bytes, or -1.
  public func fieldIndex(named name: UnsafePointer<UInt8>, _ length: Int) -> Int {
    var i = 0
    while i < fieldCount.int {
      if compare(name, length, field(i).name) == 0 { return i }
      i &+= 1
    }
    return -1
  }

  /// Whether there is a field at this index and it is symbolic.
  public func isSymbolic(field index: Int) -> Bool {
    index >= 0 && index < fieldCount.int && field(index).kind == PICKET_SYMBOLIC
  }

  /// The index of a symbolic field's category with a name of `length` bytes, or -1.
  public func categoryIndex(
    field index: Int, named name: UnsafePointer<UInt8>, _ length: Int
  ) -> Int {
    categoryIndex(field(index), name, length)
  }

  /// The name of a category, or nil if there is no such field or category.
  public func categoryName(field index: Int, index category: Int) -> UnsafePointer<CChar>? {
    guard isSymbolic(field: index) else { return nil }
    let field = field(index)
    guard category >= 0 && category < field.categoryCount else { return nil }
    return cString(categoryName(field, category))
  }

  private func cString(_ text: UnsafePointer<UInt8>) -> UnsafePointer<CChar> {
    UnsafeRawPointer(text).assumingMemoryBound(to: CChar.self)
  }
}
