import Dispatch
import Kernel
import Storage
import TestSupport

/// Two small tables, enough for everything a driver promises.
enum Fixture {
    static let migrations = [
        Migration(
            id: "20260101a_fixture",
            statements: [
                """
                CREATE TABLE counter (
                    name TEXT NOT NULL PRIMARY KEY,
                    value \(SQL.int64) NOT NULL
                )\(SQL.tableOptions)
                """,
                """
                CREATE TABLE note (
                    id \(SQL.int64) NOT NULL PRIMARY KEY,
                    counter_name TEXT REFERENCES counter (name),
                    label TEXT,
                    size \(SQL.int64) CHECK (size >= 0)
                )\(SQL.tableOptions)
                """,
            ])
    ]

    static let lane = Lane(key: 7)

    static func database(_ backend: Backend) async throws -> TestDatabase {
        try await backend.makeDatabase(migrations: migrations)
    }

    static func insertNote(_ id: Int, label: String? = nil, in tx: any WriteTransaction) throws {
        try tx.run("INSERT INTO note (id, label) VALUES (\(id), \(label))")
    }

    static func noteIDs(_ database: any Database) async throws -> [Int64] {
        try await database.read { tx in try tx.rows("SELECT id FROM note ORDER BY id").map { try $0.int64("id") } }
    }

    /// Reads, then writes what it computed: loses updates wherever isolation fails.
    static func increment(_ name: String, in tx: any WriteTransaction) throws -> Int64 {
        let value = try tx.first("SELECT value FROM counter WHERE name = \(name)\(SQL.forUpdate)")?.int64("value") ?? 0
        try tx.run("UPDATE counter SET value = \(value + 1) WHERE name = \(name)")
        return value + 1
    }

    static func startCounter(_ name: String, _ database: any Database) async throws {
        _ = try await database.write(in: lane) { tx in
            try tx.run("INSERT INTO counter (name, value) VALUES (\(name), 0)")
        }
    }

    static func counter(_ name: String, _ database: any Database) async throws -> Int64? {
        try await database.read { tx in try tx.int64("SELECT value FROM counter WHERE name = \(name)") }
    }
}

struct Refusal: Error, Equatable {
    var reason = "no"
}

/// Lets a test hold a transaction open until it is told to go on.
struct Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    func open() { semaphore.signal() }
    /// Blocks the database's thread, never one of Swift's. Gives up after ten seconds, so that a bug cannot hang the run.
    func wait() { _ = semaphore.wait(timeout: .now() + 10) }
}

/// The error `body` throws; nil when it throws none.
func failure<T>(_ body: () async throws -> T) async -> (any Error)? {
    do {
        _ = try await body()
        return nil
    } catch { return error }
}

extension Error {
    var isConflict: Bool { if case .conflict? = self as? StorageError { true } else { false } }
    var isUnavailable: Bool { if case .unavailable? = self as? StorageError { true } else { false } }
    var isFailed: Bool { if case .failed? = self as? StorageError { true } else { false } }
}
