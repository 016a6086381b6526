import PicketExport
import PicketReport

extension JSON {
  /// A tree whose objects have no order of their own, its keys sorted.
  init(_ value: JSONValue) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .string(value)
    case .array(let values): self = .array(values.map(JSON.init))
    case .object(let members):
      self = .object(members.sorted { $0.key < $1.key }.map { Member($0.key, JSON($0.value)) })
    }
  }
}
