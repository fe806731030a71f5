import Kernel

/// Writes of one lane are serial. A lane is a clinic, or the organisation (staff, roles, playbook, jobs).
package struct Lane: Hashable, Sendable {
    package let key: Int64
    package init(key: Int64) { self.key = key }
    package static let organisation = Lane(key: 0)
}

/// Read access inside one transaction. Not Sendable on purpose: it cannot leave the closure.
package protocol ReadTransaction {
    var dialect: Dialect { get }
    func rows(_ sql: SQL) throws -> [Row]
}

extension ReadTransaction {
    package func first(_ sql: SQL) throws -> Row? { try rows(sql).first }
    /// The single integer of a query such as `SELECT COUNT(*) AS n`.
    package func int64(_ sql: SQL) throws -> Int64? {
        guard let row = try rows(sql).first, let value = row.values.first else { return nil }
        guard case .int(let number) = value else { return nil }
        return number
    }
}

package protocol WriteTransaction: ReadTransaction {
    /// The number of rows changed. `rows(_:)` runs statements with `RETURNING`.
    @discardableResult func run(_ sql: SQL) throws -> Int
    /// Undoes what `body` did when it throws, and lets the transaction go on. Without it a failed statement ends the
    /// transaction on both engines: every later call throws `StorageError.poisoned`.
    func savepoint<T>(_ body: () throws -> T) throws -> T
}

/// One database, on one of the two engines.
package protocol Database: Sendable {
    var dialect: Dialect { get }
    /// One consistent view for the whole of `body`.
    func read<T: Sendable>(_ body: @escaping @Sendable (any ReadTransaction) throws -> T) async throws -> T
    /// All of `body` or nothing. Serial within the lane. May run `body` more than once (after a conflict between lanes),
    /// so `body` must not touch anything but its transaction.
    ///
    /// - Parameter news: what screens of other processes are told after the commit.
    func write<T: Sendable>(
        in lane: Lane, telling news: CommitNews, _ body: @escaping @Sendable (any WriteTransaction) throws -> T
    ) async throws -> T
    /// Calls back after commits made by other processes on the same database (PostgreSQL: LISTEN/NOTIFY on channel
    /// `menya_event`; SQLite has one process, the stream stays silent).
    func foreignCommits() -> AsyncStream<ForeignCommit>
    func close() async
}

extension Database {
    /// A write of which nobody can say what it changes on screens.
    package func write<T: Sendable>(
        in lane: Lane, _ body: @escaping @Sendable (any WriteTransaction) throws -> T
    ) async throws -> T {
        try await write(in: lane, telling: .anything, body)
    }
}

/// What can go wrong below the business rules.
package enum StorageError: Error, Hashable, Sendable {
    /// A unique, foreign-key or check constraint refused. `detail` is for the log only.
    case conflict(detail: String)
    /// A statement failed before in this transaction and was not inside a savepoint.
    case poisoned
    /// COMMIT was sent and the connection broke: look for the command id before trying again.
    case outcomeUnknown
    /// No connection within the time limit, or the connection broke before COMMIT.
    case unavailable(detail: String)
    /// The database was made by a newer program.
    case schemaTooNew(found: String)
    case failed(detail: String)
}
