import GRDBSQLite
import Storage

/// Binds, steps and reads one prepared statement. Shared by the writer and the readers.
enum SQLiteStatement {
    static func run(
        _ statement: OpaquePointer, on connection: OpaquePointer, _ values: [SQLValue]
    ) throws -> StatementResult {
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1), of: statement, connection) }
        let changesBefore = sqlite3_total_changes(connection)
        var rows: [Row] = []
        var columns: Row.Columns?
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { break }
            guard code == SQLITE_ROW else { throw SQLiteFailure.error(of: connection) }
            // Names are read after the first step: a changed schema prepares the statement anew there.
            let shared = columns ?? names(of: statement)
            columns = shared
            rows.append(Row(columns: shared, values: try read(statement, count: shared.names.count)))
        }
        // `sqlite3_changes` keeps the figure of the last INSERT, UPDATE or DELETE; other statements change nothing.
        let hasChanged = sqlite3_total_changes(connection) != changesBefore
        return StatementResult(rows: rows, changes: hasChanged ? Int(sqlite3_changes(connection)) : 0)
    }

    private static func bind(
        _ value: SQLValue, at index: Int32, of statement: OpaquePointer, _ connection: OpaquePointer
    ) throws {
        // safe because SQLite defines this very pattern as its constant SQLITE_TRANSIENT: "copy the bytes now".
        let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        let code =
            switch value {
            case .null: sqlite3_bind_null(statement, index)
            case .int(let number): sqlite3_bind_int64(statement, index, number)
            case .text(let text): sqlite3_bind_text(statement, index, text, Int32(text.utf8.count), copy)
            }
        guard code == SQLITE_OK else { throw SQLiteFailure.error(of: connection) }
    }

    private static func names(of statement: OpaquePointer) -> Row.Columns {
        Row.Columns(
            (0..<sqlite3_column_count(statement)).map { index in
                sqlite3_column_name(statement, index).map { String(cString: $0) } ?? ""
            })
    }

    private static func read(_ statement: OpaquePointer, count: Int) throws -> [SQLValue] {
        try (0..<Int32(count)).map { index in
            switch sqlite3_column_type(statement, index) {
            case SQLITE_NULL: return .null
            case SQLITE_INTEGER: return .int(sqlite3_column_int64(statement, index))
            case SQLITE_FLOAT:
                let number = sqlite3_column_double(statement, index)
                return Int64(exactly: number).map { .int($0) } ?? .text("\(number)")
            case SQLITE_TEXT:
                guard let bytes = sqlite3_column_text(statement, index) else { return .text("") }
                let count = Int(sqlite3_column_bytes(statement, index))
                return .text(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
            default: throw StorageError.failed(detail: "column \(index) holds bytes; the program stores none")
            }
        }
    }
}

/// SQLite's result codes as the errors of `Storage`.
enum SQLiteFailure {
    static func error(of connection: OpaquePointer) -> StorageError {
        let message = sqlite3_errmsg(connection).map { String(cString: $0) } ?? ""
        return error(code: sqlite3_extended_errcode(connection), message: message)
    }

    static func error(code: Int32, message: String) -> StorageError {
        let detail = "SQLite \(code): \(message)"
        // SQLITE_CONSTRAINT_DATATYPE: a value of the wrong type is a bug, not somebody else's change.
        if code == 3091 { return .failed(detail: detail) }
        switch code & 0xff {
        case SQLITE_CONSTRAINT: return .conflict(detail: detail)
        case SQLITE_BUSY, SQLITE_LOCKED: return .unavailable(detail: detail)
        default: return .failed(detail: detail)
        }
    }
}
