#if PICKET_VNNI
  import CPicket
  import CPicketKernels

  /// One record by itself: from its list to its result in one function, with as few instructions
  /// between layers as there can be. A processor looks ahead only so far for what it can do meanwhile.
  extension IntegerNetwork {
    /// Scores one record; see `Model.score`.
    @inline(never)
    @_optimize(speed)
    static func score(
      _ model: UnsafePointer<Model>, _ record: UnsafePointer<Float>,
      scratch memory: UnsafeMutableRawPointer, into result: inout picket_result
    ) -> Int {
      guard model.pointee.isShort else {
        return scoreAsFour(model, record, scratch: memory, into: &result)
      }
      let start = aligned(memory)
      let head = start.assumingMemoryBound(to: picket_list.self)
      let lists = start + Model.headBytes
      var fields = model.pointee.integerFields
      fields.spans = Model.spans(model)
      if picket_list_record(record, &fields, lists, head) != 0 {
        let refusal = look(model, record, head)
        guard refusal == PICKET_OK else { return refusal }
      }
      return run(model, start, into: &result)
    }

    /// Runs all layers of a listed record, and judges it.
    @inline(__always)
    private static func run(
      _ model: UnsafePointer<Model>, _ start: UnsafeMutableRawPointer,
      into result: inout picket_result
    ) -> Int {
      let head = start.assumingMemoryBound(to: picket_list.self)
      let lists = start + Model.headBytes
      var (description, weights) = model.pointee.firstLayer
      var layer = picket_integer_layer_at(description, weights)
      var (from, to) = (lists + Int(model.pointee.plan.lists_bytes), lists)
      let listed = picket_listed_at(
        head, lists, Int(model.pointee.plan.count), model.pointee.oneHotCount.int)
      var some = picket_first_integers(&layer, listed, from)
      var left = model.pointee.layerCount &- 2
      while left > 0 {
        description += FormatLayout.layerBytes
        layer = picket_integer_layer_at(description, weights)
        some = picket_next_one(&layer, from, some, to)
        (from, to) = (to, from)
        left &-= 1
      }
      layer = picket_integer_layer_at(description + FormatLayout.layerBytes, weights)
      let encoding = picket_last_eight(&layer, from, some)
      let score =
        model.pointee.score == PICKET_SCORE_OUTPUT
        ? encoding[0] : picket_squares_of(encoding).squareRoot()
      guard isFinite(score) else { return PICKET_E_OVERFLOW }
      if model.pointee.calibrationCount <= 64 {
        picket_judge_one(
          model.pointee.bytes + model.pointee.calibration.first, model.pointee.calibrationCount,
          score, head.pointee.flags, &result)
      } else {
        result = model.pointee.judged(score, head.pointee.flags)
      }
      return PICKET_OK
    }
  }
#endif
