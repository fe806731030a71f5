import GRDBSQLite
import Storage

/// One connection of the C library with its prepared statements. Lives and dies on one thread.
final class SQLiteConnection: StatementRunner {
    private let handle: OpaquePointer
    private var statements = LeastRecentlyUsed<OpaquePointer>(capacity: 256)

    /// - Throws: `StorageError` when the file is missing or cannot be read.
    init(readOnly path: String) throws {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw StorageError.unavailable(detail: "SQLite \(code): cannot open \(path)")
        }
        handle = opened
        _disableDoubleQuotedStringLiterals(opened)
        sqlite3_busy_timeout(opened, SQLiteSettings.busyMilliseconds)
        try control("PRAGMA cache_size = \(SQLiteSettings.cacheSize)")
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    var dialect: Dialect { .sqlite }
    var isTransactionOpen: Bool { sqlite3_get_autocommit(handle) == 0 }

    func execute(_ text: String, _ values: [SQLValue]) throws -> StatementResult {
        try SQLiteStatement.run(try prepared(text), on: handle, values)
    }

    func control(_ text: String) throws {
        guard sqlite3_exec(handle, text, nil, nil, nil) == SQLITE_OK else { throw SQLiteFailure.error(of: handle) }
    }

    private func prepared(_ text: String) throws -> OpaquePointer {
        if let statement = statements.find(text) { return statement }
        var made: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
        guard code == SQLITE_OK, let made else { throw SQLiteFailure.error(of: handle) }
        for old in statements.insert(made, for: text) { sqlite3_finalize(old) }
        return made
    }
}

/// What one reader thread owns: a connection, opened at its first job.
final class SQLiteReader {
    private let path: String
    private var connection: SQLiteConnection?

    init(path: String) { self.path = path }

    /// `body` sees one state of the database, whatever is written meanwhile.
    func read<T>(_ body: (any ReadTransaction) throws -> T) throws -> T {
        let connection = try self.connection ?? SQLiteConnection(readOnly: path)
        self.connection = connection
        try connection.control("BEGIN")
        do {
            let transaction = DriverTransaction(connection)
            let result = try body(transaction)
            try transaction.requireUsable()
            try connection.control("COMMIT")
            return result
        } catch {
            // A connection that cannot even roll back is replaced at the next job.
            if connection.isTransactionOpen, (try? connection.control("ROLLBACK")) == nil { self.connection = nil }
            throw error
        }
    }

    func close() { connection = nil }
}
