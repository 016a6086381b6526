import CPicket

#if PICKET_DISPATCH
  import CPicketDispatch
#endif

/// A piece of an explanation that is worth the instructions of the processor's level; what is around
/// it is in an archive once.
///
/// A plain value, with all that the pieces read and leave behind: code of another level, which is a
/// module of its own, takes it by its address.
public struct ExplainStep {
  /// What is to be done on the way from a record to its distance.
  enum Work {
    /// Check the record and list its inputs for the first layer.
    case encode
    /// Run the encoder on listed inputs; keep what the way back needs.
    case forward
    /// List the differences between the record's inputs and the typical ones.
    case differences
  }

  /// What is to be done on the way back.
  enum WorkBack {
    /// Bring errors back to neighbouring inputs of a layer.
    case products
    /// Turn listed differences into losses.
    case losses
  }

  let model: UnsafePointer<Model>
  let record: UnsafePointer<Float>
  let scratch: ExplainScratch
  var work = Work.encode
  var workBack = WorkBack.products
  var list: NonZeroList

  var status = PICKET_OK
  var flags: UInt32 = 0
  /// The distance, after `forward`.
  var value: Float = 0

  /// The layer that products and losses go through, by its number, and where its rows meet errors.
  var layer = 0
  var taps: Taps
  var errors: UnsafeRawPointer
  /// How many errors there are from each tap on: a multiple of sixteen.
  var columns = 0
  /// Which inputs products are of: from one on, so many; and where they go.
  var first = 0
  var count = 0
  var products: UnsafeMutablePointer<Float>

  init(
    _ model: UnsafePointer<Model>, _ record: UnsafePointer<Float>, _ memory: UnsafeMutableRawPointer
  ) {
    self.model = model
    self.record = record
    scratch = ExplainScratch(memory, for: model.pointee)
    list = scratch.list
    taps = Taps(behind: list)
    errors = UnsafeRawPointer(scratch.errors)
    products = scratch.activations.assumingMemoryBound(to: Float.self)
  }

  /// Has a piece done by the best code that this processor runs.
  mutating func perform(_ work: Work) {
    self.work = work
    #if PICKET_DISPATCH
      switch model.pointee.level {
      #if PICKET_DISPATCH_V4
        case 4 where work != .differences: return picket_go_v4(&self)
      #endif
      case 3, 4: return picket_go_v3(&self)
      default: break
      }
    #endif
    go()
  }

  /// Has a piece of the way back done so.
  mutating func perform(_ work: WorkBack) {
    workBack = work
    #if PICKET_DISPATCH
      switch model.pointee.level {
      #if PICKET_DISPATCH_V4
        case 4: return picket_come_back_v4(&self)
      #endif
      case 3: return picket_come_back_v3(&self)
      default: break
      }
    #endif
    comeBack()
  }

  /// Does `work` by the code of this module.
  @inline(never)
  @_optimize(speed)
  public mutating func go() {
    #if PICKET_AVX
      if model.pointee.scoresTiles && work != .differences { return goInTile() }
    #endif
    #if !PICKET_KERNEL_V4
      goInLists()
    #endif
  }

  #if PICKET_AVX
    /// Does `work` as far as a record's tile goes.
    @inline(never)
    @_optimize(speed)
    private mutating func goInTile() {
      if work == .encode {
        status = Model.encodeTile(model, record, scratch, &flags)
      } else {
        value = model.pointee.forwardTile(scratch)
      }
    }
  #endif

  /// Does `work` by lists of inputs.
  @inline(__always)
  private mutating func goInLists() {
    switch work {
    case .encode:
      let rowBytes = model.pointee.layer(0).listedRowBytes
      status = model.pointee.encode(
        record, rowBytes: rowBytes, into: &list, spare: scratch.activations, &flags)
      list.close()
    case .forward:
      value = model.pointee.forward(&list, scratch)
    case .differences:
      model.pointee.listDifferences(record, into: &list, spare: scratch.totals)
    }
  }

  /// Does `workBack` by the code of this module.
  @inline(never)
  @_optimize(speed)
  public mutating func comeBack() {
    // Made once, never copied: a copy would wait until all of it is in the cache.
    let wayBack = WayBack(
      model.pointee.layerHere(layer), model.pointee.bytes, from: first, errors: errors,
      columns: columns, taps)
    switch workBack {
    case .products: wayBack.products(count: count, into: products)
    case .losses: wayBack.losses(list, sums: scratch.slopes)
    }
  }
}
