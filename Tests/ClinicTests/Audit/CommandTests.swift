import Kernel
import Storage
import TestSupport
import Testing

@testable import Clinic

@Suite("一次操作的编号")
struct CommandTests {
    private static let lane = Lane(key: 7)
    private static let now = Timestamp(milliseconds: 1_773_278_400_000)

    private static func append(_ kind: String, command: String, in tx: any WriteTransaction) throws {
        try Audit.append(
            [Event(kind, of: ID<Patient>(raw: 5)), Event("patient.looked", of: ID<Patient>(raw: 5))],
            actor: ID(raw: 3), at: now, commandID: command, lane: lane, in: tx)
    }

    private static func kinds(_ db: any Database) async throws -> [String] {
        try await db.read { tx in
            try tx.rows("SELECT kind, command_id FROM event ORDER BY lane, seq").map {
                "\(try $0.text("kind")) \(try $0.textIfAny("command_id") ?? "-")"
            }
        }
    }

    @Test("一次操作记两回事件，编号只在第一条上，链仍然完整 R16.11", arguments: Backend.allCases)
    func firstAppendOnly(backend: Backend) async throws {
        let db = try await backend.makeDatabase(migrations: Schema.migrations)

        try await db.write(in: Self.lane) { tx in
            try Self.append("visit.arrived", command: "c1", in: tx)
            try Self.append("task.done", command: "c1", in: tx)
        }

        #expect(
            try await Self.kinds(db) == ["visit.arrived c1", "patient.looked -", "task.done -", "patient.looked -"])
        let done = try await db.read { tx in try Audit.find(commandID: "c1", in: tx) }
        #expect(done == Audit.Done(at: Self.now, actor: ID(raw: 3), subjectKind: "visit", subjectID: 5))
        #expect(try await db.read { tx in try Audit.find(commandID: "c2", in: tx) } == nil)
        let scope = VerificationScope(now: Self.now, isComplete: true, cipher: nil)
        #expect(try await Verification.run(db, checks: ChainChecks.all, scope: scope).last?.finding.breach == nil)
    }

    @Test("同一张表单交两次，第二次不再做", arguments: Backend.allCases)
    func doneOnce(backend: Backend) async throws {
        let db = try await backend.makeDatabase(migrations: Schema.migrations)
        let count = try await db.write(command: "c1", isRepeatable: true, in: Self.lane) { tx in
            try Self.append("visit.arrived", command: "c1", in: tx)
            return 1
        }
        #expect(count == 1)

        let again = await #expect(throws: AlreadyDone.self) {
            try await db.write(command: "c1", isRepeatable: true, in: Self.lane) { tx in
                try Self.append("visit.arrived", command: "c1", in: tx)
            }
        }

        #expect(again?.obstacle == Obstacle(kind: "visit", id: 5, label: "已保存的记录"))
        #expect(try await Self.kinds(db) == ["visit.arrived c1", "patient.looked -"])
    }

    @Test("COMMIT 做完但没有答复：按日志当作成功，不重做", arguments: Backend.allCases)
    func committedWithoutAnswer(backend: Backend) async throws {
        let db = LostAnswers(try await backend.makeDatabase(migrations: Schema.migrations), isCommitted: true)

        let answer = try await db.write(command: "c1", in: Self.lane) { tx in
            try Self.append("visit.arrived", command: "c1", in: tx)
            return "ticket 12"
        }

        #expect(answer == "ticket 12")
        #expect(try await Self.kinds(db) == ["visit.arrived c1", "patient.looked -"])
    }

    @Test("COMMIT 没有答复也没有做：说清楚没有保存", arguments: Backend.allCases)
    func lostBeforeCommit(backend: Backend) async throws {
        let db = LostAnswers(try await backend.makeDatabase(migrations: Schema.migrations), isCommitted: false)

        let error = await #expect(throws: StorageError.self) {
            try await db.write(command: "c1", in: Self.lane) { tx in
                try Self.append("visit.arrived", command: "c1", in: tx)
            }
        }

        guard case .unavailable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await Self.kinds(db) == [])
    }

    @Test("一次操作里第二次写没有答复：日志只记了第一次，不冒充成功")
    func secondWriteWithoutAnswer() async throws {
        let inner = try await Backend.sqlite.makeDatabase(migrations: Schema.migrations)
        try await inner.write(command: "c1", in: Self.lane) { tx in
            try Self.append("visit.arrived", command: "c1", in: tx)
        }

        await #expect(throws: StorageError.outcomeUnknown) {
            try await LostAnswers(inner, isCommitted: false).write(command: "c1", in: Self.lane) { tx in
                try Self.append("visit.left", command: "c1", in: tx)
            }
        }

        #expect(try await Self.kinds(inner) == ["visit.arrived c1", "patient.looked -"])
    }

    @Test("连日志也问不到：结果未确认，带着编号", arguments: Backend.allCases)
    func logOutOfReach(backend: Backend) async throws {
        let db = LostAnswers(
            try await backend.makeDatabase(migrations: Schema.migrations), isCommitted: true, isGoneAfterwards: true)

        await #expect(throws: OutcomeUnknown(commandID: "c1")) {
            try await db.write(command: "c1", in: Self.lane) { tx in
                try Self.append("visit.arrived", command: "c1", in: tx)
            }
        }
    }

    @Test("真的连接在 COMMIT 里断开：问过日志才回答，车道没有被占住")
    func brokenInsideCommit() async throws {
        // A deferred trigger runs inside COMMIT; this one ends its own connection there.
        let trap = Migration(
            id: "29991231a_trap",
            statements: [
                """
                CREATE FUNCTION break_off() RETURNS TRIGGER LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5); RETURN NULL; END'
                """,
                """
                CREATE CONSTRAINT TRIGGER trap AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW WHEN (NEW.kind = 'trap.sprung') EXECUTE FUNCTION break_off()
                """,
            ])
        let db = try await Backend.postgres.makeDatabase(migrations: Schema.migrations + [trap])

        let error = await #expect(throws: StorageError.self) {
            try await db.write(command: "c1", in: Self.lane) { tx in
                try Self.append("trap.sprung", command: "c1", in: tx)
            }
        }

        guard case .unavailable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await Self.kinds(db) == [])
        try await db.write(command: "c2", in: Self.lane) { tx in
            try Self.append("visit.arrived", command: "c2", in: tx)
        }
        #expect(try await Self.kinds(db) == ["visit.arrived c2", "patient.looked -"])
    }
}

