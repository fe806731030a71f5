import Storage

/// The schema of a migrated database as text: tables by name, the indexes of each behind it.
enum SchemaDump {
    static func text(in tx: any ReadTransaction) throws -> String {
        let statements =
            switch tx.dialect {
            case .sqlite: try sqlite(in: tx)
            case .postgres: try postgres(in: tx)
            }
        return heading + statements.map { $0 + ";\n" }.joined(separator: "\n")
    }

    private static let heading = """
        -- Made by Scripts/schema.sh from a migrated database; a test compares it. Change the migrations, not this file.


        """

    /// As the migrations wrote them, with the comments of the columns.
    private static func sqlite(in tx: any ReadTransaction) throws -> [String] {
        try tx.rows(
            """
            SELECT sql
            FROM sqlite_master
            WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
            ORDER BY tbl_name, CASE type WHEN 'table' THEN 0 ELSE 1 END, name
            """
        ).map { try $0.text("sql") }
    }

    /// As PostgreSQL understood them.
    private static func postgres(in tx: any ReadTransaction) throws -> [String] {
        var parts = try columns(in: tx)
        for row in try tx.rows(
            """
            SELECT class.relname::TEXT AS table_name, con.conname::TEXT AS name,
                pg_get_constraintdef(con.oid) AS definition
            FROM pg_constraint AS con
            JOIN pg_class AS class ON class.oid = con.conrelid
            WHERE class.relnamespace = current_schema()::REGNAMESPACE AND con.contype <> 'n'
            ORDER BY class.relname, con.contype = 'p' DESC, con.conname
            """)
        {
            let line = "    CONSTRAINT \(try row.text("name")) \(try row.text("definition"))"
            parts[try row.text("table_name"), default: []].append(line)
        }
        let indexes = try indexes(in: tx)
        return parts.keys.sorted().flatMap { table in
            ["CREATE TABLE \(table) (\n\((parts[table] ?? []).joined(separator: ",\n"))\n)"] + (indexes[table] ?? [])
        }
    }

    private static func columns(in tx: any ReadTransaction) throws -> [String: [String]] {
        var columns: [String: [String]] = [:]
        for row in try tx.rows(
            """
            SELECT table_name::TEXT AS table_name, column_name::TEXT AS name, data_type::TEXT AS type,
                is_nullable::TEXT AS nullable, column_default::TEXT AS preset
            FROM information_schema.columns
            WHERE table_schema = current_schema()
            ORDER BY table_name, ordinal_position
            """)
        {
            let preset = try row.textIfAny("preset").map { " DEFAULT \($0)" } ?? ""
            let isRequired = try row.text("nullable") == "NO"
            let line = "    \(try row.text("name")) \(try row.text("type"))\(preset)\(isRequired ? " NOT NULL" : "")"
            columns[try row.text("table_name"), default: []].append(line)
        }
        return columns
    }

    /// Without those that keep a constraint: they have its name.
    private static func indexes(in tx: any ReadTransaction) throws -> [String: [String]] {
        var indexes: [String: [String]] = [:]
        for row in try tx.rows(
            """
            SELECT tablename::TEXT AS table_name, indexdef AS definition
            FROM pg_indexes
            WHERE schemaname = current_schema()
                AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u'))
            ORDER BY tablename, indexname
            """)
        {
            // The name of the schema depends on the connection.
            let definition = try row.text("definition").replacing(" ON public.", with: " ON ")
            indexes[try row.text("table_name"), default: []].append(definition)
        }
        return indexes
    }
}
