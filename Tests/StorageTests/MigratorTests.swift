import Kernel
import Storage
import TestSupport
import Testing

@Suite("Migrations on both engines")
struct MigratorTests {
    private static let now = Timestamp(milliseconds: 1_767_225_600_000)
    private static let first = Migration(
        id: "20260101a_first",
        statements: ["CREATE TABLE first_table (id \(SQL.int64) NOT NULL PRIMARY KEY)\(SQL.tableOptions)"])
    private static let second = Migration(
        id: "20260102a_second",
        statements: [
            "CREATE TABLE second_table (id \(SQL.int64) NOT NULL PRIMARY KEY)\(SQL.tableOptions)",
            "INSERT INTO second_table (id) VALUES (1)",
        ])
    private static let broken = Migration(
        id: "20260103a_broken",
        statements: [
            "CREATE TABLE third_table (id \(SQL.int64) NOT NULL PRIMARY KEY)\(SQL.tableOptions)",
            "INSERT INTO second_table (id) VALUES (1)",
        ])

    private static func applied(_ database: any Database) async throws -> [String] {
        try await database.read { tx in
            try tx.rows("SELECT id FROM schema_migration ORDER BY id").map { try $0.text("id") }
        }
    }

    @Test("each migration is applied once", arguments: Backend.allCases)
    func idempotent(backend: Backend) async throws {
        let database = try await backend.makeDatabase()
        #expect(try await Migrator([Self.first]).pending(database) == [Self.first.id])
        #expect(try await Migrator([Self.first]).migrate(database, now: Self.now) == [Self.first.id])
        #expect(try await Migrator([Self.first, Self.second]).migrate(database, now: Self.now) == [Self.second.id])
        #expect(try await Migrator([Self.first, Self.second]).migrate(database, now: Self.now) == [])
        #expect(try await Self.applied(database) == [Self.first.id, Self.second.id])
        let appliedAt = try await database.read { tx in
            try tx.int64("SELECT MIN(applied_at) AS at FROM schema_migration")
        }
        #expect(appliedAt == Self.now.milliseconds)
    }

    @Test("a database of a newer program is refused", arguments: Backend.allCases)
    func tooNew(backend: Backend) async throws {
        let database = try await backend.makeDatabase(migrations: [Self.first, Self.second])
        let error = await failure { try await Migrator([Self.first]).migrate(database, now: Self.now) }
        #expect(error as? StorageError == .schemaTooNew(found: Self.second.id))
    }

    @Test("a migration that fails leaves nothing, those before it stay", arguments: Backend.allCases)
    func failing(backend: Backend) async throws {
        let database = try await backend.makeDatabase()
        let all = Migrator([Self.first, Self.second, Self.broken])
        let error = await failure { try await all.migrate(database, now: Self.now) }
        #expect(error?.isConflict == true, "\(String(describing: error))")
        #expect(try await Self.applied(database) == [Self.first.id, Self.second.id])
        let third = await failure { try await database.read { tx in try tx.rows("SELECT id FROM third_table").count } }
        #expect(third is StorageError)
    }

    @Test("two programs that start together migrate once", arguments: Backend.allCases)
    func together(backend: Backend) async throws {
        let database = try await backend.makeDatabase()
        let other = try await database.openAgain()
        let migrator = Migrator([Self.first, Self.second])
        async let here = migrator.migrate(database, now: Self.now)
        async let there = migrator.migrate(other, now: Self.now)
        _ = try await (here, there)
        await other.close()
        #expect(try await Self.applied(database) == [Self.first.id, Self.second.id])
        let rows = try await database.read { tx in try tx.int64("SELECT COUNT(*) AS n FROM second_table") }
        #expect(rows == 1)
    }
}
