import Storage

/// Statements that PostgreSQL runs outside transactions only: CREATE DATABASE and its kind. Blocks its thread.
package final class PostgresAdministration {
    private let connection: PostgresConnection

    package init(url: String, databaseName: String? = nil) throws {
        connection = try PostgresConnection(PostgresTarget(connectionString: url, databaseName: databaseName))
        try connection.control(
            "SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0")
    }

    /// Keeps one view of the database open while `body` runs; PostgreSQL's own programs share it by its name.
    package func withSnapshot<T>(
        _ body: (_ name: String, _ tx: any ReadTransaction) async throws -> T
    ) async throws -> T {
        try connection.control("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        defer { try? connection.control("ROLLBACK") }
        let row = try connection.execute("SELECT pg_export_snapshot() AS name", []).rows.first
        guard let row else { throw StorageError.failed(detail: "PostgreSQL exported no snapshot") }
        return try await body(try row.text("name"), DriverTransaction(connection))
    }

    package func run(_ statement: String) throws { try connection.control(statement) }

    package func rows(_ query: SQL) throws -> [Row] {
        let (text, values) = query.rendered(.postgres)
        return try connection.execute(text, values).rows
    }
}
