import CPicketFlow
import PicketFlow

/// The columns of a flow's records, as `picket_flow_column_name` lists them.
enum FlowColumns {
  static let count = Int(PICKET_FLOW_COLUMNS)

  /// The column's names for its categories; empty for numbers.
  static let categories: [[String]] = (0..<count).map { column in
    (0..<picket_flow_category_count(column)).compactMap { category in
      picket_flow_category_name(column, category).map { String(cString: $0) }
    }
  }

  static let names: [String] = (0..<count).compactMap { column in
    picket_flow_column_name(column).map { String(cString: $0) }
  }
}

extension Schema {
  /// The records of a replay log as text: the flow's 26 columns, a label, and a header.
  public static let flow = Schema(
    unchecked: "flow",
    zip(FlowColumns.names, FlowColumns.categories).map { name, categories in
      Column(name, categories.isEmpty ? .numeric : .symbolic)
    } + [Column("label", .label)], hasHeader: true)
}
