// swift-tools-version:6.2
import PackageDescription

// `make test` and `make lint` build strictly; a user's newer compiler must not fail over a new warning.
let strict: [SwiftSetting] =
    Context.environment["MENYA_STRICT"] == "1" ? [.treatAllWarnings(as: .error)] : []

let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + strict

let package = Package(
    name: "menya",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration", exact: "1.4.0",
            traits: ["JSON", "CommandLineArguments"]),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        .target(name: "Kernel", swiftSettings: settings),
        .target(name: "Storage", dependencies: ["Kernel"], swiftSettings: settings),
        .target(
            name: "StorageSQLite",
            dependencies: [
                "Kernel", "Storage", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .target(name: "StoragePostgres", dependencies: ["Kernel", "Storage", "CLibpq"], swiftSettings: settings),
        .target(
            name: "Clinic",
            dependencies: [
                "Kernel", "Storage", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"), "Yams",
            ],
            swiftSettings: settings),
        .target(
            name: "ClinicWeb",
            dependencies: [
                "Clinic", "CQREncode", "Kernel", "Storage", .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Resources/templates"), .copy("Resources/public")], swiftSettings: settings),
        .executableTarget(
            name: "menya",
            dependencies: [
                "ClinicWeb", "Clinic", "Kernel", "Storage", "StorageSQLite", "StoragePostgres",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),
        .target(
            name: "TestSupport",
            dependencies: ["Clinic", "ClinicWeb", "Kernel", "Storage", "StorageSQLite", "StoragePostgres"],
            path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(name: "KernelTests", dependencies: ["Kernel"], swiftSettings: settings),
        .testTarget(
            name: "StorageTests", dependencies: ["TestSupport", "Storage", "StorageSQLite", "StoragePostgres"],
            swiftSettings: settings),
        .testTarget(name: "ClinicTests", dependencies: ["Clinic", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "ClinicWebTests",
            dependencies: [
                "ClinicWeb", "TestSupport", .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
