import Kernel
import Storage
import StoragePostgres
import TestSupport
import Testing

@Suite("PostgreSQL connections break")
struct PostgresConnectionTests {
    private static let breakOff: SQL = "SELECT pg_terminate_backend(pg_backend_pid()) AS done"

    @Test("before COMMIT the closure runs again on a new connection")
    func lostBeforeCommit() async throws {
        let database = try await Fixture.database(.postgres)
        let attempts = Guarded(0)
        try await database.write(in: Fixture.lane) { tx in
            let attempt = attempts.withLock { attempts in
                attempts += 1
                return attempts
            }
            try Fixture.insertNote(attempt, in: tx)
            // The driver must notice, even when the closure does not.
            if attempt == 1 { _ = try? tx.rows(Self.breakOff) }
        }
        #expect(attempts.withLock { $0 } == 2)
        #expect(try await Fixture.noteIDs(database) == [2])
    }

    @Test("a read runs again on a new connection")
    func lostWhileReading() async throws {
        let database = try await Fixture.database(.postgres)
        let attempts = Guarded(0)
        let answer = try await database.read { tx in
            let attempt = attempts.withLock { attempts in
                attempts += 1
                return attempts
            }
            if attempt == 1 { _ = try tx.rows(Self.breakOff) }
            return try tx.int64("SELECT 42")
        }
        #expect(answer == 42)
        #expect(attempts.withLock { $0 } == 2)
    }

    @Test("connections that broke while idle are replaced without an error")
    func lostWhileIdle() async throws {
        let database = try await Fixture.database(.postgres)
        try await Fixture.startCounter("n", database)
        for round in 1...3 {
            try await database.breakConnections()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<4 {
                    group.addTask {
                        _ = try await database.write(in: Lane(key: Int64(lane))) { tx in
                            try Fixture.increment("n", in: tx)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await Fixture.counter("n", database) == Int64(round * 4))
        }
    }

    @Test("after COMMIT was sent the outcome is unknown, and the closure does not run again")
    func outcomeUnknown() async throws {
        // A deferred trigger runs inside COMMIT; this one ends its own connection there.
        let trap = Migration(
            id: "20260102a_trap",
            statements: [
                """
                CREATE FUNCTION break_off() RETURNS TRIGGER LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5); RETURN NULL; END'
                """,
                """
                CREATE CONSTRAINT TRIGGER trap AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW WHEN (NEW.label = 'trap') EXECUTE FUNCTION break_off()
                """,
            ])
        let database = try await Backend.postgres.makeDatabase(migrations: Fixture.migrations + [trap])
        let attempts = Guarded(0)
        let error = await failure {
            try await database.write(in: Fixture.lane) { tx in
                attempts.withLock { $0 += 1 }
                try Fixture.insertNote(1, label: "trap", in: tx)
            }
        }
        #expect(error as? StorageError == .outcomeUnknown)
        #expect(attempts.withLock { $0 } == 1)
        // The lane is free again and the next write goes through.
        try await database.write(in: Fixture.lane) { tx in try Fixture.insertNote(2, in: tx) }
        #expect(try await Fixture.noteIDs(database) == [2])
    }

    @Test("a lane held by another process: the wait ends after five seconds")
    func laneHeldElsewhere() async throws {
        let database = try await Fixture.database(.postgres)
        let other = try PostgresAdministration(url: database.location)
        try other.run("SELECT pg_advisory_lock(\(Fixture.lane.key))")
        let error = await failure {
            try await database.write(in: Fixture.lane) { tx in try Fixture.insertNote(1, in: tx) }
        }
        #expect(error?.isUnavailable == true, "\(String(describing: error))")
        try other.run("SELECT pg_advisory_unlock(\(Fixture.lane.key))")
        try await database.write(in: Fixture.lane) { tx in try Fixture.insertNote(2, in: tx) }
        #expect(try await Fixture.noteIDs(database) == [2])
    }

    @Test("a lane's lock is free after success, after an error and after a broken connection")
    func locksAreReturned() async throws {
        let database = try await Fixture.database(.postgres)
        try await database.write(in: Fixture.lane) { tx in try Fixture.insertNote(1, in: tx) }
        _ = await failure { try await database.write(in: Fixture.lane) { _ in throw Refusal() } }
        _ = await failure {
            try await database.write(in: Fixture.lane) { tx in try Fixture.insertNote(1, in: tx) }
        }
        let held = try await database.read { tx in
            try tx.int64(
                """
                SELECT COUNT(*) AS n
                FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
                WHERE locktype = 'advisory' AND datname = current_database()
                """)
        }
        #expect(held == 0)
    }

    @Test("other processes' commits are heard, one's own are not", .timeLimit(.minutes(1)))
    func foreignCommits() async throws {
        let here = try await Fixture.database(.postgres)
        let there = try await here.openAgain()
        var news = here.foreignCommits().makeAsyncIterator()
        #expect(await news.next() == .unknown)
        try await there.write(in: Lane(key: 71)) { tx in try Fixture.insertNote(1, in: tx) }
        try await here.write(in: Lane(key: 72)) { tx in try Fixture.insertNote(2, in: tx) }
        _ = try await there.write(in: Lane(key: 73)) { tx in try tx.int64("SELECT COUNT(*) AS n FROM note") }
        _ = await failure {
            try await there.write(in: Lane(key: 74)) { tx in
                try Fixture.insertNote(3, in: tx)
                throw Refusal()
            }
        }
        try await there.write(in: Lane(key: 75)) { tx in
            _ = try tx.rows("INSERT INTO note (id) VALUES (4) RETURNING id")
        }
        try await there.write(in: Lane(key: 76), telling: .nothing) { tx in try Fixture.insertNote(5, in: tx) }
        try await there.write(in: Lane(key: 77), telling: .screens(of: .organisation, topics: ["board", "tasks"])) {
            tx in
            try Fixture.insertNote(6, in: tx)
        }
        #expect(await news.next() == ForeignCommit(lane: Lane(key: 71)))
        #expect(await news.next() == ForeignCommit(lane: Lane(key: 75)))
        #expect(await news.next() == ForeignCommit(lane: .organisation, topics: ["board", "tasks"]))
        // After an interruption anything may have changed.
        try await here.breakConnections()
        #expect(await news.next() == .unknown)
        await there.close()
        await here.close()
        #expect(await news.next() == nil)
    }
}
