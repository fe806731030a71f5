import Kernel
import Storage
import TestSupport
import Testing

@testable import StoragePostgres

@Suite("PostgreSQL alone")
struct PostgresTests {
    @Test("statements, locks and forgotten transactions end by themselves")
    func timeouts() async throws {
        let database = try await Fixture.database(.postgres)
        let settings = try await database.read { tx in
            try tx.first(
                """
                SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
                    current_setting('idle_in_transaction_session_timeout') AS idle,
                    current_setting('transaction_isolation') AS isolation
                """)?.values
        }
        #expect(settings == [.text("15s"), .text("5s"), .text("30s"), .text("repeatable read")])
    }

    @Test("a database with another text order or alphabet is refused")
    func suitability() async throws {
        try PostgresDatabase.requireSuitable(encoding: "UTF8", provider: "c", locale: "C")
        try PostgresDatabase.requireSuitable(encoding: "UTF8", provider: "b", locale: "C.UTF-8")
        #expect(throws: PostgresSetupError.wrongCollation(found: "c:zh_CN.UTF-8")) {
            try PostgresDatabase.requireSuitable(encoding: "UTF8", provider: "c", locale: "zh_CN.UTF-8")
        }
        #expect(throws: PostgresSetupError.wrongCollation(found: "i:C")) {
            try PostgresDatabase.requireSuitable(encoding: "UTF8", provider: "i", locale: "C")
        }
        let test = try await Fixture.database(.postgres)
        let name = "\(test.databaseName)_ascii"
        let administration = try PostgresAdministration(url: test.location, databaseName: "postgres")
        try administration.run("CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
        let error = await failure { try await PostgresDatabase(url: test.location, databaseName: name) }
        try administration.run("DROP DATABASE \(name) WITH (FORCE)")
        #expect(error as? PostgresSetupError == .wrongEncoding(found: "SQL_ASCII"))
    }

    @Test("a server that is not there is reported at once")
    func unreachable() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let error = await failure { try await PostgresDatabase(url: "host=/nowhere dbname=menya") }
        #expect(error?.isUnavailable == true)
        #expect(clock.now - start < .seconds(3))
    }

    @Test("of several hosts the one that takes writes is used")
    func severalHosts() async throws {
        let test = try await Fixture.database(.postgres)
        let url = test.location.replacing("host=", with: "host=/nowhere,") + " target_session_attrs=read-write"
        let database = try await PostgresDatabase(url: url, writers: 1, readers: 1)
        try await database.write(in: Fixture.lane) { tx in try Fixture.insertNote(1, in: tx) }
        #expect(try await Fixture.noteIDs(test) == [1])
        await database.close()
    }

    @Test("two transactions that met: the second runs again, even when it swallowed the failure")
    func runsAgain() async throws {
        let database = try await Fixture.database(.postgres)
        try await Fixture.startCounter("card", database)
        let attempts = Guarded(0)
        let (hasRead, hasWritten) = (Gate(), Gate())
        async let late: Void = database.write(in: Lane(key: 1)) { tx in
            let attempt = attempts.withLock { attempts in
                attempts += 1
                return attempts
            }
            let value = try tx.int64("SELECT value FROM counter WHERE name = 'card'") ?? 0
            if attempt == 1 {
                hasRead.open()
                hasWritten.wait()
            }
            _ = try? tx.savepoint { try tx.run("UPDATE counter SET value = \(value + 10) WHERE name = 'card'") }
        }
        try await database.write(in: Lane(key: 2)) { tx in
            hasRead.wait()
            try tx.run("UPDATE counter SET value = value + 1 WHERE name = 'card'")
        }
        hasWritten.open()
        try await late
        #expect(attempts.withLock { $0 } == 2)
        #expect(try await Fixture.counter("card", database) == 11)
    }

    @Test("when nothing gets free within two seconds the caller is told")
    func exhausted() async throws {
        let test = try await Fixture.database(.postgres)
        let database = try await PostgresDatabase(url: test.location, writers: 1, readers: 1)
        let (isBusy, mayEnd) = (Gate(), Gate())
        async let busy: Void = database.write(in: Lane(key: 1)) { tx in
            try Fixture.insertNote(1, in: tx)
            isBusy.open()
            mayEnd.wait()
        }
        _ = try await database.read { _ in isBusy.wait() }
        let error = await failure {
            try await database.write(in: Lane(key: 2)) { tx in try Fixture.insertNote(2, in: tx) }
        }
        mayEnd.open()
        try await busy
        #expect(error?.isUnavailable == true, "\(String(describing: error))")
        #expect(try await Fixture.noteIDs(test) == [1])
        await database.close()
    }

    @Test("more texts than the statement cache holds still run")
    func manyTexts() async throws {
        let database = try await Fixture.database(.postgres)
        let (sum, prepared) = try await database.read { tx in
            let sum = try (0..<600).reduce(0) { sum, number in
                sum + (try tx.int64(SQL(trusted: "SELECT \(number)")) ?? 0)
            }
            return (sum, try tx.int64("SELECT COUNT(*) AS n FROM pg_prepared_statements"))
        }
        #expect(sum == 179_700)
        #expect(prepared == 256)
    }

    @Test("a column that changes its type under a prepared statement does no harm")
    func changedPlan() async throws {
        let database = try await Fixture.database(.postgres)
        _ = try await database.write(in: Fixture.lane) { tx in
            try tx.run("INSERT INTO note (id, size) VALUES (1, 5)")
        }
        let query: @Sendable (any ReadTransaction) throws -> SQLValue? = { tx in
            try tx.first("SELECT size FROM note WHERE id = 1")?.values.first
        }
        #expect(try await database.read(query) == .int(5))
        try await database.write(in: Fixture.lane) { tx in
            try tx.run("ALTER TABLE note DROP CONSTRAINT note_size_check")
            try tx.run("ALTER TABLE note ALTER COLUMN size TYPE TEXT")
        }
        #expect(try await database.read(query) == .text("5"))
    }
}
