/// What a driver does with one connection inside one transaction.
package protocol StatementRunner: AnyObject {
    var dialect: Dialect { get }
    /// False once the engine itself has ended the transaction or lost the connection: nothing in it can be rescued.
    var isTransactionOpen: Bool { get }
    func execute(_ text: String, _ values: [SQLValue]) throws -> StatementResult
    /// `SAVEPOINT`, `RELEASE`, `ROLLBACK TO`: no values, no result.
    func control(_ text: String) throws
}

package struct StatementResult {
    package let rows: [Row]
    /// Rows inserted, updated or deleted.
    package let changes: Int
    package init(rows: [Row], changes: Int) {
        self.rows = rows
        self.changes = changes
    }
}

/// The transaction both drivers hand out, so that a failed statement has the same consequence on both: PostgreSQL refuses
/// everything after it, SQLite alone would go on.
package final class DriverTransaction<Runner: StatementRunner>: WriteTransaction {
    private let runner: Runner
    private var isPoisoned = false
    private var depth = 0

    package init(_ runner: Runner) { self.runner = runner }

    package var dialect: Dialect { runner.dialect }

    package func rows(_ sql: SQL) throws -> [Row] { try execute(sql).rows }

    @discardableResult package func run(_ sql: SQL) throws -> Int { try execute(sql).changes }

    package func savepoint<T>(_ body: () throws -> T) throws -> T {
        try requireUsable()
        depth += 1
        defer { depth -= 1 }
        let name = "inner_\(depth)"
        try poisoning { try runner.control("SAVEPOINT \(name)") }
        do {
            let result = try body()
            // A failure that `body` swallowed: PostgreSQL could not release this savepoint either.
            try requireUsable()
            try poisoning { try runner.control("RELEASE SAVEPOINT \(name)") }
            return result
        } catch {
            guard runner.isTransactionOpen else {
                isPoisoned = true
                throw error
            }
            isPoisoned = false
            try poisoning {
                try runner.control("ROLLBACK TO SAVEPOINT \(name)")
                try runner.control("RELEASE SAVEPOINT \(name)")
            }
            throw error
        }
    }

    /// Drivers call this before COMMIT: a failure the closure swallowed must not be committed.
    package func requireUsable() throws {
        if isPoisoned { throw StorageError.poisoned }
    }

    private func execute(_ sql: SQL) throws -> StatementResult {
        try requireUsable()
        let (text, values) = sql.rendered(runner.dialect)
        return try poisoning {
            for case .text(let value) in values where value.utf8.contains(0) {
                throw StorageError.failed(detail: "a text holds U+0000, which PostgreSQL cannot store")
            }
            return try runner.execute(text, values)
        }
    }

    private func poisoning<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch {
            isPoisoned = true
            throw error
        }
    }
}
