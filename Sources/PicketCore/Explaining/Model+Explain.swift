import CPicket

/// What each field contributes to a score: of a reconstruction.
extension Model {
  /// Whether the score is that of a reconstruction, which is explained by what scoring leaves behind.
  public var reconstructs: Bool { decoderCount != 0 }

  /// Each field's share of α × the mean squared error: what its own inputs add to it.
  ///
  /// - Parameters:
  ///   - memory: The scratch of a score that has succeeded.
  ///   - contributions: Receives one float for each field.
  @inline(never)
  @_optimize(size)
  public func explainReconstruction(
    scratch memory: UnsafeMutableRawPointer, contributions: UnsafeMutablePointer<Float>
  ) {
    let scratch = Scratch(memory, for: self)
    let x = scratch.inputs.assumingMemoryBound(to: Float.self)
    let y = scratch.activations.assumingMemoryBound(to: Float.self)
    let weight = reconstructionWeight / Float(inputCount.int)
    var input = 0
    var i = 0
    while i < fieldCount.int {
      let end = input &+ inputs(ofField: i)
      var total: Float = 0
      while input < end {
        let error = x[input] - y[input]
        total += error * error
        input &+= 1
      }
      contributions[i] = weight * total
      i &+= 1
    }
  }

  /// How many inputs a field has.
  func inputs(ofField index: Int) -> Int {
    var count = field(index).categoryCount
    var i = 0
    while i < planeCount.int {
      let input = bytes.load(fromByteOffset: plane(i).inputs &+ index &* 4, as: UInt32.self)
      count &+= input == Plane.absent ? 0 : 1
      i &+= 1
    }
    return count
  }
}
