/// The two engines. Everything that cannot be said in one SQL text is listed here, side by side.
package enum Dialect: String, Sendable, CaseIterable {
    case sqlite, postgres
}

extension SQL {
    /// A 64-bit integer column.
    package static var int64: SQL { "\(sqlite: "INTEGER", postgres: "BIGINT")" }
    /// Goes behind the closing parenthesis of every `CREATE TABLE`.
    package static var tableOptions: SQL { "\(sqlite: " STRICT", postgres: "")" }
    /// The same for tables that are read by their primary key only.
    package static var keyedTableOptions: SQL { "\(sqlite: " STRICT, WITHOUT ROWID", postgres: "")" }
    /// Locks the rows a `SELECT` returns until the transaction ends. SQLite has one writer, so nothing is needed there.
    package static var forUpdate: SQL { "\(sqlite: "", postgres: " FOR UPDATE")" }
}
