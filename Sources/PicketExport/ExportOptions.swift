import CPicket

/// How weights are stored in a model file.
public enum ElementType: String, Codable, Sendable, CaseIterable {
  case float32, float16, int8
  /// Bytes, and integer arithmetic from the inputs to the last layer.
  case integer = "int8-integer"

  /// Its number in the file.
  var number: UInt32 {
    switch self {
    case .float32: UInt32(PICKET_FLOAT32)
    case .float16: UInt32(PICKET_FLOAT16)
    case .int8: UInt32(PICKET_INT8)
    case .integer: UInt32(PICKET_INT8_INTEGER)
    }
  }
}

/// The byte order of the machine that will open a model file.
public enum ByteOrder: String, Codable, Sendable, CaseIterable {
  case little, big

  /// The order of the machine that this runs on.
  public static var native: ByteOrder { 1.littleEndian == 1 ? .little : .big }
}

/// What may differ between two files of one trained model.
public struct ExportOptions: Sendable {
  /// How weights are stored; biases always are binary32.
  public var elementType: ElementType
  /// The order of all numbers in the file.
  public var byteOrder: ByteOrder

  /// Chooses; without arguments, binary32 in little-endian order.
  public init(elementType: ElementType = .float32, byteOrder: ByteOrder = .little) {
    self.elementType = elementType
    self.byteOrder = byteOrder
  }
}
