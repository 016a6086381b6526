// swift-tools-version: 6.2
// Targets stand in dependency order: a target uses only what is above it.
import PackageDescription

/// The trainer's inner loops index raw buffers whose bounds are fixed when a network is built;
/// -Ounchecked drops the arithmetic-overflow checks there, and nowhere else.
let hotLoops: [SwiftSetting] = [.unsafeFlags(["-Ounchecked"], .when(configuration: .release))]

let package = Package(
  name: "Picket",
  products: [
    .executable(name: "picket", targets: ["picket"]),
    .library(name: "PicketDetectors", targets: ["PicketDetectors", "PicketExport"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // Debian's libraries, seen from Swift.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CLibSVM", providers: [.apt(["libsvm-dev"])]),

    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),

    // The C contract: include/picket.h is the law that PicketRuntime implements.
    .systemLibrary(name: "CPicket", path: "include"),

    // The embedded rooms, built here as ordinary modules. The Makefile builds the same sources
    // in Embedded Swift for the archive.
    .target(name: "PicketCore", dependencies: ["CPicket"]),
    .target(name: "PicketRuntime", dependencies: ["CPicket", "PicketCore"]),
    .target(name: "PicketFlow", dependencies: ["CPicket"]),

    // The trainer.
    // Seeded random numbers and sparse rows, which readers and networks share.
    .target(name: "PicketNumbers"),
    // How messages show text that is not ours.
    .target(name: "PicketText"),
    .target(
      name: "PicketData",
      dependencies: [
        "CPicket", "PicketCore", "PicketFlow", "PicketNumbers", "PicketText", "CArchive", "CZlib",
        "CCrypto", "TOMLKit",
      ]),
    .target(name: "PicketMetrics"),
    .target(
      name: "PicketNN", dependencies: ["PicketNumbers", "COpenBLAS"], swiftSettings: hotLoops),
    .target(
      name: "PicketDetectors",
      dependencies: [
        "PicketCore", "PicketData", "PicketMetrics", "PicketNN", "PicketNumbers", "PicketText",
        "COpenBLAS", "CLibSVM",
      ]),
    .target(
      name: "PicketExport",
      dependencies: [
        "CPicket", "CZlib", "PicketCore", "PicketData", "PicketDetectors", "PicketNN",
        "PicketRuntime", "PicketText",
      ]),
    .target(name: "PicketReport", dependencies: ["PicketMetrics", "PicketText"]),
    // The evaluation protocols: cells, their ledger, tables.
    .target(
      name: "PicketReproduce",
      dependencies: [
        "PicketNumbers", "PicketData", "PicketMetrics", "PicketDetectors", "PicketExport",
        "PicketReport", "PicketText",
      ]),
    .executableTarget(
      name: "picket",
      dependencies: [
        "CPicket", "PicketCore", "PicketNumbers", "PicketData", "PicketMetrics", "PicketNN",
        "PicketDetectors", "PicketExport", "PicketReport", "PicketReproduce", "PicketText",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .testTarget(name: "PicketCoreTests", dependencies: ["PicketCore", "PicketRuntime", "CPicket"]),
    .testTarget(
      name: "PicketDataTests",
      dependencies: ["CPicket", "PicketData", "PicketFlow", "PicketNumbers"]),
    // Stands in for malloc, so that a test can count what a training step asks of the heap.
    .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
    .testTarget(name: "PicketMetricsTests", dependencies: ["PicketMetrics"]),
    .testTarget(
      name: "PicketNNTests", dependencies: ["PicketNN", "PicketNumbers", "CAllocationCounter"]),
    .testTarget(
      name: "PicketDetectorsTests",
      dependencies: ["PicketDetectors", "PicketNumbers", "CAllocationCounter", "CLibSVM"]),
    .testTarget(
      name: "PicketExportTests",
      dependencies: [
        "PicketExport", "PicketData", "PicketDetectors", "PicketNN", "PicketNumbers",
        "PicketRuntime", "CPicket",
      ]),
    .testTarget(name: "PicketTextTests", dependencies: ["PicketText"]),
    .testTarget(name: "PicketReportTests", dependencies: ["PicketReport"]),
    .testTarget(
      name: "PicketReproduceTests",
      dependencies: ["PicketReproduce", "PicketData", "PicketDetectors", "PicketReport"]),
  ],
  swiftLanguageModes: [.v6]
)
