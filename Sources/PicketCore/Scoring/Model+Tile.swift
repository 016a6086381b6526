#if PICKET_AVX
  import CPicket
  import CPicketKernels

  /// Scores tiles of records, layer by layer.
  extension Model {
    /// Most records of a tile: more gain nothing, for by then weights are read from the first cache.
    private static var mostRecords: Int { 32 }

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
      _ records: UnsafePointer<Float>, stride: Int, count: Int,
      scratch memory: UnsafeMutableRawPointer, size: Int,
      into results: UnsafeMutablePointer<picket_result>, scored: inout Int
    ) -> Int {
      let layout = TileLayout(self)
      let address = UInt(bitPattern: memory)
      let start = memory + Int(bitPattern: (64 &- (address & 63)) & 63)
      let most = min(count, Model.mostRecords)
      var room = 1
      var left = (size < 0 ? Int.max : size) &- 63 &- layout.bytes
      while room < most && left >= layout.bytes {
        room &+= 1
        left &-= layout.bytes
      }
      let features = features16
      let rowBytes = decoderCount == 0 ? tileLayer(0).row_bytes : 1
      scored = 0
      while scored < count {
        var tile = picket_tile(
          memory: start.assumingMemoryBound(to: CChar.self), record_bytes: layout.bytes, count: 0,
          categories: layout.categories)
        let refusal = encode(
          records + scored &* stride, stride: stride, count: min(room, count &- scored),
          rowBytes: rowBytes, features, layout, &tile)
        let output = run(layout, tile, features)
        var record = start
        let end = start + tile.count &* layout.bytes
        while record < end {
          let value = self.value(record, layout, output)
          guard isFinite(value) else { return PICKET_E_OVERFLOW }
          results[scored] = judged(
            value, record.load(fromByteOffset: layout.flags, as: UInt32.self))
          scored &+= 1
          record += layout.bytes
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
    private func run(
      _ layout: TileLayout, _ tile: picket_tile, _ features: picket_features
    ) -> picket_vector {
      var isFront = startsInFront
      var input = firstInput(layout)
      if decoderCount != 0 { input.values = TileLayout.inputs }
      var i = 0
      while i < layerCount {
        let output = isFront ? layout.front : layout.back
        if i != 0 && i == encoderCount.int { takeLatent(layout, tile, input) }
        let layer = tileLayer(i)
        if i == 0 && decoderCount == 0 {
          TileLayer.runFirst(layer, tile, features, input, output)
        } else {
          TileLayer.run(layer, tile, input, output)
        }
        if layer.rectifies == 0 && i &+ 1 < layerCount { activate(i, tile, output) }
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
      _ layout: TileLayout, _ tile: picket_tile, _ encoded: picket_vector
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

    /// A layer, as the kernels take it.
    @inline(__always)
    private func tileLayer(_ index: Int) -> picket_layer {
      let at = layers.first &+ index &* FormatLayout.layerBytes
      let base = (bytes + weights.first).assumingMemoryBound(to: CChar.self)
      let stride = bytes.word(at &+ 24)
      let element = bytes.word(at &+ 8)
      return picket_layer(
        weights: base + bytes.word(at &+ 28), bias: base + bytes.word(at &+ 32),
        scale: base + bytes.word(at &+ 36), inputs: bytes.word(at &+ 16),
        outputs: bytes.word(at &+ 20), stride: stride,
        row_bytes: stride &* Layer.bytes(ofElement: element),
        element: Int32(truncatingIfNeeded: element),
        rectifies: bytes.word(at &+ 4) == Activation.reLU ? 1 : 0)
    }

    /// Applies an activation that is no rectifier.
    @inline(never)
    private func activate(_ index: Int, _ tile: picket_tile, _ output: picket_vector) {
      let layer = layer(index)
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
