import Kernel
import Storage

/// A merge that was done, and until when it can be taken back.
package struct PatientMerge: Hashable, Sendable {
    package let id: ID<PatientMerge>
    package let clinicID: ID<ClinicSite>
    package let keptID: ID<Patient>
    package let mergedID: ID<Patient>
    package var keptVersion: Int
    package let mergedAt: Timestamp
    package let mergedBy: ID<Staff>
    package let undoUntil: Timestamp
    package let undoneAt: Timestamp?
    package let undoneBy: ID<Staff>?

    package func canBeUndone(at now: Timestamp) -> Bool { undoneAt == nil && now <= undoUntil }
}

/// Rows of one column that were moved.
struct MovedRows {
    let column: PatientColumn
    let keys: [Int64]
}

/// The tables of merges.
package enum MergeStore {
    private static let columns: SQL = """
        id, clinic_id, kept_id, merged_id, kept_version, merged_at, merged_by, undo_until, undone_at, undone_by
        """

    /// - Throws: `NotFound`.
    package static func get(_ id: ID<PatientMerge>, in tx: any ReadTransaction) throws -> PatientMerge {
        guard let row = try tx.first("SELECT \(columns) FROM patient_merge WHERE id = \(id)") else {
            throw NotFound("合并")
        }
        return try merge(row)
    }

    /// Merges into a file, latest first, those taken back too.
    package static func list(into kept: ID<Patient>, in tx: any ReadTransaction) throws -> [PatientMerge] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM patient_merge
            WHERE kept_id = \(kept)
            ORDER BY merged_at DESC, id DESC
            LIMIT 20
            """
        ).map(merge)
    }

    /// The merge by which a file went into another one.
    package static func inForce(of merged: ID<Patient>, in tx: any ReadTransaction) throws -> PatientMerge? {
        try tx.first("SELECT \(columns) FROM patient_merge WHERE merged_id = \(merged) AND undone_at IS NULL").map(
            merge)
    }

    static func rows(
        of id: ID<PatientMerge>, in tx: any ReadTransaction
    ) throws -> [(column: PatientColumn, key: Int64)] {
        let byName = Dictionary(
            PatientColumn.all.filter { $0.rule != .stays }.map { ($0.table, $0) },
            uniquingKeysWith: { first, _ in first })
        return try tx.rows(
            "SELECT table_name, row_id FROM patient_merge_row WHERE merge_id = \(id) ORDER BY table_name, row_id"
        ).compactMap { row in
            guard let column = byName[try row.text("table_name")] else { return nil }
            return (column, try row.int64("row_id"))
        }
    }

    static func fields(
        of id: ID<PatientMerge>, in tx: any ReadTransaction
    ) throws -> [(field: PatientField, old: String?)] {
        try tx.rows("SELECT field, old_value FROM patient_merge_field WHERE merge_id = \(id) ORDER BY field").map {
            (try $0.code("field"), try $0.textIfAny("old_value"))
        }
    }

    static func insert(
        _ m: PatientMerge, rows moved: [MovedRows], fields: [(PatientField, String?)], in tx: any WriteTransaction
    ) throws {
        let values: [any SQLBindable] = [
            m.id, m.clinicID, m.keptID, m.mergedID, m.keptVersion, m.mergedAt, m.mergedBy, m.undoUntil, m.undoneAt,
            m.undoneBy,
        ]
        try tx.run("INSERT INTO patient_merge (\(columns)) VALUES \(rows: [values])")
        for group in moved {
            for start in stride(from: 0, to: group.keys.count, by: 200) {
                let rows: [[any SQLBindable]] = group.keys[start..<min(start + 200, group.keys.count)].map {
                    [m.id, group.column.table, $0]
                }
                try tx.run("INSERT INTO patient_merge_row (merge_id, table_name, row_id) VALUES \(rows: rows)")
            }
        }
        guard !fields.isEmpty else { return }
        let rows: [[any SQLBindable]] = fields.map { field, old in [m.id, field.rawValue, old] }
        try tx.run("INSERT INTO patient_merge_field (merge_id, field, old_value) VALUES \(rows: rows)")
    }

    /// - Returns: false when it was taken back before.
    static func setUndone(
        _ id: ID<PatientMerge>, by staff: ID<Staff>, at now: Timestamp, in tx: any WriteTransaction
    ) throws -> Bool {
        try tx.run(
            """
            UPDATE patient_merge
            SET undone_at = \(now), undone_by = \(staff)
            WHERE id = \(id) AND undone_at IS NULL
            """) == 1
    }

    private static func merge(_ row: Row) throws -> PatientMerge {
        PatientMerge(
            id: try row.id("id"), clinicID: try row.id("clinic_id"), keptID: try row.id("kept_id"),
            mergedID: try row.id("merged_id"), keptVersion: try row.int("kept_version"),
            mergedAt: try row.timestamp("merged_at"), mergedBy: try row.id("merged_by"),
            undoUntil: try row.timestamp("undo_until"), undoneAt: try row.timestampIfAny("undone_at"),
            undoneBy: try row.idIfAny("undone_by"))
    }
}
