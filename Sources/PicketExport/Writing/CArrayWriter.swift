/// Writes a model as C: a source with its bytes, and a header with its sizes and names.
///
/// For machines without a file system: the bytes are constant, so they stay in read-only memory,
/// and scratch can be a static array of exactly the size that the model needs. The same model and
/// name give the same text.
public struct CArrayWriter: Sendable {
  /// The text of NAME.c.
  public let source: String
  /// The text of NAME.h.
  public let header: String

  /// Writes a model.
  ///
  /// - Parameters:
  ///   - bytes: The model file for the target.
  ///   - name: The name of the array, and, with a suffix, of both files; its capitals begin all
  ///     macros.
  ///   - native: The same model as this machine can open it, if the target has another byte order.
  /// - Throws: When the name is no identifier of C, or the bytes are no model.
  public init(
    _ bytes: [UInt8], name: String, describedBy native: LoadedModel? = nil
  ) throws(ExportError) {
    try Self.check(name: name)
    let model: LoadedModel
    if let native { model = native } else { model = try LoadedModel(bytes: bytes) }
    source = Self.source(bytes, name: name)
    header = Self.header(bytes.count, name, model)
  }

  /// Refuses what cannot name an array.
  ///
  /// - Throws: When the name is no identifier of C.
  public static func check(name: String) throws(ExportError) {
    guard CIdentifiers.isValid(name) else {
      throw ExportError(
        "'\(name)' cannot name a C array: letters, digits and low lines are expected, a letter "
          + "first, no keyword of C or C++, and not 'picket' or 'picket_...', which are the library's"
      )
    }
  }

  private static func source(_ bytes: [UInt8], name: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text = Array(
      """
      /* A Picket model. Generated: change nothing here, export it anew. */
      #include "\(name).h"

      /* The library asks for 8 bytes of alignment; 64 is a cache line. */
      #if defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
      #define ALIGNED _Alignas(64)
      #elif defined(__GNUC__)
      #define ALIGNED __attribute__((aligned(64)))
      #else
      #error "say here how your compiler aligns an array to 8 bytes or more"
      #endif

      ALIGNED const unsigned char \(name)[\(bytes.count)] = {
      """.utf8)
    text.reserveCapacity(bytes.count * 5 + text.count)
    for (index, byte) in bytes.enumerated() {
      if index % 16 == 0 { text.append(contentsOf: "\n ".utf8) }
      text.append(contentsOf: " 0x".utf8)
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
      text.append(UInt8(ascii: ","))
    }
    text.append(contentsOf: "\n};\n".utf8)
    return String(decoding: text, as: UTF8.self)
  }

  private static func header(_ size: Int, _ name: String, _ model: LoadedModel) -> String {
    var names = CIdentifiers()
    // A name could else have the guard of another header: PICKET_H is that of <picket.h>.
    let guardName = names.claim("picket", "model", name, "h")
    let info = model.info
    var lines = [
      "/* A Picket model: its sizes and names. Generated: change nothing here, export it anew. */",
      "#ifndef \(guardName)", "#define \(guardName)", "",
      "#ifdef __cplusplus", "extern \"C\" {", "#endif", "",
      "#define \(names.claim(name, "bytes")) \(size)",
      "#define \(names.claim(name, "fields")) \(info.fieldCount)",
      "#define \(names.claim(name, "scratch", "bytes")) \(info.scratchBytes)",
      "#define \(names.claim(name, "explain", "scratch", "bytes")) \(model.explainScratchBytes)",
      "#define \(names.claim(name, "feature", "hash")) 0x\(info.featureHash)u",
      "", "extern const unsigned char \(name)[\(size)];", "",
      "/* Places in a record. */", "enum {",
    ]
    let fields = model.fields
    for (index, field) in fields.enumerated() {
      let comma = index + 1 < fields.count ? "," : ""
      lines.append("  \(names.claim(name, "field", field.name)) = \(index)\(comma)")
    }
    lines.append("};")
    for field in fields where field.isSymbolic {
      lines += ["", "/* What a record holds in a symbolic field. */"]
      for (index, category) in field.categories.enumerated() {
        lines.append("#define \(names.claim(name, field.name, category)) \(index).0f")
      }
    }
    lines += ["", "#ifdef __cplusplus", "}", "#endif", "", "#endif", ""]
    return lines.joined(separator: "\n")
  }
}
