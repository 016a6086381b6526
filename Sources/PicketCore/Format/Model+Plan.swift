#if PICKET_AVX || PICKET_DISPATCH
  import CPicketKernels

  /// How records are encoded by spans of fields, and whether `IntegerNetwork` scores.
  extension Model {
    /// Whether `IntegerNetwork` scores.
    @inline(__always) var scoresIntegers: Bool { plan.records != 0 }

    /// Whether `IntegerNetwork` scores a record by itself on the way that is made for it.
    @inline(__always) var isShort: Bool { plan.is_short != 0 }

    /// Bytes of scratch for what is said of four lists.
    static var headBytes: Int { 64 }

    /// The plan's spans where they lie: the model is not copied.
    @inline(__always)
    static func spans(_ model: UnsafePointer<Model>) -> UnsafePointer<picket_spans> {
      // To take the plan's address would count as a change, and threads share models.
      picket_spans_of(UnsafeRawPointer(model).assumingMemoryBound(to: picket_plan.self))
    }

    /// Plans the encoding, and the scoring of a network that computes in integers from the first layer
    /// to the last.
    ///
    /// Only of records whose numeric fields have an input each, of the range from 0 to 1.
    mutating func makePlan() {
      guard planeCount == 1 && minMaxCount == 1 else { return }
      let inputs = plane(0).inputs
      var found = picket_plan()
      var lane = 0
      var planned = oneHotCount
      while lane < fieldCount.int {
        let input = bytes.load(fromByteOffset: inputs &+ lane &* 4, as: UInt32.self)
        if input != Plane.absent {
          picket_plan_field(&found, lane, input.int)
          planned &+= 1
        }
        lane &+= 1
      }
      guard found.count <= PICKET_MOST_SPANS else { return }
      plan = found
      // Fields are checked as they become inputs.
      guard planned == fieldCount else { return }
      if decoderCount == 0 && oneHotCount <= 255 && quantizesFully && staysInteger {
        planIntegers()
      }
    }

    /// Divides scratch between records, if it is large enough.
    @inline(never)
    private mutating func planIntegers() {
      let listBytes = picket_list_bytes(Int(plan.count), oneHotCount.int)
      let outputBytes = outputBytes
      let either = max(listBytes, outputBytes)
      let record = either &+ outputBytes
      let room = scratchBytes &- 63 &- Model.headBytes
      let hasRoom = layerCount >= 2 && record &* 4 <= room
      guard record <= room && (hasRoom || canBeShort) else { return }
      plan.list_bytes = UInt16(truncatingIfNeeded: listBytes)
      plan.output_bytes = UInt16(truncatingIfNeeded: outputBytes)
      plan.records = hasRoom ? 4 : 1
      plan.is_short = canBeShort ? 1 : 0
      plan.lists_bytes = UInt32(truncatingIfNeeded: either) &* UInt32(plan.records)
    }

    /// Whether the first layer makes 127 of 1, and 0 of 0.
    private var quantizesFully: Bool {
      let numbers = IntegerNumbers(layer(0), bytes)
      return numbers.inputScale == 127 && numbers.inputMax == 127 && numbers.inputZero == 0
    }

    /// Whether all layers compute in integers, from the first one to the last.
    private var staysInteger: Bool {
      var holds = true
      var i = 0
      while i < layerCount {
        let layer = layer(i)
        let numbers = IntegerNumbers(layer, bytes)
        holds =
          holds && layer.isInteger && (i == 0 || numbers.inputScale == 0)
          && (i == layerCount &- 1
            ? layer.activation == Activation.linear : numbers.shift != 0)
        i &+= 1
      }
      return holds
    }

    /// Whether layers have whole fours of groups, and the last one few outputs: see `picket_plan`.
    private var canBeShort: Bool {
      var holds = layerCount >= 2 && latentCount <= 8
      var i = 1
      while i < layerCount {
        holds = holds && layer(i).inputs & 15 == 0
        i &+= 1
      }
      return holds
    }

    /// Bytes of the outputs of any layer of a record.
    private var outputBytes: Int {
      var most = layer(layerCount &- 1).stride &* 4
      var i = 0
      while i < layerCount {
        most = max(most, layer(i).stride)
        i &+= 1
      }
      return roundedUp(most, to: 64)
    }
  }
#endif
