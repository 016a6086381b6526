#if PICKET_AVX
  import CPicket
  import CPicketKernels

  /// Scores tiles of records, layer by layer.
  extension Model {
    /// Most records of a tile: with more, their memory drives weights out of the first cache.
    private static var mostRecords: Int { 16 }

    /// Scores records until one is refused.
    ///
    /// - Parameters:
    ///   - stride: Floats from one record to the next.
    ///   - memory: Scratch of `size` bytes, enough for one record.
    ///   - results: Receive a result for each record scored.
    ///   - scored: Receives how many were.
    /// - Returns: `PICKET_OK`, or why the next record is refused.
    @inline(never)
    func scoreTiles(
      _ layout: TileLayout, _ records: UnsafePointer<Float>, stride: Int, count: Int,
      scratch memory: UnsafeMutableRawPointer, size: Int,
      into results: UnsafeMutablePointer<picket_result>, scored: inout Int
    ) -> Int {
      let address = UInt(bitPattern: memory)
      let start = memory + Int(bitPattern: (64 &- (address & 63)) & 63)
      var room = 1
      var left = (size < 0 ? Int.max : size) &- 63 &- layout.bytes
      while room < Model.mostRecords && left >= layout.bytes {
        room &+= 1
        left &-= layout.bytes
      }
      scored = 0
      while scored < count {
        let next = min(room, count &- scored)
        var tile = picket_tile(
          memory: start.assumingMemoryBound(to: CChar.self), record_bytes: layout.bytes, count: 0,
          categories: layout.categories)
        let refusal = encode(records + scored &* stride, stride, next, layout, &tile)
        let output = run(layout, &tile)
        let before = scored
        while scored &- before < tile.count {
          let record = start + (scored &- before) &* layout.bytes
          let value = self.value(record, layout, output)
          guard isFinite(value) else { return PICKET_E_OVERFLOW }
          results[scored] = judged(
            value, record.load(fromByteOffset: layout.flags, as: UInt32.self))
          scored &+= 1
        }
        guard refusal == PICKET_OK else { return refusal }
      }
      return PICKET_OK
    }

    /// The score of a record that has gone through all layers.
    @inline(__always)
    private func value(
      _ record: UnsafeMutableRawPointer, _ layout: TileLayout, _ output: picket_vector
    ) -> Float {
      let last = record + output.values
      guard decoderCount != 0 else {
        return squaredLength(last, count: latentCount.int).squareRoot()
      }
      let error = squaredDistance(record, last, count: inputCount.int)
      let mean = error / Float(inputCount.int)
      let divergence = record.load(fromByteOffset: layout.divergence, as: Float.self)
      return reconstructionWeight * mean + divergenceWeight * divergence
    }

    /// Runs all layers.
    ///
    /// - Returns: Where the outputs of the last one are.
    @inline(__always)
    private func run(_ layout: TileLayout, _ tile: inout picket_tile) -> picket_vector {
      var isFront = startsInFront
      var input = firstInput(layout)
      if decoderCount != 0 { input.values = TileLayout.inputs }
      var i = 0
      while i < layerCount {
        let output = isFront ? layout.front : layout.back
        if i != 0 && i == encoderCount.int { takeLatent(layout, &tile, input) }
        runTileLayer(i, &tile, input, output)
        input = output
        isFront = !isFront
        i &+= 1
      }
      return input
    }

    /// Whether the first layer's outputs are in front: what is reconstructed ends up there, where
    /// the explanation looks for it.
    @inline(__always)
    private var startsInFront: Bool { decoderCount == 0 || layerCount & 1 == 1 }

    /// Where a record is encoded: not where the first layer's outputs go.
    @inline(__always)
    func firstInput(_ layout: TileLayout) -> picket_vector {
      startsInFront ? layout.back : layout.front
    }

    /// Between encoder and decoder: the divergence, and the bits of the means alone.
    @inline(never)
    private func takeLatent(
      _ layout: TileLayout, _ tile: inout picket_tile, _ encoded: picket_vector
    ) {
      let both = score == PICKET_SCORE_RECONSTRUCTION_KL
      var r = 0
      while r < tile.count {
        let record = UnsafeMutableRawPointer(tile.memory) + r &* layout.bytes
        let values = record + encoded.values
        let divergence = both ? gaussianDivergence(values, latent: latentCount.int) : 0
        record.storeBytes(of: divergence, toByteOffset: layout.divergence, as: Float.self)
        picket_mark(
          values.assumingMemoryBound(to: Float.self), latentCount.int,
          (record + encoded.words).assumingMemoryBound(to: UInt64.self))
        r &+= 1
      }
    }

    /// Runs a layer.
    @inline(__always)
    private func runTileLayer(
      _ index: Int, _ tile: inout picket_tile, _ input: picket_vector, _ output: picket_vector
    ) {
      let layer = layer(index)
      let rectifies = layer.activation == Activation.reLU
      var view = picket_layer(
        weights: bytes.assumingMemoryBound(to: CChar.self) + layer.weights,
        bias: bytes.assumingMemoryBound(to: CChar.self) + layer.bias,
        scale: bytes.assumingMemoryBound(to: CChar.self) + layer.scale, inputs: layer.inputs,
        outputs: layer.outputs, stride: layer.stride, row_bytes: layer.rowBytes,
        rectifies: rectifies ? 1 : 0)
      if index == 0 && decoderCount == 0 {
        var features = features16
        switch layer.element {
        case PICKET_FLOAT16: TileLayer.firstHalves(&view, &tile, &features, input, output)
        case PICKET_INT8: TileLayer.firstBytes(&view, &tile, &features, input, output)
        default: TileLayer.firstFloats(&view, &tile, &features, input, output)
        }
      } else {
        switch layer.element {
        case PICKET_FLOAT16: TileLayer.halves(&view, &tile, input, output)
        case PICKET_INT8: TileLayer.integers(&view, &tile, input, output)
        default: TileLayer.floats(&view, &tile, input, output)
        }
      }
      guard !rectifies && index &+ 1 < layerCount else { return }
      activate(layer, tile, output)
    }

    /// Applies an activation that is no rectifier.
    @inline(never)
    private func activate(_ layer: Layer, _ tile: picket_tile, _ output: picket_vector) {
      var r = 0
      while r < tile.count {
        let record = UnsafeMutableRawPointer(tile.memory) + r &* tile.record_bytes
        let values = record + output.values
        Activation.apply(layer.activation, slope: layer.slope, values, count: layer.stride)
        picket_mark(
          values.assumingMemoryBound(to: Float.self), layer.outputs,
          (record + output.words).assumingMemoryBound(to: UInt64.self))
        r &+= 1
      }
    }
  }
#endif
