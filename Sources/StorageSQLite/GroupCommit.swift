import GRDB
import GRDBSQLite
import Kernel
import Storage

/// The one writer. Closures that wait while it is busy share the next COMMIT, and with it the sync of the disk, each
/// inside a savepoint of its own. Nothing waits for company: a lone closure is committed at once.
final class GroupCommit: Sendable {
    static let largestGroup = 64
    private static let largestCache = 512

    private struct Queue: Sendable {
        var waiting: [WriteJob] = []
        var isDraining = false
    }

    private let pool: DatabasePool
    private let queue = Guarded(Queue())
    /// Texts GRDB keeps prepared. Its cache never forgets, so this list has an end.
    private let cachedTexts = Guarded<Set<String>>([])

    init(pool: DatabasePool) { self.pool = pool }

    func write<T: Sendable>(_ body: @escaping @Sendable (any WriteTransaction) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            submit(WriteJob(body) { continuation.resume(with: $0) })
        }
    }

    private func submit(_ job: WriteJob) {
        let isFirst = queue.withLock { queue in
            queue.waiting.append(job)
            defer { queue.isDraining = true }
            return !queue.isDraining
        }
        if isFirst { pool.asyncWriteWithoutTransaction { database in self.drain(database) } }
    }

    private func drain(_ database: GRDB.Database) {
        guard let connection = database.sqliteConnection else { return refuseAll() }
        let runner = WriterRunner(connection) { text in
            let mayCache = self.cachedTexts.withLock { texts in
                texts.contains(text) || (texts.count < Self.largestCache && texts.insert(text).inserted)
            }
            return mayCache ? try database.cachedStatement(sql: text) : try database.makeStatement(sql: text)
        }
        while true {
            let group = queue.withLock { queue in
                let group = Array(queue.waiting.prefix(Self.largestGroup))
                queue.waiting.removeFirst(group.count)
                if group.isEmpty { queue.isDraining = false }
                return group
            }
            if group.isEmpty { return }
            commit(group, runner)
        }
    }

    private func refuseAll() {
        let jobs = queue.withLock { queue in
            defer { queue = Queue() }
            return queue.waiting
        }
        for job in jobs { job.refuse(StorageError.unavailable(detail: "the database is closed")) }
    }

    private func commit(_ jobs: [WriteJob], _ runner: WriterRunner) {
        do { try runner.control("BEGIN IMMEDIATE") } catch {
            for job in jobs { job.refuse(error) }
            return
        }
        do {
            let outcomes = try jobs.map { try attempt($0, runner) }
            try runner.control("COMMIT")
            for outcome in outcomes { outcome.deliver(nil) }
        } catch {
            if runner.isTransactionOpen { try? runner.control("ROLLBACK") }
            // One bad closure (a deferred key, a full disk) must not take the others with it.
            if jobs.count > 1 {
                for job in jobs { commit([job], runner) }
            } else {
                for job in jobs { job.refuse(error) }
            }
        }
    }

    /// - Throws: when the engine has given up the whole transaction.
    private func attempt(_ job: WriteJob, _ runner: WriterRunner) throws -> WriteOutcome {
        try runner.control("SAVEPOINT job")
        let outcome = job.attempt(DriverTransaction(runner))
        guard runner.isTransactionOpen else {
            throw outcome.failure ?? StorageError.failed(detail: "SQLite rolled the transaction back")
        }
        if outcome.failure != nil { try runner.control("ROLLBACK TO SAVEPOINT job") }
        try runner.control("RELEASE SAVEPOINT job")
        return outcome
    }
}

/// A closure in the queue.
struct WriteJob: Sendable {
    let attempt: @Sendable (DriverTransaction<WriterRunner>) -> WriteOutcome
    let refuse: @Sendable (any Error) -> Void

    init<T: Sendable>(
        _ body: @escaping @Sendable (any WriteTransaction) throws -> T,
        resume: @escaping @Sendable (Result<T, any Error>) -> Void
    ) {
        refuse = { resume(.failure($0)) }
        attempt = { transaction in
            do {
                let value = try body(transaction)
                try transaction.requireUsable()
                return WriteOutcome(failure: nil) { commitError in
                    resume(commitError.map { .failure($0) } ?? .success(value))
                }
            } catch {
                return WriteOutcome(failure: error) { _ in resume(.failure(error)) }
            }
        }
    }
}

/// What a closure came to; `deliver` tells its caller, after COMMIT.
struct WriteOutcome: Sendable {
    let failure: (any Error)?
    let deliver: @Sendable ((any Error)?) -> Void
}

/// The writer's connection inside a transaction. GRDB prepares, the rest is shared with the readers.
final class WriterRunner: StatementRunner {
    private let connection: OpaquePointer
    private let prepare: (String) throws -> Statement

    init(_ connection: OpaquePointer, prepare: @escaping (String) throws -> Statement) {
        self.connection = connection
        self.prepare = prepare
    }

    var dialect: Dialect { .sqlite }
    var isTransactionOpen: Bool { sqlite3_get_autocommit(connection) == 0 }

    func execute(_ text: String, _ values: [SQLValue]) throws -> StatementResult {
        do {
            let statement = try prepare(text)
            return try withExtendedLifetime(statement) {
                try SQLiteStatement.run(statement.sqliteStatement, on: connection, values)
            }
        } catch let error as DatabaseError {
            throw SQLiteFailure.error(code: error.extendedResultCode.rawValue, message: error.message ?? "")
        }
    }

    func control(_ text: String) throws {
        guard sqlite3_exec(connection, text, nil, nil, nil) == SQLITE_OK else {
            throw SQLiteFailure.error(of: connection)
        }
    }
}
