#if PICKET_AVX
  import CPicket
  import CPicketKernels

  /// Scores tiles of records, layer by layer.
  extension Model {
    /// Most records of a tile: more gain little, for by then weights come from the first cache.
    private static var mostRecords: Int { 64 }

    /// Scores records until one is refused.
    ///
    /// - Parameters:
    ///   - model: By its address, so that it is not copied.
    ///   - stride: Floats from one record to the next.
    ///   - memory: Scratch of `size` bytes, enough for one record.
    ///   - results: Receive a result for each record scored.
    ///   - scored: Receives how many were.
    /// - Returns: `PICKET_OK`, or why the next record is refused.
    @inline(never)
    static func scoreTiles(
      _ model: UnsafePointer<Model>, _ records: UnsafePointer<Float>, stride: Int, count: Int,
      scratch memory: UnsafeMutableRawPointer, size: Int,
      into results: UnsafeMutablePointer<picket_result>, scored: inout Int
    ) -> Int {
      var features = model.pointee.features16(spans(model))
      let address = UInt(bitPattern: memory)
      var tile = model.pointee.tile(at: memory + Int(bitPattern: (64 &- (address & 63)) & 63))
      let room = count > 1 ? roomFor(count, tile, size) : 1
      scored = 0
      var status = PICKET_OK
      while scored < count && status == PICKET_OK {
        tile.count = 0
        status = score(
          model,
          records + scored &* stride, stride: stride, count: min(room, count &- scored), &features,
          &tile, into: results + scored)
        scored &+= tile.count
      }
      return status
    }

    /// Scores as many records as a tile has room for, until one is refused.
    ///
    /// - Parameter tile: Receives how many were scored.
    @inline(never)
    private static func score(
      _ model: UnsafePointer<Model>, _ records: UnsafePointer<Float>, stride: Int, count: Int,
      _ features: inout picket_features, _ tile: inout picket_tile,
      into results: UnsafeMutablePointer<picket_result>
    ) -> Int {
      var status = PICKET_OK
      while tile.count < count && status == PICKET_OK {
        status = encode(model, records + tile.count &* stride, &features, &tile)
      }
      let output = run(model, &tile)
      var i = 0
      while i < tile.count {
        let record = UnsafeMutableRawPointer(tile.memory) + i &* tile.record_bytes
        let value = model.pointee.value(record, tile, output)
        guard isFinite(value) else {
          tile.count = i
          return PICKET_E_OVERFLOW
        }
        results[i] = model.pointee.judged(
          value, record.load(fromByteOffset: tile.flags, as: UInt32.self))
        i &+= 1
      }
      return status
    }

    /// How many records of `count` a tile in scratch of `size` bytes may have.
    @inline(never)
    private static func roomFor(_ count: Int, _ tile: picket_tile, _ size: Int) -> Int {
      let most = min(count, Model.mostRecords)
      var room = 1
      // A size beyond the signed range arrives negative, and is enough.
      var left = (size < 0 ? Int.max : size) &- 63 &- tile.record_bytes
      while room < most && left >= tile.record_bytes {
        room &+= 1
        left &-= tile.record_bytes
      }
      return room
    }

    /// The score of a record that has gone through all layers.
    @inline(__always)
    private func value(
      _ record: UnsafeMutableRawPointer, _ tile: picket_tile, _ output: picket_vector
    ) -> Float {
      let last = record + output.values
      guard decoderCount != 0 else { return score(ofEncoding: last) }
      let error = squaredDistance(record, last, count: inputCount.int)
      let mean = error / Float(inputCount.int)
      let divergence = record.load(fromByteOffset: tile.flags &+ 4, as: Float.self)
      return reconstructionWeight * mean + divergenceWeight * divergence
    }

    /// Runs all layers.
    ///
    /// - Returns: Where the outputs of the last one are.
    @inline(__always)
    private static func run(
      _ model: UnsafePointer<Model>, _ tile: inout picket_tile
    ) -> picket_vector {
      var isFront = model.pointee.startsInFront
      var input = model.pointee.encoded(tile)
      var i = 0
      while i < model.pointee.layerCount {
        let output = isFront ? tile.front : tile.back
        if i != 0 && i == model.pointee.encoderCount.int { model.pointee.takeLatent(tile, input) }
        let layer = model.pointee.tileLayer(i)
        layer.run(&tile, input, output)
        // A linear last layer is done: nothing reads its bits.
        if !layer.rectifies && (layer.isCurved || i &+ 1 < model.pointee.layerCount) {
          model.pointee.activate(i, tile, output)
        }
        input = output
        isFront = !isFront
        i &+= 1
      }
      return input
    }

    /// A layer, as the kernels take it.
    @inline(__always)
    func tileLayer(_ index: Int) -> TileLayer {
      TileLayer(
        (bytes + (layers.first &+ index &* FormatLayout.layerBytes))
          .assumingMemoryBound(to: UInt32.self),
        section: (bytes + weights.first).assumingMemoryBound(to: CChar.self))
    }

    /// Between encoder and decoder: the divergence, and the bits of the means alone.
    @inline(never)
    private func takeLatent(_ tile: picket_tile, _ encoded: picket_vector) {
      let both = score == PICKET_SCORE_RECONSTRUCTION_KL
      var record = UnsafeMutableRawPointer(tile.memory)
      let end = record + tile.count &* tile.record_bytes
      while record < end {
        let values = record + encoded.values
        let divergence = both ? gaussianDivergence(values, latent: latentCount.int) : 0
        record.storeBytes(of: divergence, toByteOffset: tile.flags &+ 4, as: Float.self)
        mark(record, encoded, count: latentCount.int)
        record += tile.record_bytes
      }
    }

    /// Applies an activation that is no rectifier.
    @inline(never)
    private func activate(_ index: Int, _ tile: picket_tile, _ output: picket_vector) {
      let layer = layer(index)
      var record = UnsafeMutableRawPointer(tile.memory)
      let end = record + tile.count &* tile.record_bytes
      while record < end {
        Activation.apply(
          layer.activation, slope: layer.slope, record + output.values, count: layer.stride)
        mark(record, output, count: layer.outputs)
        record += tile.record_bytes
      }
    }

    /// Writes the bits of the first `count` numbers of a record's vector.
    @inline(__always)
    func mark(_ record: UnsafeMutableRawPointer, _ vector: picket_vector, count: Int) {
      picket_mark(
        (record + vector.values).assumingMemoryBound(to: Float.self), count,
        (record + vector.words).assumingMemoryBound(to: UInt64.self))
    }
  }
#endif
