// A hosted Swift program and the archive in one process: both must work as if alone.
//
//   coexist MODEL RECORDS.csv
//
// Uses Swift's runtime (reference counts, weak references, arrays, dictionaries, strings,
// existentials, generics, errors, lazy globals) between and around calls of the library, and prints
// the bits of every result, which coexist.c prints too.

import CPicket
import Glibc

func require(_ holds: Bool, _ what: String) {
  if holds { return }
  fputs("coexist: \(what)\n", stderr)
  exit(1)
}

// ---- Things that live in Swift's runtime ----

nonisolated(unsafe) var living = 0
nonisolated(unsafe) var made = 0

/// A lazy global: its first use goes through swift_once.
let lazyTable: [String: Int] = {
  made += 1
  return Dictionary(uniqueKeysWithValues: (0..<100).map { ("key \($0)", $0) })
}()

class Node {
  let name: String
  var next: Node?
  weak var previous: Node?
  init(_ name: String) {
    self.name = name
    living += 1
  }
  deinit { living -= 1 }
}

final class Leaf: Node {
  var payload = [1, 2, 3]
}

final class Holder {
  var leaf: Leaf
  init(_ leaf: Leaf) { self.leaf = leaf }
}

protocol Shape { var area: Double { get } }
struct Square: Shape {
  var side: Double
  var area: Double { side * side }
}
final class Disc: Shape {
  let radius: Double
  init(_ radius: Double) {
    self.radius = radius
    living += 1
  }
  deinit { living -= 1 }
  var area: Double { 3 * radius * radius }
}

struct Problem: Error { let text: String }

func largest<Element: Comparable>(_ all: [Element]) throws -> Element {
  guard let most = all.max() else { throw Problem(text: "empty") }
  return most
}

/// Exercises the runtime; `seed` keeps the compiler from folding it.
func useSwift(_ seed: Int) {
  let before = living
  do {
    let first = Node("first \(seed)")
    var last: Node = first
    for i in 1..<50 {
      let node = i % 7 == 0 ? Leaf("leaf \(i)") : Node("node \(i)")
      node.previous = last
      last.next = node
      last = node
    }
    require(living == before + 50, "50 nodes should live, not \(living - before)")
    require(last.previous?.name == "node 48", "a weak reference is lost")
    weak var gone: Node?
    do {
      let short = Node("short-lived")
      gone = short
      require(gone?.name == "short-lived", "a weak reference to a living object")
    }
    require(gone == nil && living == before + 50, "a weak reference keeps its object alive")

    let holder = Holder(Leaf("unique"))
    require(isKnownUniquelyReferenced(&holder.leaf), "one reference is not unique")
    let other = holder.leaf
    require(!isKnownUniquelyReferenced(&holder.leaf), "two references are unique")
    require(other.payload == [1, 2, 3], "an array in a class")
  }
  require(living == before, "\(living - before) objects were never released")

  var numbers = Array(0..<1000)
  let place = numbers.withUnsafeBufferPointer { $0.baseAddress }
  numbers[1] = 1
  require(numbers.withUnsafeBufferPointer { $0.baseAddress } == place, "an array moved")
  let copy = numbers
  numbers[0] = seed
  require(copy[0] == 0 && numbers[0] == seed, "copy on write")
  var words: [String: [Int]] = [:]
  for i in numbers { words["word \(i % 17)", default: []].append(i) }
  require(words.values.map(\.count).reduce(0, +) == 1000, "a dictionary of arrays")
  require(lazyTable["key 42"] == 42 && made == 1, "a lazy global is made \(made) times")

  do {
    let shapes: [any Shape] = [Square(side: 2), Disc(1), Square(side: 3), Disc(Double(seed))]
    let areas = shapes.map(\.area)
    require(areas.prefix(3) == [4, 3, 9], "existentials: \(areas)")
    require(shapes.compactMap { $0 as? Disc }.count == 2, "a cast of an existential")
  }
  require(living == before, "existentials were never released")

  let text = String((0..<200).map { Character(UnicodeScalar(UInt8(97 + ($0 + seed) % 26))) })
  require(text.count == 200 && Set(text).count == 26, "a string")
  require((try? largest([3, seed, 1])) == max(3, seed), "a generic function")
  do {
    _ = try largest([Int]())
    require(false, "an error that was not thrown")
  } catch let problem as Problem {
    require(problem.text == "empty", "an error's text")
  } catch { require(false, "another error: \(error)") }
}

// ---- The library ----

func readFile(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "rb") else {
    fputs("coexist: cannot open \(path)\n", stderr)
    exit(1)
  }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 4096)
  while true {
    let count = fread(&block, 1, block.count, file)
    if count == 0 { return bytes }
    bytes += block[..<count]
  }
}

func hexadecimal(_ bits: UInt32) -> String {
  let digits = String(bits, radix: 16)
  return String(repeating: "0", count: 8 - digits.count) + digits
}

require(CommandLine.arguments.count == 3, "usage: coexist MODEL RECORDS.csv")
useSwift(1)
let file = readFile(CommandLine.arguments[1])
let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: file.count, alignment: 64)
bytes.copyBytes(from: file)

/// Holds an open model and its scratch, and is released like any object.
final class Scorer {
  var model = picket_model()
  var scratch: [UInt8]
  init(_ bytes: UnsafeRawBufferPointer) {
    let status = picket_open(&model, bytes.baseAddress, bytes.count, nil)
    require(status == 0, String(cString: picket_status_text(status)))
    scratch = Array(repeating: 0, count: picket_scratch_size(&model))
    living += 1
  }
  deinit { living -= 1 }

  func score(_ record: [Float]) -> (Int32, picket_result) {
    var result = picket_result()
    let status = picket_score(&model, record, &scratch, scratch.count, &result)
    return (status, result)
  }
}

do {
  let scorer = Scorer(UnsafeRawBufferPointer(bytes))
  let lines = String(decoding: readFile(CommandLine.arguments[2]), as: UTF8.self)
    .split(separator: "\n")
  for (i, line) in lines.enumerated() {
    let record = line.split(separator: ",").map { Float($0)! }
    let (status, result) = scorer.score(record)
    print(
      status, hexadecimal(result.score.bitPattern), hexadecimal(result.p_value.bitPattern),
      result.flags)
    useSwift(i)
  }
}
require(living == 0, "\(living) objects live at the end")
bytes.deallocate()