/// A database whose first write never hears whether its COMMIT was done.
private final class LostAnswers: Database {
    private let inner: any Database
    private let isCommitted: Bool
    private let isGoneAfterwards: Bool
    private let writes = Guarded(0)
    private struct Undone: Error {}

    init(_ inner: any Database, isCommitted: Bool, isGoneAfterwards: Bool = false) {
        self.inner = inner
        self.isCommitted = isCommitted
        self.isGoneAfterwards = isGoneAfterwards
    }

    var dialect: Dialect { inner.dialect }

    func read<T: Sendable>(_ body: @escaping @Sendable (any ReadTransaction) throws -> T) async throws -> T {
        try await inner.read(body)
    }

    func write<T: Sendable>(
        in lane: Lane, telling news: CommitNews, _ body: @escaping @Sendable (any WriteTransaction) throws -> T
    ) async throws -> T {
        let number = writes.withLock { count in
            count += 1
            return count
        }
        guard number == 1 else {
            if isGoneAfterwards { throw StorageError.unavailable(detail: "the server is gone") }
            return try await inner.write(in: lane, telling: news, body)
        }
        let isCommitted = isCommitted
        do {
            _ = try await inner.write(in: lane, telling: news) { tx in
                let value = try body(tx)
                if !isCommitted { throw Undone() }
                return value
            }
        } catch is Undone {}
        throw StorageError.outcomeUnknown
    }

    func foreignCommits() -> AsyncStream<ForeignCommit> { inner.foreignCommits() }
    func close() async { await inner.close() }
}
