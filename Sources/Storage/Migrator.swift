import Kernel

/// One frozen step of the schema. Its statements never change once released: fix forward.
package struct Migration: Sendable {
    /// Date and letter, then the subject: `20261122a_foundation`. The order of ids is the order of application.
    package let id: String
    package let statements: [SQL]
    package init(id: String, statements: [SQL]) {
        self.id = id
        self.statements = statements
    }
}

/// Brings a database to the schema of this program.
package struct Migrator: Sendable {
    let migrations: [Migration]

    package init(_ migrations: [Migration]) {
        precondition(migrations.map(\.id) == migrations.map(\.id).sorted(), "migrations are listed in order of id")
        self.migrations = migrations
    }

    /// What `database` still lacks, oldest first.
    /// - Throws: `StorageError.schemaTooNew` when it holds a migration this program does not know.
    package func pending(_ database: any Database) async throws -> [String] {
        let known = migrations.map(\.id)
        let applied = try await database.read { tx in try Self.applied(in: tx) }
        if let unknown = applied.first(where: { !known.contains($0) }) {
            throw StorageError.schemaTooNew(found: unknown)
        }
        return known.filter { !applied.contains($0) }
    }

    /// Applies what is pending, each migration in a transaction of its own.
    /// - Returns: ids applied now.
    package func migrate(_ database: any Database, now: Timestamp) async throws -> [String] {
        let pending = try await pending(database)
        for migration in migrations where pending.contains(migration.id) {
            try await database.write(in: .organisation) { tx in
                // An index over a million rows may take longer than any statement of the running program should.
                if tx.dialect == .postgres { try tx.run("SET LOCAL statement_timeout = 0") }
                try tx.run(
                    """
                    CREATE TABLE IF NOT EXISTS schema_migration (
                        id TEXT NOT NULL PRIMARY KEY,
                        applied_at \(SQL.int64) NOT NULL
                    )\(SQL.tableOptions)
                    """)
                let done = try tx.first("SELECT id FROM schema_migration WHERE id = \(migration.id)")
                if done != nil { return }
                for statement in migration.statements { try tx.run(statement) }
                try tx.run("INSERT INTO schema_migration (id, applied_at) VALUES (\(migration.id), \(now))")
            }
        }
        return pending
    }

    private static func applied(in tx: any ReadTransaction) throws -> [String] {
        let exists = try tx.first(
            """
            SELECT \(sqlite: "name FROM sqlite_master WHERE type = 'table' AND name", postgres: "table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name")
                = 'schema_migration'
            """)
        guard exists != nil else { return [] }
        return try tx.rows("SELECT id FROM schema_migration ORDER BY id").map { try $0.text("id") }
    }
}
