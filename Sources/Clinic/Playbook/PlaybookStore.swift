import Kernel
import Storage

/// For whom an override counts.
package enum PlaybookScope: Hashable, Sendable {
    case organisation
    case clinic(ID<ClinicSite>)

    /// `scope_clinic_id`; 0 is the organisation.
    var raw: Int64 {
        switch self {
        case .organisation: 0
        case .clinic(let id): id.raw
        }
    }
    init(raw: Int64) { self = raw == 0 ? .organisation : .clinic(ID(raw: raw)) }
}

/// One row of the history of an entry.
package struct OverrideRecord: Hashable, Sendable {
    package let id: ID<OverrideRecord>
    package let scope: PlaybookScope
    package let override: PlaybookOverride
    package let reason: String?
    package let setBy: ID<Staff>
    package let setAt: Timestamp
    /// nil while in force.
    package let endedAt: Timestamp?
}

/// Table `playbook_override`: at most one row in force for (scope, kind, key), the others are its history.
package enum PlaybookStore {
    /// `shipped` with what is in force in `clinic`.
    package static func resolved(
        _ shipped: Playbook, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> Playbook {
        try resolve(shipped, rows(clinic, "ended_at IS NULL", in: tx))
    }

    /// `shipped` with what was in force in `clinic` at an instant: a value counts as of the fact, not of reading.
    package static func resolved(
        _ shipped: Playbook, clinic: ID<ClinicSite>, at instant: Timestamp, in tx: any ReadTransaction
    ) throws -> Playbook {
        let inForce: SQL = "set_at <= \(instant) AND (ended_at IS NULL OR ended_at > \(instant))"
        return try resolve(shipped, rows(clinic, inForce, in: tx))
    }

    /// All changes of one entry in one scope, newest first.
    package static func history(
        _ key: OverrideKey, scope: PlaybookScope, limit: Int = 50, in tx: any ReadTransaction
    ) throws -> [OverrideRecord] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM playbook_override
            WHERE scope_clinic_id = \(scope.raw) AND kind = \(key.kind.rawValue) AND key = \(key.key)
            ORDER BY set_at DESC, id DESC
            LIMIT \(limit)
            """
        ).compactMap(record)
    }

    /// What a clinic and the organisation changed and is in force, of one kind: who changed what, and when (R16.14).
    package static func listInForce(
        _ kind: OverrideKind, clinic: ID<ClinicSite>, in tx: any ReadTransaction
    ) throws -> [OverrideRecord] {
        try rows(clinic, "ended_at IS NULL AND kind = \(kind.rawValue)", in: tx)
    }

    /// What is in force in one scope for one entry.
    static func find(
        _ key: OverrideKey, scope: PlaybookScope, in tx: any ReadTransaction
    ) throws -> OverrideRecord? {
        try tx.first(
            """
            SELECT \(columns)
            FROM playbook_override
            WHERE scope_clinic_id = \(scope.raw) AND kind = \(key.kind.rawValue) AND key = \(key.key)
                AND ended_at IS NULL
            """
        ).flatMap(record)
    }

    static func insert(_ record: OverrideRecord, in tx: any WriteTransaction) throws {
        try tx.run(
            """
            INSERT INTO playbook_override (\(columns))
            VALUES (\(record.id), \(record.scope.raw), \(record.override.kind.rawValue), \(record.override.key),
                \(record.override.value), \(record.override.shippedValue), \(record.reason), \(record.setBy),
                \(record.setAt), \(record.endedAt))
            """)
    }

    static func end(_ id: ID<OverrideRecord>, at instant: Timestamp, in tx: any WriteTransaction) throws {
        try tx.run("UPDATE playbook_override SET ended_at = \(instant) WHERE id = \(id) AND ended_at IS NULL")
    }

    private static let columns: SQL =
        "id, scope_clinic_id, kind, key, value, shipped_value, reason, set_by, set_at, ended_at"

    private static func rows(
        _ clinic: ID<ClinicSite>, _ condition: SQL, in tx: any ReadTransaction
    ) throws -> [OverrideRecord] {
        try tx.rows(
            """
            SELECT \(columns)
            FROM playbook_override
            WHERE scope_clinic_id IN (0, \(clinic)) AND \(condition)
            ORDER BY set_at, id
            """
        ).compactMap(record)
    }

    private static func resolve(_ shipped: Playbook, _ records: [OverrideRecord]) -> Playbook {
        shipped.resolved(
            organisation: records.filter { $0.scope == .organisation }.map(\.override),
            clinic: records.filter { $0.scope != .organisation }.map(\.override))
    }

    /// nil for kinds of a newer program.
    private static func record(_ row: Row) throws -> OverrideRecord? {
        guard let kind = OverrideKind(rawValue: try row.text("kind")) else { return nil }
        return OverrideRecord(
            id: try row.id("id"), scope: PlaybookScope(raw: try row.int64("scope_clinic_id")),
            override: PlaybookOverride(
                kind: kind, key: try row.text("key"), value: try row.text("value"),
                shippedValue: try row.text("shipped_value")),
            reason: try row.textIfAny("reason"), setBy: try row.id("set_by"), setAt: try row.timestamp("set_at"),
            endedAt: try row.timestampIfAny("ended_at"))
    }
}
