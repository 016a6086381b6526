import CPicket
import CPicketKernels

#if PICKET_AVX
  /// Scores with networks that compute in integers from the first layer to the last, straight from
  /// the fields: `Model.findRuns` tells which. The same bits as by `Model.run`.
  extension Model {
    /// Whether this is the way to score.
    @inline(__always) var computesIntegers: Bool { runs.count != 0 }

    /// Scores one record; see `score`.
    @inline(__always)
    func scoreIntegers(
      _ record: UnsafePointer<Float>, _ scratch: Scratch, into result: inout picket_result
    ) -> Int {
      var flags: UInt32 = 0
      let groups = UnsafeMutableRawPointer(scratch.list.values)
        .assumingMemoryBound(to: picket_group.self)
      var count = 0
      let status = list(record, groups, &count, &flags)
      guard status == PICKET_OK else { return status }
      let last = layerCount &- 1
      // Layers write to two places in turn, the last one to the activations.
      var inputs = UnsafeRawPointer(groups)
      var i = 0
      while i <= last {
        let output = (last &- i) & 1 == 0 ? scratch.activations : scratch.low
        let layer = IntegerLayerView(i, of: self)
        if i == 0 {
          picket_first_integers(
            layer.weights, layer.bias, layer.scale, groups, count, layer.shift, output,
            layer.stride)
        } else {
          picket_next_integers(
            layer.weights, layer.bias, layer.scale, inputs, layer.groups, layer.shift, output,
            layer.stride)
        }
        inputs = UnsafeRawPointer(output)
        i &+= 1
      }
      let value = squaredLength(scratch.activations, count: latentCount.int).squareRoot()
      guard isFinite(value) else { return PICKET_E_OVERFLOW }
      result = judged(value, flags)
      return PICKET_OK
    }

    /// Checks a record and lists the groups of its inputs; see `encode`.
    @inline(__always)
    private func list(
      _ record: UnsafePointer<Float>, _ groups: UnsafeMutablePointer<picket_group>,
      _ count: inout Int, _ flags: inout UInt32
    ) -> Int {
      let layer = layer(0)
      let numbers = IntegerNumbers(layer, bytes)
      let plane = plane(0)
      var scaling = picket_scaling(
        minimums: floats(minimums), maximums: floats(maximums), offsets: floats(plane.offsets),
        scales: floats(plane.scales), lows: plane.isMinMax ? nil : floats(plane.lows),
        highs: plane.isMinMax ? nil : floats(plane.highs), input_scale: numbers.inputScale,
        input_max: numbers.inputMax.float,
        group_bytes: UInt32(truncatingIfNeeded: layer.rowBytes &* 4))
      let unusual = picket_unusual_fields(record, &scaling, fieldCount.int)
      if unusual != 0 {
        if unusual &>> 16 != 0 { return PICKET_E_NOT_FINITE }
        guard explain(record, &flags) else { return PICKET_E_CATEGORY }
      }
      var runs = runs
      count = picket_list_groups(record, &scaling, &runs, groups)
      let one = picket_wide(IntegerLayer.quantize(1, numbers))
      let oneHots = (bytes + oneHot(0)).assumingMemoryBound(to: UInt32.self)
      let whole = picket_list_one_hots(
        record, oneHots, oneHotCount.int, one, scaling.group_bytes, groups + count)
      count &+= oneHotCount.int
      return whole != 0 ? PICKET_OK : PICKET_E_CATEGORY
    }

    @inline(__always)
    private func floats(_ at: Int) -> UnsafePointer<Float> {
      (bytes + at).assumingMemoryBound(to: Float.self)
    }
  }

  /// What a layer in integers needs of the file.
  private struct IntegerLayerView {
    let weights: UnsafeRawPointer
    let bias: UnsafeRawPointer
    let scale: UnsafeRawPointer
    let groups: Int
    let stride: Int
    let shift: UInt32

    @inline(__always)
    init(_ index: Int, of model: Model) {
      let bytes = model.bytes
      let at = model.layers.first &+ index &* FormatLayout.layerBytes
      let start = bytes + model.weights.first
      weights = start + bytes.word(at &+ 28)
      bias = start + bytes.word(at &+ 32)
      scale = start + bytes.word(at &+ 36)
      groups = (bytes.word(at &+ 16) &+ 3) >> 2
      stride = bytes.word(at &+ 24)
      shift = bytes.load(fromByteOffset: at &+ 40, as: UInt32.self)
    }
  }
#endif
