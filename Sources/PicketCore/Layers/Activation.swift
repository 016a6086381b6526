/// The functions that a layer applies to its sums, by their numbers in the file.
enum Activation {
  static var linear: Int { 0 }
  static var reLU: Int { 1 }
  static var leakyReLU: Int { 2 }
  static var tanh: Int { 3 }
  static var sigmoid: Int { 4 }

  static func isKnown(_ activation: Int) -> Bool {
    activation >= linear && activation <= sigmoid
  }
}
