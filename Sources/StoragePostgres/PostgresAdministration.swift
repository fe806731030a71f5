import Storage

/// Statements that PostgreSQL runs outside transactions only: CREATE DATABASE and its kind. Blocks its thread.
package final class PostgresAdministration {
    private let connection: PostgresConnection

    package init(url: String, databaseName: String? = nil) throws {
        connection = try PostgresConnection(PostgresTarget(connectionString: url, databaseName: databaseName))
        try connection.control("SET statement_timeout = 0; SET lock_timeout = 0")
    }

    package func run(_ statement: String) throws { try connection.control(statement) }

    package func rows(_ query: SQL) throws -> [Row] {
        let (text, values) = query.rendered(.postgres)
        return try connection.execute(text, values).rows
    }
}
