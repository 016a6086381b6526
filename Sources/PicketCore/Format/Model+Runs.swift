import CPicketKernels

#if PICKET_AVX || PICKET_DISPATCH
  extension Model {
    /// Finds out whether the model is one for `IntegerNetwork`: an encoder wholly in integers, whose
    /// numeric fields have an input each, in few runs.
    ///
    /// Scratch holds 8 bytes and more for each input where groups are listed, and a group takes 16:
    /// a quarter of the inputs, and up to 18 for the ends of runs, one-hots, and what is written
    /// behind the last one, fit in from 40 inputs on.
    mutating func findRuns() {
      guard decoderCount == 0 && planeCount == 1 && inputCount >= 40
        && oneHotCount <= PICKET_MOST_ONE_HOTS && isWhollyInteger
      else { return }
      let inputs = plane(0).inputs
      var found = picket_runs()
      var lane = 0
      while lane < fieldCount.int {
        let input = bytes.load(fromByteOffset: inputs &+ lane &* 4, as: UInt32.self)
        if input != Plane.absent {
          picket_add_to_runs(&found, UInt32(truncatingIfNeeded: lane), input)
        }
        lane &+= 1
      }
      if found.count <= PICKET_MOST_RUNS { runs = found }
    }

    /// Whether all layers compute in integers, the first one of inputs among which 0 stays 0, and all
    /// but the last one give integers by shifts of at least 32.
    private var isWhollyInteger: Bool {
      var holds = true
      var i = 0
      while i < layerCount {
        let layer = layer(i)
        let numbers = IntegerNumbers(layer, bytes)
        let isLast = i == layerCount &- 1
        holds =
          holds && layer.isInteger && numbers.inputZero == 0
          && (numbers.inputScale != 0) == (i == 0) && numbers.shift >= (isLast ? 0 : 32)
        i &+= 1
      }
      return holds
    }
  }
#endif
